//! A roster, parted by what becomes of its rows on the page.

use domain::registration::RegistrationState;
use domain::staff::roster::{Roster, RosterRow};
use serde::Deserialize;

/// The rows of a roster in three lists.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Roster")]
pub struct Parts {
    /// Who has a seat.
    pub students: Vec<RosterRow>,
    /// Who is offered one, in front; then who waits, in order.
    pub waiting: Vec<RosterRow>,
    /// Who is no longer there.
    pub ended: Vec<RosterRow>,
    /// Whether the roster had more rows than are here.
    pub more: bool,
}

impl From<Roster> for Parts {
    fn from(roster: Roster) -> Self {
        let mut parts = Self { more: roster.more, ..Self::default() };
        for row in roster.rows {
            match row.state {
                RegistrationState::Enrolled => parts.students.push(row),
                RegistrationState::Offered | RegistrationState::Waiting => parts.waiting.push(row),
                RegistrationState::Withdrawn | RegistrationState::Lapsed | RegistrationState::Removed => parts.ended.push(row),
            }
        }
        parts.waiting.sort_by_key(|row| row.position.unwrap_or(0));
        parts
    }
}

impl Parts {
    /// How long the waiting list is.
    pub fn listed(&self) -> u32 {
        self.waiting.iter().filter_map(|row| row.position).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_about_nobody_is_read_like_a_real_one() {
        let parts: Parts = serde_json::from_str(super::super::OF_NOBODY).expect("a roster");
        assert_eq!((parts.students.len(), parts.listed(), parts.more), (1, 0, false));
    }
}
