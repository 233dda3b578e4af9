use super::*;
use crate::testing::day;
use proptest::prelude::*;
use std::collections::BTreeSet;

const NINE: u16 = 540;
const ELEVEN: u16 = 660;

/// Mondays and Wednesdays at nine, over the two weeks from Monday, 7 September 2026.
fn plan(changes: Vec<SessionChange>) -> Plan {
    let slots = [1, 3].map(|weekday| Slot { weekday, start: NINE, end: ELEVEN }).to_vec();
    Plan { slots, from: day("2026-09-07"), until: day("2026-09-20"), changes }
}

fn change(planned: &str, state: ChangeState, held: (&str, u16)) -> SessionChange {
    let held = Session { date: day(held.0), start: held.1, end: held.1 + 120 };
    SessionChange { date: day(planned), start: NINE, state, held, sequence: 1, dropped: false, reason: None }
}

/// Day of the month, start and state of each.
fn told(sessions: &[PlannedSession]) -> Vec<(u32, u16, SessionState)> {
    sessions.iter().map(|session| (session.held.date.day(), session.held.start, session.state)).collect()
}

#[test]
fn without_changes_the_slots_say_it_all() {
    let planned = [7, 9, 14, 16].map(|day| (day, NINE, SessionState::Planned));
    assert_eq!(told(&plan(vec![]).sessions(|_| false)), planned);
}

#[test]
fn a_moved_session_keeps_its_name_and_stands_at_its_new_time() {
    let moved = change("2026-09-09", ChangeState::Moved, ("2026-09-18", 600));
    let sessions = plan(vec![moved]).sessions(|_| false);
    let last = sessions.last().expect("four sessions");
    assert_eq!(sessions.len(), 4);
    assert_eq!((last.date, last.start, last.state), (day("2026-09-09"), NINE, SessionState::Moved));
    assert_eq!((last.held.date, last.held.start), (day("2026-09-18"), 600));
}

#[test]
fn a_session_called_off_stays_in_the_list() {
    let cancelled = change("2026-09-09", ChangeState::Cancelled, ("2026-09-09", NINE));
    let plan = plan(vec![cancelled]);
    assert_eq!(told(&plan.sessions(|_| false))[1], (9, NINE, SessionState::Cancelled));
    let first = |from, minute| {
        let from = Timestamp::of_local(day(from), minute);
        plan.first(from, |date| date == day("2026-09-07")).map(|session| session.date)
    };
    assert_eq!(first("2026-09-01", 0), Some(day("2026-09-14")));
    assert_eq!(first("2026-09-14", NINE), Some(day("2026-09-14")));
    assert_eq!(first("2026-09-14", NINE + 1), Some(day("2026-09-16")));
}

#[test]
fn a_closed_day_calls_off_what_would_be_held_on_it_and_nothing_else() {
    let plan = plan(vec![
        change("2026-09-07", ChangeState::Moved, ("2026-09-16", 700)),
        change("2026-09-14", ChangeState::Moved, ("2026-09-15", NINE)),
    ]);
    let closed = |date| [day("2026-09-14"), day("2026-09-16")].contains(&date);
    let states =
        [(9, SessionState::Planned), (15, SessionState::Moved), (16, SessionState::Closed), (16, SessionState::Closed)];
    let told: Vec<_> = told(&plan.sessions(closed)).into_iter().map(|(date, _, state)| (date, state)).collect();
    assert_eq!(told, states);
}

/// From Monday the 14th on the cohort meets on Tuesdays; its first week is kept.
fn moved_to_tuesdays() -> Plan {
    Plan {
        slots: vec![Slot { weekday: 2, start: NINE, end: ELEVEN }],
        from: day("2026-09-14"),
        until: day("2026-09-20"),
        changes: vec![
            change("2026-09-07", ChangeState::Kept, ("2026-09-07", NINE)),
            change("2026-09-09", ChangeState::Cancelled, ("2026-09-09", NINE)),
            SessionChange { dropped: true, ..change("2026-09-14", ChangeState::Kept, ("2026-09-14", NINE)) },
            // Held before the slots changed, though planned for after it.
            change("2026-09-16", ChangeState::Moved, ("2026-09-11", NINE)),
        ],
    }
}

#[test]
fn other_slots_leave_the_past_as_it_was() {
    let plan = moved_to_tuesdays();
    let states = [SessionState::Planned, SessionState::Cancelled, SessionState::Moved, SessionState::Planned];
    let expected: Vec<_> = [7, 9, 11, 15].into_iter().zip(states).map(|(day, state)| (day, NINE, state)).collect();
    assert_eq!(told(&plan.sessions(|_| false)), expected);
    let dropped: Vec<_> = plan.dropped().map(|change| change.date).collect();
    assert_eq!(dropped, [day("2026-09-14")]);
}

#[test]
fn slots_that_come_back_plan_again_what_was_dropped_with_their_own_end() {
    let longer = Slot { weekday: 1, start: NINE, end: ELEVEN + 30 };
    let plan = Plan { slots: vec![longer], ..moved_to_tuesdays() };
    let back = plan.sessions(|_| false).into_iter().find(|session| session.date == day("2026-09-14"));
    assert_eq!(back.map(|session| (session.held.end, session.state, session.sequence)), Some((690, SessionState::Planned, 1)));
    assert_eq!(plan.dropped().count(), 0);
}

#[test]
fn sessions_that_touch_do_not_clash_and_those_called_off_clash_with_nothing() {
    let at = |start| Session { date: day("2026-09-07"), start, end: start + 120 };
    let session = plan(vec![]).sessions(|_| false).remove(0);
    assert!(session.clashes(at(600)));
    assert!(!session.clashes(at(ELEVEN)));
    assert!(!PlannedSession { state: SessionState::Cancelled, ..session }.clashes(at(600)));
}

fn any_change() -> impl Strategy<Value = SessionChange> {
    let states = prop::sample::select(ChangeState::ALL);
    (0u64..30, prop::sample::select(vec![NINE, ELEVEN]), states, 0u64..30, 7u16..20, 0u32..5, any::<bool>()).prop_map(
        |(planned, start, state, held, hour, sequence, dropped)| {
            let first = day("2026-09-01");
            let (date, moved) = (first.plus_days(planned), first.plus_days(held));
            let held = match state {
                ChangeState::Moved => Session { date: moved, start: hour * 60, end: hour * 60 + 120 },
                ChangeState::Kept | ChangeState::Cancelled => Session { date, start, end: start + 120 },
            };
            SessionChange { date, start, state, held, sequence, dropped, reason: None }
        },
    )
}

pub(super) fn any_plan() -> impl Strategy<Value = Plan> {
    let slots = prop::collection::btree_set((1u8..=7, prop::sample::select(vec![NINE, ELEVEN])), 0..4);
    let changes = prop::collection::vec(any_change(), 0..8);
    (slots, changes, 0u64..30, 0u64..30).prop_map(|(slots, changes, from, span)| {
        let mut names = BTreeSet::new();
        let from = day("2026-09-01").plus_days(from);
        let mut plan = Plan {
            slots: slots.into_iter().map(|(weekday, start)| Slot { weekday, start, end: start + 120 }).collect(),
            from,
            until: from.plus_days(span),
            // A session is changed in one way at a time.
            changes: changes.into_iter().filter(|change| names.insert((change.date, change.start))).collect(),
        };
        // What the slots plan was taken up again when they came.
        let planned: Vec<bool> = plan.changes.iter().map(|change| plan.plans(change)).collect();
        plan.changes.iter_mut().zip(planned).for_each(|(change, planned)| change.dropped &= !planned);
        plan
    })
}

proptest! {
    #[test]
    fn every_session_is_told_once_in_order_and_every_change_counts_somewhere(plan in any_plan(), closed in 0u64..30) {
        let closed = day("2026-09-01").plus_days(closed);
        let sessions = plan.sessions(|date| date == closed);
        prop_assert!(sessions.is_sorted_by_key(|session| session.held));
        let names: BTreeSet<_> = sessions.iter().map(|session| (session.date, session.start)).collect();
        prop_assert_eq!(names.len(), sessions.len());
        for session in plan.by_slots() {
            prop_assert!(names.contains(&(session.date, session.start)));
        }
        let dropped: BTreeSet<_> = plan.dropped().map(|change| (change.date, change.start)).collect();
        for change in &plan.changes {
            let name = (change.date, change.start);
            prop_assert!(names.contains(&name) != dropped.contains(&name), "told, or dropped");
            let Some(session) = sessions.iter().find(|session| (session.date, session.start) == name) else { continue };
            prop_assert_eq!(session.sequence, change.sequence);
            prop_assert!(session.state == change.state.into() || session.state == SessionState::Closed);
        }
        for session in &sessions {
            prop_assert!(!session.takes_place() || session.held.date != closed);
            prop_assert!(session.state != SessionState::Closed || session.held.date == closed);
        }
    }

    #[test]
    fn what_other_slots_say_changes_nothing_before_they_hold(plan in any_plan(), slots in any_plan().prop_map(|plan| plan.slots)) {
        let before = |plan: &Plan| {
            let all = plan.sessions(|_| false).into_iter();
            all.filter(|session| session.date < plan.from).collect::<Vec<_>>()
        };
        let other = Plan { slots, ..plan.clone() };
        prop_assert_eq!(before(&plan), before(&other));
    }
}
