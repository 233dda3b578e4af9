//! A session's life: what it still lacks, how long it lasts, and how often somebody may try to begin one.

use crate::date::Timestamp;
use crate::staff::access::{Pending, Right, Role, SESSION_IDLE_HOURS, SESSION_MAX_DAYS};
use crate::word::words;
use serde::{Deserialize, Serialize};

/// How long a session that still lacks something lives, in minutes: long enough to install an authenticator app.
pub const PENDING_MINUTES: i64 = 30;

/// How fresh a session has to be to replace an authenticator app, in minutes: who found a computer unlocked signs in anew first.
pub const FRESH_MINUTES: i64 = 10;

const MINUTE_MS: i64 = 60_000;

words! {
    /// By what somebody signed in.
    Way {
        /// By our own password.
        Password = "password",
        /// By the token of an identity provider, which asks for a second factor itself.
        Access = "access",
    }
}

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// By what the member signed in.
    pub way: Way,
    /// Role of the member.
    pub role: Role,
    /// Whether an authenticator app is set up.
    pub second_factor_set: bool,
    /// Whether its code was given in this session.
    pub second_factor_given: bool,
    /// Whether the password was given by somebody else.
    pub must_change_password: bool,
    /// When the member signed in.
    pub created_at: Timestamp,
    /// When the session was used last.
    pub seen_at: Timestamp,
}

impl Standing {
    /// What is missing. A second factor that is set up is always asked for, whoever needs one or not.
    pub const fn pending(&self) -> Option<Pending> {
        match self.way {
            Way::Access => None,
            Way::Password if self.second_factor_set && !self.second_factor_given => Some(Pending::Code),
            Way::Password if self.must_change_password => Some(Pending::Password),
            Way::Password if self.role.needs_second_factor() && !self.second_factor_set => Some(Pending::Enrolment),
            Way::Password => None,
        }
    }

    /// Whether the session still lives: used within the last hours, begun within the last days; an unfinished one only for minutes.
    pub const fn lives(&self, now: Timestamp) -> bool {
        let (age, unused) = (now.0 - self.created_at.0, now.0 - self.seen_at.0);
        let finished = self.pending().is_none() || age < PENDING_MINUTES * MINUTE_MS;
        finished && age < SESSION_MAX_DAYS * 24 * 60 * MINUTE_MS && unused < SESSION_IDLE_HOURS * 60 * MINUTE_MS
    }

    /// Whether it was begun only now.
    pub const fn is_fresh(&self, now: Timestamp) -> bool {
        now.0 - self.created_at.0 < FRESH_MINUTES * MINUTE_MS
    }
}

impl Pending {
    /// Whether a session that lacks this may use the right all the same. Without the code of an app that is set up it may do
    /// nothing but give it: else the password alone would do to replace the app.
    pub const fn leaves(self, right: Right) -> bool {
        match right {
            Right::SigningIn => true,
            Right::OwnAccount => !matches!(self, Self::Code),
            _ => false,
        }
    }
}

/// How often something may be tried within some time; every try counts that doesn't succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TryLimit {
    /// Tries.
    pub tries: u32,
    /// Minutes, from the first of them.
    pub minutes: i64,
}

impl TryLimit {
    /// The time in milliseconds.
    pub const fn milliseconds(self) -> i64 {
        self.minutes * MINUTE_MS
    }
}

/// One account from one address: somebody who has forgotten which of three passwords it was.
pub const TRIES_HERE: TryLimit = TryLimit { tries: 10, minutes: 15 };

/// One address, whatever the accounts: a whole centre sits behind one.
pub const TRIES_ADDRESS: TryLimit = TryLimit { tries: 100, minutes: 15 };

/// One account from all addresses from which its member has never signed in, together: guessing from a thousand places. It can't
/// lock the member out of the places they use.
pub const TRIES_ELSEWHERE: TryLimit = TryLimit { tries: 50, minutes: 60 };

/// Codes of one member: only who has the password gets to try them. Three of a million codes are right at any moment.
pub const TRIES_CODE: TryLimit = TryLimit { tries: 10, minutes: 60 };

/// How long a session that is not used is kept, in days, before it is forgotten; it ended long before.
pub const SESSION_ROWS_KEPT_DAYS: i64 = 2;

/// How long an address counts as one the member uses, in days.
pub const ADDRESS_KNOWN_DAYS: i64 = 90;

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn standing(role: Role) -> Standing {
        Standing {
            way: Way::Password,
            role,
            second_factor_set: false,
            second_factor_given: false,
            must_change_password: false,
            created_at: NOW,
            seen_at: NOW,
        }
    }

    #[test]
    fn a_session_lacks_one_thing_after_the_other() {
        let mut session = Standing { must_change_password: true, ..standing(Role::Coordinator) };
        assert_eq!(session.pending(), Some(Pending::Password));
        session.must_change_password = false;
        assert_eq!(session.pending(), Some(Pending::Enrolment));
        session.second_factor_set = true;
        assert_eq!(session.pending(), Some(Pending::Code));
        session.second_factor_given = true;
        assert_eq!(session.pending(), None);
    }

    #[test]
    fn a_trainer_needs_no_app_but_one_that_is_set_up_counts() {
        assert_eq!(standing(Role::Trainer).pending(), None);
        let with_app = Standing { second_factor_set: true, must_change_password: true, ..standing(Role::Trainer) };
        assert_eq!(with_app.pending(), Some(Pending::Code), "before anything else");
    }

    #[test]
    fn an_identity_provider_stands_for_password_and_app() {
        let session = Standing { way: Way::Access, must_change_password: true, ..standing(Role::Administrator) };
        assert_eq!(session.pending(), None);
    }

    #[test]
    fn the_password_alone_changes_nothing_of_an_account_with_an_app() {
        for right in Right::ALL {
            assert_eq!(Pending::Code.leaves(*right), *right == Right::SigningIn, "{right:?}");
            let own = matches!(right, Right::SigningIn | Right::OwnAccount);
            assert_eq!(Pending::Enrolment.leaves(*right), own, "{right:?}");
            assert_eq!(Pending::Password.leaves(*right), own, "{right:?}");
        }
    }

    #[test]
    fn a_session_ends_unused_and_in_the_end_whatever_happens() {
        let (hour, day) = (60 * MINUTE_MS, 24 * 60 * MINUTE_MS);
        let used = |created: i64, seen: i64| Standing {
            created_at: Timestamp(NOW.0 - created),
            seen_at: Timestamp(NOW.0 - seen),
            ..standing(Role::Trainer)
        };
        assert!(used(13 * day, 11 * hour).lives(NOW));
        assert!(!used(13 * day, SESSION_IDLE_HOURS * hour).lives(NOW));
        assert!(!used(SESSION_MAX_DAYS * day, 0).lives(NOW));
        let unfinished = Standing { must_change_password: true, ..used(PENDING_MINUTES * MINUTE_MS, 0) };
        assert!(!unfinished.lives(NOW));
        assert!(Standing { created_at: Timestamp(unfinished.created_at.0 + 1), ..unfinished }.lives(NOW));
        assert!(used(FRESH_MINUTES * MINUTE_MS - 1, 0).is_fresh(NOW) && !used(FRESH_MINUTES * MINUTE_MS, 0).is_fresh(NOW));
    }
}
