//! Where the marks are: with the server, or on this phone, and what they wait for. Nothing is lost without a word.

use super::said::Said;
use crate::components::button::{Weight, button};
use crate::offline::phone;
use crate::offline::queue::{Sending, Waiting};
use crate::session::Session;
use crate::text::{Text, fill, plural, t};
use app::el::{El, div, el, p};
use domain::error::FaultCode;
use leptos::prelude::*;

/// The line; it is read out when it changes.
pub fn state_line(session: Session) -> El {
    let queue = session.console().marks;
    let said = move || {
        let number = queue.waiting.with(|waiting| waiting.iter().filter(|one| one.refused().is_none()).count());
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let (class, words) = match queue.sending.get() {
            _ if number == 0 => ("call-state call-state--good", t(Text::QueueEmpty).to_owned()),
            Sending::Offline => ("call-state call-state--warn", plural(Text::QueueOffline, number)),
            Sending::SignedOut => ("call-state call-state--bad", plural(Text::QueueSignedOut, number)),
            Sending::Busy => ("call-state call-state--warn", plural(Text::QueueBusy, number)),
            Sending::Done => ("call-state", plural(Text::QueueSending, number)),
        };
        let waits = number > 0;
        let sign_in = (waits && queue.sending.get() == Sending::SignedOut)
            .then(|| button(Text::QueueSignIn, Weight::Plain, "sign-in-again", move || session.console().signed_out()));
        let alone = (waits && !phone::keeps()).then(|| p(t(Text::QueueNotKept)));
        let others = queue.others.get();
        let others = (others > 0).then(|| p(&plural(Text::QueueOthers, others)).test("others-wait"));
        let line = div(class).test("state-line").attr("data-waiting", &number.to_string());
        vec![line.child(p(&words)).maybe(sign_in).maybe(alone).maybe(others)]
    };
    el("div").child(div("").attr("role", "status").live(said)).child(refused(session))
}

/// Marks that the server didn't take, each with its reason, until somebody has read it.
fn refused(session: Session) -> El {
    let queue = session.console().marks;
    div("").attr("role", "alert").live(move || {
        let refused: Vec<Waiting> =
            queue.waiting.with(|all| all.iter().filter(|one| one.refused().is_some()).cloned().collect());
        if refused.is_empty() {
            return Vec::new();
        }
        let lines = refused.iter().map(|one| el("li").text(&told(session, one)));
        let close = button(Text::QueueLetGo, Weight::Plain, "let-go", move || queue.let_go());
        vec![
            div("call-state call-state--bad")
                .test("refused")
                .child(p(t(Text::QueueRefused)))
                .child(el("ul").class("call-history").all(lines.collect()))
                .child(close),
        ]
    })
}

fn told(session: Session, one: &Waiting) -> String {
    let mark = &one.mark;
    let said = Said { status: mark.status, minutes: mark.minutes, reason: mark.reason.clone() };
    let group = super::cohort_name(session, &mark.session.cohort);
    let when = [&app::format::short_date(mark.session.date), ", ", &app::format::time(mark.session.start)].concat();
    let why = match one.refused() {
        Some(FaultCode::UnknownCohort) => Text::QueueOtherCentre,
        Some(FaultCode::NotADate) => Text::QueueNoSession,
        Some(FaultCode::InTheFuture) => Text::QueueFuture,
        Some(FaultCode::UnknownChoice) => Text::QueueNoSeat,
        _ => Text::QueueMalformed,
    };
    fill("{said} · {group} · {when}: {why}", &[("said", &said.words()), ("group", &group), ("when", &when), ("why", t(why))])
}
