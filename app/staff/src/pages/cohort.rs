//! The screen of one cohort: how it stands, what can be done with it, and its sessions by date.

mod dates;
mod moving;

use crate::components::button::{Weight, button, button_link};
use crate::components::heading::{back, heading, heading_of_cohort};
use crate::components::state;
use crate::pages::cohorts::{self, Cohorts, Row, Shown, closing, edit, parts, seats};
use crate::percent::percent;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, t};
use app::el::{El, div, el};
use domain::staff::access::Right;

/// The screen of those who see no names, and of whoever comes for the sessions alone.
pub fn view(session: Session, id: &str) -> Vec<El> {
    let (cohorts, notices) = cohorts::fetch(session, || {});
    let id = id.to_owned();
    let whole = cohorts.view(move |shown| match found(shown, &id) {
        Some(row) => {
            let students = session.may(Right::SeeNames).then(|| {
                let href = Page::Roster { cohort: id.clone() }.path();
                button_link(Text::NavStudents, Weight::Plain, "roster", &href)
            });
            let cohort = row.cohort.clone();
            let heading = heading_of_cohort(move || session.cohort_of(&cohort), students.into_iter().collect());
            [back(t(Text::CohortsBack), &Page::Cohorts), heading]
                .into_iter()
                .chain(content(session, cohorts, shown, row))
                .collect()
        }
        None => vec![heading(t(Text::CohortsUnknown), Vec::new()), state::empty(t(Text::ErrorUnknown))],
    });
    vec![notices, whole]
}

/// The same as a part of the cohort's page; `changed` is called when something about the cohort is.
pub(super) fn part(session: Session, id: &str, changed: impl Fn() + 'static) -> Vec<El> {
    let (cohorts, notices) = cohorts::fetch(session, changed);
    let id = id.to_owned();
    let whole = cohorts.view(move |shown| match found(shown, &id) {
        Some(row) => content(session, cohorts, shown, row),
        None => vec![state::empty(t(Text::CohortsUnknown))],
    });
    vec![notices, whole]
}

fn found<'a>(shown: &'a Shown, id: &str) -> Option<&'a Row> {
    shown.rows.iter().find(|row| row.cohort.id == id)
}

fn content(session: Session, cohorts: Cohorts, shown: &Shown, row: &Row) -> Vec<El> {
    vec![
        facts(session, row),
        acts(session, cohorts, row),
        div("part").child(el("h2").text(t(Text::SessionsTitle))),
        dates::list(session, &shown.all.intake, &row.cohort),
    ]
}

fn facts(session: Session, row: &Row) -> El {
    let cohort = &row.cohort;
    let rate = cohort.marks.rate().map(percent);
    let said = |text: String| el("dd").text(&text);
    let rows = [
        Some((Text::CohortsSeats, el("dd").child(parts::seats(cohort)))),
        Some((Text::CohortsWaiting, said(app::format::number(cohort.waiting)))),
        rate.map(|rate| (Text::CohortsAttendance, said(rate))),
        Some((Text::CohortsTrainers, said(parts::trainers(cohort)))).filter(|_| !cohort.trainers.is_empty()),
        Some((Text::CohortsTracks, said(cohorts::tracks(session, row)))),
        Some((Text::CohortsWarnings, el("dd").child(parts::notes(cohort, &row.warnings))))
            .filter(|_| cohort.closed || !row.warnings.is_empty()),
    ];
    let rows = rows.into_iter().flatten().map(|(label, value)| el("div").child(el("dt").text(t(label))).child(value));
    el("dl").class("data-list").all(rows.collect())
}

fn acts(session: Session, cohorts: Cohorts, row: &Row) -> El {
    if !session.may(Right::ManageCohorts) {
        return el("div");
    }
    let (id, seen, like) = (row.cohort.id.clone(), row.cohort.clone(), row.cohort.clone());
    div("acts no-print")
        .child(button(Text::CohortsChange, Weight::Plain, "change", move || edit::change(session, cohorts, &id)))
        .child(button(Text::CohortsSeatsChange, Weight::Plain, "seats", move || seats::change(session, cohorts, &seen)))
        .child(button(Text::CohortsCopy, Weight::Plain, "copy", move || edit::add(session, cohorts, Some(like.clone()))))
        .child(closing::act(session, cohorts, &row.cohort))
}
