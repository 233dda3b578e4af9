//! What is looked at on the pages a family passes, and on those of the console.
//!
//! - [`axe`]: what axe-core finds against WCAG 2.2, levels A and AA.
//! - [`layout`]: nothing to scroll sideways, cut off or hidden behind something else, on narrow screens and with large letters.
//! - [`naming`]: one heading, the same words in the tab, the language declared.
//! - [`settings`]: what the browser's owner has set: colours of their own, no movements.
//! - [`tree`]: what a screen reader is told, as a text that people have read.

mod axe;
mod difference;
mod layout;
mod naming;
mod settings;
mod tree;

use std::fs;

use data_encoding::BASE64;
use domain::language::Language;
use serde_json::{Value, json};
use xtask::layout::target;

use crate::page::Page;
use crate::phone::{Phone, Settings};

pub use tree::is_told_as_reviewed;

/// One kind of look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inspection {
    /// A picture of the whole page, kept for people.
    Picture,
    /// Whether everybody can use it.
    Everybody,
}

/// Looks at a page.
pub async fn inspect(phone: &Phone, page: Page, moment: &str, inspection: Inspection) {
    match inspection {
        Inspection::Picture => {
            let place = Page::way().position(|known| known == page);
            let place = place.map_or_else(|| "x".to_owned(), |place| format!("{place:02}"));
            picture(phone, &format!("{place}-{}{moment}", page.name())).await;
        }
        Inspection::Everybody => is_for_everybody(phone, &format!("{}{moment}", page.name())).await,
    }
}

/// Everybody can use this page as it is now, on a phone and at a desk, light and dark, as far as a machine can tell.
pub async fn is_for_everybody(phone: &Phone, name: &str) {
    let name = &format!("{name} in {}", phone.language.as_str());
    // Colours that are still changing would be found wanting.
    let still = Settings { still: true, ..Settings::default() };
    phone.has_settings(still).await;
    layout::written(phone, "").await;
    settings::moves_nothing(phone, name).await;
    naming::is_named(phone, name).await;
    let screens = [phone.screen(), phone.screen().other()];
    for screen in screens {
        phone.shows_on(screen).await;
        axe::finds_nothing(phone, &format!("{name} on a {screen:?}"), axe::Rules::All).await;
        layout::has_room(phone, &format!("{name} on a {screen:?}")).await;
    }
    layout::has_room_when_narrow_or_large(phone, name).await;
    // What is seen in the dark differs in its colours alone.
    phone.has_settings(Settings { dark: true, ..still }).await;
    for screen in screens.into_iter().rev() {
        phone.shows_on(screen).await;
        axe::finds_nothing(phone, &format!("{name} on a {screen:?} in the dark"), axe::Rules::Colours).await;
    }
    phone.has_settings(Settings { forced_colours: true, ..still }).await;
    settings::shows_its_controls(phone, name).await;
    phone.has_settings(Settings::default()).await;
    phone.has_its_own_screen().await;
}

/// Nothing was found on this page.
fn is_clean(name: &str, found: &[Value]) {
    assert!(found.is_empty(), "{name}: {}", serde_json::to_string_pretty(found).unwrap_or_default());
}

/// The same in each language, by the links of the page; `mark` is what the page has when it is there.
pub async fn is_for_everybody_in_each_language(phone: &mut Phone, name: &str, mark: &str) {
    let own = phone.language;
    let others = Language::ALL.iter().copied().filter(|language| *language != own);
    is_for_everybody(phone, name).await;
    for language in others {
        phone.speaks(language, mark).await;
        is_for_everybody(phone, name).await;
    }
    phone.speaks(own, mark).await;
}

/// Keeps a picture of the whole page as `target/screens/{language}/{name}.png`.
pub async fn picture(phone: &Phone, name: &str) {
    picture_in(phone, phone.language.as_str(), name).await;
}

/// Keeps a picture of the whole page as `target/screens/{folder}/{name}.png`.
pub async fn picture_in(phone: &Phone, folder: &str, name: &str) {
    const WHOLE: &str = "
        for (const image of document.querySelectorAll('img[loading=lazy]')) image.loading = 'eager';
        return [...document.images].every(image => image.complete)
            && document.getAnimations().every(animation => animation.playState !== 'running' || animation.effect.getComputedTiming().iterations === Infinity)";
    phone.waits_for("drawings and movements to be complete", WHOLE, vec![]).await;
    // As tall as the page, so that a bar at the lower edge of the screen is at the lower edge of the picture.
    phone.is_as_tall_as_the_page().await;
    let drawn = phone.devtools("Page.captureScreenshot", json!({ "format": "png" })).await;
    phone.has_its_own_screen().await;
    let png = BASE64.decode(drawn["data"].as_str().unwrap_or_default().as_bytes()).expect("a picture");
    let folder = target().join("screens").join(folder);
    fs::create_dir_all(&folder).expect("a folder for pictures");
    fs::write(folder.join(format!("{name}.png")), png).expect("a picture on the disk");
}
