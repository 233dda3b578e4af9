//! When a cohort is full: places on the waiting list, in the order of decisions.

use std::sync::Arc;

use domain::registration::{MyApplication, RegistrationState};
use serde_json::json;
use tumo_tests::api::{OneRegistration, OneStudent};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![the_first_gets_the_seat_and_all_others_a_place_in_order];

async fn the_first_gets_the_seat_and_all_others_a_place_in_order(world: Arc<World>) {
    let cohort = world.own_cohort();
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(world.applied(&world.form_for(&cohort)).await);
    }
    let told: Vec<_> = answers.iter().map(|answer| (answer.one().state, answer.one().position)).collect();
    let waiting = |place| (RegistrationState::Waiting, Some(place));
    assert_eq!(told, [(RegistrationState::Enrolled, None), waiting(1), waiting(2), waiting(3)]);

    for answer in &answers {
        let my: MyApplication = world.api.get("/api/my").token(&answer.token).send().await.json();
        assert_eq!((my.one().state, my.one().position, my.one().waiting), (answer.one().state, answer.one().position, 3));
    }
    let journal = world.database.rows("SELECT state, position FROM journal WHERE cohort_id = ?1 ORDER BY entry", [&cohort]);
    let expected = answers.iter().map(|answer| json!({ "state": answer.one().state, "position": answer.one().position }));
    assert_eq!(journal, expected.collect::<Vec<_>>());
    let seats = world.seats_of(&cohort).await;
    assert_eq!((seats.seats, seats.taken, seats.waiting, seats.open()), (1, 1, 3, 0));
}
