//! Reads an application by its private link.

use crate::platform::{Platform, Statement};
use crate::receipt::DecidedRegistration;
use crate::refusal::Refusal;
use crate::store::read;
use domain::catalogue::Odds;
use domain::date::Timestamp;
use domain::language::Language;
use domain::registration::RegistrationState;
use serde::Deserialize;

/// An application as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stored {
    /// Reference number.
    pub reference: String,
    /// The moment of the application.
    pub received_at: Timestamp,
    /// The language of the family.
    pub language: Language,
    /// The intake.
    pub intake: String,
    /// Whether the students are a party.
    pub together: bool,
    /// Whether a seat from the waiting list is taken without asking first.
    pub take_at_once: bool,
    /// Whether a guardian has an e-mail address.
    pub letters: bool,
    /// The students, in the order of the application.
    pub students: Vec<StoredStudent>,
}

/// A student.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StoredStudent {
    /// Id.
    pub id: String,
    /// Given name.
    pub given_name: String,
    /// Registrations: offered, enrolled, waiting, then those that are over, the newest first.
    pub registrations: Vec<StoredRegistration>,
}

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StoredRegistration {
    /// Id.
    pub id: String,
    /// The cohort.
    pub cohort: String,
    /// State.
    pub state: RegistrationState,
    /// Place on the waiting list, from 1.
    pub position: Option<u32>,
    /// Length of the waiting list.
    pub waiting: u32,
    /// How waiting there has gone so far.
    pub odds: Odds,
    /// Deadline of the offer.
    pub held_until: Option<Timestamp>,
    /// 1 when an unanswered offer has brought it back once.
    pub returned: u8,
    /// Whether it ended because the student moved to another cohort.
    pub moved: bool,
    /// Whether it ended because the family declined an offer.
    pub declined: bool,
    /// The moment of the last change.
    pub changed_at: Timestamp,
    /// The first decision, as the journal has it.
    pub decision: DecidedRegistration,
    /// The chosen tracks, in the order of choice.
    pub tracks: Vec<String>,
}

impl Stored {
    /// The registration with this id.
    pub fn registration(&self, id: &str) -> Option<&StoredRegistration> {
        self.students.iter().flat_map(|student| &student.registrations).find(|registration| registration.id == id)
    }

    /// Whether the student has a seat in the cohort, or waits there.
    pub fn is_in(&self, student: &str, cohort: &str) -> bool {
        let own = self.students.iter().filter(|own| own.id == student).flat_map(|own| &own.registrations);
        own.into_iter().any(|registration| registration.cohort == cohort && registration.state.is_live())
    }
}

const BY_LINK: &str = "
    SELECT json_object('reference', a.reference, 'received_at', a.received_at, 'language', a.language,
        'take_at_once', json(iif(a.take_at_once, 'true', 'false')),
        'letters', json(iif(EXISTS (SELECT 1 FROM guardians WHERE application_id = a.id AND email IS NOT NULL), 'true', 'false')),
        'together', json(iif(EXISTS (SELECT 1 FROM parties WHERE application_id = a.id), 'true', 'false')),
        'intake', (SELECT r.intake_id FROM students AS s JOIN registrations AS r ON r.student_id = s.id
            WHERE s.application_id = a.id LIMIT 1),
        'students', json((SELECT json_group_array(json_object('id', s.id, 'given_name', s.given_name,
                'registrations', json((SELECT json_group_array(json_object(
                        'id', r.id, 'cohort', r.cohort_id, 'state', r.state, 'held_until', r.held_until, 'returned', r.returned,
                        'moved', json(iif(r.state = 'withdrawn' AND r.act IN ('moved', 'transferred'), 'true', 'false')),
                        'declined', json(iif(r.state = 'withdrawn' AND r.act = 'declined', 'true', 'false')),
                        'changed_at', r.changed_at, 'waiting', c.waiting,
                        'odds', json_object('waited', c.waited, 'seated', c.seated),
                        'position', iif(r.state = 'waiting', (SELECT count(*) FROM registrations AS ahead
                            WHERE ahead.cohort_id = r.cohort_id AND ahead.state = 'waiting'
                                AND (ahead.rank, ahead.sequence) <= (r.rank, r.sequence)), NULL),
                        'decision', json_object('registration', r.id, 'intake', r.intake_id, 'cohort', j.cohort_id,
                            'entry', j.entry, 'state', j.state, 'position', j.position, 'decided_at', j.at),
                        'tracks', json((SELECT json_group_array(track_id) FROM (
                            SELECT track_id FROM registration_tracks WHERE registration_id = r.id ORDER BY place)))))
                    FROM (SELECT * FROM registrations WHERE student_id = s.id ORDER BY
                        CASE state WHEN 'offered' THEN 1 WHEN 'enrolled' THEN 2 WHEN 'waiting' THEN 3 ELSE 4 END,
                        iif(state = 'waiting', sequence, -sequence)) AS r
                    CROSS JOIN cohorts AS c ON c.id = r.cohort_id
                    CROSS JOIN journal AS j ON j.registration_id = r.id AND j.act IN ('applied', 'joined')))))
            FROM (SELECT * FROM students WHERE application_id = a.id ORDER BY place) AS s)))
    FROM applications AS a WHERE a.link_digest = ?1";

/// Reads the application behind a private link: the last statement of every batch that changes it.
pub(super) fn statement(link_digest: &str) -> Statement {
    Statement::new(BY_LINK).bind(link_digest)
}

/// The application behind a private link; none when the link was never issued.
///
/// # Errors
/// When the database can't be read.
pub async fn by_link(platform: &impl Platform, link_digest: &str) -> Result<Option<Stored>, Refusal> {
    read(platform, statement(link_digest)).await
}
