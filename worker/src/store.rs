//! The only module that knows SQL. Reading statements build one JSON text in SQLite, so that a row crosses into the program once.

pub mod acts;
pub mod applications;
pub mod capacity;
pub mod catalogue;
pub mod changes;
pub mod console;
pub mod exports;
pub mod imports;
pub mod invariants;
pub mod members;
pub mod my;
pub mod offers;
pub mod outbox;
pub mod password;
pub mod plans;
pub mod scope;
pub mod seats;
pub mod second_factor;
pub mod sign_in;
pub mod staff;
pub mod students;
pub mod tries;
mod turns;

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use serde::de::DeserializeOwned;

/// Runs one reading statement; none when it found no row.
async fn read<T: DeserializeOwned>(platform: &impl Platform, statement: Statement) -> Result<Option<T>, Refusal> {
    let rows = platform.batch(vec![statement]).await?;
    let found = rows.into_iter().next().flatten();
    Ok(found.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// Whether the store answers.
///
/// # Errors
/// When it doesn't.
pub async fn answers(platform: &impl Platform) -> Result<(), DatabaseError> {
    platform.batch(vec![Statement::new("SELECT id FROM intakes LIMIT 1")]).await.map(drop)
}
