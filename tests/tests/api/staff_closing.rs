//! What families see of: new cohorts, and cohorts that take no newcomers any more.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::error::{ErrorCode, FaultCode};
use domain::registration::{JoinForm, MyApplication, RegistrationState};
use domain::schedule::Slot;
use domain::staff::access::Role;
use domain::staff::cohort::{CohortForm, CohortMade, StaffCohorts};
use domain::staff::{Acted, ReasonForm};
use tumo_tests::api::{Answer, OneRegistration, OneStudent};
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![a_closed_cohort_refuses_newcomers_and_serves_its_list, a_new_cohort_takes_families_and_goes_while_it_has_none];

async fn act(staff: &Staff, path: &str) -> Answer {
    staff.post(path).json(&ReasonForm { reason: "the room is needed".into() }).send().await
}

async fn is_closed(staff: &Staff, id: &str) -> bool {
    let all: StaffCohorts = staff.get("/api/staff/cohorts").send().await.json();
    all.cohorts.iter().find(|cohort| cohort.id == id).expect("a cohort").closed
}

async fn a_closed_cohort_refuses_newcomers_and_serves_its_list(world: Arc<World>) {
    let id = world.own_cohort();
    let seated = world.applied(&world.form_for(&id)).await;
    let waiting = world.applied(&world.form_for(&id)).await;
    let elsewhere = world.applied(&world.form()).await;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let (close, reopen) = (format!("/api/staff/cohorts/{id}/close"), format!("/api/staff/cohorts/{id}/reopen"));
    act(&staff, &reopen).await.assert_refused(409, ErrorCode::WrongState);
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    act(&trainer, &close).await.assert_refused(403, ErrorCode::NotAllowed);
    let closed: Acted = act(&staff, &close).await.json();
    assert!(is_closed(&staff, &id).await);

    let newcomer = world.refused(world.api.apply(&world.form_for(&id))).await;
    newcomer.assert_faults(400, ErrorCode::InvalidApplication, &[("cohort", FaultCode::UnknownCohort)]);
    let page = async |token: &str| world.api.get("/api/my").token(token).send().await.json::<MyApplication>();
    let student = page(&elsewhere.token).await.students[0].id.clone();
    let wish = JoinForm { cohort: id.clone(), tracks: vec!["music".into()] };
    let join = world.api.request(reqwest::Method::POST, &format!("/api/my/students/{student}/registrations"));
    join.token(&elsewhere.token).json(&wish).send().await.assert_refused(409, ErrorCode::NotOffered);

    let withdraw = format!("/api/my/registrations/{}/withdraw", seated.one().registration);
    let gone = world.api.request(reqwest::Method::POST, &withdraw).token(&seated.token).send().await;
    assert_eq!(gone.json::<MyApplication>().one().state, RegistrationState::Withdrawn);
    let next = page(&waiting.token).await;
    assert_eq!((next.one().state, next.one().cohort.id.as_str()), (RegistrationState::Offered, id.as_str()));

    act(&staff, &close).await.assert_refused(409, ErrorCode::WrongState);
    act(&staff, &format!("/api/staff/journal/{}/undo", closed.entry)).await.json::<Acted>();
    assert!(!is_closed(&staff, &id).await);
}

async fn a_new_cohort_takes_families_and_goes_while_it_has_none(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let form = CohortForm {
        centre: "astana".into(),
        label: "Кешкі топ".into(),
        slots: vec![Slot { weekday: 6, start: 900, end: 1020 }],
        tracks: vec!["music".into(), "animation".into()],
        seats: 3,
        trainers: vec![],
    };
    let make = async |form: &CohortForm| staff.post("/api/staff/cohorts").json(form).send().await;
    let elsewhere = CohortForm { centre: "almaty".into(), ..form.clone() };
    make(&elsewhere).await.assert_refused(404, ErrorCode::Unknown);
    let empty = CohortForm { slots: vec![], tracks: vec![], ..form.clone() };
    let faults = [("slots", FaultCode::Required), ("tracks", FaultCode::Required)];
    make(&empty).await.assert_faults(400, ErrorCode::InvalidForm, &faults);
    let made: CohortMade = make(&form).await.json();
    let seats = world.seats_of(&made.id).await;
    assert_eq!((seats.seats, seats.taken, seats.waiting), (3, 0, 0));
    let all: StaffCohorts = staff.get("/api/staff/cohorts").send().await.json();
    let new = all.cohorts.iter().find(|cohort| cohort.id == made.id).expect("the new cohort");
    assert_eq!((new.label.as_deref(), new.tracks.len()), (Some("Кешкі топ"), 2));

    // Who has a page that shows the cohort is taken at once, whatever the server remembers of the catalogue.
    let taken: CohortMade = make(&form).await.json();
    world.applied(&ApplicationForm { cohort: taken.id.clone(), tracks: vec!["music".into()], ..world.form() }).await;
    let undo = format!("/api/staff/journal/{}/undo", taken.acted.entry);
    act(&staff, &undo).await.assert_refused(409, ErrorCode::NotUndoable);

    let undo = format!("/api/staff/journal/{}/undo", made.acted.entry);
    act(&staff, &undo).await.json::<Acted>();
    let all: StaffCohorts = staff.get("/api/staff/cohorts").send().await.json();
    assert!(all.cohorts.iter().all(|cohort| cohort.id != made.id));
}
