//! Bringing a fresh machine to where it can build and serve. Every step first looks whether it is done already.

mod browser;
mod npm;
mod wasm_target;

pub use browser::{Browser, browser};
pub use npm::{Npm, WRANGLER, installed_npm, npm};
pub use wasm_target::wasm_target;
