//! Reads a cohort as it stands before an act, within reach: what the act is decided by.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::plans::{days_sql, plan_sql};
use crate::store::read;
use crate::store::scope::Scope;
use domain::calendar::DecidedDay;
use domain::date::{Date, Timestamp};
use domain::error::ErrorCode;
use domain::plan::Plan;
use serde::Deserialize;

/// A cohort.
#[derive(Debug, Clone, Deserialize)]
pub struct Standing {
    /// Identifier.
    pub id: String,
    /// The centre.
    pub centre: String,
    /// Label.
    pub label: Option<String>,
    /// Tracks on offer.
    pub tracks: Vec<String>,
    /// Tracks that somebody has chosen, now or before.
    pub chosen: Vec<String>,
    /// Identifiers of its trainers.
    pub trainers: Vec<String>,
    /// Identifiers of the trainers of its centre.
    pub assignable: Vec<String>,
    /// Seats.
    pub seats: u32,
    /// Since when it is closed.
    pub closed_at: Option<Timestamp>,
    /// Grows with every edit.
    pub version: u32,
    /// Grows with every changed session.
    pub revision: u32,
    /// What its sessions follow from.
    pub plan: Plan,
    /// The first day of the intake.
    pub first: Date,
    /// Days about which something was decided at its centre.
    pub days: Vec<DecidedDay>,
}

impl Standing {
    /// Whether its centre is closed on that day.
    pub fn is_closed_on(&self, date: Date) -> bool {
        self.days.iter().any(|day| day.date == date && day.closed)
    }
}

const STANDING: &str = concat!(
    "SELECT json_object('id', c.id, 'centre', c.centre_id, 'label', c.label, 'seats', c.seats, 'closed_at', c.closed_at,
        'version', c.version, 'revision', (SELECT coalesce(sum(sequence), 0) FROM session_changes WHERE cohort_id = c.id),
        'tracks', json((SELECT json_group_array(track_id) FROM cohort_tracks WHERE cohort_id = c.id)),
        'chosen', json((SELECT json_group_array(track_id) FROM cohort_tracks AS t
            WHERE t.cohort_id = c.id AND EXISTS (
                SELECT 1 FROM registration_tracks AS r WHERE r.cohort_id = t.cohort_id AND r.track_id = t.track_id))),
        'trainers', json((SELECT json_group_array(staff_id) FROM cohort_trainers WHERE cohort_id = c.id)),
        'assignable', json((SELECT json_group_array(id) FROM staff_members
            WHERE centre_id = c.centre_id AND role = 'trainer' AND disabled_at IS NULL)),
        'first', i.first_session_on, 'plan', ",
    plan_sql!(),
    ", 'days', ",
    days_sql!(),
    ") FROM cohorts AS c JOIN intakes AS i ON i.id = c.intake_id WHERE c.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)"
);

/// The cohort as it stands.
///
/// # Errors
/// [`ErrorCode::Unknown`] when there is none within reach.
pub async fn of(platform: &impl Platform, cohort: &str, scope: &Scope) -> Result<Standing, Refusal> {
    Ok(read(platform, Statement::new(STANDING).bind(cohort).bind(scope)).await?.ok_or(ErrorCode::Unknown)?)
}
