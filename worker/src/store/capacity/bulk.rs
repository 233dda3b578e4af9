//! One change to several cohorts: all of it, or nothing.

use super::cohorts;
use super::telling::{Telling, number};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use crate::store::turns;
use domain::error::ErrorCode;
use domain::staff::Acted;
use domain::staff::cohort::{BulkAnswer, BulkChange, BulkForm, BulkLine, StaffCohort};
use domain::staff::journal::undo_until;
use serde_json::json;

/// Tells of each cohort of the list ?5, in its order; none may have changed since the preview was read.
macro_rules! told_sql {
    ($seats:literal, $before:literal, $after:literal) => {
        concat!(
            "INSERT INTO journal (at, author, reason, act, cohort_id, seats, details)
            SELECT ?1, ?2, nullif(?3, ''),
                iif(c.seats = (e.value ->> 'before') AND (c.closed_at IS NOT NULL) = (e.value ->> 'closed'), ?4, NULL), c.id, ",
            $seats,
            ", json_object('before', ",
            $before,
            ", 'after', ",
            $after,
            ") FROM json_each(?5) AS e CROSS JOIN cohorts AS c ON c.id = e.value ->> 'cohort' ORDER BY e.key"
        )
    };
}

const SEATS_TOLD: &str = told_sql!("e.value ->> 'after'", "c.seats", "e.value ->> 'after'");
/// The moment becomes JSON and so is cast: D1 takes every number for a real one, and such an entry could not be undone.
const CLOSED_TOLD: &str = told_sql!("NULL", "c.closed_at", "CAST(?1 AS INTEGER)");
const REOPENED_TOLD: &str = told_sql!("NULL", "c.closed_at", "NULL");

/// The entries that were told last.
const ENTRIES: &str = "SELECT json_group_array(entry) FROM (SELECT entry FROM journal ORDER BY entry DESC LIMIT ?1)";

const SEATS: &str = "
    UPDATE cohorts SET seats = e.value ->> 'after' FROM json_each(?1) AS e WHERE cohorts.id = e.value ->> 'cohort'";

const CLOSED_AT: &str = "
    UPDATE cohorts SET closed_at = ?2 FROM json_each(?1) AS e WHERE cohorts.id = e.value ->> 'cohort'";

/// Previews the change, or makes it when no line has a fault.
///
/// # Errors
/// [`ErrorCode::Unknown`] when one of the cohorts is out of reach; [`ErrorCode::ChangedMeanwhile`].
pub async fn change(platform: &impl Platform, form: &BulkForm, scope: &Scope, act: Act<'_>) -> Result<BulkAnswer, Refusal> {
    let all = cohorts::all(platform, scope, act.now).await?.cohorts;
    let chosen = form.cohorts.iter().map(|id| all.iter().find(|cohort| cohort.id == *id).ok_or(ErrorCode::Unknown));
    let chosen: Vec<&StaffCohort> = chosen.collect::<Result<_, _>>()?;
    let lines: Vec<BulkLine> = chosen.iter().map(|cohort| line(&form.change, cohort)).collect();
    if form.preview || lines.iter().any(|line| line.fault.is_some()) {
        return Ok(BulkAnswer { lines, done: false, acted: vec![] });
    }
    let changed: Vec<_> = chosen
        .iter()
        .zip(&lines)
        .filter(|(_, line)| !form.change.is_of_seats() || line.seats_before != line.seats_after)
        .map(|(cohort, line)| {
            json!({ "cohort": cohort.id, "before": line.seats_before, "after": line.seats_after, "closed": cohort.closed })
        })
        .collect();
    let acted = if changed.is_empty() { vec![] } else { made(platform, &form.change, &changed, act).await? };
    Ok(BulkAnswer { lines, done: true, acted })
}

async fn made(
    platform: &impl Platform,
    change: &BulkChange,
    changed: &[serde_json::Value],
    act: Act<'_>,
) -> Result<Vec<Acted>, Refusal> {
    let list = serde_json::to_string(changed)?;
    let what = change.act();
    let (told, made) = match change {
        BulkChange::SeatsBy { .. } | BulkChange::SeatsTo { .. } => (SEATS_TOLD, Statement::new(SEATS).bind(list.as_str())),
        BulkChange::Close {} => (CLOSED_TOLD, Statement::new(CLOSED_AT).bind(list.as_str()).bind(act.now)),
        BulkChange::Reopen {} => (REOPENED_TOLD, Statement::new(CLOSED_AT).bind(list.as_str()).bind(None::<i64>)),
    };
    let told = Statement::new(told).bind(act.now).bind(act.author).bind(act.reason).bind(what.as_str()).bind(list);
    let entries = Statement::new(ENTRIES).bind(number(changed.len() as u64));
    let telling = Telling { what, cohort: None, subject: None, seats: None, details: json!({}), undoes: None };
    let rows = telling.sent(platform, vec![told, entries, made, turns::everywhere(act.now)]).await?;
    let entries = rows.get(1).and_then(Option::as_ref).ok_or_else(|| Refusal::internal("the journal told nothing"))?;
    let mut entries: Vec<u64> = serde_json::from_str(entries)?;
    entries.reverse();
    Ok(entries.into_iter().map(|entry| Acted { entry, undo_until: undo_until(what, act.now) }).collect())
}

/// What the change does to one cohort.
fn line(change: &BulkChange, cohort: &StaffCohort) -> BulkLine {
    let seats = change.seats(cohort);
    BulkLine {
        cohort: cohort.id.clone(),
        seats_before: cohort.seats,
        seats_after: seats,
        seated: if seats > cohort.seats { cohort.waiting.min(seats.saturating_sub(cohort.taken())) } else { 0 },
        fault: change.refused(cohort),
    }
}
