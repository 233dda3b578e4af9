use super::*;
use crate::platform::Platform;
use crate::store::capacity::{cohorts, making};
use crate::store::{capacity, catalogue};
use domain::schedule::Slot;
use domain::staff::cohort::{CohortForm, MarkCounts, StaffCohort};
use serde_json::json;

async fn cohort(stage: &Stage, scope: &Scope, id: &str) -> Option<StaffCohort> {
    cohorts::all(stage, scope, stage.now()).await.expect("cohorts").cohorts.into_iter().find(|cohort| cohort.id == id)
}

fn form() -> CohortForm {
    CohortForm {
        centre: "astana".into(),
        label: "  Жазғы  топ ".into(),
        slots: vec![Slot { weekday: 4, start: 600, end: 720 }, Slot { weekday: 2, start: 600, end: 720 }],
        tracks: vec!["music".into(), "animation".into()],
        seats: 12,
        trainers: vec!["bolat".into(), "aigul".into()],
    }
}

async fn make(stage: &Stage, id: &str, form: CohortForm, scope: &Scope) -> Result<Acted, Refusal> {
    let catalogue = catalogue::current(stage, stage.now()).await.expect("a catalogue");
    making::make(stage, id, form, &catalogue, scope, act(stage)).await
}

#[tokio::test]
async fn the_screen_sees_numbers_trainers_and_marks_of_its_centre_only() {
    let stage = stage().await;
    families(&stage, &["a", "b", "c"]).await;
    stage.withdraw("a").await;
    marked(&stage, "a", "2026-11-23", 540).await;
    stage.run(&[&format!("INSERT INTO cohort_trainers VALUES ('{COHORT}', 'aigul')")]).await;
    let all = cohorts::all(&stage, &astana(), stage.now()).await.expect("cohorts");
    assert_eq!(all.centres.iter().map(|centre| centre.centre.id.as_str()).collect::<Vec<_>>(), ["astana"]);
    assert_eq!(all.trainers.iter().map(|trainer| trainer.id.as_str()).collect::<Vec<_>>(), ["aigul", "bolat"]);
    assert!(all.cohorts.iter().all(|cohort| cohort.centre == "astana") && all.cohorts.len() > 10);
    let first = all.cohorts.first().expect("cohorts");
    assert_eq!((first.id.as_str(), first.seats, first.enrolled, first.offered, first.waiting), (COHORT, 1, 0, 1, 1));
    assert_eq!((first.marks, first.closed), (MarkCounts { present: 1, ..MarkCounts::default() }, false));
    assert_eq!(first.trainers.iter().map(|trainer| trainer.name.as_str()).collect::<Vec<_>>(), ["Айгүл"]);
    let everywhere = cohorts::all(&stage, &Scope::of(None), stage.now()).await.expect("cohorts");
    assert_eq!(everywhere.cohorts.len(), all.cohorts.len() * 2);
}

#[tokio::test]
async fn a_new_cohort_stands_last_with_all_it_was_given() {
    let stage = stage().await;
    entry(make(&stage, "NEW", form(), &astana()).await);
    let made = cohort(&stage, &astana(), "NEW").await.expect("made");
    assert_eq!((made.label.as_deref(), made.seats, made.enrolled, made.version), (Some("Жазғы топ"), 12, 0, 1));
    assert_eq!(made.slots.iter().map(|slot| slot.weekday).collect::<Vec<_>>(), [2, 4]);
    assert_eq!((made.tracks.len(), made.trainers.len()), (2, 2));
    let last = cohorts::all(&stage, &Scope::of(None), stage.now()).await.expect("cohorts").cohorts.pop();
    assert_eq!(last.map(|cohort| cohort.id).as_deref(), Some("NEW"));
    let told = last_entry(&stage).await;
    assert_eq!((&told["act"], &told["subject"], &told["seats"]), (&json!("cohort_added"), &json!("cohort:NEW"), &json!(12)));
}

#[tokio::test]
async fn a_new_cohort_is_checked_by_the_rules_of_its_form() {
    let stage = stage().await;
    let wrong = CohortForm { slots: vec![], trainers: vec!["almas".into()], seats: 1000, ..form() };
    assert_eq!(
        faults(make(&stage, "NEW", wrong, &astana()).await),
        [
            ("slots".to_owned(), FaultCode::Required),
            ("seats".to_owned(), FaultCode::OutOfRange),
            ("trainers".to_owned(), FaultCode::UnknownChoice)
        ]
    );
    let nowhere = CohortForm { centre: "paris".into(), trainers: vec![], ..form() };
    assert_eq!(faults(make(&stage, "NEW", nowhere, &astana()).await), [("centre".to_owned(), FaultCode::UnknownChoice)]);
    assert_eq!(code(make(&stage, "NEW", form(), &almaty()).await), ErrorCode::Unknown);
    assert!(cohort(&stage, &astana(), "NEW").await.is_none());
}

#[tokio::test]
async fn a_cohort_is_taken_back_while_nothing_refers_to_it() {
    let stage = stage().await;
    let made = entry(make(&stage, "NEW", form(), &astana()).await);
    let undone = making::undo(&stage, made, &astana(), act(&stage)).await.expect("undone");
    assert!(cohort(&stage, &astana(), "NEW").await.is_none());
    let told = last_entry(&stage).await;
    assert_eq!((&told["act"], &told["undoes"], &told["entry"]), (&json!("cohort_dropped"), &json!(made), &json!(undone.entry)));

    let made = entry(make(&stage, "TWO", form(), &astana()).await);
    assert_eq!(code(making::undo(&stage, made, &almaty(), act(&stage)).await), ErrorCode::NotUndoable);
    entry(capacity::seats::set(&stage, "TWO", 20, &astana(), act(&stage)).await);
    assert_eq!(code(making::undo(&stage, made, &astana(), act(&stage)).await), ErrorCode::NotUndoable);
    assert!(cohort(&stage, &astana(), "TWO").await.is_some());
}
