//! One cohort: its students, its waiting list, whoever is no longer there. What else belongs to a cohort is one more tab.

mod acts;
mod contacts;
mod lists;
mod message;
mod moving;
mod parts;
mod placing;
mod sheet;

pub(in crate::pages) use acts::cell;
pub(in crate::pages) use lists::name;

use crate::components::button::{Weight, button, button_link};
use crate::components::heading::heading;
use crate::components::tabs::{Tab, tabs};
use crate::remote::Remote;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::app::Loaded;
use app::dom;
use app::el::{El, div, el, p};
use domain::catalogue::LiveSeats;
use domain::staff::access::Right;
use leptos::prelude::*;
use parts::Parts;

/// The screen.
pub fn view(session: Session, cohort: &str) -> Vec<El> {
    let roster = Remote::<Parts>::get(session, &["/api/staff/cohorts/", cohort, "/roster"].concat());
    let students = Tab::new("students", t(Text::RosterStudents), move || lists::students(session, roster));
    let waiting = Tab::new("waiting", t(Text::RosterWaiting), move || lists::waiting(session, roster));
    let ended = Tab::new("ended", t(Text::RosterEnded), move || lists::ended(session, roster));
    vec![
        heading(&session.cohort_name(cohort), actions(session, cohort, roster)),
        seats(session, cohort, roster),
        div("no-print").child(tabs("cohort", Text::RosterTabs, vec![students, waiting, ended])),
        sheet::view(session, roster),
    ]
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

/// How full the cohort is, counted anew with every new roster.
fn seats(session: Session, cohort: &str, roster: Remote<Parts>) -> El {
    let centre = session.in_catalogue(|catalogue| Some(catalogue.cohort(cohort)?.centre.clone())).unwrap_or_default();
    let seats = Remote::<LiveSeats>::get(session, &["/api/cohorts?centre=", &centre].concat());
    let cohort = cohort.to_owned();
    let again = el("div").live_with(move |_| {
        if matches!(roster.value.get(), Loaded::Ready(_)) && !seats.busy.get_untracked() {
            seats.reload();
        }
    });
    div("no-print").test("seats").child(again).child(seats.view(move |live| {
        let Some(seats) = live.of(&cohort) else { return Vec::new() };
        let numbers = [("taken", seats.taken), ("seats", seats.seats), ("waiting", seats.waiting)];
        let numbers = numbers.map(|(name, number)| (name, app::format::number(number)));
        vec![p(&fill(t(Text::RosterSeats), &numbers.each_ref().map(|(name, number)| (*name, number.as_str())))).class("hint")]
    }))
}
