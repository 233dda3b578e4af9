//! How often one contact may apply: far more often than a family needs, and no more than that.

use std::sync::Arc;

use domain::error::ErrorCode;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![a_contact_is_stopped_at_the_limit_and_others_are_not];

/// Applications of one contact within a window.
const LIMIT: usize = 60;

async fn a_contact_is_stopped_at_the_limit_and_others_are_not(world: Arc<World>) {
    let form = world.form();
    let accepted = world.api.apply(&form);
    accepted.clone().send().await.created();
    // A window may end meanwhile, and the count begin anew.
    let mut let_through = 1;
    let refused = loop {
        let answer = world.api.apply(&form).send().await;
        if answer.status == 429 {
            break answer;
        }
        answer.assert_refused(409, ErrorCode::AlreadyRegistered);
        let_through += 1;
        assert!(let_through <= 2 * LIMIT, "{let_through} applications of one contact were let through");
    };
    assert!(let_through >= LIMIT, "only {let_through} applications of one contact were let through");
    refused.assert_refused(429, ErrorCode::TooManyRequests);
    let seconds: u32 = refused.header("retry-after").parse().expect("seconds");
    assert!((3..=10).contains(&seconds), "retry-after: {seconds}");
    // Who has an answer gets it again, however often.
    accepted.send().await.repeated();
    world.applied(&world.form()).await;
}
