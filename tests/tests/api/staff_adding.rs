//! Students registered by hand: the rules of a family's own application, with staff as author.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::error::{ErrorCode, FaultCode};
use domain::invariants::Invariants;
use domain::registration::{MyApplication, RegistrationState, Warning};
use domain::staff::access::Role;
use domain::staff::roster::AddedStudents;
use tumo_tests::api::{Request, fresh_key};
use tumo_tests::forms::{email, sibling};
use tumo_tests::letters::Letter;
use tumo_tests::personal;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_free_seat_is_taken_and_the_family_gets_its_link,
    without_a_seat_the_student_waits_behind_the_others,
    a_student_who_is_registered_is_refused,
    a_form_is_checked_like_a_familys,
    a_closed_cohort_takes_who_is_added_by_hand,
    the_same_key_adds_once,
    nobody_is_added_at_another_centre,
];

use RegistrationState::{Enrolled, Waiting};

fn add(staff: &Staff, cohort: &str, form: &ApplicationForm) -> Request {
    personal::note(form);
    staff.post(&format!("/api/staff/cohorts/{cohort}/students")).key(&fresh_key()).json(form)
}

fn added(answer: &tumo_tests::api::Answer, status: u16) -> AddedStudents {
    assert_eq!(answer.status, status, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("what was added")
}

/// The token in the letter's link.
fn linked(letter: &Letter) -> &str {
    letter.text.split_whitespace().find_map(|word| word.split_once("/my#")).expect("a link").1
}

async fn a_free_seat_is_taken_and_the_family_gets_its_link(world: Arc<World>) {
    let cohort = world.own_cohort();
    let mut form = world.form_for(&cohort);
    form.guardian.email = email();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let answer = add(&coordinator, &cohort, &form).send().await;
    let told = added(&answer, 201);
    assert_eq!((told.registrations[0].state, told.registrations[0].position), (Enrolled, None));
    assert!(!answer.body.contains("token") && !answer.body.contains("receipt"), "{}", answer.body);
    let entry = "SELECT act || ' ' || author FROM journal WHERE registration_id = ?1";
    assert_eq!(
        world.database.column(entry, [told.registrations[0].registration.as_str()]),
        [format!("applied {}", coordinator.id)]
    );
    let letters = world.letters_to(&form.guardian.email, 1).await;
    personal::note_secret(linked(&letters[0]));
    let page: MyApplication = world.api.get("/api/my").token(linked(&letters[0])).send().await.json();
    assert_eq!(page.reference, told.reference);
    assert!(!page.students[0].registrations[0].receipt.is_empty());
}

async fn without_a_seat_the_student_waits_behind_the_others(world: Arc<World>) {
    let cohort = world.own_cohort();
    for _ in 0..2 {
        world.applied(&world.form_for(&cohort)).await;
    }
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let told = added(&add(&coordinator, &cohort, &world.form_for(&cohort)).send().await, 201);
    assert_eq!((told.registrations[0].state, told.registrations[0].position), (Waiting, Some(2)));
    let invariants: Invariants = world.api.get("/api/invariants").send().await.json();
    assert!(invariants.holds, "{invariants:?}");
}

async fn a_student_who_is_registered_is_refused(world: Arc<World>) {
    let form = world.form_for(&world.own_cohort());
    world.applied(&form).await;
    let elsewhere = ApplicationForm { cohort: world.own_cohort(), ..form };
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let request = add(&coordinator, &elsewhere.cohort, &elsewhere);
    world.refused(request).await.assert_refused(409, ErrorCode::AlreadyRegistered);
}

async fn a_form_is_checked_like_a_familys(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let mut form = world.form_for(&cohort);
    form.guardian.phone = "12".to_owned();
    form.consent.purposes.clear();
    let faults = [("guardian.phone", FaultCode::PhoneLength), ("consent.purposes", FaultCode::ConsentNeeded)];
    add(&coordinator, &cohort, &form).send().await.assert_faults(400, ErrorCode::InvalidApplication, &faults);
    let other = world.form_for("astana-mon-wed-0900");
    let faults = [("cohort", FaultCode::UnknownChoice)];
    add(&coordinator, &cohort, &other).send().await.assert_faults(400, ErrorCode::InvalidApplication, &faults);
    let keyless = add(&coordinator, &cohort, &world.form_for(&cohort)).without("idempotency-key");
    keyless.send().await.assert_refused(400, ErrorCode::KeyMissing);
    let mut form = world.form_for(&cohort);
    form.student.iin = "061211600012".to_owned();
    assert_eq!(added(&add(&coordinator, &cohort, &form).send().await, 201).warnings, [Warning::IinBirthDate]);
}

async fn a_closed_cohort_takes_who_is_added_by_hand(world: Arc<World>) {
    let cohort = world.own_cohort();
    world.change("UPDATE cohorts SET closed_at = 1 WHERE id = ?1", &[cohort.clone().into()]).await;
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let told = added(&add(&coordinator, &cohort, &world.form_for(&cohort)).send().await, 201);
    assert_eq!(told.registrations[0].state, Enrolled);
}

async fn the_same_key_adds_once(world: Arc<World>) {
    let cohort = world.own_cohort();
    let coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let request = add(&coordinator, &cohort, &world.form_for(&cohort));
    let first = added(&request.clone().send().await, 201);
    assert_eq!(added(&world.refused(request.clone()).await, 200), first);
    let other = request.json(&world.form_for(&cohort));
    world.refused(other).await.assert_refused(422, ErrorCode::KeyReused);
}

async fn nobody_is_added_at_another_centre(world: Arc<World>) {
    let cohort = world.own_cohort();
    let stranger = world.staff(Role::Coordinator, Some("almaty")).await;
    let request = add(&stranger, &cohort, &world.form_for(&cohort));
    world.refused(request).await.assert_refused(404, ErrorCode::Unknown);
    let mut form = world.form_for("almaty-mon-wed-0900");
    form.siblings = vec![sibling(&world.catalogue, &cohort)];
    let request = add(&stranger, "almaty-mon-wed-0900", &form);
    world.refused(request).await.assert_refused(404, ErrorCode::Unknown);
}
