//! How the owner has set the browser.

use serde_json::json;

use super::Phone;

/// What pages are asked to heed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// Dark pages.
    pub dark: bool,
    /// Nothing that moves.
    pub still: bool,
    /// A few colours of the owner's in place of all others.
    pub forced_colours: bool,
}

impl Phone {
    /// Is set so from now on.
    pub async fn has_settings(&self, settings: Settings) {
        let value = |set: bool, yes: &'static str, no: &'static str| if set { yes } else { no };
        let features = json!([
            { "name": "prefers-color-scheme", "value": value(settings.dark, "dark", "light") },
            { "name": "prefers-reduced-motion", "value": value(settings.still, "reduce", "no-preference") },
            { "name": "forced-colors", "value": value(settings.forced_colours, "active", "none") },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Its owner likes dark pages, or light ones.
    pub async fn prefers_dark(&self, dark: bool) {
        self.has_settings(Settings { dark, ..Settings::default() }).await;
    }
}
