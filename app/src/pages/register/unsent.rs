//! The answers left and no answer came: calm words, and everything goes on by itself.

use crate::app::App;
use crate::components::page_state::{Art, page_state};
use crate::dom;
use crate::el::{El, el};
use crate::pages::register::check::send_button;
use crate::send::Trouble;
use crate::text::{Text, fill, t};
use leptos::prelude::*;

/// Why nothing has come yet, and a button for the impatient.
pub fn view(app: App) -> El {
    let trouble = app.sending.with_untracked(|sending| sending.trouble);
    let (art, title) = match trouble {
        Some(Trouble::Busy(_)) => (Art::Calendar, Text::SendBusyTitle),
        Some(Trouble::Lost) | None => (Art::Offline, Text::SendLostTitle),
    };
    let said = move || match app.sending.with(|sending| sending.trouble) {
        Some(Trouble::Busy(seconds)) => fill(t(Text::SendBusyText), &[("n", &seconds.to_string())]),
        Some(Trouble::Lost) | None => t(Text::SendLostText).to_owned(),
    };
    let on = vec![
        el("p").attr("role", "status").live_text(said),
        el("p").class("hint").text(t(Text::SendLocked)),
        send_button(app, Text::SendNow).attr("type", "button").test("retry").on("click", move |_| app.send()),
    ];
    dom::later(0, dom::begin_page);
    page_state(art, t(title), &[], on)
}
