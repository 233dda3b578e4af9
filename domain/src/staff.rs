//! The staff console: who may do what, and what its screens exchange with the server.
//!
//! Reading order: [`access`] (roles and rights), [`sign_in`] (what a session still lacks, how often signing in may be tried),
//! [`cohort`] (capacity), [`attendance`] (sessions and marks), [`sessions`] (changing one), [`roster`] (students), [`overview`]
//! (figures), [`journal`] (who did what), [`exchange`] (files that leave and come in).

pub mod access;
pub mod attendance;
pub mod cohort;
pub mod exchange;
pub mod journal;
pub mod overview;
pub mod roster;
pub mod sessions;
pub mod sign_in;

use crate::error::FaultCode;
use crate::name::{disturbs, says_nothing};
use serde::{Deserialize, Serialize};

/// The longest reason or message line a staff member writes, in characters.
pub const REASON_MAX: usize = 300;

/// The reason as it is kept.
///
/// # Errors
/// [`FaultCode::Required`] for nothing that can be seen, [`FaultCode::TooLong`] above [`REASON_MAX`], [`FaultCode::LineCharacters`] for
/// control characters and signs that turn or hide the text.
pub fn reason(typed: &str) -> Result<String, FaultCode> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if says_nothing(&text) {
        Err(FaultCode::Required)
    } else if text.chars().count() > REASON_MAX {
        Err(FaultCode::TooLong)
    } else if text.chars().any(disturbs) {
        Err(FaultCode::LineCharacters)
    } else {
        Ok(text)
    }
}

/// A reason with which something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonForm {
    /// Why; at most [`REASON_MAX`] characters. It is kept in the journal and must hold no personal data.
    pub reason: String,
}

/// The answer to an act: the entry of the journal it left, by which it can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acted {
    /// Number of the journal entry; the last one when an act left several.
    pub entry: u64,
    /// Until when it can be undone; none when it can't.
    pub undo_until: Option<crate::date::Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_can_be_seen() {
        for nothing in ["", " \n ", "\u{200b}", "\u{ad}", "\u{3164}", "\u{ad} \u{2800}\u{fe0f}", "\u{7}\u{202e}"] {
            assert_eq!(reason(nothing), Err(FaultCode::Required), "{nothing:?}");
        }
        for turned in ["\u{202e}abc", "Отба\u{ad}сы", "бір\0", "a\u{2066}b"] {
            assert_eq!(reason(turned), Err(FaultCode::LineCharacters), "{turned:?}");
        }
        for plain in ["Отбасы сұрады", "Ауырып қалды 🤒", "Переезд ❤\u{fe0f}"] {
            assert_eq!(reason(plain).as_deref(), Ok(plain));
        }
    }
}
