//! The students of a cohort, and what coordinators do for them.

use crate::application::Relation;
use crate::date::{Date, Timestamp};
use crate::registration::RegistrationState;
use crate::staff::cohort::MarkCounts;
use serde::{Deserialize, Serialize};

/// A student's registration in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RosterRow {
    /// The registration's identifier.
    pub registration: String,
    /// The student's identifier.
    pub student: String,
    /// The cohort.
    pub cohort: String,
    /// Reference number of the application.
    pub reference: String,
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
    /// Class.
    pub grade: Option<String>,
    /// State.
    pub state: RegistrationState,
    /// Place on the waiting list, from 1.
    pub position: Option<u32>,
    /// Until when an offered seat is held.
    pub held_until: Option<Timestamp>,
    /// Identifiers of the chosen tracks, in the order of choice.
    pub tracks: Vec<String>,
    /// Whether brothers and sisters wait with them for seats together.
    pub party: bool,
    /// The moment of the last change of state.
    pub changed_at: Timestamp,
    /// Their attendance in this cohort.
    pub marks: MarkCounts,
}

/// The answer of `GET /api/staff/cohorts/{cohort}/roster` and of `GET /api/staff/students?search=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Roster {
    /// The server's clock.
    pub at: Timestamp,
    /// The rows, in no order: the screen sorts names by the Kazakh alphabet.
    pub rows: Vec<RosterRow>,
    /// Whether there were more than the answer holds: search more closely.
    pub more: bool,
}

/// The most rows of a search.
pub const SEARCH_MAX: usize = 100;

/// The shortest text that is searched for, in characters.
pub const SEARCH_MIN: usize = 2;

/// A guardian's contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactPerson {
    /// Surname.
    pub surname: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Relation to the student.
    pub relation: Relation,
    /// Telephone in international form.
    pub phone: String,
    /// E-mail.
    pub email: Option<String>,
}

/// The answer of `POST /api/staff/registrations/{registration}/contacts`; each look leaves an entry in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contacts {
    /// The guardians, the main contact first.
    pub guardians: Vec<ContactPerson>,
}

/// Body of `POST /api/staff/registrations/{registration}/move`: a seat in another cohort for the seat in this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveForm {
    /// The cohort; it must have an open seat.
    pub cohort: String,
    /// Why.
    pub reason: String,
}

/// Body of `POST /api/staff/registrations/{registration}/place`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceForm {
    /// Place on the waiting list, from 1.
    pub place: u32,
    /// Why.
    pub reason: String,
}

/// The longest subject of a message, in characters.
pub const SUBJECT_MAX: usize = 120;

/// The longest message, in characters.
pub const MESSAGE_MAX: usize = 4000;

/// Body of `POST /api/staff/cohorts/{cohort}/messages`: a letter to every guardian's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageForm {
    /// Drawn by the client: the same message sent twice is one.
    pub id: String,
    /// Subject.
    pub subject: String,
    /// Text, as written by staff.
    pub body: String,
    /// To the families of registrations in these states.
    pub states: Vec<RegistrationState>,
}

/// The answer to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageAnswer {
    /// How many letters were queued.
    pub letters: u32,
    /// How many families gave no address and have to be called.
    pub without_address: u32,
}
