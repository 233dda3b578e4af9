//! Reads a registration by its private link.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::language::Language;
use domain::registration::RegistrationState;
use serde::Deserialize;

/// A registration as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stored {
    /// The application's id.
    pub application_id: String,
    /// The registration's id.
    pub registration_id: String,
    /// The language of the family.
    pub language: Language,
    /// The student's given name.
    pub given_name: String,
    /// The intake.
    pub intake: String,
    /// The cohort.
    pub cohort: String,
    /// The state.
    pub state: RegistrationState,
    /// Place on the waiting list, from 1.
    pub position: Option<u32>,
    /// Length of the waiting list.
    pub waiting: u32,
    /// The chosen tracks, in the order of choice.
    pub tracks: Vec<String>,
}

const BY_LINK: &str = "
    SELECT json_object('application_id', a.id, 'registration_id', r.id, 'language', a.language, 'given_name', s.given_name,
        'intake', r.intake_id, 'cohort', r.cohort_id, 'state', r.state, 'waiting', c.waiting,
        'position', iif(r.state = 'waiting', (SELECT count(*) FROM registrations AS ahead
            WHERE ahead.cohort_id = r.cohort_id AND ahead.state = 'waiting' AND ahead.sequence <= r.sequence), NULL),
        'tracks', json((SELECT json_group_array(track_id)
            FROM (SELECT track_id FROM registration_tracks WHERE registration_id = r.id ORDER BY place))))
    FROM applications AS a
    JOIN students AS s ON s.application_id = a.id
    JOIN registrations AS r ON r.student_id = s.id
    JOIN cohorts AS c ON c.id = r.cohort_id
    WHERE a.link_digest = ?1";

/// The registration behind a private link; none when the link was never issued.
///
/// # Errors
/// When the database can't be read.
pub async fn by_link(platform: &impl Platform, link_digest: &str) -> Result<Option<Stored>, Refusal> {
    read(platform, Statement::new(BY_LINK).bind(link_digest)).await
}
