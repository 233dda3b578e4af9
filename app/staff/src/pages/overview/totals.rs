//! The intake in a few numbers.

use crate::percent::percent;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::{El, div, el};
use app::format::number;
use domain::staff::cohort::MarkCounts;
use domain::staff::overview::{CentreProgress, Overview};

/// Numbers of the centres that are shown.
pub fn view(session: Session, figures: &Overview, shown: &[&str]) -> El {
    let centres: Vec<&CentreProgress> =
        figures.progress.iter().filter(|progress| shown.contains(&progress.centre.as_str())).collect();
    let sum = |of: fn(&CentreProgress) -> u32| centres.iter().map(|centre| of(centre)).sum::<u32>();
    let enrolled = sum(|centre| centre.enrolled);
    let target = figures.intake.seat_target;
    let marks = centres.iter().fold(MarkCounts::default(), |sum, centre| added(sum, centre.marks));
    // The target is one for all centres together.
    let whole = is_whole(session, shown) && target > 0;
    let of_target = whole.then(|| {
        let share = u64::from(enrolled) * 100 / u64::from(target.max(1));
        fill(
            t(Text::OverviewOfTarget),
            &[("target", &number(target)), ("share", &percent(u32::try_from(share).unwrap_or(u32::MAX)))],
        )
    });
    let seats = fill(t(Text::OverviewOfSeats), &[("seats", &number(sum(|centre| centre.seats)))]);
    let rate = marks.rate().map_or_else(|| "–".to_owned(), percent);
    let marked = fill(t(Text::OverviewOfMarks), &[("marks", &number(marks.marked()))]);
    el("dl")
        .class("totals")
        .child(total(Text::OverviewEnrolled, &number(enrolled), of_target.as_deref().unwrap_or(&seats), "enrolled"))
        .child(total(Text::OverviewOffered, &number(sum(|centre| centre.offered)), t(Text::OverviewOfferedNote), "offered"))
        .child(total(Text::OverviewWaiting, &number(sum(|centre| centre.waiting)), t(Text::OverviewWaitingNote), "waiting"))
        .child(total(Text::OverviewAttendance, &rate, &marked, "attendance"))
}

fn total(name: Text, value: &str, note: &str, test: &str) -> El {
    let value = el("dd").child(el("strong").class("total-value").test(test).text(value));
    div("total").child(el("dt").text(t(name))).child(value.child(el("span").class("total-note").text(note)))
}

/// Whether every centre there is is shown: who reaches one of them sees a part.
pub fn is_whole(session: Session, shown: &[&str]) -> bool {
    shown.len() >= session.centres().len()
}

/// The sum of two counts.
pub fn added(one: MarkCounts, other: MarkCounts) -> MarkCounts {
    MarkCounts {
        present: one.present + other.present,
        late: one.late + other.late,
        excused: one.excused + other.excused,
        absent: one.absent + other.absent,
    }
}
