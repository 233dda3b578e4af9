//! What staff change about seats. Each change has an author and a reason, and is in the journal.

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
