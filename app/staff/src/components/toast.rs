//! What is said over the page for a while: that something was done, with a button that undoes it.

use crate::components::button::{Weight, button};
use crate::components::dialog::Question;
use crate::console::Console;
use crate::session::Session;
use crate::text::{Text, t};
use app::dom;
use app::el::{El, div, el, p};
use domain::staff::access::Right;
use domain::staff::{Acted, ReasonForm};
use leptos::prelude::*;

/// How long it stays, in milliseconds: long enough to find the button. Undoing is possible in the journal afterwards.
const STAYS: u32 = 30_000;

/// Something said over the page.
#[derive(Clone)]
pub struct Toast {
    said: String,
    /// Which act can be undone, and by whom.
    undo: Option<(Session, u64)>,
}

impl Console {
    /// Says something over the page.
    pub fn say(self, said: impl Into<String>) {
        self.show(Toast { said: said.into(), undo: None });
    }

    fn show(self, toast: Toast) {
        let said = toast.said.clone();
        self.toast.set(Some(toast));
        dom::later(STAYS, move || {
            if self.toast.with_untracked(|now| now.as_ref().is_some_and(|now| now.said == said)) {
                self.toast.set(None);
            }
        });
    }
}

impl Session {
    /// Says that something was done, with a way to undo it for those who may.
    pub fn acted(self, said: &str, acted: Acted) {
        let undo = acted.undo_until.is_some() && self.may(Right::SeeJournal);
        self.console().show(Toast { said: said.to_owned(), undo: undo.then_some((self, acted.entry)) });
    }

    /// Asks why, undoes what left this entry in the journal, and shows the page as it is then.
    fn undo(self, entry: u64, said: &str) {
        let console = self.console();
        console.toast.set(None);
        let path = ["/api/staff/journal/", &entry.to_string(), "/undo"].concat();
        let question = Question::new(t(Text::ToastUndoAsk), Text::ActionUndo).saying(said).with_reason();
        question.ask(console, move |reason| {
            let path = path.clone();
            async move {
                self.post::<Acted>(&path, &ReasonForm { reason }).await?;
                console.router.again();
                console.say(t(Text::ToastUndone));
                Ok(())
            }
        });
    }
}

/// The place in the frame where it appears; it is read out without taking the focus.
pub fn host(console: Console) -> El {
    el("div").class("toasts no-print").attr("role", "status").live(move || {
        let Some(toast) = console.toast.get() else { return Vec::new() };
        let said = toast.said.clone();
        let undo = toast
            .undo
            .map(|(session, entry)| button(Text::ActionUndo, Weight::Quiet, "undo", move || session.undo(entry, &said)));
        let close = button(Text::ActionClose, Weight::Quiet, "close", move || console.toast.set(None));
        vec![div("toast").child(p(&toast.said)).child(div("toast-actions").maybe(undo).child(close))]
    })
}
