//! What coordinators run: cohorts with their slots and seats, single sessions, closed days. Each act is one batch that begins with its
//! entry in the journal, and each can be taken back by the `undo` of its module.

pub mod bulk;
pub mod closed_days;
pub mod closing;
pub mod cohorts;
pub mod edit;
pub mod making;
pub mod seats;
pub mod sessions;
mod standing;
mod telling;

#[cfg(test)]
mod tests;
