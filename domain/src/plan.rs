//! The dated sessions of a cohort: what its weekly slots plan, what staff have changed about single sessions, and the days on which its
//! centre is closed. One rule for the console, the private page, the calendar file, the roll call and the exports.

mod other_slots;

use crate::date::{Date, Timestamp};
use crate::schedule::{Session, Slot, sessions};
use crate::staff::attendance::SessionState;
use crate::word::words;
use serde::{Deserialize, Serialize};

pub use other_slots::OtherSlots;

words! {
    /// What a change says about a session.
    ChangeState {
        /// It takes place as it was planned, also if by slots that hold no more.
        Kept = "kept",
        /// It takes place at another time.
        Moved = "moved",
        /// It is called off.
        Cancelled = "cancelled",
    }
}

/// A session about which more is known than the slots say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionChange {
    /// The planned day.
    pub date: Date,
    /// The planned start, in minutes after local midnight.
    pub start: u16,
    /// What is known.
    pub state: ChangeState,
    /// When it takes place, or would have.
    pub held: Session,
    /// How often it was changed.
    pub sequence: u32,
    /// Whether other slots took its place before it came; without meaning while the slots plan it again.
    pub dropped: bool,
    /// Why.
    pub reason: Option<String>,
}

/// Everything from which the sessions of a cohort follow, but the closed days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Weekly meetings.
    pub slots: Vec<Slot>,
    /// From this day on the slots plan; what was before it is among the changes.
    pub from: Date,
    /// The last day they plan.
    pub until: Date,
    /// Changes.
    pub changes: Vec<SessionChange>,
}

/// How many days ahead a first session is looked for: longer than any holiday, shorter than a year.
pub const FIRST_SESSION_WITHIN_DAYS: u64 = 60;

/// A session as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSession {
    /// The planned day: with the planned start its name for good.
    pub date: Date,
    /// The planned start, in minutes after local midnight.
    pub start: u16,
    /// When it takes place, or would have.
    pub held: Session,
    /// Whether it takes place.
    pub state: SessionState,
    /// How often it was changed.
    pub sequence: u32,
    /// Why it was moved or called off.
    pub reason: Option<String>,
}

impl Plan {
    /// Every session, those that don't take place included, in order of time.
    pub fn sessions(&self, is_closed: impl Fn(Date) -> bool) -> Vec<PlannedSession> {
        let planned = self.by_slots().into_iter().map(|session| {
            let change = self.changes.iter().find(|change| change.is_of(session));
            PlannedSession {
                date: session.date,
                start: session.start,
                // A session that is only kept goes with the slots, which may say another end by now.
                held: change.filter(|change| change.state != ChangeState::Kept).map_or(session, |change| change.held),
                state: change.map_or(SessionState::Planned, |change| change.state.into()),
                sequence: change.map_or(0, |change| change.sequence),
                reason: change.and_then(|change| change.reason.clone()),
            }
        });
        let known = self.changes.iter().filter(|change| !self.plans(change) && !change.dropped).map(PlannedSession::of);
        let mut all: Vec<PlannedSession> = planned.chain(known).collect();
        for session in all.iter_mut().filter(|session| session.takes_place() && is_closed(session.held.date)) {
            session.state = SessionState::Closed;
        }
        all.sort_by_key(|session| (session.held, session.date, session.start));
        all
    }

    /// Sessions that will not be, as other slots took their place: a calendar that has them must let them go.
    pub fn dropped(&self) -> impl Iterator<Item = &SessionChange> {
        self.changes.iter().filter(|change| change.dropped && !self.plans(change))
    }

    /// The first session that takes place and starts at this moment or later.
    pub fn first(&self, from: Timestamp, is_closed: impl Fn(Date) -> bool) -> Option<Session> {
        let held = self.sessions(is_closed).into_iter().filter(PlannedSession::takes_place).map(|session| session.held);
        held.into_iter().find(|session| session.starts_at() >= from)
    }

    /// What the slots plan.
    pub fn by_slots(&self) -> Vec<Session> {
        sessions(&self.slots, self.from, self.until)
    }

    fn plans(&self, change: &SessionChange) -> bool {
        let span = self.from..=self.until;
        let planned = |slot: &Slot| slot.weekday == change.date.weekday() && slot.start == change.start;
        span.contains(&change.date) && self.slots.iter().any(planned)
    }
}

impl SessionChange {
    fn is_of(&self, session: Session) -> bool {
        (self.date, self.start) == (session.date, session.start)
    }
}

impl From<ChangeState> for SessionState {
    fn from(state: ChangeState) -> Self {
        match state {
            ChangeState::Kept => Self::Planned,
            ChangeState::Moved => Self::Moved,
            ChangeState::Cancelled => Self::Cancelled,
        }
    }
}

impl PlannedSession {
    fn of(change: &SessionChange) -> Self {
        Self {
            date: change.date,
            start: change.start,
            held: change.held,
            state: change.state.into(),
            sequence: change.sequence,
            reason: change.reason.clone(),
        }
    }

    /// Whether it takes place.
    pub const fn takes_place(&self) -> bool {
        self.state.takes_place()
    }

    /// Whether it can't be at this time beside this one. Sessions that touch don't clash.
    pub fn clashes(&self, other: Session) -> bool {
        let held = self.held;
        self.takes_place() && held.date == other.date && held.start < other.end && other.start < held.end
    }
}

#[cfg(test)]
mod tests;
