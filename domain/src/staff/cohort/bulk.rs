//! One change of several cohorts: all of it is done, or nothing.

use super::{SEATS_MAX, StaffCohort};
use crate::error::{ErrorCode, FaultCode};
use crate::staff::Acted;
use crate::staff::journal::Act;
use serde::{Deserialize, Serialize};

/// The most cohorts of one bulk change.
pub const BULK_MAX: usize = 200;

/// A change of several cohorts at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkChange {
    /// More or, below zero, fewer seats in each.
    SeatsBy {
        /// How many.
        by: i32,
    },
    /// So many seats in each.
    SeatsTo {
        /// How many.
        to: u32,
    },
    /// No newcomers any more.
    Close {},
    /// Newcomers again.
    Reopen {},
}

impl BulkChange {
    /// Whether it is about seats.
    pub const fn is_of_seats(&self) -> bool {
        matches!(self, Self::SeatsBy { .. } | Self::SeatsTo { .. })
    }

    /// What the journal tells of it, cohort by cohort.
    pub const fn act(&self) -> Act {
        match self {
            Self::SeatsBy { .. } | Self::SeatsTo { .. } => Act::SeatsChanged,
            Self::Close {} => Act::CohortClosed,
            Self::Reopen {} => Act::CohortReopened,
        }
    }

    /// The seats of a cohort after the change.
    pub fn seats(&self, cohort: &StaffCohort) -> u32 {
        match self {
            Self::SeatsBy { by } => cohort.seats.saturating_add_signed(*by),
            Self::SeatsTo { to } => *to,
            Self::Close {} | Self::Reopen {} => cohort.seats,
        }
    }

    /// Why it can't be done to this cohort; none when it can.
    pub fn refused(&self, cohort: &StaffCohort) -> Option<ErrorCode> {
        let seats = self.seats(cohort);
        if seats < cohort.taken() {
            Some(ErrorCode::BelowTaken)
        } else if seats > SEATS_MAX {
            Some(ErrorCode::InvalidForm)
        } else if matches!(self, Self::Close {}) && cohort.closed || matches!(self, Self::Reopen {}) && !cohort.closed {
            Some(ErrorCode::WrongState)
        } else {
            None
        }
    }
}

impl BulkForm {
    /// Faults of the choice of cohorts.
    pub fn check(&self) -> Option<FaultCode> {
        let mut ids: Vec<&String> = self.cohorts.iter().collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            Some(FaultCode::Required)
        } else if self.cohorts.len() > BULK_MAX || ids.len() < self.cohorts.len() {
            Some(FaultCode::OutOfRange)
        } else {
            None
        }
    }
}

/// Body of `POST /api/staff/cohorts/bulk`. All of it is done, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkForm {
    /// Identifiers of the cohorts.
    pub cohorts: Vec<String>,
    /// What is changed.
    pub change: BulkChange,
    /// Why.
    pub reason: String,
    /// Only tell what would come of it.
    pub preview: bool,
}

/// What a bulk change does to one cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkLine {
    /// The cohort.
    pub cohort: String,
    /// Seats before.
    pub seats_before: u32,
    /// Seats after.
    pub seats_after: u32,
    /// How many of the waiting list get a seat, at most.
    pub seated: u32,
    /// Why it can't be done.
    pub fault: Option<ErrorCode>,
}

/// The answer of a bulk change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkAnswer {
    /// A line a cohort, in the order asked for.
    pub lines: Vec<BulkLine>,
    /// Whether it was done; false for a preview and when a line has a fault.
    pub done: bool,
    /// The entries it left, one for each cohort that was changed.
    pub acted: Vec<Acted>,
}
