//! What a family gets back: a registration, its state, its receipt.

use crate::catalogue::{Centre, Cohort, Intake, Track};
use crate::date::Timestamp;
use crate::schedule::Session;
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
    /// Enrolled or waiting.
    pub state: RegistrationState,
    /// Place on the waiting list, from 1; none when enrolled.
    pub position: Option<u32>,
    /// The moment of the decision.
    pub decided_at: Timestamp,
    /// Secret of the private link `/{lang}/my#…`. It is derived, never stored.
    pub token: String,
    /// Signed receipt: a JWS in compact form (RFC 7515, EdDSA) over [`ReceiptClaims`]; the key is at `GET /api/keys`.
    pub receipt: String,
    /// Things to check.
    pub warnings: Vec<Warning>,
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

/// The answer of `GET /api/my`: everything the family's private page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyRegistration {
    /// Reference number.
    pub reference: String,
    /// The student's given name, so that parents of several know whose page it is.
    pub given_name: String,
    /// State now.
    pub state: RegistrationState,
    /// Place on the waiting list now, from 1; none when not waiting.
    pub position: Option<u32>,
    /// Length of the waiting list now.
    pub waiting: u32,
    /// The moment of the application.
    pub decided_at: Timestamp,
    /// The centre.
    pub centre: Centre,
    /// The cohort.
    pub cohort: Cohort,
    /// The chosen tracks, in the order of choice.
    pub tracks: Vec<Track>,
    /// The intake.
    pub intake: Intake,
    /// The first session; none when the intake has no day left.
    pub first_session: Option<Session>,
    /// The receipt given at the decision.
    pub receipt: String,
}
