//! The password somebody is handed over, shown this once.

use crate::components::button::{Weight, button};
use crate::components::dialog;
use crate::session::Session;
use crate::text::{Text, t};
use app::dom;
use app::el::{div, el, p};
use domain::staff::access::FirstPassword;

/// Shows it in a dialog of its own.
pub(super) fn show(session: Session, answer: &FirstPassword) {
    let password = answer.password.clone();
    // The dialog that asked closes itself first.
    dom::later(0, move || {
        dialog::open(session.console(), move |dialog| {
            let copied = password.clone();
            let copy = button(Text::ActionCopy, Weight::Plain, "copy", move || {
                if let Some(window) = dom::window() {
                    let _ = window.navigator().clipboard().write_text(&copied);
                }
            });
            vec![
                dialog.title(t(Text::MembersPasswordTitle)),
                p(t(Text::MembersPasswordText)),
                el("p").child(el("code").class("secret").test("password").text(&password)),
                div("acts").child(button(Text::ActionDone, Weight::Main, "done", move || dialog.close())).child(copy),
            ]
        });
    });
}
