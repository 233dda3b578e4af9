//! What is asked for.

use crate::components::plot::{Bar, stacked_bars};
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::El;
use app::format::number;
use domain::staff::overview::{Overview, TrackDemand};

/// How often each track was chosen, the most wanted first.
pub fn plot(session: Session, figures: &Overview, shown: &[&str]) -> El {
    let mut tracks: Vec<(String, u32, u32, u32)> = figures
        .tracks
        .iter()
        .map(|track| {
            let of = figures.demand.iter().filter(|one| one.track == track.id && shown.contains(&one.centre.as_str()));
            let sum = |what: fn(&TrackDemand) -> u32| of.clone().map(what).sum::<u32>();
            let (first, chosen, waiting) = (sum(|one| one.first), sum(|one| one.chosen), sum(|one| one.waiting));
            (session.track_name(&track.id), first, chosen, waiting)
        })
        .collect();
    tracks.sort_by_key(|(_, _, chosen, _)| std::cmp::Reverse(*chosen));
    let rows = tracks.into_iter().map(|(name, first, chosen, waiting)| {
        let words = [("chosen", number(chosen)), ("waiting", number(waiting))];
        let said = fill(t(Text::OverviewChosen), &words.each_ref().map(|(name, number)| (*name, number.as_str())));
        Bar::stacked(&name, vec![first, chosen.saturating_sub(first)]).saying(said)
    });
    let parts = [Text::OverviewFirstChoice, Text::OverviewOtherChoice];
    stacked_bars(Text::OverviewDemand, Text::OverviewTrack, &parts, rows.collect())
}
