//! What coordinators do to registrations: moves, places, removals; each with a reason, in the journal, and told to the family.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use domain::registration::{Confirmation, JoinForm, MyApplication, RegistrationState};
use domain::staff::access::Role;
use domain::staff::roster::{MoveForm, PlaceForm};
use domain::staff::{Acted, ReasonForm};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tumo_tests::api::{Answer, OneStudent};
use tumo_tests::forms::email;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_student_is_moved_whole_or_not_at_all,
    moves_at_once_are_one_move,
    a_move_needs_an_open_seat_and_a_track,
    who_waits_is_moved_to_a_free_seat_or_to_the_end_of_another_list,
    who_waits_and_has_a_seat_elsewhere_is_asked_before_it_ends,
    an_offer_is_answered_before_its_student_is_moved,
    a_place_on_the_list_is_changed_with_a_reason,
    a_registration_is_ended_with_a_reason_and_its_seat_goes_on,
    nobody_acts_at_another_centre,
    an_act_without_a_reason_is_refused,
];

use RegistrationState::{Enrolled, Offered, Removed, Waiting, Withdrawn};

struct Scene {
    world: Arc<World>,
    staff: Staff,
    cohort: String,
}

impl Scene {
    async fn set(world: Arc<World>) -> Self {
        let staff = world.staff(Role::Coordinator, Some("astana")).await;
        let cohort = world.own_cohort();
        Self { world, staff, cohort }
    }

    async fn family(&self) -> Confirmation {
        self.world.applied(&self.world.form_for(&self.cohort)).await
    }

    async fn does(&self, told: &Confirmation, act: &str, form: &impl serde::Serialize) -> Answer {
        let path = format!("/api/staff/registrations/{}/{act}", told.one().registration);
        self.staff.post(&path).json(form).send().await
    }

    async fn page(&self, told: &Confirmation) -> MyApplication {
        self.world.api.get("/api/my").token(&told.token).send().await.json()
    }

    async fn state(&self, told: &Confirmation) -> RegistrationState {
        self.page(told).await.students[0].registrations[0].state
    }

    /// Where the family's student is registered, in which state and at which place.
    async fn places(&self, told: &Confirmation) -> Vec<(String, RegistrationState, Option<u32>)> {
        let page = self.page(told).await;
        page.students[0].registrations.iter().map(|one| (one.cohort.id.clone(), one.state, one.position)).collect()
    }

    /// Act, author and reason of the entry that an answer names.
    fn entry(&self, acted: Acted) -> (String, String, Option<String>) {
        let row = self
            .world
            .database
            .row("SELECT act, author, reason FROM journal WHERE entry = ?1", [i64::try_from(acted.entry).expect("few")]);
        let text = |column: &str| row[column].as_str().map(str::to_owned);
        (text("act").expect("an act"), text("author").expect("an author"), text("reason"))
    }
}

fn reason() -> ReasonForm {
    ReasonForm { reason: "  Отбасы  сұрады ".to_owned() }
}

fn move_to(cohort: &str) -> MoveForm {
    MoveForm { cohort: cohort.to_owned(), tracks: vec![], reason: reason().reason }
}

async fn a_student_is_moved_whole_or_not_at_all(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let mut form = scene.world.form_for(&scene.cohort);
    form.guardian.email = email();
    let told = scene.world.applied(&form).await;
    let next = scene.family().await;
    let acted: Acted = scene.does(&told, "move", &move_to("astana-tue-thu-0900")).await.json();
    assert!(acted.undo_until.is_some());
    let expected = ("transferred".to_owned(), scene.staff.id.clone(), Some("Отбасы сұрады".to_owned()));
    assert_eq!(scene.entry(acted), expected);
    let page = scene.page(&told).await;
    let states: Vec<_> = page.students[0].registrations.iter().map(|one| (one.cohort.id.as_str(), one.state)).collect();
    assert_eq!(states, [("astana-tue-thu-0900", Enrolled), (scene.cohort.as_str(), Withdrawn)]);
    let tracks: Vec<_> = page.students[0].registrations[0].tracks.iter().map(|track| &track.id).collect();
    assert_eq!(tracks, form.tracks.iter().collect::<Vec<_>>());
    // The freed seat is held for the first of the list in the same moment.
    assert_eq!(scene.state(&next).await, Offered);
    let letters = scene.world.letters_to(&form.guardian.email, 2).await;
    let moved = letters.iter().find(|letter| letter.text.contains("басқа топқа ауыстырды")).expect("a letter about the move");
    assert!(moved.text.contains("Сс, Бс 09:00–11:00") && moved.text.contains("Себебі: Отбасы сұрады"), "{}", moved.text);
    // There is no seat left to be moved.
    scene.does(&told, "move", &move_to("astana-mon-wed-0900")).await.assert_refused(409, ErrorCode::WrongState);
}

/// Again and again, as only moves of one millisecond come near each other.
async fn moves_at_once_are_one_move(world: Arc<World>) {
    let scene = Arc::new(Scene::set(world).await);
    let wanted = ["mon-thu-0900", "tue-thu-0900", "tue-fri-0900", "wed-fri-0900", "mon-thu-1100", "tue-thu-1100"];
    for _ in 0..5 {
        let told = Arc::new(scene.world.applied(&scene.world.form_for(&scene.world.own_cohort())).await);
        let mut moves = JoinSet::new();
        for cohort in wanted.repeat(4) {
            let (scene, told) = (scene.clone(), told.clone());
            moves.spawn(async move { scene.does(&told, "move", &move_to(&format!("astana-{cohort}"))).await });
        }
        let (moved, refused): (Vec<_>, Vec<_>) = moves.join_all().await.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(moved.len(), 1);
        for answer in refused {
            answer.assert_refused(409, ErrorCode::WrongState);
        }
        let states: Vec<_> = scene.places(&told).await.into_iter().map(|(_, state, _)| state).collect();
        assert_eq!(states, [Enrolled, Withdrawn]);
    }
}

async fn a_move_needs_an_open_seat_and_a_track(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let told = scene.family().await;
    let full = scene.world.own_cohort();
    scene.world.applied(&scene.world.form_for(&full)).await;
    let before = scene.page(&told).await.students;
    scene.does(&told, "move", &move_to(&full)).await.assert_refused(409, ErrorCode::NoOpenSeat);
    let fault = |answer: Answer, field, code| answer.assert_faults(400, ErrorCode::InvalidForm, &[(field, code)]);
    fault(scene.does(&told, "move", &move_to("nowhere")).await, "cohort", FaultCode::UnknownCohort);
    // Out of reach is as good as unknown.
    fault(scene.does(&told, "move", &move_to("almaty-mon-wed-0900")).await, "cohort", FaultCode::UnknownCohort);
    let lab = move_to("astana-lab-music");
    fault(scene.does(&told, "move", &lab).await, "tracks", FaultCode::TrackNotOffered);
    assert_eq!(scene.page(&told).await.students, before);
    let named = MoveForm { tracks: vec!["music".to_owned()], ..lab };
    scene.does(&told, "move", &named).await.json::<Acted>();
    assert_eq!(scene.state(&told).await, Enrolled);
}

async fn who_waits_is_moved_to_a_free_seat_or_to_the_end_of_another_list(world: Arc<World>) {
    let scene = Scene::set(world).await;
    scene.family().await;
    let mut form = scene.world.form_for(&scene.cohort);
    form.guardian.email = email();
    form.language = "ru".to_owned();
    let first = scene.world.applied(&form).await;
    let second = scene.family().await;
    let other = scene.world.own_cohort();
    for _ in 0..2 {
        scene.world.applied(&scene.world.form_for(&other)).await;
    }
    // Where somebody waits: behind everybody. Who was behind in the old list moves up.
    let acted: Acted = scene.does(&first, "move", &move_to(&other)).await.json();
    let told = scene.entry(acted);
    assert_eq!(told, ("transferred".to_owned(), scene.staff.id.clone(), Some("Отбасы сұрады".to_owned())));
    assert_eq!(scene.places(&first).await, [(other.clone(), Waiting, Some(2)), (scene.cohort.clone(), Withdrawn, None)]);
    assert_eq!(scene.places(&second).await, [(scene.cohort.clone(), Waiting, Some(1))]);
    let letters = scene.world.letters_to(&form.guardian.email, 2).await;
    let moved =
        letters.iter().find(|letter| letter.text.contains("в список ожидания другой")).expect("a letter about the move");
    assert!(moved.text.contains("Причина: Отбасы сұрады") && moved.text.contains("место 2."), "{}", moved.text);
    // Back to the old place, not behind those who came since.
    let undo = scene.staff.post(&format!("/api/staff/journal/{}/undo", acted.entry)).json(&reason()).send().await;
    undo.json::<Acted>();
    assert_eq!(scene.places(&first).await, [(scene.cohort.clone(), Waiting, Some(1)), (other.clone(), Withdrawn, None)]);
    assert_eq!(scene.places(&second).await, [(scene.cohort.clone(), Waiting, Some(2))]);
    // Where a seat is free and nobody waits: enrolled at once.
    scene.does(&second, "move", &move_to("astana-tue-thu-0900")).await.json::<Acted>();
    let expected = [("astana-tue-thu-0900".to_owned(), Enrolled, None), (scene.cohort.clone(), Withdrawn, None)];
    assert_eq!(scene.places(&second).await, expected);
    scene.does(&second, "move", &move_to("astana-mon-wed-0900")).await.assert_refused(409, ErrorCode::WrongState);
}

async fn who_waits_and_has_a_seat_elsewhere_is_asked_before_it_ends(world: Arc<World>) {
    let scene = Scene::set(world).await;
    scene.family().await;
    let [seat, open] = [scene.world.own_cohort(), scene.world.own_cohort()];
    let told = scene.world.applied(&scene.world.form_for(&seat)).await;
    let student = scene.page(&told).await.students[0].id.clone();
    let tracks = vec!["programming".to_owned()];
    let join = JoinForm { cohort: scene.cohort.clone(), tracks };
    let path = format!("/api/my/students/{student}/registrations");
    let page: MyApplication = scene.world.api.request(Method::POST, &path).token(&told.token).json(&join).send().await.json();
    let waits = page.students[0].registrations.iter().find(|one| one.state == Waiting).expect("a place").id.clone();
    let path = format!("/api/staff/registrations/{waits}/move");
    let moves = async |to: &str| scene.staff.post(&path).json(&move_to(to)).send().await;
    moves(&seat).await.assert_refused(409, ErrorCode::AlreadyRegistered);
    let acted: Acted = moves(&open).await.json();
    assert_eq!(acted.undo_until, None, "an offer is on its way");
    let mut places = scene.places(&told).await;
    places.sort_by_key(|(_, state, _)| state.as_str());
    assert_eq!(places, [(seat, Enrolled, None), (open, Offered, None), (scene.cohort.clone(), Withdrawn, None)]);
}

async fn an_offer_is_answered_before_its_student_is_moved(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let (told, next) = (scene.family().await, scene.family().await);
    scene.does(&told, "remove", &reason()).await.json::<Acted>();
    assert_eq!(scene.state(&next).await, Offered);
    scene.does(&next, "move", &move_to("astana-tue-thu-0900")).await.assert_refused(409, ErrorCode::OfferStands);
    assert_eq!(scene.state(&next).await, Offered);
}

async fn a_place_on_the_list_is_changed_with_a_reason(world: Arc<World>) {
    let scene = Scene::set(world).await;
    scene.family().await;
    let (first, second) = (scene.family().await, scene.family().await);
    let form = PlaceForm { place: 1, reason: reason().reason };
    let acted: Acted = scene.does(&second, "place", &form).await.json();
    let expected = ("reordered".to_owned(), scene.staff.id.clone(), Some("Отбасы сұрады".to_owned()));
    assert_eq!(scene.entry(acted), expected);
    let place = async |told: &Confirmation| scene.page(told).await.students[0].registrations[0].position;
    assert_eq!((place(&first).await, place(&second).await), (Some(2), Some(1)));
    let nowhere = PlaceForm { place: 0, ..form };
    scene.does(&second, "place", &nowhere).await.assert_faults(
        400,
        ErrorCode::InvalidForm,
        &[("place", FaultCode::OutOfRange)],
    );
}

async fn a_registration_is_ended_with_a_reason_and_its_seat_goes_on(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let mut form = scene.world.form_for(&scene.cohort);
    form.guardian.email = email();
    form.language = "ru".to_owned();
    let told = scene.world.applied(&form).await;
    let next = scene.family().await;
    let acted: Acted = scene.does(&told, "remove", &reason()).await.json();
    assert_eq!(scene.entry(acted).0, "removed");
    assert_eq!((scene.state(&told).await, scene.state(&next).await), (Removed, Offered));
    let letters = scene.world.letters_to(&form.guardian.email, 2).await;
    assert!(letters.iter().any(|letter| letter.text.contains("Причина: Отбасы сұрады")));
    scene.does(&told, "remove", &reason()).await.assert_refused(409, ErrorCode::WrongState);
    scene
        .does(&told, "place", &PlaceForm { place: 1, reason: "x".to_owned() })
        .await
        .assert_refused(409, ErrorCode::WrongState);
}

async fn nobody_acts_at_another_centre(world: Arc<World>) {
    let mut scene = Scene::set(world).await;
    let told = scene.family().await;
    scene.staff = scene.world.staff(Role::Coordinator, Some("almaty")).await;
    let forms: [(&str, Value); 3] = [
        ("move", json!(move_to("almaty-mon-wed-0900"))),
        ("place", json!(PlaceForm { place: 1, reason: "x".to_owned() })),
        ("remove", json!(reason())),
    ];
    for (act, form) in forms {
        let path = format!("/api/staff/registrations/{}/{act}", told.one().registration);
        scene.world.refused(scene.staff.post(&path).json(&form)).await.assert_refused(404, ErrorCode::Unknown);
    }
    assert_eq!(scene.state(&told).await, Enrolled);
}

async fn an_act_without_a_reason_is_refused(world: Arc<World>) {
    let scene = Scene::set(world).await;
    let told = scene.family().await;
    for (text, code) in [(" \n ", FaultCode::Required), (&*"б".repeat(301), FaultCode::TooLong)] {
        let form = ReasonForm { reason: text.to_owned() };
        scene.does(&told, "remove", &form).await.assert_faults(400, ErrorCode::InvalidForm, &[("reason", code)]);
    }
    assert_eq!(scene.state(&told).await, Enrolled);
}
