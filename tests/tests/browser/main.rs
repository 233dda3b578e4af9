//! A family's way, in Chromium on a phone of 390×844: what they see, tap and type, and what is found in the database afterwards;
//! and the ways of staff through their console, on a phone and at a desk.
//!
//! - [`journeys`] are the tests. Each reads like a page of the manual.
//! - [`family`] is who walks: a family with its answers and a [`phone`]; [`page`] names where they can be.
//! - [`staff`] are the journeys of the staff console, and who walks there.
//! - [`inspection`] is what is looked at on the pages they pass: a picture, and whether everybody can use them.
//! - [`records`] is what the server wrote down about them.
//! - [`stage`] is what a journey is given: a server, a [browser](tumo_tests::browser), on demand a [`weak_network`] between the two.
//!
//! Pictures are left in `target/screens/{language}/` and `target/screens/staff/`; what a phone showed when a wait was in vain, in `target/screens/failed/`.

mod family;
mod inspection;
mod journeys;
mod page;
mod phone;
mod records;
mod staff;
mod stage;
mod weak_network;
mod words;

use std::process::ExitCode;

fn main() -> ExitCode {
    stage::run(journeys::all().into_iter().chain(staff::all()).collect()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
