//! How full each cohort is.

use crate::components::plot::{Bar, stacked_bars_titled};
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::El;
use app::format::number;
use domain::staff::access::Right;
use domain::staff::overview::{CohortFill, Overview};

/// The cohorts of a centre, those for which most people wait first. A name leads to the cohort.
pub fn plot(session: Session, figures: &Overview, centre: &str) -> El {
    let mut cohorts: Vec<&CohortFill> = figures.cohorts.iter().filter(|cohort| cohort.centre == centre).collect();
    cohorts.sort_by_key(|cohort| (std::cmp::Reverse(cohort.waiting), free(cohort)));
    let rows = cohorts.into_iter().map(|cohort| {
        let words = [("taken", number(cohort.taken)), ("seats", number(cohort.seats)), ("waiting", number(cohort.waiting))];
        let text = if cohort.waiting > 0 { Text::OverviewFillWaiting } else { Text::OverviewFill };
        let said = fill(t(text), &words.each_ref().map(|(name, number)| (*name, number.as_str())));
        let name = session.cohort(&cohort.id, cohort.label.as_deref(), &cohort.centre, &cohort.slots);
        let (name, place) = name.parts();
        let bar = Bar::stacked(name, vec![cohort.taken, cohort.waiting, free(cohort)]).saying(said);
        let bar = place.map(str::to_owned).into_iter().fold(bar, Bar::noting);
        if session.may(Right::SeeNames) { bar.link(Page::Roster { cohort: cohort.id.clone() }.path()) } else { bar }
    });
    let title = fill(t(Text::OverviewCohorts), &[("centre", &session.centre_name(centre))]);
    let parts = [Text::OverviewTaken, Text::OverviewWaits, Text::OverviewFree];
    stacked_bars_titled(&title, Text::OverviewCohort, &parts, rows.collect())
}

fn free(cohort: &CohortFill) -> u32 {
    cohort.seats.saturating_sub(cohort.taken)
}
