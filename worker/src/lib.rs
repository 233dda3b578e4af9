//! The backend of TUMO registration.
//!
//! One backend with two homes: Cloudflare's edge (`platform::cloudflare`, the Worker with D1 and KV) and one host inside the country
//! (`platform::native`, SQLite in process). Routes and store are generic over [`platform::Platform`], so both homes
//! run the same decisions and the same SQL.
//!
//! Where atomicity comes from: every decision is one [`platform::Platform::batch`], which is a transaction on both homes, and the
//! INSERT that takes a seat reads the seat count itself. What must never happen is forbidden by constraints in `migrations/`.
//!
//! All addresses are listed in [`routes`].

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod platform;
pub mod receipt;
pub mod refusal;
pub mod routes;
pub mod sheet;
pub mod store;

mod access;
mod due_work;
mod exports;
mod letters;
mod link;
mod qr;
mod secrets;
mod state;

pub use access::Access;
pub use due_work::run_due_work;
pub use secrets::{SecretError, Secrets};
pub use state::Backend;
