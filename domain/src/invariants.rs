//! What is promised to every family, counted against the tables: anybody may look.

use crate::date::Timestamp;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// One promise. Each is counted from the rows themselves, not from what the program believes.
    Check {
        /// Each cohort's count of taken seats is the number of its enrolled and offered registrations.
        TakenEqualsRows = "taken_equals_rows",
        /// Each cohort's count of the waiting is the number of its waiting registrations.
        WaitingEqualsRows = "waiting_equals_rows",
        /// No cohort has more seats taken than it has.
        TakenWithinSeats = "taken_within_seats",
        /// No student has two seats in an intake, or more places than [`crate::registration::PLACES_MAX`].
        OneSeatAStudent = "one_seat_a_student",
        /// Each registration has exactly one first decision in the journal, and the journal's last word about it is its state.
        EveryRegistrationIsJournalled = "every_registration_is_journalled",
        /// Each student of each application has a decision.
        EveryApplicationIsDecided = "every_application_is_decided",
        /// No cohort has a free seat and somebody waiting who may have it.
        NobodyEligibleWaits = "nobody_eligible_waits",
        /// Nobody who came later was enrolled in a cohort while somebody waited for it.
        NobodyPassedTheList = "nobody_passed_the_list",
        /// No two on a waiting list have the same place.
        RanksAreDistinct = "ranks_are_distinct",
        /// Each held seat has a deadline, and nothing else has one.
        OffersHaveDeadlines = "offers_have_deadlines",
        /// Each decision, offer and loss has its letter to each address that was given.
        LettersAreTold = "letters_are_told",
    }
}

/// The answer of `GET /api/invariants`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invariants {
    /// The moment at which they were counted; the answer may be some seconds old.
    pub at: Timestamp,
    /// Whether every promise holds.
    pub holds: bool,
    /// Every check, in the order of [`Check::ALL`].
    pub checks: Vec<CheckResult>,
    /// How much was looked at.
    pub totals: Totals,
}

impl Invariants {
    /// What these counts say.
    pub fn new(at: Timestamp, checks: Vec<CheckResult>, totals: Totals) -> Self {
        Self { at, holds: checks.iter().all(|check| check.violations == 0), checks, totals }
    }

    /// How often a promise is broken.
    pub fn violations(&self, name: Check) -> u32 {
        self.checks.iter().filter(|check| check.name == name).map(|check| check.violations).sum()
    }
}

/// How often one promise is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckResult {
    /// The promise.
    pub name: Check,
    /// In how many cases it is broken: 0 when it holds.
    pub violations: u32,
}

/// How much there is, over all intakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Totals {
    /// Seats of all cohorts.
    pub seats: u32,
    /// Students enrolled.
    pub enrolled: u32,
    /// Seats held for an answer.
    pub offered: u32,
    /// Places on waiting lists.
    pub waiting: u32,
    /// Registrations, those that are over included.
    pub registrations: u32,
    /// Entries of the journal.
    pub journal_entries: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_broken_promise_is_enough() {
        let totals = Totals { seats: 0, enrolled: 0, offered: 0, waiting: 0, registrations: 0, journal_entries: 0 };
        let counted = |broken: Option<Check>| {
            let checks =
                Check::ALL.iter().map(|name| CheckResult { name: *name, violations: u32::from(broken == Some(*name)) });
            Invariants::new(Timestamp(0), checks.collect(), totals)
        };
        assert!(counted(None).holds);
        for name in Check::ALL {
            let invariants = counted(Some(*name));
            assert_eq!((invariants.holds, invariants.violations(*name)), (false, 1), "{name:?}");
        }
    }
}
