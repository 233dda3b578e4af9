//! Rows of rosters, with the contacts of the families.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::date::{Date, Timestamp};
use domain::registration::RegistrationState;
use domain::staff::roster::ContactPerson;
use serde::Deserialize;

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Registration {
    /// By what the next page begins.
    pub sequence: i64,
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
    /// Birth date.
    pub born_on: Date,
    /// School.
    pub school: Option<String>,
    /// Class at school.
    pub grade: Option<String>,
    /// Identifiers of the chosen tracks, in the order of choice.
    pub tracks: Vec<String>,
    /// State.
    pub state: RegistrationState,
    /// Since when there is or was a seat.
    pub since: Option<Timestamp>,
    /// The main contact first.
    pub guardians: Vec<ContactPerson>,
}

/// The most registrations that are read at a time: each is below a thousand bytes, and a row of D1 holds two million.
const PAGE: i64 = 500;

/// Of the cohort ?1, behind ?2: those that were in force at some time from ?3 to before ?4.
const PAGE_OF_COHORT: &str = "
    SELECT json_group_array(json_object('sequence', r.sequence, 'reference', a.reference, 'place', s.place, 'surname', s.surname,
        'given_name', s.given_name, 'patronymic', s.patronymic, 'born_on', s.born_on, 'school', s.school, 'grade', s.grade,
        'tracks', json((SELECT json_group_array(track_id) FROM (
            SELECT track_id FROM registration_tracks WHERE registration_id = r.id ORDER BY place))),
        'state', r.state, 'since', (SELECT min(at) FROM journal WHERE registration_id = r.id AND state = 'enrolled'),
        'guardians', json((SELECT json_group_array(json_object('surname', surname, 'given_name', given_name,
                'patronymic', patronymic, 'relation', relation, 'phone', phone, 'email', email))
            FROM (SELECT * FROM guardians WHERE application_id = a.id ORDER BY place)))))
    FROM (
        SELECT * FROM registrations
        WHERE cohort_id = ?1 AND decided_at > 0 AND sequence > ?2 AND decided_at < ?4
            AND (state IN ('waiting', 'offered', 'enrolled') OR changed_at >= ?3)
        ORDER BY sequence LIMIT ?5) AS r
    CROSS JOIN students AS s ON s.id = r.student_id
    CROSS JOIN applications AS a ON a.id = s.application_id";

/// The registrations of a cohort that were in force on one of these days, in no order.
///
/// # Errors
/// When the database can't be read.
pub async fn registrations(platform: &impl Platform, cohort: &str, from: Date, to: Date) -> Result<Vec<Registration>, Refusal> {
    let (from, end) = (Timestamp::of_local(from, 0), Timestamp::of_local(to.plus_days(1), 0));
    let mut all: Vec<Registration> = Vec::new();
    loop {
        let last = all.iter().map(|registration| registration.sequence).max().unwrap_or(0);
        let statement = Statement::new(PAGE_OF_COHORT).bind(cohort).bind(last).bind(from).bind(end).bind(PAGE);
        let page: Vec<Registration> = read(platform, statement).await?.unwrap_or_default();
        let more = i64::try_from(page.len()).is_ok_and(|length| length >= PAGE);
        all.extend(page);
        if !more {
            return Ok(all);
        }
    }
}
