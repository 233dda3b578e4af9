//! Closing a cohort to newcomers, and opening it again. Freed seats of a closed one still go to its waiting list.

use super::standing;
use super::telling::{Telling, told, told_sql};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::{Acted, journal};
use serde::Deserialize;
use serde_json::json;

const TOLD: &str = told_sql!("c.closed_at IS ?10");

const CLOSED_AT: &str = "UPDATE cohorts SET closed_at = ?2 WHERE id = ?1";

/// Since when it was closed, before and after.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Details {
    before: Option<Timestamp>,
    after: Option<Timestamp>,
}

/// Takes no newcomers any more.
///
/// # Errors
/// [`ErrorCode::Unknown`], or [`ErrorCode::WrongState`] when it is closed already.
pub async fn close(platform: &impl Platform, cohort: &str, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let standing = standing::of(platform, cohort, scope).await?;
    if standing.closed_at.is_some() {
        return Err(ErrorCode::WrongState.into());
    }
    change(platform, cohort, Details { before: None, after: Some(act.now) }, None, act).await
}

/// Takes newcomers again.
///
/// # Errors
/// [`ErrorCode::Unknown`], or [`ErrorCode::WrongState`] when it isn't closed.
pub async fn reopen(platform: &impl Platform, cohort: &str, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let standing = standing::of(platform, cohort, scope).await?;
    if standing.closed_at.is_none() {
        return Err(ErrorCode::WrongState.into());
    }
    change(platform, cohort, Details { before: standing.closed_at, after: None }, None, act).await
}

/// Takes closing or reopening back.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when it was reopened or closed since.
pub async fn undo(
    platform: &impl Platform,
    entry: u64,
    what: journal::Act,
    scope: &Scope,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let told = told::<Details>(platform, entry, what, scope).await?;
    let Details { before, after } = told.details;
    let cohort = told.cohort.ok_or(ErrorCode::NotUndoable)?;
    change(platform, &cohort, Details { before: after, after: before }, Some(entry), act).await
}

async fn change(
    platform: &impl Platform,
    cohort: &str,
    Details { before, after }: Details,
    undoes: Option<u64>,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let what = if after.is_some() { journal::Act::CohortClosed } else { journal::Act::CohortReopened };
    let telling = Telling::of(what, cohort, json!({ "before": before, "after": after }), undoes);
    let batch = vec![telling.statement(TOLD, act).bind(before), Statement::new(CLOSED_AT).bind(cohort).bind(after)];
    telling.run(platform, batch, act).await
}
