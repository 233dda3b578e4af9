//! Rows of attendance.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::date::{Date, Timestamp};
use domain::staff::attendance::MarkStatus;
use serde::Deserialize;

/// A student of a cohort: everybody who has or had a seat there, or a mark.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Student {
    /// The registration.
    pub registration: String,
    /// Reference number of the application.
    pub reference: String,
    /// Which student of the application, from 1.
    pub place: u32,
    /// Surname.
    pub surname: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Identifiers of the chosen tracks, in the order of choice.
    pub tracks: Vec<String>,
    /// Since when there was a seat; none: there never was.
    pub since: Option<Timestamp>,
    /// From when on there was none any more.
    pub until: Option<Timestamp>,
}

const STUDENTS: &str = "
    SELECT json_group_array(json_object('registration', r.id, 'reference', a.reference, 'place', s.place, 'surname', s.surname,
        'given_name', s.given_name, 'patronymic', s.patronymic,
        'tracks', json((SELECT json_group_array(track_id) FROM (
            SELECT track_id FROM registration_tracks WHERE registration_id = r.id ORDER BY place))),
        'since', r.since, 'until', iif(r.state = 'enrolled', NULL, r.changed_at)))
    FROM (
        SELECT *, (SELECT min(at) FROM journal WHERE registration_id = registrations.id AND state = 'enrolled') AS since
        FROM registrations WHERE cohort_id = ?1 AND decided_at > 0) AS r
    CROSS JOIN students AS s ON s.id = r.student_id
    CROSS JOIN applications AS a ON a.id = s.application_id
    WHERE r.since IS NOT NULL OR EXISTS (SELECT 1 FROM attendance WHERE registration_id = r.id)";

/// The students of a cohort, in no order.
///
/// # Errors
/// When the database can't be read.
pub async fn students(platform: &impl Platform, cohort: &str) -> Result<Vec<Student>, Refusal> {
    Ok(read(platform, Statement::new(STUDENTS).bind(cohort)).await?.unwrap_or_default())
}

/// What stands about a student in a session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Standing {
    /// The planned day of the session.
    pub date: Date,
    /// The planned start.
    pub start: u16,
    /// The registration.
    pub registration: String,
    /// What the mark that counts says.
    pub status: MarkStatus,
    /// How late.
    pub minutes: Option<u16>,
    /// Why.
    pub reason: Option<String>,
    /// Identifier of who made the first mark.
    pub marked_by: String,
    /// When it was made.
    pub marked_at: Timestamp,
    /// Identifier of who made the mark that counts, where it isn't the first.
    pub corrected_by: Option<String>,
    /// When it was made.
    pub corrected_at: Option<Timestamp>,
}

/// Of the cohort ?1, in the sessions of the JSON list ?2. Rows are lists: there are thousands of them.
const MARKS: &str = "
    SELECT json_group_array(json_array(a.day, a.starts, a.registration_id, m.status, m.minutes, m.reason,
        f.marked_by, f.marked_at, iif(f.id = m.id, NULL, m.marked_by), iif(f.id = m.id, NULL, m.marked_at)))
    FROM json_each(?2) AS wanted
    CROSS JOIN attendance AS a ON a.cohort_id = ?1 AND a.day = wanted.value ->> 0 AND a.starts = wanted.value ->> 1
    CROSS JOIN marks AS m ON m.id = a.mark_id
    CROSS JOIN marks AS f ON f.sequence = (
        SELECT sequence FROM marks
        WHERE cohort_id = a.cohort_id AND day = a.day AND starts = a.starts AND registration_id = a.registration_id
        ORDER BY marked_at, id LIMIT 1)";

/// The marks that count in these sessions of a cohort, named by planned day and start.
///
/// # Errors
/// When the database can't be read.
pub async fn marks(platform: &impl Platform, cohort: &str, sessions: &[(Date, u16)]) -> Result<Vec<Standing>, Refusal> {
    let statement = Statement::new(MARKS).bind(cohort).bind(serde_json::to_string(sessions)?);
    Ok(read(platform, statement).await?.unwrap_or_default())
}
