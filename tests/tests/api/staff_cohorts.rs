//! Cohorts as coordinators run them: what they see, seats, edits, bulk changes.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use domain::registration::{MyApplication, RegistrationState};
use domain::schedule::Slot;
use domain::staff::access::Role;
use domain::staff::attendance::StaffSessions;
use domain::staff::cohort::{
    BulkAnswer, BulkChange, BulkForm, CohortChange, CohortForm, CohortMade, SEATS_MAX, SeatsForm, StaffCohort, StaffCohorts,
};
use domain::staff::{Acted, ReasonForm};
use reqwest::Method;
use tumo_tests::api::{Answer, OneRegistration, OneStudent};
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    the_list_shows_what_lies_within_reach,
    a_family_has_its_page_in_a_cohort_made_a_moment_ago,
    added_seats_go_to_the_waiting_list,
    seats_are_changed_within_bounds_with_a_reason_and_the_right,
    an_edit_is_made_from_the_version_it_has_seen,
    an_edit_with_faults_changes_nothing,
    other_slots_keep_the_past,
    a_bulk_change_is_made_whole_or_not_at_all,
];

async fn cohort(staff: &Staff, id: &str) -> StaffCohort {
    let all: StaffCohorts = staff.get("/api/staff/cohorts").send().await.json();
    all.cohorts.into_iter().find(|cohort| cohort.id == id).expect("a cohort within reach")
}

async fn seats(staff: &Staff, cohort: &str, seats: u32, reason: &str) -> Answer {
    let form = SeatsForm { seats, reason: reason.into() };
    staff.put(&format!("/api/staff/cohorts/{cohort}/seats")).json(&form).send().await
}

async fn undo(staff: &Staff, acted: Acted) -> Answer {
    let form = ReasonForm { reason: "a slip".into() };
    staff.post(&format!("/api/staff/journal/{}/undo", acted.entry)).json(&form).send().await
}

async fn the_list_shows_what_lies_within_reach(world: Arc<World>) {
    let id = world.own_cohort();
    for _ in 0..2 {
        world.applied(&world.form_for(&id)).await;
    }
    let (coordinator, viewer) = (world.staff(Role::Coordinator, Some("astana")).await, world.staff(Role::Viewer, None).await);
    let seen = cohort(&coordinator, &id).await;
    assert_eq!((seen.seats, seen.enrolled, seen.offered, seen.waiting, seen.closed), (1, 1, 0, 1, false));
    assert_eq!((seen.slots.len(), seen.tracks.len(), seen.version), (2, 11, 1));
    let own: StaffCohorts = coordinator.get("/api/staff/cohorts").send().await.json();
    assert!(own.cohorts.iter().all(|cohort| cohort.centre == "astana"));
    assert!(own.trainers.iter().all(|trainer| trainer.centre == "astana"));
    assert_eq!(own.centres.iter().map(|one| one.centre.id.as_str()).collect::<Vec<_>>(), ["astana"]);
    let every: StaffCohorts = viewer.get("/api/staff/cohorts").send().await.json();
    assert_eq!((every.centres.len(), &every.intake), (2, &world.catalogue.intake));
    assert!(every.cohorts.len() > own.cohorts.len());
    world.api.get("/api/staff/cohorts").send().await.assert_refused(401, ErrorCode::NotSignedIn);
}

async fn a_family_has_its_page_in_a_cohort_made_a_moment_ago(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let form = CohortForm {
        centre: "astana".into(),
        label: String::new(),
        slots: vec![Slot { weekday: 6, start: 900, end: 1020 }],
        tracks: vec!["programming".into(), "music".into()],
        seats: 5,
        trainers: vec![],
    };
    // The server keeps the catalogue that this application is checked by.
    world.applied(&world.form_for(&world.own_cohort())).await;
    let made: CohortMade = staff.post("/api/staff/cohorts").json(&form).send().await.json();
    let mut form = world.form_for(&world.own_cohort());
    (form.cohort, form.tracks) = (made.id.clone(), vec!["music".into()]);
    let told = world.applied(&form).await;
    let page: MyApplication = world.api.get("/api/my").token(&told.token).send().await.json();
    assert_eq!((page.one().cohort.id.as_str(), page.one().state), (made.id.as_str(), RegistrationState::Enrolled));
    let path = format!("/api/my/registrations/{}/withdraw", told.one().registration);
    let page: MyApplication = world.api.request(Method::POST, &path).token(&told.token).send().await.json();
    assert_eq!(page.one().state, RegistrationState::Withdrawn);
}

async fn added_seats_go_to_the_waiting_list(world: Arc<World>) {
    let id = world.own_cohort();
    world.applied(&world.form_for(&id)).await;
    let waiting = world.applied(&world.form_for(&id)).await;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let acted: Acted = seats(&staff, &id, 2, "one more workstation").await.json();
    assert!(acted.undo_until.is_some());
    let page: MyApplication = world.api.get("/api/my").token(&waiting.token).send().await.json();
    assert_eq!(page.one().state, RegistrationState::Offered);
    let entry = world.database.row("SELECT act, author, seats, reason FROM journal WHERE entry = ?1", [acted.entry as i64]);
    let expected =
        serde_json::json!({ "act": "seats_changed", "author": staff.id, "seats": 2, "reason": "one more workstation" });
    assert_eq!(entry, expected);
    // Somebody holds it by now.
    undo(&staff, acted).await.assert_refused(409, ErrorCode::NotUndoable);

    let acted: Acted = seats(&staff, &id, 5, "three more").await.json();
    undo(&staff, acted).await.json::<Acted>();
    assert_eq!(cohort(&staff, &id).await.seats, 2);
}

async fn seats_are_changed_within_bounds_with_a_reason_and_the_right(world: Arc<World>) {
    let id = world.own_cohort();
    world.applied(&world.form_for(&id)).await;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    seats(&staff, &id, 0, "less").await.assert_refused(409, ErrorCode::BelowTaken);
    seats(&staff, &id, 1, "the same").await.assert_refused(409, ErrorCode::WrongState);
    let fault = |field, code| [(field, code)];
    seats(&staff, &id, 3, "  ").await.assert_faults(400, ErrorCode::InvalidForm, &fault("reason", FaultCode::Required));
    let most = seats(&staff, &id, SEATS_MAX + 1, "more").await;
    most.assert_faults(400, ErrorCode::InvalidForm, &fault("seats", FaultCode::OutOfRange));
    let elsewhere = world.staff(Role::Coordinator, Some("almaty")).await;
    seats(&elsewhere, &id, 3, "more").await.assert_refused(404, ErrorCode::Unknown);
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    seats(&trainer, &id, 3, "more").await.assert_refused(403, ErrorCode::NotAllowed);
    assert_eq!(cohort(&staff, &id).await.seats, 1);
}

/// An edit that changes nothing yet.
fn edit(cohort: &StaffCohort) -> CohortChange {
    CohortChange {
        version: cohort.version,
        label: cohort.label.clone().unwrap_or_default(),
        slots: cohort.slots.clone(),
        tracks: cohort.tracks.clone(),
        trainers: cohort.trainers.iter().map(|trainer| trainer.id.clone()).collect(),
        reason: "a new plan".into(),
    }
}

async fn send(staff: &Staff, cohort: &str, form: &CohortChange) -> Answer {
    staff.put(&format!("/api/staff/cohorts/{cohort}")).json(form).send().await
}

async fn an_edit_is_made_from_the_version_it_has_seen(world: Arc<World>) {
    let id = world.own_cohort();
    let (staff, trainer) =
        (world.staff(Role::Coordinator, Some("astana")).await, world.staff(Role::Trainer, Some("astana")).await);
    let seen = cohort(&staff, &id).await;
    let form = CohortChange { label: "Таңғы топ".into(), trainers: vec![trainer.id.clone()], ..edit(&seen) };
    let acted: Acted = send(&staff, &id, &form).await.json();
    let now = cohort(&staff, &id).await;
    assert_eq!((now.label.as_deref(), now.version), (Some("Таңғы топ"), 2));
    assert_eq!(now.trainers.iter().map(|trainer| &trainer.id).collect::<Vec<_>>(), [&trainer.id]);
    send(&staff, &id, &form).await.assert_refused(409, ErrorCode::ChangedMeanwhile);
    send(&staff, &id, &edit(&now)).await.assert_refused(409, ErrorCode::WrongState);
    undo(&staff, acted).await.json::<Acted>();
    let back = cohort(&staff, &id).await;
    assert_eq!((back.label, back.trainers, back.version), (None, vec![], 3));
    undo(&staff, acted).await.assert_refused(409, ErrorCode::NotUndoable);
}

async fn an_edit_with_faults_changes_nothing(world: Arc<World>) {
    let id = world.own_cohort();
    let mut form = world.form_for(&id);
    form.tracks = vec!["music".into()];
    world.applied(&form).await;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let elsewhere = world.staff(Role::Trainer, Some("almaty")).await;
    let seen = cohort(&staff, &id).await;
    let mut wrong = CohortChange { trainers: vec![elsewhere.id.clone()], ..edit(&seen) };
    wrong.tracks.retain(|track| track != "music");
    wrong.slots.push(Slot { weekday: 7, start: 500, end: 530 });
    send(&staff, &id, &wrong).await.assert_faults(
        400,
        ErrorCode::InvalidForm,
        &[("slots.2", FaultCode::Clash), ("tracks", FaultCode::InUse), ("trainers", FaultCode::UnknownChoice)],
    );
    let no_reason = CohortChange { label: "x".into(), reason: String::new(), ..edit(&seen) };
    send(&staff, &id, &no_reason).await.assert_faults(400, ErrorCode::InvalidForm, &[("reason", FaultCode::Required)]);
    let other = world.staff(Role::Coordinator, Some("almaty")).await;
    send(&other, &id, &CohortChange { label: "x".into(), ..edit(&seen) }).await.assert_refused(404, ErrorCode::Unknown);
    assert_eq!(cohort(&staff, &id).await, seen);
}

async fn other_slots_keep_the_past(world: Arc<World>) {
    let id = "running-1";
    let staff = world.staff(Role::Administrator, None).await;
    let intake =
        world.database.row("SELECT first_session_on AS first, last_session_on AS last FROM intakes WHERE id = 'running'", []);
    let span = format!("from={}&to={}", intake["first"].as_str().expect("a day"), intake["last"].as_str().expect("a day"));
    let sessions = async || -> Vec<(domain::date::Date, u16)> {
        let path = format!("/api/staff/sessions?{span}&cohort={id}");
        let found: StaffSessions = staff.get(&path).send().await.json();
        found.sessions.iter().map(|session| (session.date, session.start)).collect()
    };
    let before = sessions().await;
    let change = CohortChange {
        version: 1,
        label: String::new(),
        slots: vec![Slot { weekday: 2, start: 1200, end: 1320 }],
        tracks: world.catalogue.tracks.iter().map(|track| track.id.clone()).collect(),
        trainers: vec![],
        reason: "another room".into(),
    };
    let acted: Acted = send(&staff, id, &change).await.json();
    let after = sessions().await;
    let from = world.database.row("SELECT slots_from AS day FROM cohorts WHERE id = ?1", [id])["day"].clone();
    let is_past = |(date, _): &(domain::date::Date, u16)| serde_json::json!(date).as_str() < from.as_str();
    let past = |sessions: &[(domain::date::Date, u16)]| sessions.iter().copied().filter(is_past).collect::<Vec<_>>();
    assert!(past(&before).len() >= 6, "three weeks of Mondays and Thursdays");
    assert_eq!(past(&before), past(&after));
    let to_come: Vec<_> = after.iter().filter(|session| !is_past(session)).collect();
    assert!(to_come.len() > 5 && to_come.iter().all(|(date, start)| (date.weekday(), *start) == (2, 1200)));
    undo(&staff, acted).await.json::<Acted>();
    assert_eq!(sessions().await, before);
}

async fn a_bulk_change_is_made_whole_or_not_at_all(world: Arc<World>) {
    let ids = [world.own_cohort(), world.own_cohort()];
    world.applied(&world.form_for(&ids[1])).await;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let form = |change, preview| BulkForm { cohorts: ids.to_vec(), change, reason: "a new room".into(), preview };
    let send = async |form: &BulkForm| staff.post("/api/staff/cohorts/bulk").json(form).send().await;
    let shown: BulkAnswer = send(&form(BulkChange::SeatsBy { by: 4 }, true)).await.json();
    assert_eq!(shown.lines.iter().map(|line| (line.seats_before, line.seats_after)).collect::<Vec<_>>(), [(1, 5), (1, 5)]);
    assert!(!shown.done);
    let fewer: BulkAnswer = send(&form(BulkChange::SeatsTo { to: 0 }, false)).await.json();
    assert_eq!(fewer.lines.iter().map(|line| line.fault).collect::<Vec<_>>(), [None, Some(ErrorCode::BelowTaken)]);
    let seats = async || (cohort(&staff, &ids[0]).await.seats, cohort(&staff, &ids[1]).await.seats);
    assert_eq!((fewer.done, seats().await), (false, (1, 1)));

    let made: BulkAnswer = send(&form(BulkChange::SeatsBy { by: 4 }, false)).await.json();
    assert_eq!((made.done, made.acted.len(), seats().await), (true, 2, (5, 5)));
    undo(&staff, made.acted[0]).await.json::<Acted>();
    assert_eq!(seats().await, (1, 5));

    let nothing = BulkForm { cohorts: vec![], ..form(BulkChange::Close {}, true) };
    send(&nothing).await.assert_faults(400, ErrorCode::InvalidForm, &[("cohorts", FaultCode::Required)]);
    let no_reason = BulkForm { reason: String::new(), ..form(BulkChange::SeatsBy { by: 1 }, false) };
    send(&no_reason).await.assert_faults(400, ErrorCode::InvalidForm, &[("reason", FaultCode::Required)]);
    let elsewhere =
        BulkForm { cohorts: vec![ids[0].clone(), "almaty-sat-mon".into()], ..form(BulkChange::SeatsBy { by: 1 }, false) };
    send(&elsewhere).await.assert_refused(404, ErrorCode::Unknown);
    assert_eq!(seats().await, (1, 5));
}
