//! The rules of enrolment and the wire contract.
//!
//! Everything here is pure: no clock, no input or output, no SQL, nothing of the browser. The app checks a page with the same
//! function with which the server checks the whole application, so the two can never disagree.
//!
//! Reading order: [`application`] (what a family sends and when it is acceptable), [`catalogue`] (what they choose from),
//! [`registration`] (what they get back), [`error`] (how a refusal is worded for machines).

#[cfg(test)]
mod testing;
mod word;

pub mod age;
pub mod alphabet;
pub mod alternatives;
pub mod application;
pub mod calendar;
pub mod catalogue;
pub mod contact;
pub mod date;
pub mod error;
pub mod field;
pub mod iin;
pub mod invariants;
pub mod key;
pub mod language;
pub mod name;
pub mod plan;
pub mod reference;
pub mod registration;
pub mod schedule;
pub mod staff;
