//! What imports ask and write. Their rows are stored by the statements of [`applications`](super::applications) and
//! [`making`], as if somebody had typed them.

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::capacity::making;
use crate::store::read;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::registration::RegistrationState;
use domain::staff::cohort::CohortForm;
use domain::staff::exchange::ImportKind;
use domain::staff::journal;
use serde::Deserialize;
use serde_json::json;

/// A row of students that was stored.
#[derive(Debug, Clone, Deserialize)]
pub struct StoredRow {
    /// Its place in the list that was asked for.
    pub place: usize,
    /// Whether it came from the same file.
    pub same: bool,
    /// The cohort.
    pub cohort: String,
    /// What was decided then.
    pub state: RegistrationState,
}

const STORED: &str = "
    SELECT json_group_array(json_object('place', e.key, 'same', json(iif(a.body_digest = ?2, 'true', 'false')),
        'cohort', j.cohort_id, 'state', j.state))
    FROM json_each(?1) AS e
    CROSS JOIN applications AS a ON a.key_digest = e.value
    CROSS JOIN students AS s ON s.application_id = a.id
    CROSS JOIN registrations AS r ON r.student_id = s.id
    CROSS JOIN journal AS j ON j.registration_id = r.id AND j.act = 'applied'";

/// Which rows of these keys are stored already; `body` is the keyed hash of the file.
///
/// # Errors
/// When the database can't be read.
pub async fn stored(platform: &impl Platform, keys: &[&str], body: &str) -> Result<Vec<StoredRow>, Refusal> {
    let statement = Statement::new(STORED).bind(serde_json::to_string(keys)?).bind(body);
    Ok(read(platform, statement).await?.unwrap_or_default())
}

/// Whoever gave up every seat and place may come anew: see the trigger `identity_of_nobody_passes_on`.
const REGISTERED: &str = "
    SELECT json_group_array(e.value ->> 0)
    FROM json_each(?2) AS e
    CROSS JOIN student_identities AS i ON i.intake_id = ?1 AND i.digest = e.value ->> 1
    WHERE EXISTS (SELECT 1 FROM registrations AS r
        WHERE r.student_id = i.student_id AND r.intake_id = ?1 AND r.state IN ('waiting', 'offered', 'enrolled'))";

/// The rows, by their number, of students who have a seat or wait in the intake.
///
/// # Errors
/// When the database can't be read.
pub async fn registered(platform: &impl Platform, intake: &str, identities: &[(u32, String)]) -> Result<Vec<u32>, Refusal> {
    let statement = Statement::new(REGISTERED).bind(intake).bind(serde_json::to_string(identities)?);
    Ok(read(platform, statement).await?.unwrap_or_default())
}

const TOLD: &str = "INSERT INTO journal (at, author, act, subject, details) VALUES (?1, ?2, ?3, ?4, ?5)";

/// Tells the journal of a file, by the number of its rows.
pub fn told(kind: ImportKind, rows: u32, scope: &Scope, act: Act<'_>) -> Statement {
    let details = json!({ "centre": scope.centre(), "rows": rows });
    let statement = Statement::new(TOLD).bind(act.now).bind(act.author).bind(journal::Act::Imported.as_str());
    statement.bind(format!("import:{}", kind.as_str())).bind(details.to_string())
}

const MADE: &str = "
    SELECT json_group_array(c.id)
    FROM json_each(?1) AS e CROSS JOIN cohorts AS c ON c.id >= e.value AND c.id < e.value || 'g'";

/// The cohorts whose ids, in hexadecimal digits, begin with one of these.
///
/// # Errors
/// When the database can't be read.
pub async fn made(platform: &impl Platform, beginnings: &[&str]) -> Result<Vec<String>, Refusal> {
    let statement = Statement::new(MADE).bind(serde_json::to_string(beginnings)?);
    Ok(read(platform, statement).await?.unwrap_or_default())
}

/// Makes cohorts, all or none; false when one of the ids was used in the meantime.
///
/// # Errors
/// When the database refuses; nothing was made then.
pub async fn make(
    platform: &impl Platform,
    intake: &str,
    cohorts: Vec<(String, CohortForm)>,
    scope: &Scope,
    act: Act<'_>,
) -> Result<bool, Refusal> {
    let rows = u32::try_from(cohorts.len()).unwrap_or(u32::MAX);
    let mut batch = vec![told(ImportKind::Cohorts, rows, scope, act)];
    for (id, form) in cohorts {
        batch.extend(making::batch(&id, intake, form, act)?);
    }
    match platform.batch(batch).await {
        Ok(_) => Ok(true),
        Err(DatabaseError::Constraint(refused)) if refused.contains("cohorts.id") => Ok(false),
        Err(other) => Err(other.into()),
    }
}
