//! Figures without names: how far a centre is, how full, how attended.

use crate::catalogue::{Intake, Track};
use crate::date::{Date, Timestamp};
use crate::schedule::Slot;
use crate::staff::cohort::{MarkCounts, StaffCentre};
use serde::{Deserialize, Serialize};

/// The answer of `GET /api/staff/overview`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The moment of the count.
    pub at: Timestamp,
    /// The intake, with its target over all centres.
    pub intake: Intake,
    /// Centres within reach.
    pub centres: Vec<StaffCentre>,
    /// All tracks.
    pub tracks: Vec<Track>,
    /// How far each centre is.
    pub progress: Vec<CentreProgress>,
    /// How each week went, by week and centre.
    pub weeks: Vec<WeekFigures>,
    /// How much each track is asked for, by track and centre.
    pub demand: Vec<TrackDemand>,
    /// How full each cohort is.
    pub cohorts: Vec<CohortFill>,
}

/// How far one centre is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CentreProgress {
    /// The centre.
    pub centre: String,
    /// Seats in all.
    pub seats: u32,
    /// Enrolled.
    pub enrolled: u32,
    /// Held by offers.
    pub offered: u32,
    /// On waiting lists.
    pub waiting: u32,
    /// Attendance since the beginning.
    pub marks: MarkCounts,
}

/// One week of one centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WeekFigures {
    /// The Monday.
    pub monday: Date,
    /// The centre.
    pub centre: String,
    /// Seats taken by families in this week.
    pub enrolled: u32,
    /// Seats given up in this week.
    pub left: u32,
    /// Attendance of this week's sessions.
    pub marks: MarkCounts,
}

/// How much a track is asked for at a centre, by those who have a seat or wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrackDemand {
    /// The track.
    pub track: String,
    /// The centre.
    pub centre: String,
    /// As first choice.
    pub first: u32,
    /// As any choice.
    pub chosen: u32,
    /// Of these, how many wait.
    pub waiting: u32,
}

/// How full a cohort is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CohortFill {
    /// The cohort.
    pub id: String,
    /// The centre.
    pub centre: String,
    /// Label.
    pub label: Option<String>,
    /// Weekly meetings.
    pub slots: Vec<Slot>,
    /// Seats in all.
    pub seats: u32,
    /// Enrolled or held.
    pub taken: u32,
    /// On the waiting list.
    pub waiting: u32,
    /// Attendance since the beginning.
    pub marks: MarkCounts,
}
