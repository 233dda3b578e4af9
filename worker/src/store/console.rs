//! What the staff console reads and changes. Each act is one batch with its entry in the journal, and tells by its [`Scope`] whose
//! rights it is done with; what lies outside of them is not found.

pub mod attendance;
pub mod contacts;
pub mod entries;
pub mod messages;
pub mod order;
pub mod overview;
pub mod removal;
pub mod roster;
pub mod transfer;
pub mod undo;

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::Acted;
use domain::staff::journal::{self, undo_until};
use serde::Deserialize;

/// The entry that an act has left about a registration; no row when nobody may know of it.
const TOLD: &str = "
    SELECT json_object('entry', (
        SELECT max(entry) FROM journal WHERE registration_id = r.id AND act = ?3 AND author = ?4 AND at = ?5))
    FROM registrations AS r JOIN cohorts AS c ON c.id = r.cohort_id
    WHERE r.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)";

#[derive(Debug, Clone, Copy, Deserialize)]
struct Told {
    entry: Option<u64>,
}

/// The last statement of an act on a registration.
fn told(registration: &str, scope: &Scope, what: journal::Act, act: Act<'_>) -> Statement {
    Statement::new(TOLD).bind(registration).bind(scope).bind(what.as_str()).bind(act.author).bind(act.now)
}

/// Runs an act on a registration that ends with [`told`].
async fn run(platform: &impl Platform, batch: Vec<Statement>) -> Result<Told, Refusal> {
    let answer = platform.batch(batch).await?.pop().flatten().ok_or(ErrorCode::Unknown)?;
    Ok(serde_json::from_str(&answer)?)
}

/// The answer to an act with this entry.
fn acted(what: journal::Act, entry: Option<u64>, now: Timestamp) -> Result<Acted, Refusal> {
    Ok(Acted { entry: entry.ok_or(ErrorCode::WrongState)?, undo_until: undo_until(what, now) })
}

/// The entry by which ?1 was undone, by this act.
const UNDOING: &str =
    "SELECT json_object('entry', entry, 'act', act) FROM journal WHERE undoes = ?1 AND author = ?2 AND at = ?3";

#[derive(Debug, Clone, Copy, Deserialize)]
struct Undoing {
    entry: u64,
    act: journal::Act,
}

/// Runs a batch that undoes the entry. Whatever stands in the way is said by the schema, or by nothing having happened.
async fn undo(
    platform: &impl Platform,
    mut batch: Vec<Statement>,
    entry: u64,
    author: &str,
    now: Timestamp,
) -> Result<Acted, Refusal> {
    batch.push(Statement::new(UNDOING).bind(number(entry)).bind(author).bind(now));
    let answer = match platform.batch(batch).await {
        Ok(mut rows) => rows.pop().flatten().ok_or(ErrorCode::NotUndoable)?,
        Err(DatabaseError::Constraint(_)) => return Err(ErrorCode::NotUndoable.into()),
        Err(other) => return Err(other.into()),
    };
    let Undoing { entry, act } = serde_json::from_str(&answer)?;
    Ok(Acted { entry, undo_until: undo_until(act, now) })
}

/// The number of an entry as SQL takes it.
fn number(entry: u64) -> i64 {
    i64::try_from(entry).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
