//! Receipts: what was decided, when and as which entry of the journal, signed.

use crate::platform::Platform;
use crate::secrets::Secrets;
use data_encoding::BASE64URL_NOPAD;
use domain::date::Timestamp;
use domain::registration::{ReceiptClaims, RegistrationState};
use serde::Deserialize;

/// The decision about one application. It never changes, so a repeated request gets the same answer at any time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Decision {
    /// The application's id.
    pub application_id: String,
    /// Reference number.
    pub reference: String,
    /// Keyed hash of the answers.
    pub body_digest: String,
    /// The moment.
    pub decided_at: Timestamp,
    /// What was decided about each student, in the order of the application.
    pub registrations: Vec<DecidedRegistration>,
}

/// The first decision about one registration, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DecidedRegistration {
    /// The registration's id.
    pub registration: String,
    /// Intake.
    pub intake: String,
    /// Cohort.
    pub cohort: String,
    /// Number of the journal entry.
    pub entry: u64,
    /// State at the decision.
    pub state: RegistrationState,
    /// Place on the waiting list at the decision.
    pub position: Option<u32>,
    /// The moment.
    pub decided_at: Timestamp,
}

impl DecidedRegistration {
    /// The signed receipt. The signature is deterministic: the same decision gives the same receipt.
    pub async fn receipt(&self, reference: &str, secrets: &Secrets, platform: &impl Platform) -> String {
        let claims = ReceiptClaims {
            reference: reference.to_owned(),
            intake: self.intake.clone(),
            cohort: self.cohort.clone(),
            entry: self.entry,
            state: self.state,
            position: self.position,
            decided_at: self.decided_at,
        };
        // A struct of texts and numbers always has a JSON form.
        let text = secrets.receipt_text(&serde_json::to_string(&claims).unwrap_or_default());
        let signature = platform.sign(secrets.receipt_key(), &text).await;
        format!("{text}.{}", BASE64URL_NOPAD.encode(&signature))
    }
}
