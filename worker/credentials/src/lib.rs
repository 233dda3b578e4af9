//! What proves that somebody is who they say: passwords, codes of an authenticator app, words that are drawn, private links, and the
//! sealing of what has to be read again.
//!
//! Everything here is pure: randomness and time are given by the caller. The backend uses it on both homes, and the tools and tests
//! use the same to make staff members from outside.

pub mod link;
pub mod password;
pub mod seal;
pub mod totp;
pub mod words;
