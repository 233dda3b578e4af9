//! What is said over the page for a while: that something was done, with a button that undoes it.

use crate::components::button::{Weight, button};
use crate::components::dialog::Question;
use crate::console::Console;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::api::{Failure, Refusal};
use app::dom;
use app::el::{El, div, el, p};
use domain::error::ErrorCode;
use domain::staff::access::Right;
use domain::staff::{Acted, ReasonForm};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// How long it stays, in milliseconds: long enough to find the button. Undoing is possible in the journal afterwards.
const STAYS: u32 = 30_000;

/// Something said over the page.
#[derive(Clone)]
pub struct Toast {
    said: String,
    /// Which entries of the journal can be undone, and by whom.
    undo: Option<(Session, Vec<u64>)>,
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
        self.acted_together(said, &[acted]);
    }

    /// The same of several acts that were one to whoever did them: they are undone together.
    pub fn acted_together(self, said: &str, acted: &[Acted]) {
        let entries = acted.iter().filter(|acted| acted.undo_until.is_some()).map(|acted| acted.entry).collect::<Vec<_>>();
        let undo = !entries.is_empty() && self.may(Right::SeeJournal);
        self.console().show(Toast { said: said.to_owned(), undo: undo.then_some((self, entries)) });
    }

    /// Asks why, undoes what left these entries in the journal, and shows the page as it is then.
    fn undo(self, entries: &[u64], said: &str) {
        let console = self.console();
        console.toast.set(None);
        let acts = Rc::new(RefCell::new(Acts::of(entries)));
        let question = Question::undoing(t(Text::ToastUndoAsk)).saying(said);
        question.ask(console, move |reason| {
            let acts = Rc::clone(&acts);
            async move {
                self.undo_those_left(&acts, &ReasonForm { reason }).await?;
                console.router.again();
                console.say(acts.borrow().told());
                Ok(())
            }
        });
    }

    /// Undoes them one by one, the last one first. A try that was broken off goes on where it was.
    async fn undo_those_left(self, acts: &RefCell<Acts>, why: &ReasonForm) -> Result<(), Failure> {
        loop {
            let Some(entry) = acts.borrow().left.last().copied() else { return Ok(()) };
            let path = ["/api/staff/journal/", &entry.to_string(), "/undo"].concat();
            let answer = self.post::<Acted>(&path, why).await;
            acts.borrow_mut().answered(answer.map(drop))?;
        }
    }
}

/// Acts that are being undone together.
struct Acts {
    /// How many they are, whatever became of them since.
    all: usize,
    /// The entries of those that no answer has come about.
    left: Vec<u64>,
    /// How many could not be undone.
    refused: usize,
}

impl Acts {
    fn of(entries: &[u64]) -> Self {
        Self { all: entries.len(), left: entries.to_vec(), refused: 0 }
    }

    /// Notes what became of the last one that was left. One of several that can't be undone any more leaves the others; any other
    /// failure breaks off.
    fn answered(&mut self, answer: Result<(), Failure>) -> Result<(), Failure> {
        match answer {
            Ok(()) => {}
            Err(Failure::Refused(Refusal { code: ErrorCode::NotUndoable | ErrorCode::BelowTaken, .. })) if self.all > 1 => {
                self.refused += 1;
            }
            Err(failure) => return Err(failure),
        }
        self.left.pop();
        Ok(())
    }

    /// What was done in the end.
    fn told(&self) -> String {
        let undone = (self.all - self.refused).to_string();
        match self.refused {
            0 => t(Text::ToastUndone).to_owned(),
            _ => fill(t(Text::ToastUndonePartly), &[("n", &undone), ("all", &self.all.to_string())]),
        }
    }
}

/// The place in the frame where it appears; it is read out without taking the focus.
pub fn host(console: Console) -> El {
    el("div").class("toasts no-print").attr("role", "status").live(move || {
        let Some(toast) = console.toast.get() else { return Vec::new() };
        let said = toast.said.clone();
        let undo = toast
            .undo
            .map(|(session, entries)| button(Text::ActionUndo, Weight::Quiet, "undo", move || session.undo(&entries, &said)));
        let close = button(Text::ActionClose, Weight::Quiet, "close", move || console.toast.set(None));
        vec![div("toast").child(p(&toast.said)).child(div("toast-actions").maybe(undo).child(close))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::language::Language;

    fn not_undoable() -> Result<(), Failure> {
        Err(Failure::Refused(Refusal { code: ErrorCode::NotUndoable, fields: Vec::new(), retry_after: None }))
    }

    #[test]
    fn of_several_a_refused_one_is_told_also_when_only_it_was_left_after_a_break() {
        speak(Language::English);
        let mut acts = Acts::of(&[7, 8]);
        acts.answered(Ok(())).expect("undone");
        assert_eq!(acts.answered(Err(Failure::Network)), Err(Failure::Network));
        assert_eq!(acts.left, [7], "the next try goes on here");
        acts.answered(not_undoable()).expect("one of two leaves the other undone");
        assert!(acts.left.is_empty());
        assert_eq!(acts.told(), fill(t(Text::ToastUndonePartly), &[("n", "1"), ("all", "2")]));
    }

    #[test]
    fn a_refusal_of_the_only_one_is_a_failure() {
        let mut acts = Acts::of(&[7]);
        assert_eq!(acts.answered(not_undoable()), not_undoable());
        assert_eq!(acts.left, [7]);
    }
}
