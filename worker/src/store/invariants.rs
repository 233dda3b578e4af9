//! Counts what must never happen.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::date::Timestamp;
use domain::invariants::{Check, CheckResult, Invariants, Totals};
use serde::Deserialize;
use std::collections::HashMap;

/// One statement, and so one moment: nothing can change between two of its counts.
///
/// Each count is one pass over a table with look-ups by index. Whoever was passed is found from the side of those who waited: for each
/// stay on a list, from one journal entry of a registration to its next, is there a registration that entered without waiting? Their
/// index answers that at once.
const COUNTS: &str = "
    WITH counted AS MATERIALIZED (
        SELECT c.seats, c.taken, c.waiting, coalesce(n.enrolled, 0) AS enrolled, coalesce(n.offered, 0) AS offered,
            coalesce(n.listed, 0) AS listed
        FROM cohorts AS c LEFT JOIN (
            SELECT cohort_id, sum(state = 'enrolled') AS enrolled, sum(state = 'offered') AS offered,
                sum(state = 'waiting') AS listed
            FROM registrations GROUP BY cohort_id) AS n ON n.cohort_id = c.id)
    SELECT json_object(
        'violations', json_object(
            'taken_equals_rows', (SELECT count(*) FROM counted WHERE taken <> enrolled + offered),
            'waiting_equals_rows', (SELECT count(*) FROM counted WHERE waiting <> listed),
            'taken_within_seats', (SELECT count(*) FROM counted WHERE taken < 0 OR max(taken, enrolled + offered) > seats),
            'one_seat_a_student', (SELECT count(*) FROM (
                SELECT 1 FROM registrations WHERE state IN ('waiting', 'offered', 'enrolled')
                GROUP BY student_id, intake_id HAVING sum(state = 'enrolled') > 1 OR count(*) > 4)),
            'every_registration_is_journalled', (SELECT count(*) FROM registrations AS r WHERE
                (SELECT count(*) FROM journal WHERE registration_id = r.id AND act IN ('applied', 'joined')) <> 1
                OR r.state IS NOT (
                    SELECT state FROM journal WHERE registration_id = r.id AND state IS NOT NULL ORDER BY entry DESC LIMIT 1)),
            'every_application_is_decided', (SELECT count(*) FROM applications AS a WHERE
                NOT EXISTS (SELECT 1 FROM students WHERE application_id = a.id)
                OR EXISTS (SELECT 1 FROM students AS s WHERE s.application_id = a.id
                    AND NOT EXISTS (SELECT 1 FROM registrations WHERE student_id = s.id))),
            'nobody_eligible_waits', (SELECT count(*) FROM cohorts AS c WHERE taken < seats AND waiting > 0
                AND EXISTS (SELECT 1 FROM eligible WHERE cohort_id = c.id)),
            'nobody_passed_the_list', (SELECT count(*) FROM journal AS stay WHERE stay.state = 'waiting' AND EXISTS (
                SELECT 1 FROM journal AS later
                WHERE later.cohort_id = stay.cohort_id AND later.act IN ('applied', 'joined') AND later.state = 'enrolled'
                    AND later.entry > stay.entry AND later.entry < coalesce((
                        SELECT min(next.entry) FROM journal AS next
                        WHERE next.registration_id = stay.registration_id AND next.entry > stay.entry
                            AND next.state IS NOT NULL), 9223372036854775807))),
            'ranks_are_distinct', (SELECT count(*) FROM (
                SELECT 1 FROM registrations WHERE state = 'waiting' GROUP BY cohort_id, rank HAVING count(*) > 1)),
            'offers_have_deadlines', (SELECT count(*) FROM registrations
                WHERE (state = 'offered') <> (held_until IS NOT NULL)),
            'letters_are_told', (SELECT count(*) FROM journal AS j
                CROSS JOIN registrations AS r ON r.id = j.registration_id
                CROSS JOIN students AS s ON s.id = r.student_id
                CROSS JOIN addressees AS t ON t.application_id = s.application_id
                WHERE (j.act IN ('applied', 'offered', 'seated', 'returned', 'lapsed', 'removed', 'withdrawn', 'restored',
                        'tracks_changed')
                        OR j.act = 'joined' AND j.author <> 'family')
                    AND NOT EXISTS (SELECT 1 FROM outbox WHERE event = iif(j.act = 'applied',
                        'registered:' || t.application_id,
                        iif(j.act = 'joined', 'transferred', j.act) || ':' || r.unit || ':' || j.at) || ':' || t.place))),
        'totals', json((SELECT json_object('seats', sum(seats), 'enrolled', sum(enrolled), 'offered', sum(offered),
            'waiting', sum(listed),
            'registrations', (SELECT count(*) FROM registrations), 'journal_entries', (SELECT count(*) FROM journal))
            FROM counted)))";

#[derive(Deserialize)]
struct Counts {
    violations: HashMap<Check, u32>,
    totals: Totals,
}

/// Counts every check and the totals, at the moment `now`.
///
/// # Errors
/// When the database can't be read.
pub async fn count(platform: &impl Platform, now: Timestamp) -> Result<Invariants, Refusal> {
    let counts: Option<Counts> = read(platform, Statement::new(COUNTS)).await?;
    let Counts { violations, totals } = counts.ok_or_else(|| Refusal::internal("the checks answered nothing"))?;
    let result = |name: &Check| Some(CheckResult { name: *name, violations: *violations.get(name)? });
    let checks: Option<Vec<CheckResult>> = Check::ALL.iter().map(result).collect();
    let checks = checks.ok_or_else(|| Refusal::internal("a check was not counted"))?;
    Ok(Invariants::new(now, checks, totals))
}

#[cfg(test)]
mod tests;
