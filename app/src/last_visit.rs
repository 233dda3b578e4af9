//! What families choose from, kept on the phone: who comes again needn't wait for what has hardly changed since.

use crate::api::{self, Failure};
use crate::wire::from_json;
use crate::{clock, storage};
use domain::catalogue::{Catalogue, Phase};
use std::cell::RefCell;

/// Where the phone keeps it, as it was told.
const STORED_AS: &str = "catalogue";

thread_local! {
    /// What this tab was told last. Another tab may have stored something newer.
    static TOLD: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The catalogue of the last visit, if the intake is open by it. That something is closed, only the server says.
pub fn catalogue() -> Option<Catalogue> {
    let told = storage::read_text(STORED_AS)?;
    let catalogue: Catalogue = from_json(&told)?;
    TOLD.set(told);
    (catalogue.intake.phase(clock::now()) == Phase::Open).then_some(catalogue)
}

/// Asks for the catalogue and keeps it for the next visit. Gives back none when one is `known` and nothing has changed.
///
/// # Errors
/// As [`Failure`] says.
pub async fn news(known: bool) -> Result<Option<Catalogue>, Failure> {
    let told = api::catalogue_text().await?;
    if known && TOLD.with_borrow(|before| *before == told) {
        return Ok(None);
    }
    let catalogue = from_json(&told).ok_or(Failure::Unreadable)?;
    storage::write_text(STORED_AS, &told);
    TOLD.set(told);
    Ok(Some(catalogue))
}
