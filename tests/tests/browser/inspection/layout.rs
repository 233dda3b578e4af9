//! Room for everything: on the narrowest screens, zoomed, with large letters, with the spacing that readers may set.

use serde_json::Value;

use super::is_clean;
use crate::phone::{Phone, Screen};

/// The narrowest phone there is, in CSS pixels (WCAG 2.2, 1.4.10).
const NARROWEST: u32 = 320;

/// What [`layout.js`](./layout.js) finds fault with.
const CRAMPED: &str = include_str!("layout.js");

/// Letters of twice the size, as a phone or a browser is set by who needs them (1.4.4).
const LARGE: &str = "html { font-size: 200% !important; }";

/// What a reader may ask of lines, letters and words (1.4.12).
const SPACED: &str = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }";

/// As it is and with all the space between letters and lines that readers may ask for, everything is seen, on the present screen.
pub async fn has_room(phone: &Phone, name: &str) {
    fits(phone, name).await;
    written(phone, SPACED).await;
    fits(phone, &format!("{name}, spaced out,")).await;
    written(phone, "").await;
}

/// The same on the narrowest phone, at a desk at which everything is zoomed to twice its size, and with letters of twice the size.
pub async fn has_room_when_narrow_or_large(phone: &Phone, name: &str) {
    phone.is_wide(NARROWEST).await;
    fits(phone, &format!("{name} on the narrowest phone")).await;
    phone.is_zoomed(2).await;
    fits(phone, &format!("{name} zoomed to 200 %")).await;
    // At a desk the whole layout would follow letters of twice the size, as it follows the zoom.
    phone.shows_on(Screen::Phone).await;
    written(phone, LARGE).await;
    fits(phone, &format!("{name} in large letters on a phone")).await;
    written(phone, "").await;
}

async fn fits(phone: &Phone, name: &str) {
    is_clean(name, &phone.asks::<Vec<Value>>(CRAMPED, vec![]).await);
}

/// Adds rules of a reader's own to those of the page; in place of earlier ones. Rows far from the screen, which are laid out when they
/// come near it, are looked at as they are then.
pub async fn written(phone: &Phone, rules: &str) {
    const WRITE: &str = "const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { content-visibility: visible !important } ' + arguments[0]);
        document.adoptedStyleSheets = [sheet];";
    phone.asks::<Value>(WRITE, vec![rules.into()]).await;
}
