//! After everything else: nothing anybody told the server about a person is in its log.

use std::sync::Arc;

use tumo_tests::forms::{born, email, guardian, iin};
use tumo_tests::personal;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![nothing_personal_was_logged];

async fn nothing_personal_was_logged(world: Arc<World>) {
    // Also when this test runs by itself: accepted, repeated, recognised, refused.
    let mut form = world.form();
    form.student.patronymic = "Нұрланқызы".into();
    form.student.iin = iin(born(&world.catalogue, 15));
    form.guardian.email = email();
    form.second_guardian = Some(guardian("father"));
    let request = world.api.apply(&form);
    let token = request.clone().send().await.created().token;
    request.send().await.repeated();
    assert_eq!(world.api.apply(&form).send().await.status, 409);
    world.letters_to(&form.guardian.email, 2).await;
    assert_eq!(world.api.get("/api/my").token(&token).send().await.status, 200);
    form.consent.version.clear();
    assert_eq!(world.api.apply(&form).send().await.status, 400);

    let log = world.own_log();
    let told = personal::told();
    assert!(told.contains(&form.student.iin) && told.contains(&token));
    let found: Vec<&String> = told.iter().filter(|text| log.contains(text.as_str())).collect();
    assert!(found.is_empty(), "of {} texts, in the log: {found:?}", told.len());
}
