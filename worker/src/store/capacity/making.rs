//! Making a cohort, and taking it back while nobody has joined it and nothing was done to it.

use super::edit::{Content, content};
use super::telling::{Telling, told, told_apart_sql};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::catalogue::Catalogue;
use domain::staff::cohort::{CohortForm, check, check_trainers, label};
use domain::staff::{Acted, journal};
use serde::Deserialize;
use serde_json::json;

const ASSIGNABLE: &str = "
    SELECT json_group_array(id) FROM staff_members WHERE centre_id = ?1 AND role = 'trainer' AND disabled_at IS NULL";

/// Makes a cohort of this id, last in the order of display.
///
/// # Errors
/// `ErrorCode::Unknown` for a centre out of reach, `ErrorCode::InvalidForm` with the faults of the form.
pub async fn make(
    platform: &impl Platform,
    id: &str,
    form: CohortForm,
    catalogue: &Catalogue,
    scope: &Scope,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let mut faults = check(&form, catalogue);
    if faults.iter().all(|fault| fault.field != "centre") {
        scope.narrowed(Some(&form.centre))?;
    }
    let assignable: Vec<String> =
        read(platform, Statement::new(ASSIGNABLE).bind(form.centre.as_str())).await?.unwrap_or_default();
    faults.extend(check_trainers(&form.trainers, &assignable));
    if !faults.is_empty() {
        return Err(Refusal::form(faults));
    }
    let telling = telling(journal::Act::CohortAdded, id, &form.centre, Some(form.seats), None);
    telling.run(platform, batch(id, &catalogue.intake.id, form, act)?, act).await
}

/// A cohort can go only while the journal doesn't name it as one: the entry names it as its subject, and keeps its centre.
fn telling(what: journal::Act, id: &str, centre: &str, seats: Option<u32>, undoes: Option<u64>) -> Telling<'static> {
    let details = json!({ "cohort": id, "centre": centre });
    Telling { seats, ..Telling::about(what, format!("cohort:{id}"), details, undoes) }
}

const TOLD: &str = told_apart_sql!("true");

const COHORT: &str = "
    INSERT INTO cohorts (id, place, intake_id, centre_id, seats, label)
    SELECT ?1, coalesce(max(place), 0) + 1, ?2, ?3, ?4, ?5 FROM cohorts";

/// The entry and the rows of a cohort whose form has no fault: what several made at once are put together from.
pub(in crate::store) fn batch(id: &str, intake: &str, form: CohortForm, act: Act<'_>) -> Result<Vec<Statement>, Refusal> {
    let telling = telling(journal::Act::CohortAdded, id, &form.centre, Some(form.seats), None);
    let CohortForm { centre, label: typed, slots, tracks, seats, trainers } = form;
    let label = label(&typed);
    let cohort = Statement::new(COHORT).bind(id).bind(intake).bind(centre).bind(i64::from(seats)).bind(label.clone());
    let mut batch = vec![telling.statement(TOLD, act), cohort];
    batch.extend(content(id, &Content::new(label, slots, tracks, trainers))?);
    Ok(batch)
}

#[derive(Debug, Clone, Deserialize)]
struct Details {
    cohort: String,
    centre: String,
}

const DROPPED_TOLD: &str = told_apart_sql!("EXISTS (SELECT 1 FROM cohorts WHERE id = ?10)");

const GONE: [&str; 5] = [
    "DELETE FROM slots WHERE cohort_id = ?1",
    "DELETE FROM cohort_tracks WHERE cohort_id = ?1",
    "DELETE FROM cohort_trainers WHERE cohort_id = ?1",
    "DELETE FROM session_changes WHERE cohort_id = ?1",
    "DELETE FROM cohorts WHERE id = ?1",
];

/// Takes a cohort back. Whatever refers to it, a registration or another entry of the journal, is in the way.
///
/// # Errors
/// `ErrorCode::NotUndoable`.
pub async fn undo(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let Details { cohort, centre } = told::<Details>(platform, entry, journal::Act::CohortAdded, scope).await?.details;
    let telling = telling(journal::Act::CohortDropped, &cohort, &centre, None, Some(entry));
    let mut batch = vec![telling.statement(DROPPED_TOLD, act).bind(cohort.as_str())];
    batch.extend(GONE.map(|sql| Statement::new(sql).bind(cohort.as_str())));
    telling.run(platform, batch, act).await
}
