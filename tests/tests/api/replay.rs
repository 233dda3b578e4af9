//! The same `Idempotency-Key` again: a double tap, a retry after a lost answer, or a mistake.

use std::sync::Arc;

use domain::error::ErrorCode;
use tokio::task::JoinSet;
use tumo_tests::api::fresh_key;
use tumo_tests::forms::email;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_repeated_key_gets_the_same_answer_and_stores_nothing,
    twenty_at_once_make_one_registration,
    a_key_with_other_answers_is_refused,
    a_key_whose_application_was_refused_can_be_used_again,
    one_family_of_two_keys_is_recognised,
];

async fn a_repeated_key_gets_the_same_answer_and_stores_nothing(world: Arc<World>) {
    let cohort = world.own_cohort();
    let mut form = world.form_for(&cohort);
    form.guardian.email = email();
    let request = world.api.apply(&form);
    let first = request.clone().send().await;
    first.created();
    // Others come between.
    world.applied(&world.form_for(&cohort)).await;
    for _ in 0..3 {
        let again = world.refused(request.clone()).await;
        again.repeated();
        assert_eq!(again.body, first.body);
    }
    // The answers count, not the bytes they came in.
    let key = fresh_key();
    let other = world.form_for(&cohort);
    let created = world.api.apply(&other).key(&key).send().await;
    let pretty = world.api.post(serde_json::to_string_pretty(&other).expect("JSON")).key(&key).send().await;
    assert_eq!((created.created(), created.body), (pretty.repeated(), pretty.body));
}

async fn twenty_at_once_make_one_registration(world: Arc<World>) {
    let cohort = world.own_cohort();
    let request = world.api.apply(&world.form_for(&cohort));
    let mut taps = JoinSet::new();
    for _ in 0..20 {
        taps.spawn(request.clone().send());
    }
    let answers = taps.join_all().await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(201), count(200)), (1, 19), "{:?}", answers.first());
    assert!(answers.iter().all(|answer| answer.body == answers[0].body), "all get the same answer");
    let stored = world.database.column("SELECT id FROM registrations WHERE cohort_id = ?1", [&cohort]);
    assert_eq!(stored.len(), 1);
    assert_eq!(world.seats_of(&cohort).await.taken, 1);
}

async fn a_key_with_other_answers_is_refused(world: Arc<World>) {
    let key = fresh_key();
    let form = world.form();
    let first = world.api.apply(&form).key(&key).send().await;
    first.created();
    let mut corrected = form.clone();
    corrected.student.school = "№ 17 лицей".into();
    for other in [corrected, world.form()] {
        let answer = world.refused(world.api.apply(&other).key(&key)).await;
        answer.assert_refused(422, ErrorCode::KeyReused);
    }
    assert_eq!(world.api.apply(&form).key(&key).send().await.body, first.body);
}

async fn a_key_whose_application_was_refused_can_be_used_again(world: Arc<World>) {
    let key = fresh_key();
    let mut form = world.form();
    let phone = std::mem::take(&mut form.guardian.phone);
    assert_eq!(world.refused(world.api.apply(&form).key(&key)).await.status, 400);
    form.guardian.phone = phone;
    world.api.apply(&form).key(&key).send().await.created();
}

/// A phone that lost its key, not its answers.
async fn one_family_of_two_keys_is_recognised(world: Arc<World>) {
    let form = world.form();
    let mut tries = JoinSet::new();
    for _ in 0..8 {
        tries.spawn(world.api.apply(&form).send());
    }
    let answers = tries.join_all().await;
    let (created, others): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!(created.len(), 1);
    others.iter().for_each(|answer| answer.assert_refused(409, ErrorCode::AlreadyRegistered));
}
