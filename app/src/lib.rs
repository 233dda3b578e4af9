//! The single-page app in which a family registers.
//!
//! boot.js brings the texts of the first language and starts [`start`]. Pages are built whole: a navigation, another language, the
//! arrival of the catalogue and the opening of the intake each put a fresh page in the place of the old one, so nothing of one
//! page can stay in another. What lives longer is in [`app::App`].
//!
//! Reading order: [`step`] (the questions), [`draft`] (the answers), [`router`] (addresses), [`send`] (how an application
//! reaches the server over a bad network), then [`pages`] and [`components`].

pub mod apart;
pub mod api;
pub mod app;
mod boot;
pub mod clock;
pub mod components;
pub mod dom;
pub mod draft;
pub mod el;
pub mod fault_text;
pub mod format;
mod last_visit;
pub mod links;
pub mod pages;
pub mod router;
pub mod send;
pub mod step;
pub mod storage;
#[cfg(test)]
mod testing;
pub mod text;
pub mod wire;

pub use boot::start;
