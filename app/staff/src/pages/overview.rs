//! Figures of the intake, without names: how far, how full, what is asked for, how attended. Each is a plot with its numbers behind.

mod cohorts;
mod demand;
mod totals;
mod weeks;

use crate::components::button::{Weight, button};
use crate::components::heading::heading;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::el::{El, div, p};
use domain::staff::overview::Overview;

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let figures = Remote::<Overview>::get(session, "/api/staff/overview");
    let again = button(Text::OverviewAgain, Weight::Plain, "again", move || figures.reload());
    vec![heading(t(Text::NavOverview), vec![again]), figures.view(move |figures| content(session, figures))]
}

fn content(session: Session, figures: &Overview) -> Vec<El> {
    let looked_at = session.centre();
    let shown: Vec<&str> = figures
        .centres
        .iter()
        .map(|centre| centre.centre.id.as_str())
        .filter(|id| looked_at.as_deref().is_none_or(|centre| centre == *id))
        .collect();
    let counted = fill(t(Text::OverviewCounted), &[("moment", &when::moment(figures.at))]);
    let whole = vec![weeks::progress(session, figures, &shown), weeks::attendance(session, figures, &shown)];
    let cohorts = shown.iter().map(|centre| cohorts::plot(session, figures, centre)).collect();
    vec![
        p(&counted).class("aside"),
        totals::view(session, figures, &shown),
        div("figures").all(whole),
        div("figures").child(demand::plot(session, figures, &shown)),
        div("figures").all(cohorts),
    ]
}
