//! How long a session lives, and what ends it.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::staff::access::{PasswordForm, Role, SESSION_IDLE_HOURS, SESSION_MAX_DAYS};
use domain::staff::sign_in::PENDING_MINUTES;
use serde_json::json;
use tumo_tests::staff::{Making, Staff, digest, given};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_session_that_is_used_goes_on,
    an_unused_session_ends,
    the_longest_session_ends_however_much_it_is_used,
    an_unfinished_session_ends_soon,
    signing_out_everywhere_ends_every_session,
    a_new_password_ends_every_other_session,
    a_wrong_password_changes_nothing,
    signing_in_again_takes_the_place_of_the_session_before,
];

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Makes a session this much older, and the time since its last use this long.
async fn aged(world: &World, staff: &Staff, age: i64, unused: i64) {
    let now = world.now();
    let row = [digest(&staff.session).into(), (now - age).into(), (now - unused).into()];
    let changed = world.change("UPDATE staff_sessions SET created_at = ?2, seen_at = ?3 WHERE digest = ?1", &row).await;
    assert_eq!(changed, 1, "a session");
}

fn seen_at(world: &World, staff: &Staff) -> i64 {
    let seen = world.database.row("SELECT seen_at FROM staff_sessions WHERE digest = ?1", [digest(&staff.session)]);
    seen["seen_at"].as_i64().expect("milliseconds")
}

async fn is_signed_in(staff: &Staff) -> bool {
    let answer = staff.get("/api/staff/me").send().await;
    if answer.status == 200 {
        return true;
    }
    answer.assert_refused(401, ErrorCode::NotSignedIn);
    false
}

async fn a_session_that_is_used_goes_on(world: Arc<World>) {
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    aged(&world, &trainer, 3 * 24 * HOUR, SESSION_IDLE_HOURS * HOUR - MINUTE).await;
    let before = world.now();
    assert!(is_signed_in(&trainer).await);
    let seen = seen_at(&world, &trainer);
    assert!(seen >= before, "using it is noted");
    // Once a minute is enough: a screen asks for more than one thing.
    assert!(is_signed_in(&trainer).await);
    assert_eq!(seen_at(&world, &trainer), seen);
}

async fn an_unused_session_ends(world: Arc<World>) {
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    aged(&world, &trainer, 3 * 24 * HOUR, SESSION_IDLE_HOURS * HOUR).await;
    assert!(!is_signed_in(&trainer).await);
}

async fn the_longest_session_ends_however_much_it_is_used(world: Arc<World>) {
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    aged(&world, &trainer, SESSION_MAX_DAYS * 24 * HOUR - MINUTE, 0).await;
    assert!(is_signed_in(&trainer).await);
    aged(&world, &trainer, SESSION_MAX_DAYS * 24 * HOUR, 0).await;
    assert!(!is_signed_in(&trainer).await);
}

async fn an_unfinished_session_ends_soon(world: Arc<World>) {
    let mut coordinator = world.staff_made(Role::Coordinator, Some("astana"), Making::default()).await;
    let answer = coordinator.knocks().await;
    coordinator.takes(&answer);
    aged(&world, &coordinator, PENDING_MINUTES * MINUTE, 0).await;
    let code = coordinator.code_at(world.now());
    coordinator.sends_code(&code).await.assert_refused(401, ErrorCode::NotSignedIn);
}

async fn signing_out_everywhere_ends_every_session(world: Arc<World>) {
    let (desk, colleague) =
        (world.staff(Role::Trainer, Some("astana")).await, world.staff(Role::Trainer, Some("astana")).await);
    let phone = Staff { session: world.session_of(&desk, world.now()).await, ..desk.clone() };
    assert!(is_signed_in(&desk).await && is_signed_in(&phone).await);
    let answer = desk.post("/api/staff/sign-out-everywhere").send().await;
    assert_eq!((answer.status, given(&answer)), (204, Some("")));
    assert!(!is_signed_in(&desk).await && !is_signed_in(&phone).await);
    assert!(is_signed_in(&colleague).await);
    let journal =
        world.database.row("SELECT author, act, details FROM journal WHERE subject = ?1", [format!("member:{}", desk.id)]);
    assert_eq!(journal, json!({ "author": desk.id, "act": "signed_out_everywhere", "details": null }));
}

async fn a_new_password_ends_every_other_session(world: Arc<World>) {
    let mut desk = world.staff(Role::Administrator, None).await;
    let phone = Staff { session: world.session_of(&desk, world.now()).await, ..desk.clone() };
    let before = desk.clone();
    let form = PasswordForm { current: desk.password.clone(), new: "үш ақ қаз ұшты".into() };
    let answer = desk.put("/api/staff/password").json(&form).send().await;
    assert_eq!(desk.takes(&answer).pending, None, "the second factor needs not be given again");
    assert!(is_signed_in(&desk).await);
    assert!(!is_signed_in(&phone).await && !is_signed_in(&before).await, "the old secret is worth nothing");

    desk.knocks().await.assert_refused(401, ErrorCode::WrongCredentials);
    assert_eq!(desk.knocks_with(&form.new).await.status, 200);
    let acts = world.database.column("SELECT act FROM journal WHERE subject = ?1", [format!("member:{}", desk.id)]);
    assert_eq!(acts, ["password_changed"]);
}

async fn a_wrong_password_changes_nothing(world: Arc<World>) {
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    let form = |current: &str, new: &str| PasswordForm { current: current.into(), new: new.into() };
    let sent = |form: PasswordForm| trainer.put("/api/staff/password").json(&form).send();
    sent(form("not the password", "long enough to be one")).await.assert_refused(401, ErrorCode::WrongCredentials);
    for (new, code) in [("short", "too_short"), (trainer.password.as_str(), "taken")] {
        let answer = sent(form(&trainer.password, new)).await;
        let code = serde_json::from_value(json!(code)).expect("a code");
        answer.assert_faults(400, ErrorCode::InvalidForm, &[("new", code)]);
    }
    assert_eq!(trainer.knocks().await.status, 200);
}

async fn signing_in_again_takes_the_place_of_the_session_before(world: Arc<World>) {
    let before = world.staff(Role::Trainer, Some("astana")).await;
    let request =
        before.post("/api/staff/sign-in").json(&json!({ "email": before.email.to_uppercase(), "password": before.password }));
    let mut after = before.clone();
    after.takes(&request.send().await);
    assert!(is_signed_in(&after).await && !is_signed_in(&before).await);
}
