//! What exports are made of. An export is told in the journal in the batch that reads which cohorts it is about; their rows are read
//! cohort by cohort, and a few sessions at a time, when whoever takes the file has taken what came before.

pub mod attendance;
pub mod roster;
pub mod saved;

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::plans::plan_sql;
use crate::store::scope::Scope;
use domain::date::{Date, Timestamp};
use domain::error::ErrorCode;
use domain::plan::Plan;
use domain::staff::exchange::ExportQuery;
use domain::staff::journal::Act;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;

/// A cohort of an export.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Cohort {
    /// Identifier.
    pub id: String,
    /// What staff call it.
    pub label: Option<String>,
    /// The centre's identifier.
    pub centre: String,
    /// From what its sessions follow.
    pub plan: Plan,
    /// Days on which its centre is closed.
    pub closed: Vec<Date>,
    /// How many students have a seat.
    pub students: u32,
}

/// What an export is about.
#[derive(Debug, Clone, Deserialize)]
pub struct Frame {
    /// Its cohorts, in the order of display.
    pub cohorts: Vec<Cohort>,
    /// Names of staff members by identifier.
    pub members: HashMap<String, String>,
}

/// Nothing is told of cohorts of which one is out of reach. ?2 is their JSON list; an empty one stands for all.
const TOLD: &str = "
    INSERT INTO journal (at, author, act, cohort_id, subject, details)
    SELECT ?3, ?4, ?5, iif(json_array_length(?2) = 1, ?2 ->> 0, NULL), ?6, ?7
    WHERE NOT EXISTS (
        SELECT 1 FROM json_each(?2) AS wanted
        WHERE NOT EXISTS (SELECT 1 FROM cohorts WHERE id = wanted.value AND (?1 IS NULL OR centre_id = ?1)))
    RETURNING act";

/// Cohorts of intakes that overlap with the days ?3 to ?4, from the opening of registration on.
const FRAME: &str = concat!(
    "SELECT json_object(
        'members', json((SELECT json_group_object(id, name) FROM staff_members)),
        'cohorts', json((SELECT json_group_array(json_object('id', c.id, 'label', c.label, 'centre', c.centre_id,
                'students', c.taken, 'closed', json((SELECT json_group_array(day) FROM closed_days
                    WHERE (centre_id IS NULL OR centre_id = c.centre_id) AND day BETWEEN ?3 AND ?4)), 'plan', ",
    plan_sql!(),
    "))
            FROM (SELECT * FROM cohorts WHERE (?1 IS NULL OR centre_id = ?1)
                AND (?2 = '[]' OR id IN (SELECT value FROM json_each(?2))) ORDER BY place) AS c
            JOIN intakes AS i ON i.id = c.intake_id
            WHERE i.last_session_on >= ?3
                AND min(i.first_session_on, date(i.opens_at / 1000, 'unixepoch', '+5 hours')) <= ?4)))"
);

/// Tells the journal of an export and reads what it is about.
///
/// # Errors
/// [`ErrorCode::Unknown`] for a cohort out of reach.
pub async fn begin(
    platform: &impl Platform,
    query: &ExportQuery,
    scope: &Scope,
    author: &str,
    now: Timestamp,
) -> Result<Frame, Refusal> {
    let ExportQuery { kind, format, cohorts, from, to, .. } = query;
    let details = json!({ "centre": scope.centre(), "cohorts": cohorts, "format": format, "from": from, "to": to });
    let wanted = serde_json::to_string(cohorts)?;
    let within = |sql| Statement::new(sql).bind(scope).bind(wanted.as_str());
    let told = within(TOLD).bind(now).bind(author).bind(Act::Exported.as_str());
    let told = told.bind(format!("export:{}", kind.as_str())).bind(details.to_string());
    let frame = within(FRAME).bind(from.to_string()).bind(to.to_string());
    let mut rows = platform.batch(vec![told, frame]).await?.into_iter();
    rows.next().flatten().ok_or(ErrorCode::Unknown)?;
    let frame = rows.next().flatten().ok_or_else(|| Refusal::internal("an export answered nothing"))?;
    Ok(serde_json::from_str(&frame)?)
}
