//! What staff change about seats and order. Each change has an author and a reason, and is in the journal.

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::turns;
use domain::date::Timestamp;

/// Who changes, why, when.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// The staff member's id.
    pub author: &'a str,
    /// Why; never empty.
    pub reason: &'a str,
    /// The moment.
    pub now: Timestamp,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Made, and journalled.
    Made,
    /// There is nothing to change: no such cohort, or the registration isn't in a state for it.
    Nothing,
    /// Fewer seats than are taken.
    BelowTaken,
    /// No reason was given.
    NoReason,
}

const SEATS_TOLD: &str = "
    INSERT INTO journal (at, author, act, cohort_id, seats, reason)
    SELECT ?3, ?4, 'seats_changed', id, ?2, ?5 FROM cohorts WHERE id = ?1 AND seats <> ?2
    RETURNING act";

const SEATS: &str = "UPDATE cohorts SET seats = ?2 WHERE id = ?1";

/// Raises a cohort's seats, or lowers them to no less than are taken. Added seats go to the waiting list.
///
/// # Errors
/// When the database can't be written.
pub async fn set_seats(platform: &impl Platform, cohort: &str, seats: u32, act: Act<'_>) -> Result<Done, Refusal> {
    let change = |sql| Statement::new(sql).bind(cohort).bind(i64::from(seats));
    let told = change(SEATS_TOLD).bind(act.now).bind(act.author).bind(act.reason);
    done(platform.batch(vec![told, change(SEATS), turns::everywhere(act.now)]).await, 0)
}

/// The rank of whoever has place ?2 among the others, or of the first of the party it belongs to: no party is put asunder.
const PLACE: &str = "
    INSERT INTO placements (unit, cohort_id, rank)
    SELECT r.unit, r.cohort_id, coalesce(
        (SELECT min(f.rank) FROM registrations AS f WHERE f.cohort_id = r.cohort_id AND f.state = 'waiting' AND f.unit = (
            SELECT w.unit FROM registrations AS w WHERE w.cohort_id = r.cohort_id AND w.state = 'waiting' AND w.unit <> r.unit
            ORDER BY w.rank, w.sequence LIMIT 1 OFFSET ?2 - 1)),
        (SELECT max(w.rank) + 1 FROM registrations AS w WHERE w.cohort_id = r.cohort_id AND w.state = 'waiting'))
    FROM registrations AS r WHERE r.id = ?1 AND r.state = 'waiting'";

const PLACE_TOLD: &str = "
    INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position, reason)
    SELECT ?2, ?3, 'reordered', m.id, m.cohort_id, m.state, (
            SELECT count(*) FROM registrations AS ahead
            WHERE ahead.cohort_id = m.cohort_id AND ahead.state = 'waiting' AND (ahead.rank, ahead.sequence) <= (m.rank, m.sequence)),
        ?4
    FROM registrations AS r JOIN registrations AS m ON m.unit = r.unit AND m.cohort_id = r.cohort_id AND m.state = 'waiting'
    WHERE r.id = ?1 AND r.state = 'waiting'
    RETURNING act";

/// Moves a waiting registration, with the party it belongs to, to this place of its cohort's list, from 1; to the end of a shorter
/// one.
///
/// # Errors
/// When the database can't be written.
pub async fn place(platform: &impl Platform, registration: &str, place: u32, act: Act<'_>) -> Result<Done, Refusal> {
    let told = Statement::new(PLACE_TOLD).bind(registration).bind(act.now).bind(act.author).bind(act.reason);
    let batch = vec![Statement::new(PLACE).bind(registration).bind(i64::from(place.max(1))), told, turns::everywhere(act.now)];
    done(platform.batch(batch).await, 1)
}

const REMOVE: &str = "
    UPDATE registrations
    SET state = 'removed', held_until = NULL, act = 'removed', changed_at = ?2, author = ?3, reason = ?4
    WHERE id = ?1 AND state IN ('waiting', 'offered', 'enrolled')
    RETURNING id";

/// Ends a registration.
///
/// # Errors
/// When the database can't be written.
pub async fn remove(platform: &impl Platform, registration: &str, act: Act<'_>) -> Result<Done, Refusal> {
    let remove = Statement::new(REMOVE).bind(registration).bind(act.now).bind(act.author).bind(act.reason);
    done(platform.batch(vec![remove, turns::everywhere(act.now)]).await, 0)
}

/// Reads what became of it from the statement that answers a row when it changed something.
fn done(answer: Result<Vec<Option<String>>, DatabaseError>, telling: usize) -> Result<Done, Refusal> {
    match answer {
        Ok(rows) if rows.get(telling).is_some_and(Option::is_some) => Ok(Done::Made),
        Ok(_) => Ok(Done::Nothing),
        Err(DatabaseError::Constraint(refused)) if refused.contains("taken_within_seats") => Ok(Done::BelowTaken),
        Err(DatabaseError::Constraint(refused)) if refused.contains("reason") => Ok(Done::NoReason),
        Err(other) => Err(other.into()),
    }
}
