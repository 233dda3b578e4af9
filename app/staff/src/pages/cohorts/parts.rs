//! How a cohort is shown: its seats as a bar with numbers, its trainers, what is to be looked at.

use crate::components::chip::{Tone, chip};
use crate::fault_text::warning;
use crate::text::{Text, fill, t};
use app::el::{El, div, el, svg};
use domain::staff::cohort::{CohortWarning, StaffCohort};

/// How full a cohort is, from 0 to 1.
pub fn fullness(cohort: &StaffCohort) -> f64 {
    if cohort.seats == 0 { 1.0 } else { f64::from(cohort.taken()) / f64::from(cohort.seats) }
}

/// Seats taken, held and free: a bar, and the same in words.
pub fn seats(cohort: &StaffCohort) -> El {
    let parts = [("share share--0", cohort.enrolled), ("share share--1", cohort.offered)];
    let whole = f64::from(cohort.seats.max(1));
    let mut before = 0.0;
    let drawn = parts.map(|(class, number)| {
        let width = f64::from(number) / whole * 100.0;
        let part = svg("rect").class(class).attr("x", &percent(before)).attr("width", &percent(width)).attr("height", "100%");
        before += width;
        part
    });
    let bar = svg("svg").class("bar").attr("aria-hidden", "true").all(drawn.into());
    let said = |text: Text, number: u32| {
        let (number, all) = (app::format::number(number), app::format::number(cohort.seats));
        fill(t(text), &[("n", &number), ("all", &all)])
    };
    let held = (cohort.offered > 0).then(|| said(Text::CohortsHeld, cohort.offered));
    let words = [Some(said(Text::CohortsTaken, cohort.enrolled)), held, Some(said(Text::CohortsFree, cohort.free()))];
    let words = words.into_iter().flatten().map(|words| el("span").text(&words)).collect();
    div("seats-cell").child(bar).child(el("span").class("numbers").all(words))
}

fn percent(share: f64) -> String {
    [&((share * 100.0).round() / 100.0).to_string(), "%"].concat()
}

/// Names of the trainers.
pub fn trainers(cohort: &StaffCohort) -> String {
    cohort.trainers.iter().map(|trainer| trainer.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Whether it is closed, and what is to be looked at.
pub fn notes(cohort: &StaffCohort, warnings: &[CohortWarning]) -> El {
    let closed = cohort.closed.then(|| chip(Tone::Calm, t(Text::CohortsClosed)));
    let warnings = warnings.iter().map(|kind| chip(Tone::Warn, t(warning(*kind))));
    el("span").class("marks").maybe(closed).all(warnings.collect())
}

/// What a day of the week is called.
pub fn weekday(weekday: u8) -> &'static str {
    let names = app::text::t(app::text::Text::DateWeekdays);
    names.split('|').nth(usize::from(weekday).wrapping_sub(1)).unwrap_or_default()
}
