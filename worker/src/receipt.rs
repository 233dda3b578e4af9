//! Receipts: what was decided, when and as which entry of the journal, signed.

use crate::secrets::Secrets;
use domain::date::Timestamp;
use domain::registration::{ReceiptClaims, RegistrationState};
use serde::Deserialize;

/// The decision about one application, as the journal has it. It never changes, so the receipt can be made again at any time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Decision {
    /// The application's id.
    pub application_id: String,
    /// Reference number.
    pub reference: String,
    /// Keyed hash of the answers.
    pub body_digest: String,
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

impl Decision {
    /// The signed receipt. The signature is deterministic: the same decision gives the same receipt.
    pub fn receipt(&self, secrets: &Secrets) -> String {
        let claims = ReceiptClaims {
            reference: self.reference.clone(),
            intake: self.intake.clone(),
            cohort: self.cohort.clone(),
            entry: self.entry,
            state: self.state,
            position: self.position,
            decided_at: self.decided_at,
        };
        // A struct of texts and numbers always has a JSON form.
        secrets.sign(&serde_json::to_string(&claims).unwrap_or_default())
    }
}
