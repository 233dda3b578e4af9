//! Brothers and sisters in one application: together, or each by itself.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::error::{ErrorCode, FaultCode};
use domain::registration::{MyApplication, RegistrationState};
use reqwest::Method;
use tumo_tests::forms;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    together_means_all_or_none,
    split_means_each_gets_what_is_there,
    a_party_is_offered_and_accepts_together,
    a_party_that_does_not_fit_lets_others_pass,
    a_sibling_who_is_registered_stops_the_whole_application,
    faults_of_siblings_have_paths,
];

use RegistrationState::{Enrolled, Offered, Waiting};

/// Answers of a family with a student in each of these cohorts.
fn family(world: &World, cohorts: &[&str], together: bool) -> ApplicationForm {
    let mut form = world.form_for(cohorts[0]);
    form.siblings = cohorts[1..].iter().map(|cohort| forms::sibling(&world.catalogue, cohort)).collect();
    form.together = together;
    form
}

async fn states(world: &World, token: &str) -> Vec<RegistrationState> {
    let page: MyApplication = world.api.get("/api/my").token(token).send().await.json();
    page.students.iter().map(|student| student.registrations[0].state).collect()
}

async fn post(world: &World, token: &str, registration: &str, act: &str) {
    let path = format!("/api/my/registrations/{registration}/{act}");
    world.api.request(Method::POST, &path).token(token).send().await.json::<MyApplication>();
}

async fn together_means_all_or_none(world: Arc<World>) {
    let (one, other) = (world.own_cohort(), world.own_cohort());
    let same = world.applied(&family(&world, &[&one, &one], true)).await;
    assert_eq!(states(&world, &same.token).await, [Waiting, Waiting], "one seat is not enough for two");
    let places: Vec<_> = same.registrations.iter().map(|decided| decided.position).collect();
    assert_eq!(places, [Some(1), Some(2)]);
    let apart = world.applied(&family(&world, &[&other, "astana-mon-wed-0900"], true)).await;
    assert_eq!(states(&world, &apart.token).await, [Enrolled, Enrolled]);
    let half = world.applied(&family(&world, &["astana-mon-wed-0900", &other], true)).await;
    assert_eq!(states(&world, &half.token).await, [Waiting, Waiting], "no seat of one without that of the other");
    let parties =
        "SELECT count(*) AS parties FROM parties AS p JOIN applications AS a ON a.id = p.application_id WHERE a.reference = ?1";
    assert_eq!(world.database.row(parties, [&apart.reference])["parties"], 1);
    post(&world, &half.token, &half.registrations[0].registration, "withdraw").await;
    post(&world, &half.token, &half.registrations[1].registration, "withdraw").await;
}

async fn split_means_each_gets_what_is_there(world: Arc<World>) {
    let cohort = world.own_cohort();
    let told = world.applied(&family(&world, &[&cohort, &cohort], false)).await;
    assert_eq!(states(&world, &told.token).await, [Enrolled, Waiting]);
    assert_eq!(told.registrations[1].position, Some(1));
    let page: MyApplication = world.api.get("/api/my").token(&told.token).send().await.json();
    assert!(!page.together);
    post(&world, &told.token, &told.registrations[0].registration, "withdraw").await;
    assert_eq!(states(&world, &told.token).await[1], Offered, "the sister stands first");
}

async fn a_party_is_offered_and_accepts_together(world: Arc<World>) {
    let (one, other) = (world.own_cohort(), world.own_cohort());
    let (first, second) = (world.applied(&world.form_for(&one)).await, world.applied(&world.form_for(&other)).await);
    let party = world.applied(&family(&world, &[&one, &other], true)).await;
    post(&world, &first.token, &first.registrations[0].registration, "withdraw").await;
    assert_eq!(states(&world, &party.token).await, [Waiting, Waiting], "one of two seats");
    post(&world, &second.token, &second.registrations[0].registration, "withdraw").await;
    assert_eq!(states(&world, &party.token).await, [Offered, Offered]);
    post(&world, &party.token, &party.registrations[1].registration, "accept").await;
    assert_eq!(states(&world, &party.token).await, [Enrolled, Enrolled], "one answer for both");
}

async fn a_party_that_does_not_fit_lets_others_pass(world: Arc<World>) {
    let cohort = world.own_cohort();
    let party = world.applied(&family(&world, &[&cohort, &cohort], true)).await;
    let single = world.applied(&world.form_for(&cohort)).await;
    assert_eq!(single.registrations[0].position, Some(3), "behind both");
    assert_eq!(states(&world, &single.token).await, [Offered], "and yet served: the seat is of no use to the two");
    assert_eq!(states(&world, &party.token).await, [Waiting, Waiting]);
}

async fn a_sibling_who_is_registered_stops_the_whole_application(world: Arc<World>) {
    let earlier = world.form();
    world.applied(&earlier).await;
    let mut form = family(&world, &["astana-mon-wed-0900", "astana-mon-wed-0900"], false);
    form.guardian = earlier.guardian.clone();
    form.siblings[0].student = earlier.student.clone();
    world.api.apply(&form).send().await.assert_refused(409, ErrorCode::AlreadyRegistered);
    let stored = world.database.row("SELECT count(*) AS rows FROM students WHERE surname = ?1", [&form.student.surname]);
    assert_eq!(stored["rows"], 0, "nothing half-stored");
}

async fn faults_of_siblings_have_paths(world: Arc<World>) {
    let mut form = family(&world, &["astana-mon-wed-0900", "nowhere"], true);
    form.siblings[0].student.given_name = "7".into();
    let expected = [
        ("siblings.0.tracks", FaultCode::Required),
        ("siblings.0.cohort", FaultCode::UnknownCohort),
        ("siblings.0.student.given_name", FaultCode::NameCharacters),
    ];
    form.siblings[0].tracks.clear();
    world.refused(world.api.apply(&form)).await.assert_faults(400, ErrorCode::InvalidApplication, &expected);
}
