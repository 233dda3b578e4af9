//! A crowd of families at one server: pre-built requests, connections that stay open, clients that come back when they are told to.
//!
//! The crowd shares its machine with what it measures, so it is kept cheap: one thread a connection that mostly sleeps in the
//! kernel, requests built before the clock starts, and of an answer nothing is read but its frame until the clock has stopped.

mod connection;
mod crowd;
mod families;

pub use connection::{Answer, Connection};
pub use crowd::{Outcome, send_all};
pub use families::{Catalogue, Families, Family, letters};
