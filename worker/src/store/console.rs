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
pub mod tracks;
pub mod transfer;
pub mod undo;

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::Acted;
use domain::staff::journal::{self, undo_until};
use serde::Deserialize;

/// The last entry of an act about a registration; no row when nobody may know of it.
const TOLD: &str = "
    SELECT json_object('entry', (SELECT max(entry) FROM journal WHERE registration_id = r.id AND act = ?3))
    FROM registrations AS r JOIN cohorts AS c ON c.id = r.cohort_id
    WHERE r.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Told {
    entry: Option<u64>,
}

/// Runs an act on a registration. It was done when its batch has left an entry: one that was there before it is of another request,
/// be it of the same person in the same millisecond.
async fn run(
    platform: &impl Platform,
    registration: &str,
    scope: &Scope,
    what: journal::Act,
    changes: impl IntoIterator<Item = Statement>,
    now: Timestamp,
) -> Result<Acted, Refusal> {
    let told = || Statement::new(TOLD).bind(registration).bind(scope).bind(what.as_str());
    let batch = [told()].into_iter().chain(changes).chain([told()]).collect();
    let rows = platform.batch(batch).await?;
    let entry = |row: Option<&Option<String>>| -> Result<Told, Refusal> {
        Ok(serde_json::from_str(row.and_then(Option::as_ref).ok_or(ErrorCode::Unknown)?)?)
    };
    let (before, after) = (entry(rows.first())?, entry(rows.last())?);
    let Told { entry: Some(entry) } = after else { return Err(ErrorCode::WrongState.into()) };
    if after == before {
        return Err(ErrorCode::WrongState.into());
    }
    Ok(Acted { entry, undo_until: undo_until(what, now) })
}

/// The entry by which ?1 was undone.
const UNDOING: &str = "SELECT json_object('entry', entry, 'act', act) FROM journal WHERE undoes = ?1";

#[derive(Debug, Clone, Copy, Deserialize)]
struct Undoing {
    entry: u64,
    act: journal::Act,
}

/// Runs a batch that undoes the entry, which nothing has undone before it. Whatever stands in the way is said by the schema, or by
/// nothing having happened.
async fn undo(
    platform: &impl Platform,
    changes: impl IntoIterator<Item = Statement>,
    entry: u64,
    now: Timestamp,
) -> Result<Acted, Refusal> {
    let undoing = || Statement::new(UNDOING).bind(number(entry));
    let batch = [undoing()].into_iter().chain(changes).chain([undoing()]).collect();
    let rows = match platform.batch(batch).await {
        Ok(rows) => rows,
        Err(DatabaseError::Constraint(_)) => return Err(ErrorCode::NotUndoable.into()),
        Err(other) => return Err(other.into()),
    };
    let (Some(None), Some(Some(answer))) = (rows.first(), rows.last()) else {
        return Err(ErrorCode::NotUndoable.into());
    };
    let Undoing { entry, act } = serde_json::from_str(answer)?;
    Ok(Acted { entry, undo_until: undo_until(act, now) })
}

/// The number of an entry as SQL takes it.
fn number(entry: u64) -> i64 {
    i64::try_from(entry).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
