//! What it means for a cohort's sessions that it gets other slots.

use super::Plan;
use crate::date::{Date, Timestamp};
use crate::schedule::{Session, Slot, sessions};

/// The way from one plan to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherSlots {
    /// The new slots hold from this day on.
    pub from: Date,
    /// What the old slots planned before it: kept as it was, for good.
    pub kept: Vec<Session>,
    /// What the old slots planned from then on and the new ones don't, or with another end.
    pub dropped: Vec<Session>,
    /// What only the new slots plan.
    pub added: Vec<Session>,
}

impl Plan {
    /// What follows from these slots at the moment `now`. They hold from today on, or from tomorrow on when the cohort has met today, or
    /// should have met by them: what has begun is past.
    pub fn other_slots(&self, slots: &[Slot], now: Timestamp) -> OtherSlots {
        let (today, minute) = (now.local_date(), now.local_minute());
        let met = self.sessions(|_| false).iter().any(|session| session.held.date == today && session.held.start <= minute);
        let late = slots.iter().any(|slot| slot.weekday == today.weekday() && slot.start <= minute);
        let from = if met || late { today.plus_days(1) } else { today }.max(self.from);
        let (kept, old): (Vec<Session>, Vec<Session>) = self.by_slots().into_iter().partition(|session| session.date < from);
        let new = sessions(slots, from, self.until);
        OtherSlots {
            from,
            kept,
            dropped: old.iter().filter(|session| !new.contains(session)).copied().collect(),
            added: new.into_iter().filter(|session| !old.contains(session)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Event, events};
    use crate::plan::tests::any_plan;
    use crate::plan::{ChangeState, SessionChange};
    use crate::testing::day;
    use proptest::prelude::*;

    const NINE: u16 = 540;

    fn slot(weekday: u8, start: u16) -> Slot {
        Slot { weekday, start, end: start + 120 }
    }

    /// Mondays at nine from 7 September 2026 on, a Monday.
    fn mondays() -> Plan {
        Plan { slots: vec![slot(1, NINE)], from: day("2026-09-07"), until: day("2026-09-27"), changes: vec![] }
    }

    fn days(sessions: &[Session]) -> Vec<u32> {
        sessions.iter().map(|session| session.date.day()).collect()
    }

    #[test]
    fn before_the_first_day_nothing_is_kept() {
        let change = mondays().other_slots(&[slot(2, NINE)], Timestamp::of_local(day("2026-08-20"), NINE));
        assert_eq!(change.from, day("2026-09-07"));
        assert_eq!(
            (days(&change.kept), days(&change.dropped), days(&change.added)),
            (vec![], vec![7, 14, 21], vec![8, 15, 22])
        );
    }

    #[test]
    fn other_slots_hold_from_today_on_while_nobody_has_met_today() {
        let at = |minute| mondays().other_slots(&[slot(2, NINE)], Timestamp::of_local(day("2026-09-14"), minute));
        let early = at(NINE - 1);
        assert_eq!((early.from, days(&early.kept), days(&early.dropped)), (day("2026-09-14"), vec![7], vec![14, 21]));
        let late = at(NINE);
        assert_eq!((late.from, days(&late.kept), days(&late.dropped)), (day("2026-09-15"), vec![7, 14], vec![21]));
    }

    #[test]
    fn nobody_should_have_met_already_by_slots_that_are_new() {
        let change = mondays().other_slots(&[slot(4, NINE)], Timestamp::of_local(day("2026-09-10"), NINE + 60));
        assert_eq!((change.from, days(&change.added)), (day("2026-09-11"), vec![17, 24]));
    }

    /// The plan after the change, as the store writes it.
    fn applied(plan: &Plan, slots: &[Slot], change: &OtherSlots) -> Plan {
        let mut changes = plan.changes.clone();
        let row = |session: &Session, dropped| SessionChange {
            date: session.date,
            start: session.start,
            state: ChangeState::Kept,
            held: *session,
            sequence: u32::from(dropped),
            dropped,
            reason: None,
        };
        for session in &change.kept {
            match changes.iter_mut().find(|known| known.is_of(*session)) {
                Some(known) => known.dropped = false,
                None => changes.push(row(session, false)),
            }
        }
        for session in &change.dropped {
            match changes.iter_mut().find(|known| known.is_of(*session)) {
                Some(known) if known.held.date >= change.from => (known.dropped, known.sequence) = (true, known.sequence + 1),
                Some(_) => {}
                None => changes.push(row(session, true)),
            }
        }
        for session in &change.added {
            if let Some(known) = changes.iter_mut().find(|known| known.is_of(*session)) {
                (known.dropped, known.sequence) = (false, known.sequence + 1);
            }
        }
        Plan { slots: slots.to_vec(), from: change.from, until: plan.until, changes }
    }

    proptest! {
        #[test]
        fn what_has_been_stays_and_calendars_learn_the_rest(
            plan in any_plan(), slots in any_plan().prop_map(|plan| plan.slots), today in 0u64..40, minute in 0u16..1440,
        ) {
            let now = Timestamp::of_local(day("2026-09-01").plus_days(today), minute);
            let after = applied(&plan, &slots, &plan.other_slots(&slots, now));
            let past = |plan: &Plan| {
                let all = plan.sessions(|_| false).into_iter();
                all.filter(|one| one.date < after.from && one.held.starts_at() <= now).collect::<Vec<_>>()
            };
            prop_assert_eq!(past(&plan), past(&after));

            let (told_before, told_after) = (events(&plan, &[]), events(&after, &[]));
            for event in told_before {
                let again: Vec<&Event> = told_after.iter().filter(|other| other.planned == event.planned).collect();
                prop_assert_eq!(again.len(), 1, "a calendar is told about every session it may have");
                let same = (again[0].held, again[0].cancelled) == (event.held, event.cancelled);
                prop_assert!(again[0].sequence > event.sequence || same && again[0].sequence == event.sequence);
            }
        }
    }
}
