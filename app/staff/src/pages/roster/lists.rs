//! The three lists of a cohort.

use super::acts;
use super::parts::Parts;
use crate::components::state;
use crate::components::table::{Choice, Table};
use crate::console::Console;
use crate::names;
use crate::registration;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, t};
use crate::when;
use app::el::{El, el};
use domain::age::age_on;
use domain::registration::RegistrationState;
use domain::staff::roster::RosterRow;
use leptos::prelude::*;

/// The full name, surname first.
pub(in crate::pages) fn name(row: &RosterRow) -> String {
    names::full(&row.surname, &row.given_name, row.patronymic.as_deref())
}

/// Age today.
pub(super) fn age(console: Console, row: &RosterRow) -> u32 {
    age_on(row.born_on, console.now.get_untracked().local_date()).into()
}

/// Who has a seat.
pub(super) fn students(session: Session, roster: Remote<Parts>) -> Vec<El> {
    let console = session.console();
    let table = Table::<RosterRow>::new("students", Text::RosterStudents)
        .name("name", Text::FieldName, name)
        .text("tracks", Text::RosterTracks, move |row| session.track_names(&row.tracks))
        .number("age", Text::RosterAge, move |row| age(console, row))
        .measure(
            "attendance",
            Text::RosterAttendance,
            |row| row.marks.rate().map(f64::from),
            |row| registration::attendance(row.marks),
        )
        .text("reference", Text::RosterReference, |row| row.reference.clone())
        .wide_only()
        .element("acts", Text::FieldActs, move |row| acts::cell(session, roster, row, None))
        .sorted_by(0, false)
        .search()
        .empty(Text::RosterNoStudents);
    vec![table.view(roster, |parts| &parts.students), more(roster)]
}

/// Who has an offer or waits.
pub(super) fn waiting(session: Session, roster: Remote<Parts>) -> Vec<El> {
    let console = session.console();
    let is = |state| move |row: &RosterRow| row.state == state;
    let choices = [RegistrationState::Offered, RegistrationState::Waiting];
    let listed = move || {
        roster.value.with_untracked(|parts| if let app::app::Loaded::Ready(parts) = parts { parts.listed() } else { 0 })
    };
    let table = Table::<RosterRow>::new("waiting", Text::RosterWaiting)
        .name("name", Text::FieldName, name)
        .measure(
            "place",
            Text::RosterPlace,
            |row| Some(row.position.map_or(0.0, f64::from)),
            |row| row.position.map_or_else(|| "–".to_owned(), |place| place.to_string()),
        )
        .element("state", Text::FieldState, registration::state_beside_place)
        .text("tracks", Text::RosterTracks, move |row| session.track_names(&row.tracks))
        .number("age", Text::RosterAge, move |row| age(console, row))
        .wide_only()
        .element("acts", Text::FieldActs, move |row| acts::cell(session, roster, row, Some(listed())))
        .sorted_by(1, false)
        .search()
        .filter(Text::FieldState, choices.map(|state| Choice::new(registration::state_name(state), is(state))))
        .empty(Text::RosterNobodyWaits);
    vec![table.view(roster, |parts| &parts.waiting), more(roster)]
}

/// Who is no longer there.
pub(super) fn ended(session: Session, roster: Remote<Parts>) -> Vec<El> {
    let is = |state| move |row: &RosterRow| row.state == state;
    let choices = [RegistrationState::Withdrawn, RegistrationState::Lapsed, RegistrationState::Removed];
    let table = Table::<RosterRow>::new("ended", Text::RosterEnded)
        .name("name", Text::FieldName, name)
        .element("state", Text::FieldState, registration::state)
        .measure("changed", Text::RosterChanged, |row| Some(row.changed_at.0 as f64), |row| when::moment(row.changed_at))
        .text("reference", Text::RosterReference, |row| row.reference.clone())
        .wide_only()
        .element("acts", Text::FieldActs, move |row| acts::cell(session, roster, row, None))
        .sorted_by(2, true)
        .search()
        .filter(Text::FieldState, choices.map(|state| Choice::new(registration::state_name(state), is(state))))
        .empty(Text::RosterNobodyEnded);
    vec![table.view(roster, |parts| &parts.ended), more(roster)]
}

/// That there is more than a page can show.
fn more(roster: Remote<Parts>) -> El {
    el("div").live(move || {
        let more = roster.value.with(|parts| matches!(parts, app::app::Loaded::Ready(parts) if parts.more));
        more.then(|| state::notice(t(Text::RosterMore))).into_iter().collect()
    })
}
