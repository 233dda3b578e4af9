//! The seats of a cohort. Added seats go to the waiting list in the same batch; fewer than are taken there can't be.

use super::telling::{Telling, told, told_sql};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use crate::store::turns;
use domain::error::ErrorCode;
use domain::staff::{Acted, journal};
use serde::Deserialize;
use serde_json::json;

/// Tells, and keeps how many there were; cast, as D1 takes every number for a real one. There is nothing to tell when there are as many already.
const TOLD: &str = "
    INSERT INTO journal (at, author, act, cohort_id, seats, reason, details)
    SELECT ?4, ?3, 'seats_changed', id, ?2, nullif(?5, ''), json_object('before', seats, 'after', CAST(?2 AS INTEGER))
    FROM cohorts WHERE id = ?1 AND seats <> ?2 AND (?6 IS NULL OR centre_id = ?6)
    RETURNING cast(entry AS TEXT)";

const SEATS: &str = "UPDATE cohorts SET seats = ?2 WHERE id = ?1 AND (?3 IS NULL OR centre_id = ?3)";

const KNOWN: &str = "SELECT id FROM cohorts WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2)";

/// So many seats from now on.
///
/// # Errors
/// [`ErrorCode::Unknown`], [`ErrorCode::WrongState`] when there are as many already, [`ErrorCode::BelowTaken`].
pub async fn set(platform: &impl Platform, cohort: &str, seats: u32, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let change = |sql| Statement::new(sql).bind(cohort).bind(i64::from(seats));
    let batch = vec![
        change(TOLD).bind(act.author).bind(act.now).bind(act.reason).bind(scope),
        change(SEATS).bind(scope),
        turns::everywhere(act.now),
        Statement::new(KNOWN).bind(cohort).bind(scope),
    ];
    let telling = Telling::of(journal::Act::SeatsChanged, cohort, json!({}), None);
    let rows = telling.sent(platform, batch).await?;
    match (rows.first(), rows.last()) {
        (Some(None), Some(Some(_))) => Err(ErrorCode::WrongState.into()),
        _ => telling.acted(&rows, act),
    }
}

/// How many there were, and are.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Details {
    before: u32,
    after: u32,
}

const BACK_TOLD: &str = told_sql!("c.seats = ?10");

/// As many seats as before the entry.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when there are other seats by now, or the added ones are taken.
pub async fn undo(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let told = told::<Details>(platform, entry, journal::Act::SeatsChanged, scope).await?;
    let Details { before, after } = told.details;
    let cohort = told.cohort.ok_or(ErrorCode::NotUndoable)?;
    let details = json!({ "before": after, "after": before });
    let telling = Telling { seats: Some(before), ..Telling::of(journal::Act::SeatsChanged, &cohort, details, Some(entry)) };
    let batch = vec![
        telling.statement(BACK_TOLD, act).bind(i64::from(after)),
        Statement::new(SEATS).bind(cohort.as_str()).bind(i64::from(before)).bind(scope),
        turns::everywhere(act.now),
    ];
    telling.run(platform, batch, act).await
}
