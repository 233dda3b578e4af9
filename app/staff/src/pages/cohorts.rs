//! The screen “Cohorts”: all of them with their seats, what is to be looked at, and what can be done with one or several. Closed days
//! stand beside them.

mod bulk;
pub(super) mod closed_days;
pub(super) mod closing;
pub(super) mod edit;
mod form;
pub(super) mod parts;
pub(super) mod seats;
mod slots;

use crate::components::button::{Weight, button, button_saying};
use crate::components::heading::heading;
use crate::components::table::{Choice, Table};
use crate::components::tabs::{Tab, tabs};
use crate::fault_text::warning;
use crate::names::sort_cohorts;
use crate::percent::percent;
use crate::remote::Remote;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, plural, t};
use app::app::Loaded;
use app::el::{El, div, el};
use domain::staff::access::Right;
use domain::staff::cohort::{CohortWarning, StaffCohort, StaffCohorts, warnings};
use leptos::prelude::*;
use serde::Deserialize;
use std::cell::Cell;
use std::collections::BTreeSet;

/// The cohorts in the order of lists, each with what is worth a warning about it.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(from = "StaffCohorts")]
pub(super) struct Shown {
    pub all: StaffCohorts,
    pub rows: Vec<Row>,
}

/// A cohort and what is worth a warning about it.
#[derive(Clone, PartialEq)]
pub(super) struct Row {
    pub cohort: StaffCohort,
    pub warnings: Vec<CohortWarning>,
}

impl From<StaffCohorts> for Shown {
    fn from(mut all: StaffCohorts) -> Self {
        sort_cohorts(&mut all.cohorts, |cohort| (cohort.centre.clone(), cohort.label.clone()));
        let found = warnings(&all.cohorts, &all.centres);
        let rows = all.cohorts.iter().cloned().zip(found).map(|(cohort, warnings)| Row { cohort, warnings }).collect();
        Self { all, rows }
    }
}

/// What is shown of them, and asked for again after each change.
pub(super) type Cohorts = Remote<Shown>;

/// The cohorts, once they are here.
pub(super) fn loaded<T>(cohorts: Cohorts, of: impl Fn(&Shown) -> T) -> Option<T> {
    cohorts.value.with_untracked(|value| match value {
        Loaded::Ready(shown) => Some(of(shown)),
        Loaded::Loading | Loaded::Failed(_) => None,
    })
}

/// Where they come from.
const PATH: &str = "/api/staff/cohorts";

/// Fetches them. The element notices what came: other pages name cohorts by the catalogue, and `changed` is called when they come
/// anew.
pub(super) fn fetch(session: Session, changed: impl Fn() + 'static) -> (Cohorts, El) {
    let cohorts = Cohorts::get(session, PATH);
    let came = Cell::new(false);
    let notices = el("div").live_with(move |_| {
        cohorts.value.with(|value| {
            if let Loaded::Ready(shown) = value {
                session.console().learns(&shown.all.cohorts);
                if came.replace(true) {
                    changed();
                }
            }
        });
    });
    (cohorts, notices)
}

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let (cohorts, notices) = fetch(session, || {});
    let add = session
        .may(Right::ManageCohorts)
        .then(|| button(Text::CohortsAdd, Weight::Main, "add", move || edit::add(session, cohorts, None)));
    let parts = vec![
        Tab::new("cohorts", t(Text::NavCohorts), move || vec![list(session, cohorts)]),
        Tab::new("closed-days", t(Text::ClosedDaysTitle), move || closed_days::view(session)),
    ];
    vec![heading(t(Text::NavCohorts), add.into_iter().collect()), notices, tabs("cohorts-parts", Text::CohortsParts, parts)]
}

fn list(session: Session, cohorts: Cohorts) -> El {
    let manages = session.may(Right::ManageCohorts);
    let ticked = RwSignal::new(BTreeSet::new());
    let mut table = Table::<Row>::new("cohorts", Text::NavCohorts)
        .name("cohort", Text::CohortsCohort, move |row| session.cohort_of(&row.cohort).line())
        .shown_as(move |row| {
            let link = el("a").attr("href", &page(session, &row.cohort.id).path());
            session.cohort_of(&row.cohort).below_each_other(link)
        })
        .element("seats", Text::CohortsSeats, |row| parts::seats(&row.cohort))
        .sorted(|row| -parts::fullness(&row.cohort))
        .number("waiting", Text::CohortsWaiting, |row| row.cohort.waiting)
        .measure("attendance", Text::CohortsAttendance, |row| row.cohort.marks.rate().map(f64::from), attendance)
        .text("trainers", Text::CohortsTrainers, |row| parts::trainers(&row.cohort))
        .element("state", Text::CohortsWarnings, |row| parts::notes(&row.cohort, &row.warnings));
    if manages {
        table = table.element("acts", Text::FieldActs, move |row| change(session, cohorts, row));
        table = table.ticked(ticked, |row| row.cohort.id.clone(), move |row| session.cohort_of(&row.cohort).line());
    }
    let table = filters(session, table.search()).empty(Text::CohortsEmpty);
    let table = table.only(move |row| session.centre().is_none_or(|centre| centre == row.cohort.centre));
    let bar = manages.then(|| bulk_bar(session, cohorts, ticked));
    el("div").maybe(bar).child(table.view(cohorts, |shown| &shown.rows))
}

/// The page of a cohort: with its students for who may see their names.
fn page(session: Session, cohort: &str) -> Page {
    let cohort = cohort.to_owned();
    if session.may(Right::SeeNames) { Page::Roster { cohort } } else { Page::Cohort { cohort } }
}

fn filters(session: Session, table: Table<Row>) -> Table<Row> {
    let days = (1..=7u8).map(|weekday| {
        Choice::new(parts::weekday(weekday), move |row: &Row| row.cohort.slots.iter().any(|slot| slot.weekday == weekday))
    });
    let tracks =
        session.tracks().into_iter().map(|(id, name)| Choice::new(&name, move |row: &Row| row.cohort.tracks.contains(&id)));
    let any = Choice::new(t(Text::CohortsAnyWarning), |row: &Row| !row.warnings.is_empty());
    let each =
        CohortWarning::ALL.iter().map(|kind| Choice::new(t(warning(*kind)), move |row: &Row| row.warnings.contains(kind)));
    table
        .filter(Text::CohortsDay, days)
        .filter(Text::CohortsTrack, tracks)
        .filter(Text::CohortsWarnings, [any].into_iter().chain(each))
        .filter(
            Text::FieldState,
            [
                Choice::new(t(Text::CohortsOpen), |row: &Row| !row.cohort.closed),
                Choice::new(t(Text::CohortsClosed), |row: &Row| row.cohort.closed),
            ],
        )
}

fn attendance(row: &Row) -> String {
    row.cohort.marks.rate().map_or_else(String::new, percent)
}

/// Names of a few tracks, otherwise how many there are.
pub(super) fn tracks(session: Session, row: &Row) -> String {
    match row.cohort.tracks.as_slice() {
        few @ [_] | few @ [_, _] => few.iter().map(|id| session.track_name(id)).collect::<Vec<_>>().join(", "),
        many => plural(Text::CohortsTracksCount, many.len() as u32),
    }
}

/// The button that opens what can be changed about a cohort.
fn change(session: Session, cohorts: Cohorts, row: &Row) -> El {
    let (id, seen) = (row.cohort.id.clone(), row.cohort.clone());
    let name = session.cohort_of(&seen).line();
    let whom = || el("span").class("visually-hidden").text(": ").text(&name);
    let seats = button(Text::CohortsSeats, Weight::Quiet, "seats", move || seats::change(session, cohorts, &seen));
    let edit = button(Text::CohortsChange, Weight::Quiet, "change", move || edit::change(session, cohorts, &id));
    div("acts acts--cell").child(edit.child(whom())).child(seats.child(whom()))
}

/// What can be done with the ticked cohorts; nothing as long as none is.
fn bulk_bar(session: Session, cohorts: Cohorts, ticked: RwSignal<BTreeSet<String>>) -> El {
    div("bulk-bar no-print").attr("role", "status").live(move || {
        let number = ticked.with(BTreeSet::len) as u32;
        if number == 0 {
            return Vec::new();
        }
        let act = button(Text::CohortsBulkDo, Weight::Plain, "bulk", move || bulk::ask(session, cohorts, ticked));
        let none = button_saying("×", Weight::Quiet, "untick", move || ticked.set(BTreeSet::new()))
            .attr("aria-label", t(Text::CohortsBulkNone))
            .attr("title", t(Text::CohortsBulkNone));
        vec![el("span").class("bulk-count").text(&plural(Text::CohortsBulkChosen, number)), act, none]
    })
}
