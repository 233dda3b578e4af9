//! What a family chooses from: centres, tracks, cohorts and the terms of the intake. All of it is data; none of it is code.

use crate::date::{Date, Timestamp};
use crate::language::Localized;
use crate::schedule::{DayPart, Session, Slot};
use serde::{Deserialize, Serialize};

/// The published copy of everything that changes rarely: the answer of `GET /api/catalogue`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalogue {
    /// The intake families can register for now, or the next one, or the last one.
    pub intake: Intake,
    /// Centres, in the order of display.
    pub centres: Vec<Centre>,
    /// Tracks, in the order of display.
    pub tracks: Vec<Track>,
    /// Cohorts of the intake, in the order of display.
    pub cohorts: Vec<Cohort>,
    /// The consent text in force.
    pub consent: ConsentText,
}

/// A registration period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Intake {
    /// Identifier.
    pub id: String,
    /// What it is called.
    pub name: Localized,
    /// The moment from which applications are taken.
    pub opens_at: Timestamp,
    /// The moment from which they are no longer taken.
    pub closes_at: Timestamp,
    /// The least age, in whole years on the first session date.
    pub min_age: u8,
    /// The greatest age, in whole years on the first session date.
    pub max_age: u8,
    /// First day with sessions.
    pub first_session_on: Date,
    /// Last day with sessions.
    pub last_session_on: Date,
    /// How many students the programme wants to reach in a year, over all centres.
    pub seat_target: u32,
    /// For how many hours an offered seat is held.
    pub offer_hours: u32,
    /// To which place of the waiting list an unanswered offer returns, once.
    pub return_place: u32,
    /// How many seats may go to those behind a party of brothers and sisters before seats are kept for it.
    pub overtakes_max: u32,
}

/// Whether applications are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not yet.
    NotOpenYet,
    /// Now.
    Open,
    /// No longer.
    Closed,
}

impl Intake {
    /// Whether applications are taken at the moment `now`. The opening moment belongs to the open time, the closing one doesn't.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if now < self.opens_at {
            Phase::NotOpenYet
        } else if now < self.closes_at {
            Phase::Open
        } else {
            Phase::Closed
        }
    }
}

/// A place where TUMO meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Centre {
    /// Identifier.
    pub id: String,
    /// What it is called.
    pub name: Localized,
    /// The city.
    pub city: Localized,
    /// Where it is.
    pub address: Localized,
    /// Whether the address may still change.
    pub provisional: bool,
}

/// A learning area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Track {
    /// Identifier; the drawing of the track bears the same name.
    pub id: String,
    /// What it is called.
    pub name: Localized,
    /// What one does there, in a sentence.
    pub summary: Localized,
}

/// A centre, an intake, fixed weekly slots, seats and the tracks on offer. The seat belongs to the cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cohort {
    /// Identifier.
    pub id: String,
    /// The centre's identifier.
    pub centre: String,
    /// Weekly meetings, in order of weekday and time.
    pub slots: Vec<Slot>,
    /// Identifiers of the tracks on offer; one for a lab.
    pub tracks: Vec<String>,
    /// Whether newcomers are no longer taken.
    pub closed: bool,
    /// The first session that takes place from now on, which is the first one of who registers now; none when there is none soon, or
    /// the intake has no day left.
    pub first_session: Option<Session>,
}

impl Cohort {
    /// Whether every one of `tracks` is on offer to newcomers.
    pub fn offers(&self, tracks: &[String]) -> bool {
        !self.closed && tracks.iter().all(|track| self.tracks.contains(track))
    }

    /// When in the week it meets.
    pub fn day_part(&self) -> DayPart {
        DayPart::of(&self.slots)
    }
}

/// A version of the text by which personal data may be used (Law of 21 May 2013 No 94-V, art. 8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentText {
    /// Version, stored with every consent.
    pub version: String,
    /// Who uses which data for how long: paragraphs, one a line.
    pub body: Localized,
    /// The purposes, each consented to by itself.
    pub purposes: Vec<Purpose>,
}

/// One purpose of the consent text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Purpose {
    /// Identifier.
    pub id: String,
    /// Whether there is no enrolment without it.
    pub required: bool,
    /// What is consented to.
    pub text: Localized,
}

impl Catalogue {
    /// The cohort with this identifier.
    pub fn cohort(&self, id: &str) -> Option<&Cohort> {
        self.cohorts.iter().find(|cohort| cohort.id == id)
    }

    /// The centre with this identifier.
    pub fn centre(&self, id: &str) -> Option<&Centre> {
        self.centres.iter().find(|centre| centre.id == id)
    }

    /// The same, as it holds for staff who add somebody by hand: a closed cohort takes them too.
    #[must_use]
    pub fn for_staff(&self) -> Self {
        let mut catalogue = self.clone();
        catalogue.cohorts.iter_mut().for_each(|cohort| cohort.closed = false);
        catalogue
    }

    /// The track with this identifier.
    pub fn track(&self, id: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }
}

/// The seats of one cohort at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CohortSeats {
    /// The cohort's identifier.
    pub id: String,
    /// Seats in all.
    pub seats: u32,
    /// Seats enrolled or held.
    pub taken: u32,
    /// Length of the waiting list.
    pub waiting: u32,
    /// How waiting here has gone so far.
    pub odds: Odds,
}

/// How waiting for a cohort has gone so far in this intake: its own history, no forecast.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Odds {
    /// How many have ever joined the waiting list.
    pub waited: u32,
    /// How many of them were given or offered a seat.
    pub seated: u32,
}

impl CohortSeats {
    /// Seats a newcomer can have now. While anyone waits there are none: a freed seat goes to the list, never to whoever
    /// happens to look.
    pub fn open(&self) -> u32 {
        if self.waiting > 0 { 0 } else { self.seats.saturating_sub(self.taken) }
    }
}

/// The answer of `GET /api/cohorts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveSeats {
    /// The moment of the count.
    pub at: Timestamp,
    /// The cohorts asked for, in the order of display.
    pub cohorts: Vec<CohortSeats>,
}

impl LiveSeats {
    /// The seats of one cohort.
    pub fn of(&self, cohort: &str) -> Option<&CohortSeats> {
        self.cohorts.iter().find(|seats| seats.id == cohort)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_freed_seat_is_not_open_while_somebody_waits() {
        let seats = |taken, waiting| CohortSeats { id: "c".into(), seats: 20, taken, waiting, odds: Odds::default() }.open();
        assert_eq!(seats(5, 0), 15);
        assert_eq!(seats(20, 0), 0);
        assert_eq!(seats(19, 3), 0);
    }
}
