//! Marks that the server didn't take, each with its student, its group and the reason, until somebody has read it.

use super::said::Said;
use crate::components::button::{Weight, button};
use crate::names;
use crate::offline::kept;
use crate::offline::queue::Waiting;
use crate::session::Session;
use crate::text::{Text, t};
use app::el::{El, div, el, p};
use domain::error::FaultCode;
use domain::staff::attendance::{RollCall, SessionKey};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The roll calls that marks are of, by their subjects: a mark on its way names nobody. None while one is looked for.
type Known = RwSignal<BTreeMap<String, Option<Arc<RollCall>>>>;

/// The box with them.
pub fn view(session: Session) -> El {
    let queue = session.console().marks;
    let known: Known = RwSignal::new(BTreeMap::new());
    let refused = Memo::new(move |_| {
        queue.waiting.with(|all| all.iter().filter(|one| one.refused().is_some()).cloned().collect::<Vec<Waiting>>())
    });
    Effect::new(move |_| refused.with(|all| all.iter().for_each(|one| look_up(session, known, &one.mark.session))));
    div("").attr("role", "alert").live(move || {
        let refused = refused.get();
        if refused.is_empty() {
            return Vec::new();
        }
        let line = |one: &Waiting| known.with(|known| told(session, one, known.get(&one.mark.session.subject())));
        let close = button(Text::QueueLetGo, Weight::Plain, "let-go", move || queue.let_go());
        vec![
            div("call-state call-state--bad")
                .test("refused")
                .child(p(t(Text::QueueRefused)))
                .child(el("ul").class("call-refused").all(refused.iter().map(line).collect()))
                .child(close),
        ]
    })
}

/// Finds a roll call once: on the phone, otherwise with the server.
fn look_up(session: Session, known: Known, key: &SessionKey) {
    let subject = key.subject();
    if known.with_untracked(|known| known.contains_key(&subject)) {
        return;
    }
    known.update_untracked(|known| drop(known.insert(subject.clone(), None)));
    let path = super::call::path(key);
    spawn_local(async move {
        let found = match kept::roll_call::<RollCall>(session, &subject).await {
            Some(kept) => Some(kept),
            None => session.look::<RollCall>(&path).await.ok(),
        };
        let _ = known.try_update(|known| known.insert(subject, found.map(Arc::new)));
    });
}

fn told(session: Session, one: &Waiting, known: Option<&Option<Arc<RollCall>>>) -> El {
    let mark = &one.mark;
    let known = known.and_then(Option::as_ref);
    let student = known.and_then(|known| known.students.iter().find(|student| student.registration == mark.registration));
    let name = student.map(|student| names::full(&student.surname, &student.given_name, student.patronymic.as_deref()));
    let said = Said { status: mark.status, minutes: mark.minutes, reason: mark.reason.clone() }.words();
    let said = name.map_or_else(|| said.clone(), |name| [&name, ": ", &said].concat());
    let group = match known {
        Some(known) => session.cohort_met(&known.cohort).line(),
        None => session.cohort_name(&mark.session.cohort),
    };
    let when = [&app::format::short_date(mark.session.date), ", ", &app::format::time(mark.session.start)].concat();
    el("li").child(el("strong").text(&said)).child(p(&[&group, ", ", &when].concat())).child(p(t(why(one))))
}

fn why(one: &Waiting) -> Text {
    match one.refused() {
        Some(FaultCode::UnknownCohort) => Text::QueueOtherCentre,
        Some(FaultCode::NotADate) => Text::QueueNoSession,
        Some(FaultCode::InTheFuture) => Text::QueueFuture,
        Some(FaultCode::UnknownChoice) => Text::QueueNoSeat,
        _ => Text::QueueMalformed,
    }
}
