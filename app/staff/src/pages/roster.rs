//! One cohort: its students, its waiting list, whoever is no longer there. What else belongs to a cohort is one more tab.

mod acts;
mod contacts;
mod lists;
mod message;
mod moving;
mod parts;
mod placing;
mod sheet;
mod tracks;

pub(in crate::pages) use acts::cell;
pub(in crate::pages) use lists::name;

use crate::components::button::{Weight, button, button_link};
use crate::components::chip::{Tone, chip};
use crate::components::heading::{back, heading, heading_of_cohort};
use crate::components::state;
use crate::components::tabs::{Tab, tabs};
use crate::pages::cohort;
use crate::rehearsal::rehearse;
use crate::remote::Remote;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::api::{Failure, Refusal};
use app::app::Loaded;
use app::dom;
use app::el::{El, div, el, p};
use domain::error::ErrorCode;
use domain::staff::access::Right;
use domain::staff::cohort::{StaffCohort, StaffCohorts};
use leptos::prelude::*;
use parts::Parts;
use std::sync::Once;

/// The screen.
pub fn view(session: Session, cohort: &str) -> Vec<El> {
    let roster = Remote::<Parts>::get(session, &["/api/staff/cohorts/", cohort, "/roster"].concat());
    let known = session.in_catalogue(|catalogue| catalogue.cohort(cohort).map(|_| ())).is_some();
    // It may be renamed on this page.
    let renamed = RwSignal::new(());
    // An old link may lead to what is no more, or was never within reach.
    let gone = Memo::new(move |_| {
        let unknown = |failure: &Failure| matches!(failure, Failure::Refused(Refusal { code: ErrorCode::Unknown, .. }));
        roster.value.with(|value| matches!(value, Loaded::Failed(failure) if unknown(failure)))
    });
    let title = if known {
        let cohort = cohort.to_owned();
        let name = move || {
            renamed.track();
            session.cohort_known(&cohort)
        };
        heading_of_cohort(name, Vec::new())
    } else {
        heading(t(Text::RosterTitle), Vec::new())
    };
    let cohort = cohort.to_owned();
    let content = el("div").live(move || {
        if gone.get() {
            return vec![state::empty(t(Text::RosterGone)).child(elsewhere())];
        }
        let students = Tab::new("students", t(Text::RosterStudents), move || lists::students(session, roster));
        let waiting = Tab::new("waiting", t(Text::RosterWaiting), move || lists::waiting(session, roster));
        let ended = Tab::new("ended", t(Text::RosterEnded), move || lists::ended(session, roster));
        let sessions = {
            let cohort = cohort.clone();
            Tab::new("sessions", t(Text::CohortsSessionsAndSeats), move || {
                cohort::part(session, &cohort, move || roster.reload())
            })
        };
        vec![
            div("acts no-print").test("actions").all(actions(session, &cohort, roster)),
            seats(session, &cohort, roster, renamed),
            div("no-print").child(tabs("cohort", Text::RosterTabs, vec![students, waiting, ended, sessions])),
            sheet::view(session, roster),
        ]
    });
    vec![back(t(Text::CohortsBack), &Page::Cohorts), title, content.class("roster")]
}

/// Builds a list of students beforehand: see [`rehearse`].
pub fn make_ready(session: Session) {
    static DONE: Once = Once::new();
    rehearse(&DONE, OF_NOBODY, move |parts: Parts| drop(lists::students(session, Remote::here(session, parts))));
}

/// An answer about a cohort with one student.
const OF_NOBODY: &str = include_str!("roster/of_nobody.json");

fn elsewhere() -> El {
    button_link(Text::NavCohorts, Weight::Plain, "cohorts", &Page::Cohorts.path())
}

fn actions(session: Session, cohort: &str, roster: Remote<Parts>) -> Vec<El> {
    let manages = session.may(Right::ManageRegistrations);
    let add = || button_link(Text::RosterAdd, Weight::Main, "add", &Page::AddStudent { cohort: cohort.to_owned() }.path());
    let write = || {
        let cohort = cohort.to_owned();
        button(Text::RosterWrite, Weight::Plain, "write", move || message::write(session, &cohort, roster))
    };
    let print = button(Text::ActionPrint, Weight::Plain, "print", || {
        if let Some(window) = dom::window() {
            let _ = window.print();
        }
    });
    [manages.then(add), manages.then(write), Some(print)].into_iter().flatten().collect()
}

/// How full the cohort is, counted anew with every new roster; the students can be read first.
fn seats(session: Session, cohort: &str, roster: Remote<Parts>, renamed: RwSignal<()>) -> El {
    let cohorts = Remote::<StaffCohorts>::of(session, "/api/staff/cohorts");
    let cohort = cohort.to_owned();
    let again = el("div").live_with(move |_| {
        if matches!(roster.value.get(), Loaded::Ready(_)) {
            dom::after_paint(move || cohorts.reload());
        }
    });
    // As long as there is no roster nobody asks.
    let failed = move || roster.value.with(|value| matches!(value, Loaded::Failed(_))).then(String::new);
    div("no-print").live_attr("hidden", failed).test("seats").child(again).child(cohorts.view(move |all| {
        session.console().learns(&all.cohorts);
        renamed.set(());
        let found = all.cohorts.iter().find(|known| known.id == cohort);
        found.map(how_full).unwrap_or_default()
    }))
}

fn how_full(cohort: &StaffCohort) -> Vec<El> {
    let numbers = [("taken", cohort.taken()), ("seats", cohort.seats), ("waiting", cohort.waiting)];
    let numbers = numbers.map(|(name, number)| (name, app::format::number(number)));
    let full = fill(t(Text::RosterSeats), &numbers.each_ref().map(|(name, number)| (*name, number.as_str())));
    let closed = cohort.closed.then(|| p("").child(chip(Tone::Warn, t(Text::RosterClosed))));
    [p(&full).class("hint")].into_iter().chain(closed).collect()
}
