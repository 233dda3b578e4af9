//! Outside the open time: told apart, and nothing is stored.

use std::sync::Arc;

use domain::catalogue::{LiveSeats, Phase};
use domain::error::ErrorCode;
use tokio::task::spawn_blocking;
use tumo_tests::suite;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_cohort_of_a_closed_intake_says_so,
    a_cohort_of_an_intake_that_opens_later_says_so,
    before_the_opening_everything_is_shown_and_nothing_taken,
    after_the_closing_everything_is_shown_and_nothing_taken,
];

async fn a_cohort_of_a_closed_intake_says_so(world: Arc<World>) {
    world.refused(world.api.apply(&world.form_for("past-1"))).await.assert_refused(409, ErrorCode::Closed);
}

async fn a_cohort_of_an_intake_that_opens_later_says_so(world: Arc<World>) {
    world.refused(world.api.apply(&world.form_for("future-1"))).await.assert_refused(409, ErrorCode::NotOpenYet);
}

async fn before_the_opening_everything_is_shown_and_nothing_taken(_: Arc<World>) {
    shown_and_refused("not-open.sql", Phase::NotOpenYet, ErrorCode::NotOpenYet).await;
}

async fn after_the_closing_everything_is_shown_and_nothing_taken(_: Arc<World>) {
    shown_and_refused("closed.sql", Phase::Closed, ErrorCode::Closed).await;
}

/// On a server of its own, for the time of the demo intake is the same for everybody.
async fn shown_and_refused(seed: &'static str, phase: Phase, code: ErrorCode) {
    let server = spawn_blocking(move || suite::start(&[seed])).await.expect("the task").expect("a server");
    let world = World::of(&server).await.expect("a world");
    let live: LiveSeats = world.api.get("/api/cohorts").send().await.json();
    assert_eq!(world.catalogue.intake.phase(live.at), phase);
    assert_eq!((world.catalogue.tracks.len(), live.cohorts.len()), (11, world.catalogue.cohorts.len()));
    world.refused(world.api.apply(&world.form())).await.assert_refused(409, code);
    // Whatever else is wrong with the answers, the time comes first: nobody corrects a form that can't be sent.
    world.refused(world.api.post("{}")).await.assert_refused(409, code);
    spawn_blocking(move || server.stop()).await.expect("the task");
}
