//! What a family gets back: a registration, its state, its receipt.

use crate::catalogue::{Centre, Cohort, Intake, Odds, Track};
use crate::date::Timestamp;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// The state of one student's registration in one cohort.
    RegistrationState {
        /// On the waiting list.
        Waiting = "waiting",
        /// A seat is held until a deadline.
        Offered = "offered",
        /// A seat is taken.
        Enrolled = "enrolled",
        /// The family gave it up.
        Withdrawn = "withdrawn",
        /// An offer ran out.
        Lapsed = "lapsed",
        /// The centre ended it, with a reason.
        Removed = "removed",
    }
}

impl RegistrationState {
    /// Whether it is a seat or a place on the list: not over.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Waiting | Self::Offered | Self::Enrolled)
    }
}

/// In how many cohorts of an intake a student may be at the same time: a seat, and waiting in up to three others.
pub const PLACES_MAX: usize = 4;

words! {
    /// Something worth a second look that was accepted all the same.
    Warning {
        /// The identification number says another birth date.
        IinBirthDate = "iin_birth_date_mismatch",
    }
}

/// The answer to an application; a repeated `Idempotency-Key` gets the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// Reference number, to be read out on the telephone.
    pub reference: String,
    /// The moment of the decision.
    pub decided_at: Timestamp,
    /// Secret of the private link `/{lang}/my#…`. It is derived, never stored.
    pub token: String,
    /// What was decided about each student, in the order of the application.
    pub registrations: Vec<Decided>,
    /// Things to check.
    pub warnings: Vec<Warning>,
}

/// What was decided about one student when the application came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decided {
    /// The registration's identifier.
    pub registration: String,
    /// The cohort.
    pub cohort: String,
    /// Enrolled or waiting.
    pub state: RegistrationState,
    /// Place on the waiting list, from 1; none when enrolled.
    pub position: Option<u32>,
    /// Signed receipt: a JWS in compact form (RFC 7515, EdDSA) over [`ReceiptClaims`]; the key is at `GET /api/keys`.
    pub receipt: String,
}

/// What a receipt says. Nothing personal: it may be shown to anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptClaims {
    /// Reference number.
    pub reference: String,
    /// Intake.
    pub intake: String,
    /// Cohort.
    pub cohort: String,
    /// Number of the journal entry: the order of decisions.
    pub entry: u64,
    /// State at the decision.
    pub state: RegistrationState,
    /// Place on the waiting list at the decision.
    pub position: Option<u32>,
    /// The moment of the decision.
    pub decided_at: Timestamp,
}

/// The answer of `GET /api/my`, and of every change made there: everything the family's private page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyApplication {
    /// Reference number.
    pub reference: String,
    /// The moment of the application.
    pub decided_at: Timestamp,
    /// The server's time, against which deadlines are shown.
    pub at: Timestamp,
    /// The intake.
    pub intake: Intake,
    /// Whether the students are a party: seats for all of them or for none.
    pub together: bool,
    /// Whether a seat from the waiting list is taken without asking first.
    pub take_at_once: bool,
    /// Whether the family gave an e-mail address, to which letters go.
    pub letters: bool,
    /// The students, in the order of the application.
    pub students: Vec<MyStudent>,
}

impl MyApplication {
    /// Whether one answer counts for offers of several students: they are a party, and more than one of them is offered a seat.
    pub fn offers_together(&self) -> bool {
        let offered = |student: &&MyStudent| student.registrations.iter().any(|one| one.state == RegistrationState::Offered);
        self.together && self.students.iter().filter(offered).count() > 1
    }
}

/// One student on the private page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyStudent {
    /// Identifier, for joining another cohort.
    pub id: String,
    /// Given name, so that parents of several know whom a line is about.
    pub given_name: String,
    /// Every registration, those that are over included: what has to be answered first, then the seat, then waiting, then the rest.
    pub registrations: Vec<MyRegistration>,
}

impl MyStudent {
    /// Whether one more cohort can be joined: see [`PLACES_MAX`].
    pub fn can_join(&self) -> bool {
        self.registrations.iter().filter(|registration| registration.state.is_live()).count() < PLACES_MAX
    }
}

/// One registration on the private page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyRegistration {
    /// Identifier.
    pub id: String,
    /// State now.
    pub state: RegistrationState,
    /// Place on the waiting list now, from 1; none when not waiting.
    pub position: Option<u32>,
    /// Length of the waiting list now.
    pub waiting: u32,
    /// How waiting for this cohort has gone so far.
    pub odds: Odds,
    /// Until when the offered seat is held; none without an offer.
    pub held_until: Option<Timestamp>,
    /// Whether an unanswered offer has brought it back to the list once: the next one that isn't answered ends it.
    pub returned: bool,
    /// Whether it was given up for another cohort: the student moved.
    pub moved: bool,
    /// Whether the family declined the offer of a seat.
    pub declined: bool,
    /// The moment of the first decision.
    pub decided_at: Timestamp,
    /// The moment of the last change.
    pub changed_at: Timestamp,
    /// The centre.
    pub centre: Centre,
    /// The cohort.
    pub cohort: Cohort,
    /// The chosen tracks, in the order of choice.
    pub tracks: Vec<Track>,
    /// The receipt given at the decision.
    pub receipt: String,
}

/// Body of `POST /api/my/students/{student}/registrations`: another schedule. Where a seat is free it is taken and the old one
/// released; otherwise the student waits there and keeps what there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JoinForm {
    /// The cohort.
    pub cohort: String,
    /// One to three tracks it offers.
    pub tracks: Vec<String>,
}

/// Body of `PUT /api/my/settings`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingsForm {
    /// Whether a seat from the waiting list is taken without asking first.
    pub take_at_once: bool,
}
