//! How a family is reached. Each look is in the journal, in the same batch.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::roster::Contacts;

const SEEN: &str = "
    INSERT INTO journal (at, author, act, registration_id, cohort_id)
    SELECT ?4, ?3, 'contacts_seen', r.id, r.cohort_id
    FROM registrations AS r JOIN cohorts AS c ON c.id = r.cohort_id
    WHERE r.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)";

const GUARDIANS: &str = "
    SELECT json_object('guardians', json((SELECT json_group_array(json_object('surname', surname, 'given_name', given_name,
            'patronymic', patronymic, 'relation', relation, 'phone', phone, 'email', email))
        FROM (SELECT * FROM guardians WHERE application_id = s.application_id ORDER BY place))))
    FROM registrations AS r JOIN students AS s ON s.id = r.student_id JOIN cohorts AS c ON c.id = r.cohort_id
    WHERE r.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)";

/// The guardians of a registration's student.
///
/// # Errors
/// [`ErrorCode::Unknown`].
pub async fn look(
    platform: &impl Platform,
    registration: &str,
    scope: &Scope,
    author: &str,
    now: Timestamp,
) -> Result<Contacts, Refusal> {
    let of = |sql| Statement::new(sql).bind(registration).bind(scope);
    let batch = vec![of(SEEN).bind(author).bind(now), of(GUARDIANS)];
    let contacts = platform.batch(batch).await?.pop().flatten().ok_or(ErrorCode::Unknown)?;
    Ok(serde_json::from_str(&contacts)?)
}
