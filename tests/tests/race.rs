//! The last seat: three hundred families at once want the only seat of a cohort. One gets it, all others get a place in the
//! order of their journal entries, and nobody is lost.
//!
//! Built with the feature `unguarded`, the backend fails this test; `cargo xtask test` checks that too.

use std::process::ExitCode;
use std::sync::Arc;

use domain::registration::{Confirmation, RegistrationState};
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tumo_tests::api::OneStudent;
use tumo_tests::suite::{self, Test};
use tumo_tests::world::World;

/// Families that want the seat, each over a connection of its own.
const FAMILIES: usize = 300;

fn main() -> ExitCode {
    // One after the other: a race is to be run without others beside it.
    let test = Test::new("race::of_three_hundred_families_one_gets_the_last_seat_twice_in_a_row", twice);
    suite::run(&["cohorts.sql"], [vec![test]])
}

async fn twice(world: Arc<World>) {
    for _ in 0..2 {
        let cohort = world.own_cohort();
        race(&world, &cohort).await;
    }
}

async fn race(world: &Arc<World>, cohort: &str) {
    let start = Arc::new(Barrier::new(FAMILIES));
    let mut families = JoinSet::new();
    for _ in 0..FAMILIES {
        let (world, start, form) = (Arc::clone(world), Arc::clone(&start), world.form_for(cohort));
        families.spawn(async move {
            start.wait().await;
            world.applied(&form).await
        });
    }
    let answers = families.join_all().await;

    let enrolled = answers.iter().filter(|answer| answer.one().state == RegistrationState::Enrolled).count();
    assert_eq!((answers.len(), enrolled), (FAMILIES, 1), "answers, and seats given");
    let mut positions: Vec<Option<u32>> = answers.iter().map(|answer| answer.one().position).collect();
    positions.sort_unstable();
    assert_eq!(positions, in_order(), "the one enrolled has no place; all others have 1, 2, 3 …");

    let seats = world.seats_of(cohort).await;
    assert_eq!((seats.seats, seats.taken, seats.waiting), (1, 1, 299));
    stored_as_answered(world, cohort, answers);
}

fn in_order() -> Vec<Option<u32>> {
    [None].into_iter().chain((1..300).map(Some)).collect()
}

/// What the families were told is what the tables say, and the journal has it in the order of places.
fn stored_as_answered(world: &World, cohort: &str, mut answers: Vec<Confirmation>) {
    let decided = "SELECT a.reference, j.state, j.position FROM journal AS j
        JOIN registrations AS r ON r.id = j.registration_id
        JOIN students AS s ON s.id = r.student_id
        JOIN applications AS a ON a.id = s.application_id
        WHERE j.cohort_id = ?1";
    let journal = world.database.rows(&format!("{decided} ORDER BY j.entry"), [cohort]);
    answers.sort_by_key(|answer| answer.one().position);
    let told = answers
        .iter()
        .map(|answer| json!({ "reference": answer.reference, "state": answer.one().state, "position": answer.one().position }));
    assert_eq!(journal, told.collect::<Vec<Value>>(), "the order of journal entries is the order of places");
    let sequence = world.database.rows(&format!("{decided} ORDER BY r.sequence"), [cohort]);
    assert_eq!(sequence, journal, "the order of decisions is the order of the journal");
    let counted = world.database.row(
        "SELECT taken, waiting, (SELECT count(*) FROM registrations WHERE cohort_id = c.id AND state = 'enrolled') AS enrolled
            FROM cohorts AS c WHERE id = ?1",
        [cohort],
    );
    assert_eq!(counted, json!({ "taken": 1, "waiting": 299, "enrolled": 1 }));
}
