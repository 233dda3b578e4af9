//! How it went, week by week.

use super::totals::{added, is_whole};
use crate::components::line::{Axis, Series, line};
use crate::session::Session;
use crate::text::{Text, t};
use crate::when;
use app::el::El;
use domain::date::Date;
use domain::staff::cohort::MarkCounts;
use domain::staff::overview::{Overview, WeekFigures};

/// Seats taken until each week, centre by centre and together, and where they should come to.
pub fn progress(session: Session, figures: &Overview, shown: &[&str]) -> El {
    let weeks = mondays(&figures.weeks);
    let until = |centres: &[&str]| {
        let mut seats = 0i64;
        let taken = |monday: &Date| {
            let of = of(figures, *monday, centres);
            seats += of.map(|week| i64::from(week.enrolled) - i64::from(week.left)).sum::<i64>();
            // Seats given up in the very week the count begins with.
            u32::try_from(seats).ok()
        };
        weeks.iter().map(taken).collect::<Vec<_>>()
    };
    let mut series: Vec<Series> = shown
        .iter()
        .map(|centre| Series { name: session.centre_name(centre), values: until(&[*centre]), target: false })
        .collect();
    if shown.len() > 1 {
        series.push(Series { name: t(Text::FrameEveryCentre).to_owned(), values: until(shown), target: false });
    }
    if is_whole(session, shown) {
        let target = vec![Some(figures.intake.seat_target); weeks.len()];
        series.push(Series { name: t(Text::OverviewTarget).to_owned(), values: target, target: true });
    }
    line(Text::OverviewProgress, &axis(&weeks, None), &series)
}

/// The share of those marked who were there, in each week that had sessions.
pub fn attendance(session: Session, figures: &Overview, shown: &[&str]) -> El {
    let with_marks: Vec<WeekFigures> = figures.weeks.iter().filter(|week| week.marks.marked() > 0).cloned().collect();
    let weeks = mondays(&with_marks);
    let rate = |centre: &str| {
        let of_week = |monday: &Date| {
            let marks = of(figures, *monday, &[centre]).fold(MarkCounts::default(), |sum, week| added(sum, week.marks));
            marks.rate()
        };
        weeks.iter().map(of_week).collect()
    };
    let series: Vec<Series> =
        shown.iter().map(|centre| Series { name: session.centre_name(centre), values: rate(centre), target: false }).collect();
    line(Text::OverviewAttendanceByWeek, &axis(&weeks, Some(100)), &series)
}

fn of<'a>(figures: &'a Overview, monday: Date, centres: &'a [&str]) -> impl Iterator<Item = &'a WeekFigures> {
    figures.weeks.iter().filter(move |week| week.monday == monday && centres.contains(&week.centre.as_str()))
}

fn axis(weeks: &[Date], most: Option<u32>) -> Axis {
    Axis { what: Text::OverviewWeek, points: weeks.iter().map(|monday| when::day(*monday)).collect(), most }
}

/// Every Monday from the first to the last week, also those in which nothing happened.
fn mondays(weeks: &[WeekFigures]) -> Vec<Date> {
    let (first, last) = (weeks.iter().map(|week| week.monday).min(), weeks.iter().map(|week| week.monday).max());
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let mut mondays = vec![first];
    while let Some(monday) = mondays.last().map(|monday| monday.plus_days(7)).filter(|monday| *monday <= last) {
        mondays.push(monday);
    }
    mondays
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_without_anything_is_a_week_too() {
        let week = |monday: &str| WeekFigures {
            monday: Date::parse(monday).expect("a day"),
            centre: "astana".into(),
            enrolled: 1,
            left: 0,
            marks: MarkCounts::default(),
        };
        let found = mondays(&[week("2026-11-09"), week("2026-11-30"), week("2026-11-16")]);
        let found: Vec<String> = found.iter().map(Date::to_string).collect();
        assert_eq!(found, ["2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"]);
        assert_eq!(mondays(&[]), []);
    }
}
