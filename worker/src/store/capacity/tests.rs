//! The acts on cohorts, on a database of their own. It is Monday, 23 November 2026, 18:00; the intake runs from Monday, 2 November,
//! to Saturday, 19 December, and no day is closed.

mod closed_days;
mod cohorts;
mod edit;
mod seats;
mod sessions;

use crate::refusal::Refusal;
use crate::store::outbox::stage::{COHORT, Family, Stage};
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::date::Date;
use domain::error::{ErrorCode, FaultCode};
use domain::staff::Acted;
use serde_json::Value;

/// Somebody who coordinates Astana, at the moment of the stage.
const AUTHOR: &str = "coordinator";

fn astana() -> Scope {
    Scope::of(Some("astana"))
}

fn almaty() -> Scope {
    Scope::of(Some("almaty"))
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

async fn stage() -> Stage {
    let stage = Stage::open();
    stage
        .run(&[
            "UPDATE intakes SET first_session_on = '2026-11-02', last_session_on = '2026-12-19'",
            "DELETE FROM closed_days",
            "INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password, created_at)
            VALUES ('aigul', 'a@tumo.example', 'Айгүл', 'trainer', 'astana', 'kk', '$argon2id$x', 0, 1),
                ('bolat', 'b@tumo.example', 'Болат', 'trainer', 'astana', 'kk', '$argon2id$x', 0, 1),
                ('almas', 'c@tumo.example', 'Алмас', 'trainer', 'almaty', 'kk', '$argon2id$x', 0, 1)",
        ])
        .await;
    stage
}

fn act(stage: &Stage) -> Act<'static> {
    use crate::platform::Platform;
    Act { author: AUTHOR, reason: "a reason", now: stage.now() }
}

/// One JSON text from the database.
async fn json(stage: &Stage, sql: &str) -> Value {
    serde_json::from_str(&stage.run(&[sql]).await.expect("a row")).expect("JSON")
}

/// The last entry of the journal.
async fn last_entry(stage: &Stage) -> Value {
    json(
        stage,
        "SELECT json_object('entry', entry, 'act', act, 'author', author, 'cohort', cohort_id, 'subject', subject, 'seats', seats,
            'reason', reason, 'details', json(details), 'undoes', undoes)
        FROM journal ORDER BY entry DESC LIMIT 1",
    )
    .await
}

fn code<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> ErrorCode {
    answer.expect_err("a refusal").code
}

/// The faults of a form that was refused.
fn faults<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> Vec<(String, FaultCode)> {
    let refusal = answer.expect_err("a refusal");
    assert_eq!(refusal.code, ErrorCode::InvalidForm);
    refusal.fields.into_iter().map(|fault| (fault.field, fault.code)).collect()
}

fn entry(acted: Result<Acted, Refusal>) -> u64 {
    acted.expect("done").entry
}

/// So many families apply for the cohort, one after another; it has one seat.
async fn families(stage: &Stage, names: &[&str]) {
    for name in names {
        stage.apply(Family::new(name)).await;
    }
}

/// A mark of a student at a session of the cohort.
async fn marked(stage: &Stage, registration: &str, day: &str, starts: u16) {
    let row = format!(
        "INSERT INTO marks (id, cohort_id, day, starts, registration_id, status, marked_by, marked_at, received_at)
        VALUES (substr('{registration}{day}{starts}' || '00000000000000000000000000', 1, 26), '{COHORT}', '{day}', {starts},
            '{registration}', 'present', 'aigul', 1, 1)"
    );
    stage.run(&[&row]).await;
}
