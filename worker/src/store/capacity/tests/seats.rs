use super::*;
use crate::platform::{DatabaseError, Platform, Statement};
use crate::store::capacity::{bulk, closing, seats};
use crate::store::outbox::stage::registration;
use domain::staff::cohort::{BulkChange, BulkForm, BulkLine};
use domain::staff::journal;
use serde_json::json;

async fn states(stage: &Stage) -> Value {
    json(stage, "SELECT json_group_object(id, state) FROM (SELECT id, state FROM registrations ORDER BY id)").await
}

#[tokio::test]
async fn an_added_seat_goes_to_the_first_of_the_list_in_the_same_batch() {
    let stage = stage().await;
    families(&stage, &["a", "b", "c"]).await;
    let acted = seats::set(&stage, COHORT, 2, &astana(), act(&stage)).await.expect("done");
    assert_eq!(states(&stage).await, json!({ "a": "enrolled", "b": "offered", "c": "waiting" }));
    let told = json(&stage, "SELECT json_group_array(act) FROM (SELECT act FROM journal ORDER BY entry DESC LIMIT 2)");
    assert_eq!(told.await, json!(["offered", "seats_changed"]));
    let entry =
        format!("SELECT json_object('seats', seats, 'details', json(details)) FROM journal WHERE entry = {}", acted.entry);
    assert_eq!(json(&stage, &entry).await, json!({ "seats": 2, "details": { "before": 1, "after": 2 } }));
}

#[tokio::test]
async fn fewer_seats_than_are_taken_there_are_never() {
    let stage = stage().await;
    families(&stage, &["a"]).await;
    assert_eq!(code(seats::set(&stage, COHORT, 0, &astana(), act(&stage)).await), ErrorCode::BelowTaken);
    assert_eq!(code(seats::set(&stage, COHORT, 1, &astana(), act(&stage)).await), ErrorCode::WrongState);
    assert_eq!(code(seats::set(&stage, COHORT, 9, &almaty(), act(&stage)).await), ErrorCode::Unknown);
    assert_eq!(code(seats::set(&stage, "nothing", 9, &astana(), act(&stage)).await), ErrorCode::Unknown);
    let mut no_reason = act(&stage);
    no_reason.reason = "";
    assert_eq!(faults(seats::set(&stage, COHORT, 9, &astana(), no_reason).await), [("reason".to_owned(), FaultCode::Required)]);
    assert_eq!(json(&stage, "SELECT count(*) || '' FROM journal WHERE act = 'seats_changed'").await, json!(0));
}

#[tokio::test]
async fn seats_are_taken_back_while_nobody_has_them_and_nobody_changed_them() {
    let stage = stage().await;
    let raised = entry(seats::set(&stage, COHORT, 5, &astana(), act(&stage)).await);
    assert_eq!(code(seats::undo(&stage, raised, &almaty(), act(&stage)).await), ErrorCode::NotUndoable);
    let mut no_reason = act(&stage);
    no_reason.reason = "";
    let undone = seats::undo(&stage, raised, &astana(), no_reason).await.expect("undone");
    assert_eq!(undone.undo_until, None);
    let told = last_entry(&stage).await;
    assert_eq!((&told["undoes"], &told["seats"], &told["entry"]), (&json!(raised), &json!(1), &json!(undone.entry)));
    assert_eq!(told["reason"], json!("a reason"), "that of the act");
    assert_eq!(code(seats::undo(&stage, raised, &astana(), act(&stage)).await), ErrorCode::NotUndoable);
    assert_eq!(code(seats::undo(&stage, undone.entry, &astana(), act(&stage)).await), ErrorCode::NotUndoable);

    let raised = entry(seats::set(&stage, COHORT, 2, &astana(), act(&stage)).await);
    families(&stage, &["a", "b"]).await;
    assert_eq!(code(seats::undo(&stage, raised, &astana(), act(&stage)).await), ErrorCode::NotUndoable);
    assert_eq!(json(&stage, &format!("SELECT json_array(seats) FROM cohorts WHERE id = '{COHORT}'")).await, json!([2]));
}

#[tokio::test]
async fn a_closed_cohort_takes_no_newcomer_but_serves_its_list() {
    let stage = stage().await;
    families(&stage, &["a", "b"]).await;
    let closed = entry(closing::close(&stage, COHORT, &astana(), act(&stage)).await);
    assert_eq!(code(closing::close(&stage, COHORT, &astana(), act(&stage)).await), ErrorCode::WrongState);
    stage.withdraw("a").await;
    assert_eq!(states(&stage).await, json!({ "a": "withdrawn", "b": "offered" }));
    let anew = registration("a", COHORT, "joined", 1).replace("'a', 'a'", "'anew', 'a'");
    let refused = stage.batch(vec![Statement { sql: anew.into(), parameters: vec![] }]).await.expect_err("a refusal");
    assert!(matches!(&refused, DatabaseError::Constraint(words) if words.contains("cohort_is_closed")), "{refused:?}");

    entry(closing::undo(&stage, closed, journal::Act::CohortClosed, &astana(), act(&stage)).await);
    assert_eq!(last_entry(&stage).await["act"], json!("cohort_reopened"));
    assert_eq!(code(closing::reopen(&stage, COHORT, &astana(), act(&stage)).await), ErrorCode::WrongState);
    assert_eq!(
        code(closing::undo(&stage, closed, journal::Act::CohortClosed, &astana(), act(&stage)).await),
        ErrorCode::NotUndoable
    );
}

fn form(cohorts: &[&str], change: BulkChange, preview: bool) -> BulkForm {
    BulkForm { cohorts: cohorts.iter().map(|id| (*id).to_owned()).collect(), change, reason: "why".into(), preview }
}

#[tokio::test]
async fn a_bulk_change_is_previewed_line_by_line_and_made_whole_or_not_at_all() {
    let stage = stage().await;
    families(&stage, &["a", "b", "c"]).await;
    let other = "astana-sat-mon";
    let of = |change, preview| form(&[COHORT, other], change, preview);
    let line = |cohort: &str, before, after, seated, fault| BulkLine {
        cohort: cohort.into(),
        seats_before: before,
        seats_after: after,
        seated,
        fault,
    };
    let more = bulk::change(&stage, &of(BulkChange::SeatsBy { by: 1 }, true), &astana(), act(&stage)).await.expect("a preview");
    assert_eq!(more.lines, [line(COHORT, 1, 2, 1, None), line(other, 200, 201, 0, None)]);
    assert!(!more.done);

    let fewer = bulk::change(&stage, &of(BulkChange::SeatsBy { by: -1 }, false), &astana(), act(&stage)).await.expect("lines");
    assert_eq!(fewer.lines[0], line(COHORT, 1, 0, 0, Some(ErrorCode::BelowTaken)));
    assert!(!fewer.done && fewer.acted.is_empty());
    assert_eq!(json(&stage, &format!("SELECT json_array(seats) FROM cohorts WHERE id = '{other}'")).await, json!([200]));

    let made = bulk::change(&stage, &of(BulkChange::SeatsTo { to: 200 }, false), &astana(), act(&stage)).await.expect("done");
    assert!(made.done);
    assert_eq!(made.acted.len(), 1, "the other one has as many already");
    assert_eq!(states(&stage).await, json!({ "a": "enrolled", "b": "offered", "c": "offered" }));
    let cohort = format!("SELECT json_array(cohort_id, seats) FROM journal WHERE entry = {}", made.acted[0].entry);
    assert_eq!(json(&stage, &cohort).await, json!([COHORT, 200]));
}

#[tokio::test]
async fn cohorts_are_closed_together_and_each_is_taken_back_by_itself() {
    let stage = stage().await;
    let other = "astana-sat-mon";
    let closing_form = form(&[other, COHORT], BulkChange::Close {}, false);
    let made = bulk::change(&stage, &closing_form, &astana(), act(&stage)).await.expect("done");
    let closed = "SELECT json_group_array(id) FROM (SELECT id FROM cohorts WHERE closed_at IS NOT NULL ORDER BY id)";
    assert_eq!(json(&stage, closed).await, json!([COHORT, other]));
    entry(closing::undo(&stage, made.acted[0].entry, journal::Act::CohortClosed, &astana(), act(&stage)).await);
    assert_eq!(json(&stage, closed).await, json!([COHORT]), "in the order asked for");

    let again = bulk::change(&stage, &closing_form, &astana(), act(&stage)).await.expect("lines");
    assert_eq!(again.lines[1].fault, Some(ErrorCode::WrongState));
    assert_eq!(json(&stage, closed).await, json!([COHORT]));
    let reopened = bulk::change(&stage, &form(&[COHORT], BulkChange::Reopen {}, false), &astana(), act(&stage)).await;
    assert!(reopened.expect("done").done);
    let elsewhere = form(&["almaty-sat-mon"], BulkChange::Close {}, true);
    assert_eq!(code(bulk::change(&stage, &elsewhere, &astana(), act(&stage)).await), ErrorCode::Unknown);
}
