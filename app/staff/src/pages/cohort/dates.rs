//! The sessions of a cohort by date, with their numbers.

use super::moving;
use crate::components::button::{Weight, button};
use crate::components::chip::{Tone, chip};
use crate::components::table::{Choice, Table};
use crate::fault_text::session_state;
use crate::remote::Remote;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::el::{El, div, el};
use domain::catalogue::Intake;
use domain::date::Timestamp;
use domain::staff::access::Right;
use domain::staff::attendance::{SessionState, StaffSession, StaffSessions};
use domain::staff::cohort::StaffCohort;
use leptos::prelude::*;

/// The sessions, as fetched.
pub(super) type Dates = Remote<StaffSessions>;

/// The list.
pub(super) fn list(session: Session, intake: &Intake, cohort: &StaffCohort) -> El {
    let span = ["from=", &intake.first_session_on.to_string(), "&to=", &intake.last_session_on.to_string()].concat();
    let dates = Dates::get(session, &["/api/staff/sessions?", &span, "&cohort=", &cohort.id].concat());
    let slots = cohort.slots.clone();
    let now = session.console().now.get_untracked();
    let mut table = Table::<StaffSession>::new("sessions", Text::SessionsTitle).measure(
        "date",
        Text::SessionsDate,
        |one| Some(starts(one).0 as f64),
        day,
    );
    if session.may(Right::MarkAttendance) {
        table = table
            .linked(|one| Page::Session { cohort: one.key.cohort.clone(), date: one.key.date, start: one.key.start }.path());
    }
    table = table.element("state", Text::FieldState, state).element("marks", Text::SessionsMarks, move |one| marks(one, now));
    if session.may(Right::ManageCohorts) {
        table = table.element("acts", Text::FieldActs, move |one| acts(session, dates, &slots, one));
    }
    let changed = |one: &StaffSession| one.state != SessionState::Planned;
    let table = table.sorted_by(0, false).empty(Text::SessionsEmpty).filter(
        Text::SessionsWhich,
        [
            Choice::new(t(Text::SessionsToCome), move |one| starts(one) >= now),
            Choice::new(t(Text::SessionsPast), move |one| starts(one) < now),
            Choice::new(t(Text::SessionsChanged), changed),
        ],
    );
    // What is over can't be changed any more: most come for what is ahead.
    let ahead = now <= Timestamp::of_local(intake.last_session_on, 0);
    let table = if ahead { table.filtered_by(0, 0) } else { table };
    table.view(dates, |dates| &dates.sessions)
}

fn starts(one: &StaffSession) -> Timestamp {
    Timestamp::of_local(one.date, one.start)
}

/// “Tuesday, 01.09.2026, 09:00–11:00”.
fn day(one: &StaffSession) -> String {
    let weekday = crate::pages::cohorts::parts::weekday(one.date.weekday());
    [weekday, ", ", &when::day(one.date), ", ", &app::format::hours(one.start, one.end)].concat()
}

fn state(one: &StaffSession) -> El {
    let tone = match one.state {
        SessionState::Planned => return el("span"),
        SessionState::Moved => Tone::Warn,
        SessionState::Cancelled | SessionState::Closed => Tone::Bad,
    };
    let planned = [&when::day(one.key.date), " ", app::format::time(one.key.start).as_str()].concat();
    let from = (one.state == SessionState::Moved).then(|| fill(t(Text::SessionsMovedFrom), &[("date", &planned)]));
    let why = from.into_iter().chain(one.reason.clone()).collect::<Vec<_>>().join(" · ");
    el("span").class("marks").child(chip(tone, t(session_state(one.state)))).child(el("span").class("hint").text(&why))
}

/// Numbers of marks, once there are some or the session has begun.
fn marks(one: &StaffSession, now: Timestamp) -> El {
    let begun = one.state.takes_place() && starts(one) <= now;
    let unmarked = if begun { one.students.saturating_sub(one.marks.marked()) } else { 0 };
    let numbers = [
        (Text::SessionsPresent, one.marks.present + one.marks.late),
        (Text::SessionsExcused, one.marks.excused),
        (Text::SessionsAbsent, one.marks.absent),
        (Text::SessionsUnmarked, unmarked),
    ];
    let said = numbers.into_iter().filter(|(_, number)| *number > 0);
    let said = said.map(|(text, number)| [t(text), ": ", &app::format::number(number)].concat());
    el("span").class("numbers").all(said.map(|said| el("span").text(&said)).collect())
}

fn acts(session: Session, dates: Dates, slots: &[domain::schedule::Slot], one: &StaffSession) -> El {
    let whose = || el("span").class("visually-hidden").text(": ").text(&day(one));
    let (moved, off, back) = (one.clone(), one.clone(), moving::planned(one, slots));
    let shift = (one.state != SessionState::Cancelled)
        .then(|| button(Text::SessionsMove, Weight::Quiet, "move", move || moving::ask(session, dates, &moved)).child(whose()));
    let cancel = one.state.takes_place().then(|| {
        button(Text::SessionsCancel, Weight::Quiet, "call-off", move || moving::call_off(session, dates, &off)).child(whose())
    });
    let changed = matches!(one.state, SessionState::Moved | SessionState::Cancelled);
    let one = one.clone();
    let restore = changed.then(|| {
        let whose = el("span").class("visually-hidden").text(": ").text(&day(&one));
        button(Text::SessionsRestore, Weight::Quiet, "restore", move || moving::restore(session, dates, &one, back))
            .child(whose)
    });
    div("acts acts--cell acts--line").maybe(shift).maybe(cancel).maybe(restore)
}
