use super::*;
use crate::store::capacity::sessions::Within;
use crate::store::capacity::{closed_days, sessions};
use crate::store::plans;
use domain::calendar::{Event, events};
use domain::date::Timestamp;
use domain::language::Localized;
use domain::staff::attendance::{SessionForm, SessionKey, SessionState, StaffSession};
use domain::staff::cohort::{ClosedDayForm, MarkCounts};
use serde_json::json;

fn key(date: &str) -> SessionKey {
    SessionKey { cohort: COHORT.into(), date: day(date), start: 540 }
}

fn at(date: &str, start: u16) -> SessionForm {
    SessionForm { date: day(date), start, end: start + 120, cancelled: false, reason: "why".into() }
}

fn off(date: &str) -> SessionForm {
    SessionForm { cancelled: true, ..at(date, 540) }
}

async fn change(stage: &Stage, date: &str, form: SessionForm) -> Result<Acted, Refusal> {
    sessions::change(stage, &key(date), &form, &astana(), act(stage)).await
}

async fn of_week(stage: &Stage, monday: &str) -> Vec<StaffSession> {
    let monday = day(monday);
    sessions::within(stage, monday..=monday.plus_days(6), Some(COHORT), &astana()).await.expect("sessions").sessions
}

fn told(sessions: &[StaffSession]) -> Vec<(u32, u16, SessionState)> {
    sessions.iter().map(|session| (session.date.day(), session.start, session.state)).collect()
}

async fn event(stage: &Stage, planned: &str) -> Event {
    let plans::CohortPlan { plan, days } = plans::of_cohort(stage, COHORT).await.expect("a plan");
    let planned = Timestamp::of_local(day(planned), 540);
    events(&plan, &days).into_iter().find(|event| event.planned == planned).expect("an event")
}

#[tokio::test]
async fn sessions_of_a_span_come_with_their_numbers() {
    let stage = stage().await;
    families(&stage, &["a", "b"]).await;
    marked(&stage, "a", "2026-11-23", 540).await;
    let week = of_week(&stage, "2026-11-23").await;
    assert_eq!(told(&week), [(23, 540, SessionState::Planned), (25, 540, SessionState::Planned)]);
    assert_eq!((week[0].students, week[0].marks), (1, MarkCounts { present: 1, ..MarkCounts::default() }));
    assert_eq!(week[1].marks, MarkCounts::default());
    let all = sessions::within(&stage, day("2026-11-23")..=day("2026-11-23"), None, &astana()).await.expect("sessions");
    let Within { sessions: all, cohorts } = all;
    assert!(all.len() > 5 && all.iter().all(|session| session.key.cohort.starts_with("astana-")));
    assert!(all.is_sorted_by_key(|session| session.start));
    let named = |session: &StaffSession| cohorts.iter().any(|cohort| cohort.id == session.key.cohort);
    assert!(all.iter().all(named) && cohorts.len() == all.len(), "the cohorts of that day alone, each once");
    let own = cohorts.iter().find(|cohort| cohort.id == COHORT).expect("its cohort");
    assert_eq!((own.centre.as_str(), own.slots.len(), own.tracks.is_empty()), ("astana", 2, false));
    let none = sessions::within(&stage, day("2027-01-01")..=day("2027-01-31"), None, &astana()).await;
    assert_eq!(none.map(|none| (none.sessions, none.cohorts)), Ok((vec![], vec![])));
}

#[tokio::test]
async fn a_session_moves_to_another_week_keeps_its_marks_and_comes_back() {
    let stage = stage().await;
    families(&stage, &["a"]).await;
    marked(&stage, "a", "2026-11-25", 540).await;
    let moved = change(&stage, "2026-11-25", at("2026-12-03", 600)).await.expect("moved");
    assert_eq!(told(&of_week(&stage, "2026-11-23").await), [(23, 540, SessionState::Planned)]);
    let there = of_week(&stage, "2026-11-30").await;
    assert_eq!(there.len(), 3);
    let last = &there[2];
    assert_eq!(
        (last.key.clone(), last.state, last.reason.as_deref()),
        (key("2026-11-25"), SessionState::Moved, Some("a reason"))
    );
    assert_eq!(last.marks.present, 1);
    let now = event(&stage, "2026-11-25").await;
    assert_eq!((now.held.date, now.held.start, now.sequence, now.cancelled), (day("2026-12-03"), 600, 1, false));

    let told_of = last_entry(&stage).await;
    assert_eq!(told_of["subject"], json!(format!("session:{COHORT}/2026-11-25/540")));
    assert_eq!(told_of["details"]["before"]["held"]["date"], json!("2026-11-25"));
    let back = change(&stage, "2026-11-25", at("2026-11-25", 540)).await;
    entry(back);
    assert_eq!(told(&of_week(&stage, "2026-11-23").await).len(), 2);
    assert_eq!(event(&stage, "2026-11-25").await.sequence, 2);
    assert_eq!(code(sessions::undo(&stage, moved.entry, &astana(), act(&stage)).await), ErrorCode::NotUndoable);
}

#[tokio::test]
async fn a_session_goes_nowhere_where_another_one_is_or_nobody_can_meet() {
    let stage = stage().await;
    let fault = |field: &str, code| vec![(field.to_owned(), code)];
    let faulty = async |form| faults(change(&stage, "2026-11-25", form).await);
    assert_eq!(faulty(at("2026-11-30", 600)).await, fault("start", FaultCode::Clash));
    assert_eq!(faulty(at("2026-12-20", 600)).await, fault("date", FaultCode::OutOfRange));
    assert_eq!(faulty(at("2026-11-26", 1300)).await, fault("start", FaultCode::OutOfRange));
    assert_eq!(code(change(&stage, "2026-11-25", at("2026-11-25", 540)).await), ErrorCode::WrongState);
    assert_eq!(code(change(&stage, "2026-11-26", at("2026-11-27", 540)).await), ErrorCode::Unknown);
    let elsewhere = sessions::change(&stage, &key("2026-11-25"), &off("2026-11-25"), &almaty(), act(&stage)).await;
    assert_eq!(code(elsewhere), ErrorCode::Unknown);
}

#[tokio::test]
async fn a_session_is_called_off_unless_it_has_marks() {
    let stage = stage().await;
    families(&stage, &["a"]).await;
    marked(&stage, "a", "2026-11-23", 540).await;
    assert_eq!(code(change(&stage, "2026-11-23", off("2026-11-23")).await), ErrorCode::WrongState);
    let acted = entry(change(&stage, "2026-11-25", off("2026-11-25")).await);
    assert_eq!(told(&of_week(&stage, "2026-11-23").await)[1], (25, 540, SessionState::Cancelled));
    let now = event(&stage, "2026-11-25").await;
    assert_eq!((now.sequence, now.cancelled), (1, true));

    entry(sessions::undo(&stage, acted, &astana(), act(&stage)).await);
    let now = event(&stage, "2026-11-25").await;
    assert_eq!((now.sequence, now.cancelled), (2, false));
    assert_eq!(last_entry(&stage).await["undoes"], json!(acted));
}

#[tokio::test]
async fn a_change_is_not_taken_back_into_another_sessions_time() {
    let stage = stage().await;
    let first = entry(change(&stage, "2026-11-25", at("2026-11-26", 540)).await);
    entry(change(&stage, "2026-11-30", at("2026-11-25", 600)).await);
    assert_eq!(code(sessions::undo(&stage, first, &astana(), act(&stage)).await), ErrorCode::NotUndoable);
}

#[tokio::test]
async fn the_number_in_the_calendar_only_grows_whatever_happens_to_session_and_day() {
    let stage = stage().await;
    let reason = Localized { kk: "a".into(), ru: "b".into(), en: "c".into() };
    let close = async |date: &str| {
        let form = ClosedDayForm { date: day(date), centre: None, reason: reason.clone() };
        entry(closed_days::add(&stage, form, &Scope::of(None), act(&stage)).await)
    };
    let mut last = 0;
    let mut grown = async |cancelled: bool| {
        let now = event(&stage, "2026-11-25").await;
        assert!(now.sequence > last, "{} after {last}", now.sequence);
        assert_eq!(now.cancelled, cancelled);
        last = now.sequence;
    };
    close("2026-11-25").await;
    grown(true).await;
    // Out of the closed day, into one that is closed later, and out of that.
    entry(change(&stage, "2026-11-25", at("2026-11-26", 540)).await);
    grown(false).await;
    close("2026-11-26").await;
    grown(true).await;
    entry(change(&stage, "2026-11-25", at("2026-11-27", 540)).await);
    grown(false).await;
    // Back to the plan, on a day that is closed still.
    entry(change(&stage, "2026-11-25", at("2026-11-25", 540)).await);
    grown(true).await;
}
