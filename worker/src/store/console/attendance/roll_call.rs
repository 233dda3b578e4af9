//! Reads a roll call.

use super::{Planned, planned};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::registration::RegistrationState;
use domain::staff::attendance::{RollCall, RollCallStudent, SessionKey, StaffSession};
use domain::staff::cohort::MarkCounts;
use serde::Deserialize;

/// Those who had a seat at the moment ?4 (when the session ended, or now), and whoever has marks of it all the same.
const STUDENTS: &str = "
    SELECT json_group_array(json_object('registration', r.id, 'reference', a.reference,
        'entry', (SELECT min(entry) FROM journal WHERE registration_id = r.id),
        'surname', s.surname, 'given_name', s.given_name, 'patronymic', s.patronymic, 'state', r.state,
        'tracks', json((SELECT json_group_array(track_id) FROM (
            SELECT track_id FROM registration_tracks WHERE registration_id = r.id ORDER BY place))),
        'marks', json((SELECT json_group_array(json_object('id', m.id, 'status', m.status, 'minutes', m.minutes,
                'reason', m.reason, 'marked_by', w.name, 'marked_at', m.marked_at, 'instead_of', m.instead_of))
            FROM (SELECT * FROM marks
                WHERE cohort_id = ?1 AND day = ?2 AND starts = ?3 AND registration_id = r.id ORDER BY sequence) AS m
            JOIN staff_members AS w ON w.id = m.marked_by))))
    FROM registrations AS r
    JOIN students AS s ON s.id = r.student_id
    JOIN applications AS a ON a.id = s.application_id
    WHERE r.cohort_id = ?1 AND r.decided_at > 0 AND (
        'enrolled' = (SELECT state FROM journal
            WHERE registration_id = r.id AND state IS NOT NULL AND at <= ?4 ORDER BY entry DESC LIMIT 1)
        OR EXISTS (SELECT 1 FROM attendance WHERE cohort_id = ?1 AND day = ?2 AND starts = ?3 AND registration_id = r.id))";

const COUNTS: &str = "
    SELECT json_object('marks', json_object('present', present, 'late', late, 'excused', excused, 'absent', absent),
        'conflicts', conflicts)
    FROM session_counts WHERE cohort_id = ?1 AND day = ?2 AND starts = ?3";

#[derive(Debug, Default, Deserialize)]
struct Counts {
    marks: MarkCounts,
    conflicts: u32,
}

/// The roll call of a session.
///
/// # Errors
/// [`ErrorCode::Unknown`] when there is no such session within reach.
pub async fn roll_call(platform: &impl Platform, key: SessionKey, scope: &Scope, now: Timestamp) -> Result<RollCall, Refusal> {
    let plan = platform.batch(vec![planned(&[&key.cohort], scope)?]).await?.pop().flatten().ok_or(ErrorCode::Unknown)?;
    let planned = serde_json::from_str::<Vec<Planned>>(&plan)?.pop().ok_or(ErrorCode::Unknown)?;
    let session = planned.session(&key).ok_or(ErrorCode::Unknown)?;
    let of_session = |sql| Statement::new(sql).bind(key.cohort.as_str()).bind(key.date.to_string()).bind(i64::from(key.start));
    let seated_at = session.held.ends_at().min(now);
    let mut rows = platform.batch(vec![of_session(COUNTS), of_session(STUDENTS).bind(seated_at)]).await?;
    let students: Vec<RollCallStudent> = serde_json::from_str(&rows.pop().flatten().unwrap_or_default())?;
    let counts: Counts = rows.pop().flatten().map(|row| serde_json::from_str(&row)).transpose()?.unwrap_or_default();
    let seats = students.iter().filter(|student| student.state == RegistrationState::Enrolled).count();
    Ok(RollCall {
        at: now,
        session: StaffSession {
            date: session.held.date,
            start: session.held.start,
            end: session.held.end,
            state: session.state,
            reason: session.reason,
            students: u32::try_from(seats).unwrap_or(u32::MAX),
            marks: counts.marks,
            conflicts: counts.conflicts,
            key,
        },
        cohort: planned.cohort,
        students,
    })
}
