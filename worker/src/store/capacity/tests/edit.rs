use super::*;
use crate::platform::Platform;
use crate::store::capacity::{edit, sessions};
use crate::store::{catalogue, plans};
use domain::calendar::events;
use domain::schedule::Slot;
use domain::staff::attendance::{SessionForm, SessionKey};
use domain::staff::cohort::CohortChange;
use serde_json::json;

fn slot(weekday: u8, start: u16) -> Slot {
    Slot { weekday, start, end: start + 120 }
}

/// Everything as it is in the demo, at this version.
fn form(version: u32, slots: &[Slot]) -> CohortChange {
    let tracks =
        "programming robotics generative-ai graphic-design web-design animation 3d-modeling music game-development filmmaking
        photography";
    CohortChange {
        version,
        label: String::new(),
        slots: slots.to_vec(),
        tracks: tracks.split_whitespace().map(str::to_owned).collect(),
        trainers: vec![],
        reason: "why".into(),
    }
}

fn mondays_and_wednesdays() -> [Slot; 2] {
    [slot(1, 540), slot(3, 540)]
}

async fn change(stage: &Stage, form: CohortChange) -> Result<Acted, Refusal> {
    let catalogue = catalogue::current(stage, stage.now()).await.expect("a catalogue");
    edit::change(stage, COHORT, form, &catalogue, &astana(), act(stage)).await
}

/// Days and starts of the sessions that take place.
async fn dates(stage: &Stage) -> Vec<(String, u16)> {
    let all = sessions::within(stage, day("2026-11-01")..=day("2026-12-31"), Some(COHORT), &astana())
        .await
        .expect("sessions")
        .sessions;
    let held = all.into_iter().filter(|session| session.state.takes_place());
    held.map(|session| (session.date.to_string()[5..].to_owned(), session.start)).collect()
}

/// For each event of the calendar file: day and start as planned, its number, and whether it is called off.
async fn calendar(stage: &Stage) -> Vec<(Date, u16, u32, bool)> {
    let plans::CohortPlan { plan, days } = plans::of_cohort(stage, COHORT).await.expect("a plan");
    let told = events(&plan, &days);
    told.iter().map(|e| (e.planned.local_date(), e.planned.local_minute(), e.sequence, e.cancelled)).collect()
}

#[tokio::test]
async fn an_edit_is_made_from_the_version_it_has_seen() {
    let stage = stage().await;
    let named = |version, label: &str| CohortChange {
        label: label.into(),
        trainers: vec!["bolat".into()],
        ..form(version, &mondays_and_wednesdays())
    };
    let acted = change(&stage, named(1, "Таң")).await.expect("done");
    assert!(acted.undo_until.is_some());
    assert_eq!(code(change(&stage, named(1, "Кеш")).await), ErrorCode::ChangedMeanwhile);
    assert_eq!(code(change(&stage, named(2, "Таң")).await), ErrorCode::WrongState, "nothing to change");
    let now = json(&stage, &format!("SELECT json_array(label, version, slots_from) FROM cohorts WHERE id = '{COHORT}'")).await;
    assert_eq!(now, json!(["Таң", 2, null]));
    let told = last_entry(&stage).await;
    assert_eq!(told["details"]["before"]["label"], json!(null));
    assert_eq!(told["details"]["after"]["trainers"], json!(["bolat"]));

    entry(edit::undo(&stage, acted.entry, &astana(), act(&stage)).await);
    let now = json(&stage, &format!("SELECT json_array(label, version) FROM cohorts WHERE id = '{COHORT}'")).await;
    assert_eq!(now, json!([null, 3]));
    assert_eq!(json(&stage, "SELECT json_array(count(*)) FROM cohort_trainers").await, json!([0]));
}

#[tokio::test]
async fn what_is_wrong_with_an_edit_is_said_field_by_field() {
    let stage = stage().await;
    families(&stage, &["a"]).await;
    stage.run(&[&format!("INSERT INTO registration_tracks VALUES ('a', 1, '{COHORT}', 'music')")]).await;
    let mut wrong = form(1, &[slot(1, 540), slot(1, 600)]);
    wrong.tracks.retain(|track| track != "music");
    wrong.trainers = vec!["almas".into()];
    assert_eq!(
        faults(change(&stage, wrong).await),
        [
            ("slots.1".to_owned(), FaultCode::Clash),
            ("tracks".to_owned(), FaultCode::InUse),
            ("trainers".to_owned(), FaultCode::UnknownChoice)
        ]
    );
    let mut fewer = form(1, &mondays_and_wednesdays());
    fewer.tracks.retain(|track| track != "robotics");
    let acted = entry(change(&stage, fewer).await);
    entry(edit::undo(&stage, acted, &astana(), act(&stage)).await);
    let back = format!("SELECT json_array(count(*)) FROM cohort_tracks WHERE cohort_id = '{COHORT}'");
    assert_eq!(json(&stage, &back).await, json!([11]));
}

#[tokio::test]
async fn other_slots_keep_the_past_and_the_calendar_learns_what_is_dropped() {
    let stage = stage().await;
    let key = SessionKey { cohort: COHORT.into(), date: day("2026-11-30"), start: 540 };
    let moved = SessionForm { date: day("2026-12-01"), start: 540, end: 660, cancelled: false, reason: "why".into() };
    entry(sessions::change(&stage, &key, &moved, &astana(), act(&stage)).await);

    entry(change(&stage, form(1, &[slot(3, 540), slot(5, 600)])).await);
    let mut expected: Vec<(String, u16)> =
        ["11-02", "11-04", "11-09", "11-11", "11-16", "11-18", "11-23"].map(|day| (day.to_owned(), 540)).into();
    for (wednesday, friday) in [("11-25", "11-27"), ("12-02", "12-04"), ("12-09", "12-11"), ("12-16", "12-18")] {
        expected.extend([(wednesday.to_owned(), 540), (friday.to_owned(), 600)]);
    }
    assert_eq!(dates(&stage).await, expected);
    let told = calendar(&stage).await;
    let gone: Vec<_> =
        told.iter().filter(|(.., cancelled)| *cancelled).map(|(date, _, number, _)| (date.to_string(), *number)).collect();
    let on = |day: &str, number| (day.to_owned(), number);
    assert_eq!(gone, [on("2026-11-30", 2), on("2026-12-07", 1), on("2026-12-14", 1)]);

    // The next day the old slots come back, and with them the session that was moved.
    stage.pass(24);
    entry(change(&stage, form(2, &mondays_and_wednesdays())).await);
    let back = dates(&stage).await;
    assert_eq!(back[..7], expected[..7]);
    assert_eq!(back[7..10], ["11-25", "12-01", "12-02"].map(|day| (day.to_owned(), 540)));
    let told = calendar(&stage).await;
    let mondays: Vec<_> = told.iter().filter(|(date, ..)| date.weekday() == 1 && *date > day("2026-11-23")).collect();
    assert_eq!(
        mondays.iter().map(|(.., number, gone)| (*number, *gone)).collect::<Vec<_>>(),
        [(3, false), (2, false), (2, false)]
    );
    let fridays = told.iter().filter(|(date, ..)| date.weekday() == 5);
    assert!(fridays.clone().count() == 4 && fridays.clone().all(|(.., number, gone)| (*number, *gone) == (1, true)));
}

#[tokio::test]
async fn other_slots_are_taken_back_from_the_day_on_which_they_are() {
    let stage = stage().await;
    let before = dates(&stage).await;
    let acted = entry(change(&stage, form(1, &[slot(2, 540)])).await);
    assert_ne!(dates(&stage).await, before);
    stage.pass(20);
    entry(edit::undo(&stage, acted, &astana(), act(&stage)).await);
    // On Tuesday at two o'clock the cohort had met at nine, by the new slots.
    let mut after = before.clone();
    after.insert(7, ("11-24".to_owned(), 540));
    assert_eq!(dates(&stage).await, after);
    assert_eq!(code(edit::undo(&stage, acted, &astana(), act(&stage)).await), ErrorCode::NotUndoable);
}
