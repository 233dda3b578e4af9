//! Exports that a staff member uses again.

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::date::Timestamp;
use domain::error::{ErrorCode, FaultCode};
use domain::staff::exchange::{SavedExport, SavedExportForm};

/// The most of one member.
const SAVED_MAX: i64 = 50;

const OF_MEMBER: &str = "
    SELECT json_group_array(json_object('id', id, 'name', name, 'period', query -> 'period', 'query', query -> 'query'))
    FROM (SELECT * FROM saved_exports WHERE staff_id = ?1 ORDER BY name)";

/// The saved exports of a member, by name.
///
/// # Errors
/// When the database can't be read.
pub async fn of_member(platform: &impl Platform, member: &str) -> Result<Vec<SavedExport>, Refusal> {
    Ok(read(platform, Statement::new(OF_MEMBER).bind(member)).await?.unwrap_or_default())
}

const SAVE: &str = "
    INSERT INTO saved_exports (id, staff_id, name, query, created_at)
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE ?6 > (SELECT count(*) FROM saved_exports WHERE staff_id = ?2)
    RETURNING id";

/// Keeps one under this id.
///
/// # Errors
/// [`ErrorCode::InvalidForm`] when the member has one of this name, or too many.
pub async fn save(
    platform: &impl Platform,
    id: &str,
    member: &str,
    form: &SavedExportForm,
    now: Timestamp,
) -> Result<(), Refusal> {
    let statement = Statement::new(SAVE).bind(id).bind(member).bind(form.name.as_str()).bind(kept(form));
    if done(platform, statement.bind(now).bind(SAVED_MAX)).await? { Ok(()) } else { Err(fault(FaultCode::OutOfRange)) }
}

const CHANGE: &str = "UPDATE saved_exports SET name = ?3, query = ?4 WHERE id = ?1 AND staff_id = ?2 RETURNING id";

/// Gives one another name, or other days and cohorts.
///
/// # Errors
/// [`ErrorCode::Unknown`] when the member has none of this id, [`ErrorCode::InvalidForm`] when another one has the name.
pub async fn change(platform: &impl Platform, id: &str, member: &str, form: &SavedExportForm) -> Result<(), Refusal> {
    let statement = Statement::new(CHANGE).bind(id).bind(member).bind(form.name.as_str()).bind(kept(form));
    if done(platform, statement).await? { Ok(()) } else { Err(ErrorCode::Unknown.into()) }
}

fn kept(form: &SavedExportForm) -> String {
    serde_json::json!({ "period": form.period, "query": form.query }).to_string()
}

fn fault(code: FaultCode) -> Refusal {
    Refusal::field(ErrorCode::InvalidForm, "name".to_owned(), code)
}

/// Whether a row was written; no two of a member have one name.
async fn done(platform: &impl Platform, statement: Statement) -> Result<bool, Refusal> {
    match platform.batch(vec![statement]).await {
        Ok(rows) => Ok(rows.iter().any(Option::is_some)),
        Err(DatabaseError::Constraint(_)) => Err(fault(FaultCode::Taken)),
        Err(other) => Err(other.into()),
    }
}

const REMOVE: &str = "DELETE FROM saved_exports WHERE id = ?1 AND staff_id = ?2 RETURNING id";

/// Lets one go.
///
/// # Errors
/// [`ErrorCode::Unknown`] when the member has none of this id.
pub async fn remove(platform: &impl Platform, id: &str, member: &str) -> Result<(), Refusal> {
    let rows = platform.batch(vec![Statement::new(REMOVE).bind(id).bind(member)]).await?;
    if rows.iter().any(Option::is_some) { Ok(()) } else { Err(ErrorCode::Unknown.into()) }
}
