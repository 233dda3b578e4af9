//! What a user can see: the contract of the API and the last seat, each suite against one started server.
//!
//! - [`suite`] starts the server of a suite, runs its tests beside each other, ends the server.
//! - [`world`] is what a test is given: the [`api`], the [`database`] behind it, the [`letters`] it sends.
//! - [`browser`] opens Chromium, for journeys and for the bench of pages.
//! - [`code`] reads the QR codes it draws.
//! - [`forms`] makes applications of families that never collide; [`staff`] makes staff members and acts for them.
//! - [`exports`] asks for files of attendance and rosters.
//! - [`import`] writes files of cohorts and students and sends them.
//! - [`roll_call`] lets sessions take place and marks be made.
//! - [`personal`] remembers what the server was told about people, so that its log can be searched for it.
//!
//! The home is named by `TUMO_HOME`; every test holds on both.

pub mod api;
pub mod browser;
pub mod code;
pub mod database;
pub mod exports;
pub mod forms;
pub mod import;
pub mod letters;
pub mod personal;
pub mod roll_call;
pub mod sheets;
pub mod staff;
pub mod suite;
pub mod team;
pub mod world;
