//! All answers on one page, each with its Change link, and the button that sends them.

use crate::app::App;
use crate::clock;
use crate::components::by_and_by::by_and_by;
use crate::components::page_fault::{SUMMARY, error_summary};
use crate::components::question::{Question, whom};
use crate::components::summary::summary_list;
use crate::dom;
use crate::el::{El, div, el};
use crate::fault_text;
use crate::pages::register::siblings::{self, Removed};
use crate::pages::register::{rows, unsent};
use crate::router::Page;
use crate::step::Step;
use crate::text::{Text, language, t};
use domain::application::{Fault, check, iin_disagrees};
use domain::error::{ErrorCode, FaultCode, FieldFault};
use domain::field::Field;
use leptos::prelude::*;

/// The answers, or how their sending goes.
pub fn view(question: Question) -> El {
    let app = question.app;
    // Only another kind of page is built anew; numbers and busy buttons change inside.
    let unsure =
        Memo::new(move |_| app.draft.with(|draft| draft.is_locked()) && app.sending.with(|sending| sending.trouble.is_some()));
    el("div").live(move || {
        let unsure = unsure.get();
        untrack(|| vec![if unsure { unsent::view(app) } else { answers(question) }])
    })
}

fn answers(question: Question) -> El {
    let app = question.app;
    let page = div("question")
        .all(question.way())
        .child(el("div").live(move || refusal(question).into_iter().collect()))
        .child(question.heading(t(Text::CheckTitle)))
        .child(el("p").class("hint").text(t(Text::CheckSaved)))
        .child(siblings::changing(question, move |list, removed| {
            by_and_by(list, IN_SIGHT, PARTS, move |number| part(question, removed, number));
        }));
    let button = send_button(app, Text::ActionSubmit).attr("type", "submit").test("submit");
    page.child(el("form").attr("novalidate", "").child(button).on("submit", move |event| {
        event.prevent_default();
        send(question);
    }))
}

/// Sends what is complete. A sibling's part may be broken off; it is not sent but shown where it goes on.
fn send(question: Question) {
    let app = question.app;
    if app.draft.with_untracked(|draft| draft.is_locked()) {
        return app.send();
    }
    let found = question.read(|form| check(form, &question.catalogue(), clock::now())).err().unwrap_or_default();
    let faults: Vec<FieldFault> =
        found.into_iter().filter(|fault| fault.field != Field::Language).map(FieldFault::from).collect();
    if faults.is_empty() {
        app.send();
    } else {
        app.sending.update(|sending| {
            sending.refused = Some(ErrorCode::InvalidApplication);
            sending.faults = faults;
        });
    }
}

/// What is asked of all and of the first student, the siblings, whoever represents them.
const PARTS: usize = 3;

/// How many parts a phone shows at first.
const IN_SIGHT: usize = 1;

fn part(question: Question, removed: Removed, number: usize) -> Vec<El> {
    let catalogue = question.catalogue();
    match number {
        0 => question.read(|form| {
            let mut lists = Vec::from(summary_list(t(Text::CheckEducation), rows::education(form, &catalogue)));
            lists.extend(summary_list(t(Text::CheckStudent), rows::first_student(form)));
            lists.extend(iin_disagrees(&form.student).then(iin_warning));
            lists
        }),
        1 => siblings::lists(question, removed),
        _ => question.read(|form| {
            let mut lists = Vec::from(summary_list(t(Text::CheckGuardians), rows::guardians(form)));
            lists.extend(summary_list(t(Text::ConsentLabel), rows::consent(form, &catalogue)));
            lists.push(siblings::take_at_once(question));
            lists
        }),
    }
}

/// That the number and the birth date of the student above say different things.
pub fn iin_warning() -> El {
    div("notice").text(t(Text::IinWarning))
}

/// The button that sends, still without its effect; it shows when a try is under way.
pub fn send_button(app: App, words: Text) -> El {
    let busy = move || app.sending.with(|sending| sending.busy);
    el("button")
        .class("button button--primary")
        .live_busy(busy)
        .live_text(move || t(if busy() { Text::SendBusy } else { words }).to_owned())
}

/// What the server found wrong, each with the page that mends it.
fn refusal(question: Question) -> Option<El> {
    let (code, faults) = question.app.sending.with(|sending| (sending.refused, sending.faults.clone()));
    let code = code?;
    if code == ErrorCode::AlreadyRegistered || (code == ErrorCode::InvalidApplication && faults.is_empty()) {
        return None;
    }
    let links = faults
        .iter()
        .map(|fault| match fault_text::read(fault) {
            Some(Fault { student, field, code }) => {
                // Where an answer about a sibling is missing, the way was broken off: it goes on from there.
                let change = student == 0 || code != FaultCode::Required;
                let page = Page::Question { step: Step::of(field), student, change };
                let said = fault_text::fault(field, code);
                let sibling = student.checked_sub(1);
                let whom = sibling.and_then(|sibling| question.read(|form| Some(whom(&form.siblings.get(sibling)?.student))));
                (page.path(language()), whom.map_or_else(|| said.clone(), |whom| [&whom, ": ", &said].concat()))
            }
            None => (Page::question(Step::Check).path(language()), t(Text::ErrorOutdated).to_owned()),
        })
        .collect();
    dom::later(0, || dom::focus_field(SUMMARY));
    Some(error_summary(t(fault_text::refusal(code)), links))
}
