//! The staff console: the second entry point of the app, at `/staff`. Families never download it.
//!
//! boot.js brings the texts of the first language and starts [`start`]. As in the families' app, pages are built whole, and
//! what changes while a page stands is a `live` part of it ([`app::el`]). What lives longer than a page is in
//! [`console::Console`]; who is signed in is a [`session::Session`], and only with one can the server be asked for anything.
//!
//! # Adding a screen
//! 1. Its address is a variant of [`router::Page`], with the right it takes in [`router::Page::right`].
//! 2. Its file in `pages` has `pub fn view(session: Session) -> Vec<El>`; `pages::screen` names it.
//! 3. Its entry in the navigation is a line in [`components::frame`].
//! 4. Its words are a section of `text/{kk,ru,en}.toml`; `person.name` becomes `Text::PersonName`.
//! 5. It is made of [`components`], whose documentation has an example of each, and fetches with [`remote::Remote`].
//! 6. Its journey is a file in `tests/tests/browser/staff`.
//!
//! Reading order: [`router`], [`session`], [`console`], [`remote`], then `pages` and [`components`].

mod boot;
pub mod cohort_words;
pub mod components;
pub mod console;
mod download;
pub mod fault_text;
pub mod names;
pub mod offline;
mod pages;
pub mod percent;
pub mod registration;
mod rehearsal;
pub mod remote;
pub mod router;
pub mod session;
#[cfg(test)]
mod testing;
pub mod text;
pub mod when;

pub use boot::start;
