//! The students of a cohort, and what coordinators do for them.

mod message;
mod search;

pub use message::{MESSAGE_MAX, MessageAnswer, MessageForm, NEWS, SUBJECT_MAX, check_message};
pub use search::{SEARCH_MAX, SEARCH_MIN, Search, SearchForm, searchable};

use crate::application::Relation;
use crate::date::{Date, Timestamp};
use crate::registration::{RegistrationState, Warning};
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

/// The answer of `GET /api/staff/cohorts/{cohort}/roster` and of `POST /api/staff/students/search`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Roster {
    /// The server's clock.
    pub at: Timestamp,
    /// The rows: of a search in the order of [`Search::order`]; of a cohort in no order, as the screen sorts names by the Kazakh
    /// alphabet.
    pub rows: Vec<RosterRow>,
    /// Whether there were more than the answer holds: search more closely.
    pub more: bool,
}

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

/// Body of `POST /api/staff/registrations/{registration}/move`: a seat or place in another cohort for that in this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveForm {
    /// The cohort; for somebody who has a seat it must have an open one.
    pub cohort: String,
    /// Tracks in the new cohort, one to three in the order of choice; empty: those of the old one that the new one offers too.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Body of `PUT /api/staff/registrations/{registration}/tracks`: other tracks in the same cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TracksForm {
    /// One to three tracks that the cohort offers, in the order of choice.
    pub tracks: Vec<String>,
    /// The tracks that were read before: whoever has others by now keeps them.
    pub instead_of: Vec<String>,
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

/// The answer of `POST /api/staff/cohorts/{cohort}/students`: a student registered by hand. The family's link is not in it: it goes
/// to the family alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddedStudents {
    /// Reference number.
    pub reference: String,
    /// What was decided about each student, in the order of the form.
    pub registrations: Vec<AddedStudent>,
    /// Things to check.
    pub warnings: Vec<Warning>,
}

/// What was decided about one student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddedStudent {
    /// The registration's identifier.
    pub registration: String,
    /// The cohort.
    pub cohort: String,
    /// Enrolled or waiting.
    pub state: RegistrationState,
    /// Place on the waiting list, from 1.
    pub position: Option<u32>,
}
