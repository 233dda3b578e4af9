//! What works without network: the roll call. `phone.js` keeps things in the browser's database, for the console and for its service
//! worker; [`kept`] is what can be shown again, [`queue`] the marks on their way to the server.
//!
//! Names of students are personal data, so they stay on the phone only as long as a roll call needs them: see [`kept`].

pub mod camera;
pub mod kept;
pub mod mark_id;
pub mod phone;
pub mod queue;
