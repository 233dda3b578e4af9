//! Weekly slots, clashes, parts of the day, and the dated sessions they give.

use crate::date::{Date, Timestamp};
use crate::word::words;
use serde::{Deserialize, Serialize};

/// One weekly meeting of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slot {
    /// Day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
    pub weekday: u8,
    /// Start, in minutes after local midnight.
    pub start: u16,
    /// End, in minutes after local midnight; later than the start.
    pub end: u16,
}

impl Slot {
    /// Whether somebody would have to be in two places at once. Slots that touch don't.
    pub fn overlaps(self, other: Slot) -> bool {
        self.weekday == other.weekday && self.start < other.end && other.start < self.end
    }
}

/// Whether any slot of one schedule overlaps any of the other.
pub fn clash(one: &[Slot], other: &[Slot]) -> bool {
    one.iter().any(|slot| other.iter().any(|rival| slot.overlaps(*rival)))
}

words! {
    /// When in the week a cohort meets, as families think of it beside two school shifts.
    DayPart {
        /// On weekdays, starting before [`NOON`].
        Morning = "morning",
        /// On weekdays, starting at [`NOON`] or later.
        Afternoon = "afternoon",
        /// At least one meeting on a Saturday or Sunday.
        Saturday = "saturday",
    }
}

/// Where the morning ends, in minutes after midnight: the second school shift starts between 13:00 and 14:00.
pub const NOON: u16 = 13 * 60;

impl DayPart {
    /// The part of the week in which these slots lie.
    pub fn of(slots: &[Slot]) -> Self {
        if slots.iter().any(|slot| slot.weekday >= 6) {
            Self::Saturday
        } else if slots.iter().all(|slot| slot.start < NOON) {
            Self::Morning
        } else {
            Self::Afternoon
        }
    }
}

/// One dated meeting of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The day.
    pub date: Date,
    /// Start, in minutes after local midnight.
    pub start: u16,
    /// End, in minutes after local midnight.
    pub end: u16,
}

impl Session {
    /// The moment it starts.
    pub fn starts_at(self) -> Timestamp {
        Timestamp::of_local(self.date, self.start)
    }

    /// The moment it ends.
    pub fn ends_at(self) -> Timestamp {
        Timestamp::of_local(self.date, self.end)
    }
}

/// The sessions that weekly `slots` plan from `first` to `last`, both included, in order of time.
pub fn sessions(slots: &[Slot], first: Date, last: Date) -> Vec<Session> {
    let mut found: Vec<Session> = Vec::new();
    let mut date = first;
    while date <= last {
        for slot in slots.iter().filter(|slot| slot.weekday == date.weekday()) {
            let session = Session { date, start: slot.start, end: slot.end };
            let place = found.partition_point(|known| *known <= session);
            found.insert(place, session);
        }
        date = date.plus_days(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn slot(weekday: u8, start: u16, end: u16) -> Slot {
        Slot { weekday, start, end }
    }

    #[test]
    fn slots_that_touch_do_not_clash() {
        assert!(!slot(1, 540, 660).overlaps(slot(1, 660, 780)));
        assert!(slot(1, 540, 661).overlaps(slot(1, 660, 780)));
        assert!(!slot(1, 540, 660).overlaps(slot(2, 540, 660)));
    }

    #[test]
    fn parts_of_the_week() {
        assert_eq!(DayPart::of(&[slot(1, 540, 660), slot(3, 540, 660)]), DayPart::Morning);
        assert_eq!(DayPart::of(&[slot(1, 540, 660), slot(3, NOON, 900)]), DayPart::Afternoon);
        assert_eq!(DayPart::of(&[slot(6, 540, 660), slot(3, 900, 1020)]), DayPart::Saturday);
    }

    fn any_slot() -> impl Strategy<Value = Slot> {
        (1u8..=7, 0u16..1380, 1u16..60).prop_map(|(weekday, start, length)| slot(weekday, start, start + length))
    }

    proptest! {
        #[test]
        fn a_clash_is_a_shared_minute(one in any_slot(), other in any_slot()) {
            let shared = one.weekday == other.weekday && (one.start..one.end).any(|m| (other.start..other.end).contains(&m));
            prop_assert_eq!(one.overlaps(other), shared);
            prop_assert_eq!(one.overlaps(other), other.overlaps(one));
            prop_assert!(one.overlaps(one));
        }

        #[test]
        fn sessions_come_in_order_and_on_their_weekdays(slots in prop::collection::vec(any_slot(), 0..4), span in 0u64..60) {
            let first = Date::new(2026, 1, 1).expect("a day");
            let found = sessions(&slots, first, first.plus_days(span));
            prop_assert!(found.is_sorted());
            prop_assert!(found.iter().all(|s| slots.iter().any(|slot| slot.weekday == s.date.weekday() && slot.start == s.start)));
            let expected: usize = (0..=span).map(|d| slots.iter().filter(|s| s.weekday == first.plus_days(d).weekday()).count()).sum();
            prop_assert_eq!(found.len(), expected);
        }
    }
}
