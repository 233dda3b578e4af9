//! Reads what the sessions of cohorts follow from; the rule itself is [`domain::plan`].

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::calendar::DecidedDay;
use domain::catalogue::Intake;
use domain::date::{Date, Timestamp};
use domain::plan::{FIRST_SESSION_WITHIN_DAYS, Plan, SessionChange};
use domain::schedule::{Session, Slot};
use serde::Deserialize;

/// The weekly meetings of the cohort `c`.
macro_rules! slots_sql {
    () => {
        "json((SELECT json_group_array(json_object('weekday', weekday, 'start', starts, 'end', ends))
            FROM (SELECT * FROM slots WHERE cohort_id = c.id ORDER BY weekday, starts)))"
    };
}

/// The changed sessions of the cohort `c` that meet a further condition.
macro_rules! changes_sql {
    ($condition:literal) => {
        concat!(
            "json((SELECT json_group_array(json_object('date', day, 'start', starts, 'state', state,
                    'held', json_object('date', held_on, 'start', held_starts, 'end', held_ends),
                    'sequence', sequence, 'dropped', json(iif(dropped, 'true', 'false')), 'reason', reason))
                FROM session_changes WHERE cohort_id = c.id ",
            $condition,
            "))"
        )
    };
}

/// The first session of a cohort from this moment on; no further than some weeks is looked, from the day on which its slots begin.
pub(super) fn first_session(
    intake: &Intake,
    now: Timestamp,
    slots: &[Slot],
    slots_from: Option<Date>,
    changes: Vec<SessionChange>,
    is_closed: impl Fn(Date) -> bool,
) -> Option<Session> {
    let first = intake.first_session_on.max(now.local_date());
    let from = slots_from.map_or(first, |from| from.max(first));
    let until = intake.last_session_on.min(from.plus_days(FIRST_SESSION_WITHIN_DAYS));
    let plan = Plan { slots: slots.to_vec(), from, until, changes };
    plan.first(now.max(Timestamp::of_local(intake.first_session_on, 0)), is_closed)
}

/// The days about which something was decided at the centre of the cohort `c`: those that are closed, and those about which staff have
/// changed that, as the journal tells.
macro_rules! days_sql {
    () => {
        "json((SELECT json_group_array(json_object(
                'date', day, 'closed', json(iif(closed, 'true', 'false')), 'changes', changes))
            FROM (SELECT day, max(closed) AS closed, sum(changes) AS changes FROM (
                SELECT day, 1 AS closed, 0 AS changes FROM closed_days WHERE centre_id IS NULL OR centre_id = c.centre_id
                UNION ALL
                SELECT substr(subject, length('closed_day:') + 1), 0, 1 FROM journal
                WHERE subject >= 'closed_day:' AND subject < 'closed_day;'
                    AND coalesce(details ->> 'centre', c.centre_id) = c.centre_id)
            GROUP BY day)))"
    };
}

/// The plan of the cohort `c` of the intake `i`.
macro_rules! plan_sql {
    () => {
        concat!(
            "json_object('slots', ",
            $crate::store::plans::slots_sql!(),
            ", 'from', max(coalesce(c.slots_from, ''), i.first_session_on), 'until', i.last_session_on, 'changes', ",
            $crate::store::plans::changes_sql!(""),
            ")"
        )
    };
}

/// What names the cohort `c` beside its sessions: a [`domain::staff::attendance::SessionCohort`].
macro_rules! session_cohort_sql {
    () => {
        concat!(
            "json_object('id', c.id, 'centre', c.centre_id, 'label', c.label, 'slots', ",
            $crate::store::plans::slots_sql!(),
            ", 'tracks', ",
            $crate::store::catalogue::tracks_of_cohort_sql!(),
            ")"
        )
    };
}

pub(super) use {changes_sql, days_sql, plan_sql, session_cohort_sql, slots_sql};

/// The plan of one cohort, and the days about which something was decided at its centre.
#[derive(Debug, Clone, Deserialize)]
pub struct CohortPlan {
    /// The plan.
    pub plan: Plan,
    /// The days.
    pub days: Vec<DecidedDay>,
}

const OF_COHORT: &str = concat!(
    "SELECT json_object('plan', ",
    plan_sql!(),
    ", 'days', ",
    days_sql!(),
    ") FROM cohorts AS c JOIN intakes AS i ON i.id = c.intake_id WHERE c.id = ?1"
);

/// The plan of a cohort.
///
/// # Errors
/// When the database can't be read or has no such cohort.
pub async fn of_cohort(platform: &impl Platform, cohort: &str) -> Result<CohortPlan, Refusal> {
    let plan = read(platform, Statement::new(OF_COHORT).bind(cohort)).await?;
    plan.ok_or_else(|| Refusal::internal("a registration in a cohort that isn't there"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    #[test]
    fn a_first_session_is_the_first_that_is_to_come() {
        let intake: Intake = serde_json::from_value(serde_json::json!({
            "id": "i", "name": { "kk": "", "ru": "", "en": "" }, "opens_at": 0, "closes_at": 1, "min_age": 12, "max_age": 18,
            "first_session_on": "2026-09-07", "last_session_on": "2027-05-30", "seat_target": 1, "offer_hours": 48,
            "return_place": 10, "overtakes_max": 3,
        }))
        .expect("an intake");
        let slots = [Slot { weekday: 1, start: 540, end: 660 }];
        let first = |date, minute, slots_from: Option<&str>| {
            let now = Timestamp::of_local(day(date), minute);
            first_session(&intake, now, &slots, slots_from.map(day), Vec::new(), |_| false).map(|session| session.date)
        };
        assert_eq!(first("2026-06-01", 0, None), Some(day("2026-09-07")), "before the beginning");
        assert_eq!(first("2026-11-30", 540, None), Some(day("2026-11-30")), "in the middle, on its very minute");
        assert_eq!(first("2026-11-30", 541, None), Some(day("2026-12-07")), "the next one, when it has begun");
        assert_eq!(first("2026-11-30", 0, Some("2027-03-02")), Some(day("2027-03-08")), "of slots that begin later");
        assert_eq!(first("2027-05-29", 0, None), None, "no Monday is left");
    }
}
