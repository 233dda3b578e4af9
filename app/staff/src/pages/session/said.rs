//! What a mark says, in words.

use crate::text::{Text, fill, t};
use domain::staff::attendance::{KeptMark, MarkStatus};

/// What somebody says about a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What.
    pub status: MarkStatus,
    /// How late.
    pub minutes: Option<u16>,
    /// Why; empty where nothing has to be said.
    pub reason: String,
}

impl Said {
    /// A status that needs nothing else.
    pub fn plain(status: MarkStatus) -> Self {
        Self { status, minutes: None, reason: String::new() }
    }

    /// So many minutes late.
    pub fn late(minutes: u16) -> Self {
        Self { minutes: Some(minutes), ..Self::plain(MarkStatus::Late) }
    }

    /// Away for this reason.
    pub fn excused(reason: &str) -> Self {
        Self { reason: reason.trim().to_owned(), ..Self::plain(MarkStatus::Excused) }
    }

    /// What a mark says.
    pub fn of(mark: &KeptMark) -> Self {
        Self { status: mark.status, minutes: mark.minutes, reason: mark.reason.clone().unwrap_or_default() }
    }

    /// “Late, 10 min”.
    pub fn words(&self) -> String {
        let mut words = status(self.status).to_owned();
        if let Some(minutes) = self.minutes {
            words = [&words, ", ", &minutes_late(minutes)].concat();
        }
        if !self.reason.is_empty() {
            words = [&words, ": ", &self.reason].concat();
        }
        words
    }
}

/// “10 min”.
pub fn minutes_late(minutes: u16) -> String {
    fill(t(Text::CallMinutes), &[("n", &minutes.to_string())])
}

/// A status in a word, as it stands on its button.
pub fn status(status: MarkStatus) -> &'static str {
    t(match status {
        MarkStatus::Present => Text::CallPresent,
        MarkStatus::Late => Text::CallLate,
        MarkStatus::Excused => Text::CallExcused,
        MarkStatus::Absent => Text::CallAbsent,
        MarkStatus::Cleared => Text::CallNotMarked,
    })
}
