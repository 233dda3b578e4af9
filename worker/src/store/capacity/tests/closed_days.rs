use super::*;
use crate::store::capacity::{closed_days, sessions};
use domain::language::Localized;
use domain::staff::attendance::SessionState;
use domain::staff::cohort::ClosedDayForm;
use domain::staff::journal::Act::{ClosedDayAdded, ClosedDayRemoved};
use serde_json::json;

fn form(date: &str, centre: Option<&str>) -> ClosedDayForm {
    let reason = Localized { kk: "Жөндеу".into(), ru: "Ремонт".into(), en: "Repairs".into() };
    ClosedDayForm { date: day(date), centre: centre.map(Into::into), reason }
}

fn everywhere() -> Scope {
    Scope::of(None)
}

/// Date, centre and number of sessions called off of each day within reach.
async fn listed(stage: &Stage, scope: &Scope) -> Vec<(String, Option<String>, u32)> {
    let days = closed_days::all(stage, scope).await.expect("days");
    days.into_iter().map(|day| (day.date.to_string(), day.centre, day.sessions)).collect()
}

async fn state(stage: &Stage, date: &str) -> SessionState {
    let days = day(date)..=day(date);
    sessions::within(stage, days, Some(COHORT), &astana()).await.expect("sessions").sessions[0].state
}

#[tokio::test]
async fn a_closed_day_calls_off_the_sessions_of_its_centre_and_gives_them_back() {
    let stage = stage().await;
    let added = entry(closed_days::add(&stage, form("2026-11-25", Some("astana")), &astana(), act(&stage)).await);
    assert_eq!(state(&stage, "2026-11-25").await, SessionState::Closed);
    let of_day = listed(&stage, &everywhere()).await;
    let wednesdays = json(
        &stage,
        "SELECT json_array(count(*)) FROM slots JOIN cohorts ON cohorts.id = cohort_id WHERE weekday = 3 AND centre_id = 'astana'",
    );
    assert_eq!(
        of_day,
        [("2026-11-25".to_owned(), Some("astana".to_owned()), wednesdays.await[0].as_u64().expect("a number") as u32)]
    );
    assert_eq!(listed(&stage, &almaty()).await, []);
    let told = last_entry(&stage).await;
    assert_eq!(
        (&told["act"], &told["subject"], &told["cohort"]),
        (&json!("closed_day_added"), &json!("closed_day:2026-11-25"), &json!(null))
    );
    assert_eq!(told["details"]["centre"], json!("astana"));

    let twice = closed_days::add(&stage, form("2026-11-25", Some("astana")), &astana(), act(&stage)).await;
    assert_eq!(faults(twice), [("date".to_owned(), FaultCode::Taken)]);
    entry(closed_days::undo(&stage, added, ClosedDayAdded, &astana(), act(&stage)).await);
    assert_eq!(state(&stage, "2026-11-25").await, SessionState::Planned);
}

#[tokio::test]
async fn every_centre_is_closed_by_who_reaches_every_centre() {
    let stage = stage().await;
    let all = || form("2026-12-16", None);
    assert_eq!(code(closed_days::add(&stage, all(), &astana(), act(&stage)).await), ErrorCode::NotAllowed);
    assert_eq!(
        code(closed_days::add(&stage, form("2026-12-16", Some("almaty")), &astana(), act(&stage)).await),
        ErrorCode::Unknown
    );
    entry(closed_days::add(&stage, all(), &everywhere(), act(&stage)).await);
    let id = closed_days::all(&stage, &astana()).await.expect("days")[0].id;
    assert_eq!(code(closed_days::remove(&stage, id, &astana(), act(&stage)).await), ErrorCode::NotAllowed);
    let removed = entry(closed_days::remove(&stage, id, &everywhere(), act(&stage)).await);
    assert_eq!(code(closed_days::remove(&stage, id, &everywhere(), act(&stage)).await), ErrorCode::Unknown);
    assert_eq!(
        code(closed_days::undo(&stage, removed, ClosedDayRemoved, &astana(), act(&stage)).await),
        ErrorCode::NotUndoable
    );
    entry(closed_days::undo(&stage, removed, ClosedDayRemoved, &everywhere(), act(&stage)).await);
    let back = listed(&stage, &astana()).await;
    assert_eq!((back.len(), back[0].0.as_str(), &back[0].1), (1, "2026-12-16", &None));
}

#[tokio::test]
async fn a_day_with_marks_was_not_closed() {
    let stage = stage().await;
    families(&stage, &["a"]).await;
    marked(&stage, "a", "2026-11-23", 540).await;
    for centre in [Some("astana"), None] {
        let closed = closed_days::add(&stage, form("2026-11-23", centre), &everywhere(), act(&stage)).await;
        assert_eq!(code(closed), ErrorCode::WrongState);
    }
    entry(closed_days::add(&stage, form("2026-11-23", Some("almaty")), &everywhere(), act(&stage)).await);
    assert_eq!(state(&stage, "2026-11-23").await, SessionState::Planned);
}
