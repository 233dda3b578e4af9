//! Sessions and their roll calls, also without network; what a mark is, is in `attendance/marks.rs`.

mod marks;

use crate::date::{Date, Timestamp};
use crate::registration::RegistrationState;
use crate::schedule::Slot;
use crate::staff::cohort::MarkCounts;
use crate::word::words;
use serde::{Deserialize, Serialize};

pub use marks::{
    EXCUSE_MAX, KeptMark, LATE_MAX, MARKED_WITHIN_DAYS, MARKS_MAX, Mark, MarkStatus, MarksAnswer, MarksForm, RefusedMark,
    in_conflict, open, standing,
};

words! {
    /// Whether a session takes place.
    SessionState {
        /// As planned.
        Planned = "planned",
        /// At another time than planned.
        Moved = "moved",
        /// Called off.
        Cancelled = "cancelled",
        /// It falls on a day on which the centre is closed.
        Closed = "closed",
    }
}

impl SessionState {
    /// Whether it takes place.
    pub const fn takes_place(self) -> bool {
        matches!(self, Self::Planned | Self::Moved)
    }
}

/// What names a session for good: its cohort and its time as first planned. A moved session keeps its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionKey {
    /// The cohort's identifier.
    pub cohort: String,
    /// The planned day.
    pub date: Date,
    /// The planned start, in minutes after local midnight.
    pub start: u16,
}

/// What begins the subject of a journal entry about a session.
const SUBJECT: &str = "session:";

impl SessionKey {
    /// The session as the subject of a journal entry: `session:COHORT/2026-11-24/540`.
    pub fn subject(&self) -> String {
        format!("{SUBJECT}{}/{}/{}", self.cohort, self.date, self.start)
    }

    /// The session that a subject names.
    pub fn from_subject(subject: &str) -> Option<Self> {
        let mut parts = subject.strip_prefix(SUBJECT)?.rsplitn(3, '/');
        let (start, date, cohort) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { cohort: cohort.to_owned(), date: Date::parse(date)?, start: start.parse().ok()? })
    }
}

/// A session in the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSession {
    /// Its name.
    pub key: SessionKey,
    /// The day it takes place.
    pub date: Date,
    /// Start, in minutes after local midnight.
    pub start: u16,
    /// End, in minutes after local midnight.
    pub end: u16,
    /// Whether it takes place.
    pub state: SessionState,
    /// Why it was moved or called off.
    pub reason: Option<String>,
    /// How many students have a seat.
    pub students: u32,
    /// The marks so far.
    pub marks: MarkCounts,
    /// How many students have marks that contradict each other.
    pub conflicts: u32,
}

/// The cohort of a session with what names it on a screen, so that none needs the catalogue for it: that may not know the cohort yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionCohort {
    /// Identifier.
    pub id: String,
    /// The centre's identifier.
    pub centre: String,
    /// A short name that staff gave it.
    pub label: Option<String>,
    /// Weekly meetings, in order of weekday and time.
    pub slots: Vec<Slot>,
    /// Identifiers of the tracks on offer; one for a lab.
    pub tracks: Vec<String>,
}

impl StaffSession {
    /// The moment from which on it can be marked.
    pub fn marked_from(&self) -> Timestamp {
        marked_from(self.date, self.start)
    }
}

/// The answer of `GET /api/staff/sessions?from=&to=&centre=&cohort=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSessions {
    /// The server's clock.
    pub at: Timestamp,
    /// The sessions, in order of time.
    pub sessions: Vec<StaffSession>,
    /// The cohorts they are of, in the order of display.
    pub cohorts: Vec<SessionCohort>,
}

/// Body of `PUT /api/staff/sessions/{cohort}/{date}/{start}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionForm {
    /// The day it takes place.
    pub date: Date,
    /// Start, in minutes after local midnight.
    pub start: u16,
    /// End, in minutes after local midnight.
    pub end: u16,
    /// Whether it is called off; day and time are then as before.
    pub cancelled: bool,
    /// Why.
    pub reason: String,
}

/// How long before its beginning a session can be marked, in minutes: who comes early is marked at the door.
pub const EARLY_MINUTES: i64 = 15;

/// The moment from which on a session that begins at this time can be marked.
pub fn marked_from(date: Date, start: u16) -> Timestamp {
    Timestamp(Timestamp::of_local(date, start).0 - EARLY_MINUTES * 60_000)
}

/// A student in a roll call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollCallStudent {
    /// The registration.
    pub registration: String,
    /// Reference number of the application.
    pub reference: String,
    /// Journal entry that the receipt names: what a scanned receipt is recognised by.
    pub entry: u64,
    /// Surname.
    pub surname: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Identifiers of the chosen tracks.
    pub tracks: Vec<String>,
    /// Enrolled, or what it is now for somebody who has marks here.
    pub state: RegistrationState,
    /// Every mark of this session, in the order in which they came.
    pub marks: Vec<KeptMark>,
}

/// The answer of `GET /api/staff/sessions/{cohort}/{date}/{start}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollCall {
    /// The server's clock.
    pub at: Timestamp,
    /// The session.
    pub session: StaffSession,
    /// The cohort it is of.
    pub cohort: SessionCohort,
    /// The students, in no order: the screen sorts by the Kazakh alphabet.
    pub students: Vec<RollCallStudent>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_the_subject_of_its_entries() {
        let key = SessionKey { cohort: "a/b".into(), date: Date::parse("2026-11-24").expect("a day"), start: 540 };
        assert_eq!(key.subject(), "session:a/b/2026-11-24/540");
        assert_eq!(SessionKey::from_subject(&key.subject()), Some(key));
        assert_eq!(SessionKey::from_subject("export:a/2026-11-24/540"), None);
        assert_eq!(SessionKey::from_subject("session:a/2026-11-24"), None);
    }

    #[test]
    fn who_comes_a_quarter_of_an_hour_early_is_marked_at_the_door() {
        let date = Date::parse("2026-11-24").expect("a day");
        assert_eq!(marked_from(date, 540), Timestamp::of_local(date, 525));
        let eve = Date::parse("2026-11-23").expect("a day");
        assert_eq!(marked_from(date, 5), Timestamp::of_local(eve, 1430), "also over midnight");
    }
}
