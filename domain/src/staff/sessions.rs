//! Changing single sessions: moving, calling off, and back to the plan.

use crate::date::Date;
use crate::error::{FaultCode, FieldFault};
use crate::plan::{ChangeState, PlannedSession};
use crate::schedule::Session;
use crate::staff::attendance::SessionForm;
use crate::staff::cohort::OPEN_MINUTES;
use std::ops::RangeInclusive;

/// The longest span of days for which sessions of several cohorts are listed.
pub const SPAN_DAYS_MAX: u64 = 45;

/// The longest span of days for which sessions of one cohort are listed.
pub const SPAN_OF_COHORT_DAYS_MAX: u64 = 400;

/// What is asked of the session called by `planned`: called off, as planned, or at another time. What is called off stands at the
/// time it had.
pub fn wanted(form: &SessionForm, session: &PlannedSession, planned: Session) -> (ChangeState, Session) {
    let at = Session { date: form.date, start: form.start, end: form.end };
    if form.cancelled {
        (ChangeState::Cancelled, session.held)
    } else if at == planned {
        (ChangeState::Kept, at)
    } else {
        (ChangeState::Moved, at)
    }
}

/// Faults of a time at which one of `all` sessions of a cohort shall take place, by the fields of [`SessionForm`]. The session itself
/// is none of those it can clash with.
pub fn check(
    at: Session,
    session: &PlannedSession,
    all: &[PlannedSession],
    span: RangeInclusive<Date>,
    is_closed: impl Fn(Date) -> bool,
) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, code| faults.push(FieldFault { field: field.into(), code });
    if !span.contains(&at.date) {
        fault("date", FaultCode::OutOfRange);
    } else if is_closed(at.date) {
        fault("date", FaultCode::ClosedDay);
    }
    let within = OPEN_MINUTES.contains(&at.start) && OPEN_MINUTES.contains(&at.end);
    let mut others = all.iter().filter(|other| (other.date, other.start) != (session.date, session.start));
    if !within || at.start >= at.end {
        fault("start", FaultCode::OutOfRange);
    } else if others.any(|other| other.clashes(at)) {
        fault("start", FaultCode::Clash);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use crate::schedule::Slot;
    use crate::testing::day;

    /// Mondays and Wednesdays at nine, over one week.
    fn sessions() -> Vec<PlannedSession> {
        let slots = [1, 3].map(|weekday| Slot { weekday, start: 540, end: 660 }).to_vec();
        Plan { slots, from: day("2026-09-07"), until: day("2026-09-13"), changes: vec![] }.sessions(|_| false)
    }

    fn form(date: &str, start: u16, cancelled: bool) -> SessionForm {
        SessionForm { date: day(date), start, end: start + 120, cancelled, reason: "why".into() }
    }

    #[test]
    fn the_form_says_moved_back_or_called_off() {
        let monday = sessions().remove(0);
        let (planned, moved) = (monday.held, Session { date: day("2026-09-08"), start: 540, end: 660 });
        let away = PlannedSession { held: moved, ..monday.clone() };
        assert_eq!(wanted(&form("2026-09-08", 540, false), &monday, planned), (ChangeState::Moved, moved));
        assert_eq!(wanted(&form("2026-09-07", 540, false), &away, planned), (ChangeState::Kept, planned));
        assert_eq!(wanted(&form("2026-09-07", 540, true), &away, planned), (ChangeState::Cancelled, moved));
    }

    #[test]
    fn a_session_stays_within_the_intake_the_opening_hours_and_clear_of_the_others() {
        let all = sessions();
        let faults = |date: &str, start: u16, end: u16| {
            let at = Session { date: day(date), start, end };
            let span = day("2026-09-07")..=day("2026-09-13");
            check(at, &all[0], &all, span, |date| date == day("2026-09-10"))
                .into_iter()
                .map(|fault| (fault.field, fault.code))
                .collect::<Vec<_>>()
        };
        let fault = |field: &str, code| vec![(field.to_owned(), code)];
        let none: Vec<(String, FaultCode)> = vec![];
        assert_eq!(faults("2026-09-07", 600, 720), none, "its own time is no clash");
        assert_eq!(faults("2026-09-09", 660, 780), none, "sessions may touch");
        assert_eq!(faults("2026-09-09", 600, 720), fault("start", FaultCode::Clash));
        assert_eq!(faults("2026-09-10", 600, 720), fault("date", FaultCode::ClosedDay));
        assert_eq!(faults("2026-09-14", 600, 720), fault("date", FaultCode::OutOfRange));
        assert_eq!(faults("2026-09-08", 720, 600), fault("start", FaultCode::OutOfRange));
        assert_eq!(faults("2026-09-08", 1260, 1380), fault("start", FaultCode::OutOfRange));
    }
}
