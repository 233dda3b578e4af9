//! Recovery codes, shown this once.

use crate::components::button::{Weight, button};
use crate::components::heading::heading;
use crate::components::state;
use crate::text::{Text, t};
use app::dom;
use app::el::{El, div, el, p};
use domain::staff::access::RecoveryCodes;
use leptos::prelude::*;

/// The codes, with ways to keep them; `done` goes on.
pub fn view(codes: &RecoveryCodes, done: impl Fn() + 'static) -> Vec<El> {
    let list = codes.codes.iter().map(|code| el("li").child(el("code").text(code))).collect();
    let all = codes.codes.join("\n");
    let copied = RwSignal::new(false);
    let copy = button(Text::ActionCopy, Weight::Plain, "copy", move || {
        if let Some(window) = dom::window() {
            let _ = window.navigator().clipboard().write_text(&all);
            copied.set(true);
        }
    });
    let print = button(Text::ActionPrint, Weight::Plain, "print", || {
        if let Some(window) = dom::window() {
            let _ = window.print();
        }
    });
    let said = el("span")
        .class("said")
        .attr("role", "status")
        .live_text(move || if copied.get() { t(Text::StateCopied).to_owned() } else { String::new() });
    vec![
        heading(t(Text::RecoveryTitle), Vec::new()),
        state::notice(t(Text::RecoveryText)),
        el("ol").class("codes").test("codes").all(list),
        div("acts no-print").child(copy).child(print).child(said),
        p(t(Text::RecoveryWhere)),
        div("acts no-print").child(button(Text::RecoveryDone, Weight::Main, "done", done)),
    ]
}
