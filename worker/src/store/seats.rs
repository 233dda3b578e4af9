//! Reads the live seats of cohorts.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::catalogue::{CohortSeats, Intake};
use domain::date::Timestamp;
use serde::Deserialize;

/// Cohorts of the intake ?1, of the centre ?2 if given, that offer every track of the JSON list ?3.
const LIVE: &str = "
    SELECT json_group_array(json_object('id', id, 'seats', seats, 'taken', taken, 'waiting', waiting,
        'odds', json_object('waited', waited, 'seated', seated)))
    FROM (
        SELECT * FROM cohorts AS c
        WHERE intake_id = ?1 AND (?2 IS NULL OR centre_id = ?2) AND NOT EXISTS (
            SELECT 1 FROM json_each(?3) AS wanted
            WHERE NOT EXISTS (SELECT 1 FROM cohort_tracks WHERE cohort_id = c.id AND track_id = wanted.value))
        ORDER BY place)";

/// The seats of an intake's cohorts, in the order of display.
///
/// # Errors
/// When the database can't be read.
pub async fn live(
    platform: &impl Platform,
    intake: &Intake,
    centre: Option<&str>,
    tracks: &[String],
) -> Result<Vec<CohortSeats>, Refusal> {
    let wanted = serde_json::to_string(tracks)?;
    let statement = Statement::new(LIVE).bind(intake.id.as_str()).bind(centre).bind(wanted);
    Ok(read(platform, statement).await?.unwrap_or_default())
}

/// The open time of a cohort's intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct OpenTime {
    /// The moment from which applications are taken.
    pub opens_at: Timestamp,
    /// The moment from which they are no longer taken.
    pub closes_at: Timestamp,
}

const OPEN_TIME: &str = "
    SELECT json_object('opens_at', opens_at, 'closes_at', closes_at)
    FROM cohorts JOIN intakes ON intakes.id = intake_id WHERE cohorts.id = ?1";

/// When applications for this cohort are taken; none for an unknown cohort.
///
/// # Errors
/// When the database can't be read.
pub async fn open_time(platform: &impl Platform, cohort: &str) -> Result<Option<OpenTime>, Refusal> {
    read(platform, Statement::new(OPEN_TIME).bind(cohort)).await
}
