//! Who changes something as staff.

use domain::date::Timestamp;

/// Who changes, why, when.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// The staff member's id.
    pub author: &'a str,
    /// Why; empty where no reason is asked for.
    pub reason: &'a str,
    /// The moment.
    pub now: Timestamp,
}
