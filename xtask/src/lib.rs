//! Everything that is built, run or proved in this repository goes through here: `cargo xtask serve | build | test | bench`.
//!
//! The command line is `main.rs`; this library is the machinery behind it, shared with the `tests` crate, which starts
//! servers through [`server::Server`].
//!
//! - [`setup`] brings what a fresh machine lacks: the wasm target, the npm tools, a browser.
//! - [`build_app`] and [`build_worker`] fill `dist/`, and do nothing when their inputs have not changed.
//! - [`server`] starts and ends one running product, on either home.
//! - [`staff`] makes members of the staff console from outside.
//! - [`mod@serve`], [`mod@test`] and [`mod@bench`] are the commands themselves.

pub mod assets;
pub mod bench;
pub mod bindgen;
pub mod budgets;
pub mod build_app;
pub mod build_native;
pub mod build_worker;
pub mod cargo;
pub mod demo;
pub mod fingerprint;
pub mod layout;
mod linked;
pub mod manifest;
pub mod process;
pub mod progress;
pub mod random;
pub mod serve;
pub mod server;
pub mod service_workers;
pub mod setup;
pub mod shells;
mod split;
pub mod staff;
pub mod test;
mod trim;

pub use texts;
