//! The answers left and no answer came: calm words, and everything goes on by itself.

use crate::app::App;
use crate::components::page_state::{Art, page_state};
use crate::dom;
use crate::el::{El, el};
use crate::pages::register::check::send_button;
use crate::send::Trouble;
use crate::text::{Text, fill, t};
use leptos::prelude::*;

/// Why nothing has come yet, when the next try is, that the page may be closed, and a button for the impatient.
pub fn view(app: App) -> El {
    // The seconds change every second; the page is built anew only when something else is the matter.
    let trouble = Memo::new(move |_| app.sending.with(|sending| sending.trouble));
    el("div").live(move || {
        let trouble = trouble.get();
        untrack(|| vec![page(app, trouble)])
    })
}

fn page(app: App, trouble: Option<Trouble>) -> El {
    let (art, title, said) = match trouble {
        Some(Trouble::Busy) => (Art::Calendar, Text::SendBusyTitle, Text::SendBusyText),
        Some(Trouble::TooOften) => (Art::Calendar, Text::SendBusyTitle, Text::SendOftenText),
        Some(Trouble::Lost) | None => (Art::Offline, Text::SendLostTitle, Text::SendLostText),
    };
    let next = move || {
        app.sending.with(|sending| match sending.busy {
            true => t(Text::SendBusy).to_owned(),
            false => fill(t(Text::SendNext), &[("n", &sending.left.to_string())]),
        })
    };
    let on = vec![
        el("p").attr("role", "status").text(t(said)),
        // A timer is not read out at every change.
        el("p").attr("role", "timer").test("next-try").live_text(next),
        el("p").class("hint").text(t(Text::SendClose)),
        el("p").class("hint").text(t(Text::SendLocked)),
        send_button(app, Text::SendNow).attr("type", "button").test("retry").on("click", move |_| app.send()),
    ];
    dom::later(0, dom::begin_page);
    page_state(art, t(title), &[], on)
}
