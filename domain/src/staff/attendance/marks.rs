//! Marks: what phones make, what is kept of them, and which of them counts.
//!
//! A mark is never overwritten: a correction is another mark that names the one it replaces. Marks made apart, on two phones or without
//! network, are merged by [`standing`] and [`in_conflict`], the same on the phone and on the server.

use super::SessionKey;
use crate::date::Timestamp;
use crate::error::FaultCode;
use crate::name::{disturbs, says_nothing};
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// What a mark says. Who has no mark is not marked, which is never absent.
    MarkStatus {
        /// There from the beginning.
        Present = "present",
        /// There, but late.
        Late = "late",
        /// Away with a reason.
        Excused = "excused",
        /// Away.
        Absent = "absent",
        /// An earlier mark is taken back: not marked.
        Cleared = "cleared",
    }
}

/// The longest time somebody is late, in minutes.
pub const LATE_MAX: u16 = 240;

/// The longest reason of an excuse, in characters.
pub const EXCUSE_MAX: usize = 120;

/// The most marks one request takes.
pub const MARKS_MAX: usize = 400;

/// How far a mark's time may lie back, in days: longer than any phone stays without network.
pub const MARKED_WITHIN_DAYS: i64 = 14;

/// A mark as the phone makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    /// Drawn by the phone (a ULID): the same mark sent twice is one.
    pub id: String,
    /// The session.
    pub session: SessionKey,
    /// The registration.
    pub registration: String,
    /// What it says.
    pub status: MarkStatus,
    /// How late, for [`MarkStatus::Late`]; none otherwise.
    pub minutes: Option<u16>,
    /// Why, for [`MarkStatus::Excused`]; empty otherwise.
    pub reason: String,
    /// When it was made, by the phone's clock set right by the server's.
    pub marked_at: Timestamp,
    /// The mark it replaces; none when the student was not marked. Where several are [open], one mark is made for each.
    pub instead_of: Option<String>,
}

impl Mark {
    /// What is wrong with it by itself.
    ///
    /// # Errors
    /// The field and its fault.
    pub fn check(&self) -> Result<(), (&'static str, FaultCode)> {
        let id_is_plain = self.id.len() == 26 && self.id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        match (self.status, self.minutes) {
            _ if !id_is_plain => Err(("id", FaultCode::WrongType)),
            _ if self.instead_of.as_ref() == Some(&self.id) => Err(("instead_of", FaultCode::OutOfRange)),
            (MarkStatus::Late, None) => Err(("minutes", FaultCode::Required)),
            (MarkStatus::Late, Some(minutes)) if minutes == 0 || minutes > LATE_MAX => Err(("minutes", FaultCode::OutOfRange)),
            (MarkStatus::Late, Some(_)) | (_, None) => self.check_reason(),
            (_, Some(_)) => Err(("minutes", FaultCode::OutOfRange)),
        }
    }

    /// When it was made as the server believes it: not later than `now`, and not before the oldest that a phone can still have.
    pub fn made_at(&self, now: Timestamp) -> Timestamp {
        self.marked_at.clamp(Timestamp(now.0 - MARKED_WITHIN_DAYS * 24 * 3_600_000), now)
    }

    fn check_reason(&self) -> Result<(), (&'static str, FaultCode)> {
        let reason = self.reason.trim();
        if self.status == MarkStatus::Excused && says_nothing(reason) {
            Err(("reason", FaultCode::Required))
        } else if self.status != MarkStatus::Excused && !reason.is_empty() {
            Err(("reason", FaultCode::OutOfRange))
        } else if reason.chars().count() > EXCUSE_MAX {
            Err(("reason", FaultCode::TooLong))
        } else if reason.chars().any(disturbs) {
            Err(("reason", FaultCode::LineCharacters))
        } else {
            Ok(())
        }
    }
}

/// A mark as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptMark {
    /// Its identifier.
    pub id: String,
    /// What it says.
    pub status: MarkStatus,
    /// How late.
    pub minutes: Option<u16>,
    /// Why.
    pub reason: Option<String>,
    /// Who made it: a name.
    pub marked_by: String,
    /// When it was made.
    pub marked_at: Timestamp,
    /// The mark it replaces.
    pub instead_of: Option<String>,
}

/// The marks of one student and session that no other one replaces. There is more than one when phones that didn't know of each other
/// marked the same student: the next mark has to replace each of them.
pub fn open(marks: &[KeptMark]) -> Vec<&KeptMark> {
    marks.iter().filter(|mark| is_open(mark, marks)).collect()
}

fn is_open(mark: &KeptMark, among: &[KeptMark]) -> bool {
    among.iter().all(|other| other.instead_of.as_ref() != Some(&mark.id))
}

/// The mark that counts: of those that are [open] the one made last, of the same moment the one with the greater identifier. It hangs on
/// the marks alone and not on the order in which they came, so everybody who has the same marks says the same.
pub fn standing(marks: &[KeptMark]) -> Option<&KeptMark> {
    // Marks that replace each other in a circle are no phone's; of those, too, the last one counts.
    marks.iter().max_by_key(|mark| (is_open(mark, marks), mark.marked_at, &mark.id))
}

/// Whether [open] marks say different things: two phones disagree, and nobody who knew of both has decided since.
pub fn in_conflict(marks: &[KeptMark]) -> bool {
    let says = |mark: &KeptMark| (mark.status, mark.minutes);
    let open = open(marks);
    open.first().is_some_and(|first| open.iter().any(|mark| says(mark) != says(first)))
}

/// Body of `POST /api/staff/marks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarksForm {
    /// The identifier of the member who made them. On a phone that several use, those of one aren't sent as another one's.
    pub member: String,
    /// The marks, at most [`MARKS_MAX`].
    pub marks: Vec<Mark>,
}

/// A mark that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedMark {
    /// Its identifier.
    pub id: String,
    /// Why: the phone keeps it and says so.
    pub code: FaultCode,
}

/// The answer of `POST /api/staff/marks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarksAnswer {
    /// Identifiers of those that are kept now, or were before.
    pub kept: Vec<String>,
    /// Those that were not taken.
    pub refused: Vec<RefusedMark>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use proptest::prelude::*;

    fn mark(id: &str, at: i64, status: MarkStatus, instead_of: Option<&str>) -> KeptMark {
        KeptMark {
            id: id.into(),
            status,
            minutes: None,
            reason: None,
            marked_by: "T".into(),
            marked_at: Timestamp(at),
            instead_of: instead_of.map(Into::into),
        }
    }

    #[test]
    fn the_later_mark_counts_whatever_came_first() {
        let early = mark("B", 1, MarkStatus::Absent, None);
        let late = mark("A", 2, MarkStatus::Present, None);
        assert_eq!(standing(&[late.clone(), early.clone()]).map(|mark| mark.id.as_str()), Some("A"));
        assert_eq!(standing(&[early, late]).map(|mark| mark.id.as_str()), Some("A"));
        assert_eq!(standing(&[]), None);
    }

    #[test]
    fn two_phones_that_disagree_are_a_conflict_until_somebody_who_knows_of_both_decides() {
        let one = mark("A", 1, MarkStatus::Absent, None);
        let other = mark("B", 2, MarkStatus::Present, None);
        assert!(in_conflict(&[one.clone(), other.clone()]));
        assert!(!in_conflict(&[one.clone(), mark("B", 2, MarkStatus::Absent, None)]));
        // The first phone corrects itself and still doesn't know of the other one.
        let corrected = mark("C", 3, MarkStatus::Late, Some("A"));
        assert!(in_conflict(&[one.clone(), other.clone(), corrected.clone()]));
        let decided = [mark("D", 4, MarkStatus::Present, Some("B")), mark("E", 4, MarkStatus::Present, Some("C"))];
        let all = [&[one, other, corrected], &decided[..]].concat();
        assert!(!in_conflict(&all));
        assert_eq!(standing(&all).map(|mark| mark.id.as_str()), Some("E"));
    }

    #[test]
    fn a_correction_counts_also_when_the_clock_was_set_back_before_it() {
        let marks = [mark("B", 9, MarkStatus::Absent, None), mark("A", 3, MarkStatus::Present, Some("B"))];
        assert_eq!(standing(&marks).map(|mark| mark.id.as_str()), Some("A"));
        assert!(!in_conflict(&marks));
    }

    #[test]
    fn no_phone_dates_a_mark_into_the_future_or_far_back() {
        let now = Timestamp(1_795_406_400_000);
        let made_at = |at| Mark { marked_at: Timestamp(at), ..plain() }.made_at(now);
        assert_eq!(made_at(now.0 + 1), now);
        assert_eq!(made_at(now.0 - 1), Timestamp(now.0 - 1));
        assert_eq!(made_at(0), Timestamp(now.0 - 14 * 24 * 3_600_000));
    }

    fn plain() -> Mark {
        Mark {
            id: "01ARZ3NDEKTSV4RRFFQ69G5FAV".into(),
            session: SessionKey { cohort: "c".into(), date: Date::parse("2026-11-24").expect("a day"), start: 540 },
            registration: "r".into(),
            status: MarkStatus::Present,
            minutes: None,
            reason: String::new(),
            marked_at: Timestamp(0),
            instead_of: None,
        }
    }

    #[test]
    fn a_mark_says_what_its_status_needs_and_nothing_else() {
        let mark = |status, minutes, reason: &str| Mark { status, minutes, reason: reason.into(), ..plain() };
        assert_eq!(mark(MarkStatus::Present, None, "").check(), Ok(()));
        assert_eq!(mark(MarkStatus::Late, None, "").check(), Err(("minutes", FaultCode::Required)));
        assert_eq!(mark(MarkStatus::Late, Some(0), "").check(), Err(("minutes", FaultCode::OutOfRange)));
        assert_eq!(mark(MarkStatus::Late, Some(15), "").check(), Ok(()));
        assert_eq!(mark(MarkStatus::Absent, Some(15), "").check(), Err(("minutes", FaultCode::OutOfRange)));
        assert_eq!(mark(MarkStatus::Excused, None, " ").check(), Err(("reason", FaultCode::Required)));
        assert_eq!(mark(MarkStatus::Excused, None, "\u{200b}").check(), Err(("reason", FaultCode::Required)));
        assert_eq!(mark(MarkStatus::Excused, None, "олимпиада").check(), Ok(()));
        assert_eq!(mark(MarkStatus::Absent, None, "why").check(), Err(("reason", FaultCode::OutOfRange)));
        assert_eq!(Mark { id: "x".into(), ..mark(MarkStatus::Absent, None, "") }.check(), Err(("id", FaultCode::WrongType)));
        let itself = Mark { instead_of: Some("01ARZ3NDEKTSV4RRFFQ69G5FAV".into()), ..mark(MarkStatus::Absent, None, "") };
        assert_eq!(itself.check(), Err(("instead_of", FaultCode::OutOfRange)));
    }

    /// Marks of one student as several phones can make them: each replaces one of those made before, or none.
    fn any_marks() -> impl Strategy<Value = Vec<KeptMark>> {
        let one = (0..MarkStatus::ALL.len(), prop::option::of(0usize..8), 0i64..6);
        prop::collection::vec(one, 0..8).prop_map(|drawn| {
            let made = drawn.into_iter().enumerate().map(|(place, (status, instead_of, at))| {
                let instead_of = instead_of.filter(|other| *other < place).map(|other| format!("M{other}"));
                mark(&format!("M{place}"), at, MarkStatus::ALL[status], instead_of.as_deref())
            });
            made.collect()
        })
    }

    proptest! {
        #[test]
        fn in_whatever_order_marks_come_they_say_the_same(
            (marks, shuffled) in any_marks().prop_flat_map(|marks| (Just(marks.clone()), Just(marks).prop_shuffle())),
        ) {
            prop_assert_eq!(standing(&marks), standing(&shuffled));
            prop_assert_eq!(in_conflict(&marks), in_conflict(&shuffled));
        }

        #[test]
        fn whoever_knows_all_marks_decides(marks in any_marks(), status in 0..MarkStatus::ALL.len()) {
            let mut after = marks.clone();
            let made = open(&marks).into_iter().map(|known| Some(known.id.clone()));
            let made: Vec<_> = if marks.is_empty() { vec![None] } else { made.collect() };
            for (place, instead_of) in made.into_iter().enumerate() {
                // Whatever the clock says.
                after.push(mark(&format!("N{place}"), -1, MarkStatus::ALL[status], instead_of.as_deref()));
            }
            prop_assert!(!in_conflict(&after));
            prop_assert_eq!(standing(&after).map(|mark| mark.status), Some(MarkStatus::ALL[status]));
        }
    }
}
