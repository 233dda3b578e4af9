//! What forms of the console have in common.

use crate::refusal::Refusal;
use domain::error::{FaultCode, FieldFault};

/// The reason as it is kept.
///
/// # Errors
/// The fault of the field `reason`.
pub fn reason(typed: &str) -> Result<String, Refusal> {
    domain::staff::reason(typed).map_err(|code| fault("reason", code))
}

/// One fault of a form.
pub fn fault(field: &str, code: FaultCode) -> Refusal {
    Refusal::form(vec![FieldFault { field: field.to_owned(), code }])
}
