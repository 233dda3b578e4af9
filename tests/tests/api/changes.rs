//! What a family changes on its private page: offers, seats, places, schedules. Every freed seat goes to the first of the list.

use std::sync::Arc;

use domain::application::{ApplicationForm, GuardianForm};
use domain::error::ErrorCode;
use domain::registration::{Confirmation, JoinForm, MyApplication, MyRegistration, RegistrationState};
use reqwest::Method;
use serde_json::{Value, json};
use tumo_tests::api::{Answer, OneRegistration, OneStudent};
use tumo_tests::forms;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_freed_seat_is_held_for_the_first_of_the_list,
    an_offer_is_taken_once_and_repeating_it_changes_nothing,
    a_declined_offer_passes_on,
    who_asked_for_it_is_seated_at_once,
    a_newcomer_never_gets_what_is_held,
    a_change_of_schedule_gives_the_old_seat_on,
    a_page_knows_whether_letters_are_written,
    waiting_elsewhere_keeps_the_seat_and_acceptance_ends_it,
    a_seat_and_three_places_are_the_most,
    nobody_changes_what_is_somebody_elses,
    who_gave_everything_up_may_apply_anew,
];

/// A family with its private page.
struct Family {
    world: Arc<World>,
    told: Confirmation,
}

impl Family {
    async fn applies(world: &Arc<World>, form: &ApplicationForm) -> Self {
        Self { world: Arc::clone(world), told: world.applied(form).await }
    }

    async fn of(world: &Arc<World>, cohort: &str) -> Self {
        Self::applies(world, &world.form_for(cohort)).await
    }

    fn registration(&self) -> &str {
        &self.told.one().registration
    }

    async fn page(&self) -> MyApplication {
        self.world.api.get("/api/my").token(&self.told.token).send().await.json()
    }

    async fn state(&self) -> RegistrationState {
        self.page().await.one().state
    }

    async fn does(&self, act: &str) -> Answer {
        let path = format!("/api/my/registrations/{}/{act}", self.registration());
        self.world.api.request(Method::POST, &path).token(&self.told.token).send().await
    }

    async fn joins(&self, cohort: &str) -> Answer {
        let student = self.page().await.students[0].id.clone();
        let tracks = vec![self.world.catalogue.cohort(cohort).expect("a cohort").tracks[0].clone()];
        let form = JoinForm { cohort: cohort.into(), tracks };
        let path = format!("/api/my/students/{student}/registrations");
        self.world.api.request(Method::POST, &path).token(&self.told.token).json(&form).send().await
    }
}

fn states(page: &MyApplication) -> Vec<(&str, RegistrationState)> {
    page.students[0].registrations.iter().map(|one| (one.cohort.id.as_str(), one.state)).collect()
}

fn of_cohort<'a>(page: &'a MyApplication, cohort: &str) -> &'a MyRegistration {
    page.students[0].registrations.iter().find(|one| one.cohort.id == cohort).expect("a registration there")
}

use RegistrationState::{Enrolled, Offered, Waiting, Withdrawn};

async fn a_freed_seat_is_held_for_the_first_of_the_list(world: Arc<World>) {
    let cohort = world.own_cohort();
    let (seated, first, second) =
        (Family::of(&world, &cohort).await, Family::of(&world, &cohort).await, Family::of(&world, &cohort).await);
    let page: MyApplication = seated.does("withdraw").await.json();
    assert_eq!((page.one().state, page.one().moved, page.one().declined), (Withdrawn, false, false));

    let page = first.page().await;
    let offer = page.one();
    assert_eq!((offer.state, offer.position, offer.waiting), (Offered, None, 1));
    let held = offer.held_until.expect("a deadline").0 - offer.changed_at.0;
    assert_eq!(held, 48 * 3_600_000, "two days, as the intake says");
    assert_eq!((offer.odds.waited, offer.odds.seated), (2, 1));
    let page = second.page().await;
    assert_eq!((page.one().state, page.one().position), (Waiting, Some(1)));

    let journal = world
        .database
        .rows("SELECT j.author, j.act, j.state, j.position FROM journal AS j WHERE j.cohort_id = ?1 ORDER BY entry", [&cohort]);
    let entry = |author: &str, act: &str, state: &str, position: Option<u32>| json!({ "author": author, "act": act, "state": state, "position": position });
    assert_eq!(
        journal,
        [
            entry("family", "applied", "enrolled", None),
            entry("family", "applied", "waiting", Some(1)),
            entry("family", "applied", "waiting", Some(2)),
            entry("family", "withdrawn", "withdrawn", None),
            entry("system", "offered", "offered", None),
        ]
    );
}

async fn an_offer_is_taken_once_and_repeating_it_changes_nothing(world: Arc<World>) {
    let cohort = world.own_cohort();
    let (seated, first) = (Family::of(&world, &cohort).await, Family::of(&world, &cohort).await);
    first.does("accept").await.assert_refused(409, ErrorCode::OfferOver);
    seated.does("withdraw").await.json::<MyApplication>();
    for _ in 0..2 {
        let page: MyApplication = first.does("accept").await.json();
        assert_eq!((page.one().state, page.one().held_until), (Enrolled, None));
    }
    first.does("decline").await.assert_refused(409, ErrorCode::OfferOver);
    let entries =
        world.database.rows("SELECT act FROM journal WHERE registration_id = ?1 ORDER BY entry", [first.registration()]);
    assert_eq!(entries, ["applied", "offered", "accepted"].map(|act| json!({ "act": act })));
    seated.does("accept").await.assert_refused(409, ErrorCode::OfferOver);
    assert_eq!(seated.does("withdraw").await.json::<MyApplication>().one().state, Withdrawn, "a repetition");
}

async fn a_page_knows_whether_letters_are_written(world: Arc<World>) {
    let mut form = world.form();
    assert!(!Family::applies(&world, &form).await.page().await.letters);
    form = world.form();
    form.second_guardian = Some(GuardianForm { email: forms::email(), ..forms::guardian("father") });
    assert!(Family::applies(&world, &form).await.page().await.letters);
}

async fn a_declined_offer_passes_on(world: Arc<World>) {
    let cohort = world.own_cohort();
    let (seated, first, second) =
        (Family::of(&world, &cohort).await, Family::of(&world, &cohort).await, Family::of(&world, &cohort).await);
    seated.does("withdraw").await.json::<MyApplication>();
    let page: MyApplication = first.does("decline").await.json();
    assert_eq!((page.one().state, page.one().declined), (Withdrawn, true));
    assert_eq!(second.state().await, Offered);
    // To withdraw is to decline as well.
    assert_eq!(second.does("withdraw").await.json::<MyApplication>().one().state, Withdrawn);
    let seats = world.seats_of(&cohort).await;
    assert_eq!((seats.taken, seats.waiting, seats.open()), (0, 0, 1));
}

async fn who_asked_for_it_is_seated_at_once(world: Arc<World>) {
    let cohort = world.own_cohort();
    let seated = Family::of(&world, &cohort).await;
    let mut form = world.form_for(&cohort);
    form.take_at_once = true;
    let (at_once, later) = (Family::applies(&world, &form).await, Family::of(&world, &cohort).await);
    seated.does("withdraw").await.json::<MyApplication>();
    assert_eq!(at_once.state().await, Enrolled);

    let settings = json!({ "take_at_once": true });
    let path = "/api/my/settings";
    let page: MyApplication = world.api.request(Method::PUT, path).token(&later.told.token).json(&settings).send().await.json();
    assert!(page.take_at_once);
    at_once.does("withdraw").await.json::<MyApplication>();
    assert_eq!(later.state().await, Enrolled);
}

async fn a_newcomer_never_gets_what_is_held(world: Arc<World>) {
    let cohort = world.own_cohort();
    let (seated, first) = (Family::of(&world, &cohort).await, Family::of(&world, &cohort).await);
    seated.does("withdraw").await.json::<MyApplication>();
    assert_eq!(world.seats_of(&cohort).await.open(), 0, "held is taken");
    assert_eq!(Family::of(&world, &cohort).await.state().await, Waiting);
    assert_eq!(first.state().await, Offered);
}

async fn a_change_of_schedule_gives_the_old_seat_on(world: Arc<World>) {
    let (old, new) = (world.own_cohort(), world.own_cohort());
    let (mover, heir) = (Family::of(&world, &old).await, Family::of(&world, &old).await);
    let page: MyApplication = mover.joins(&new).await.json();
    assert_eq!(states(&page), [(new.as_str(), Enrolled), (old.as_str(), Withdrawn)]);
    assert_eq!((of_cohort(&page, &old).moved, of_cohort(&page, &new).moved), (true, false));
    assert_eq!(heir.state().await, Offered);
    let acts = "SELECT j.act FROM journal AS j JOIN registrations AS r ON r.id = j.registration_id
        WHERE r.student_id = ?1 ORDER BY j.entry";
    let acts = world.database.column(acts, [&page.students[0].id]);
    assert_eq!(acts, ["applied", "moved", "joined"].map(Value::from));
    let again: MyApplication = mover.joins(&new).await.json();
    assert_eq!(states(&again), states(&page), "a repetition");
}

async fn waiting_elsewhere_keeps_the_seat_and_acceptance_ends_it(world: Arc<World>) {
    let (own, wanted) = (world.own_cohort(), world.own_cohort());
    let (mover, other) = (Family::of(&world, &own).await, Family::of(&world, &wanted).await);
    let page: MyApplication = mover.joins(&wanted).await.json();
    assert_eq!(states(&page), [(own.as_str(), Enrolled), (wanted.as_str(), Waiting)]);
    let heir = Family::of(&world, &own).await;

    other.does("withdraw").await.json::<MyApplication>();
    let page = mover.page().await;
    assert_eq!(states(&page), [(wanted.as_str(), Offered), (own.as_str(), Enrolled)], "nothing is lost by an offer");
    let offer = of_cohort(&page, &wanted).id.clone();
    let path = format!("/api/my/registrations/{offer}/accept");
    let page: MyApplication = world.api.request(Method::POST, &path).token(&mover.told.token).send().await.json();
    assert_eq!(states(&page), [(wanted.as_str(), Enrolled), (own.as_str(), Withdrawn)]);
    assert_eq!(heir.state().await, Offered, "the old seat passed on in the same batch");
}

async fn a_seat_and_three_places_are_the_most(world: Arc<World>) {
    let family = Family::of(&world, &world.own_cohort()).await;
    for _ in 0..3 {
        let full = world.own_cohort();
        Family::of(&world, &full).await;
        family.joins(&full).await.json::<MyApplication>();
    }
    let full = world.own_cohort();
    Family::of(&world, &full).await;
    family.joins(&full).await.assert_refused(409, ErrorCode::TooManyPlaces);
    assert_eq!(family.page().await.students[0].registrations.len(), 4);
}

async fn nobody_changes_what_is_somebody_elses(world: Arc<World>) {
    let cohort = world.own_cohort();
    let (seated, stranger) = (Family::of(&world, &cohort).await, Family::of(&world, &cohort).await);
    let student = seated.page().await.students[0].id.clone();
    let post = |path: String| world.api.request(Method::POST, &path);
    for act in ["accept", "decline", "withdraw"] {
        let path = format!("/api/my/registrations/{}/{act}", seated.registration());
        post(path.clone()).token(&stranger.told.token).send().await.assert_refused(404, ErrorCode::UnknownLink);
        post(path.clone()).send().await.assert_refused(404, ErrorCode::UnknownLink);
        let foreign = post(path).token(&seated.told.token).header("sec-fetch-site", "cross-site");
        foreign.send().await.assert_refused(403, ErrorCode::CrossSite);
    }
    let form = JoinForm { cohort: "astana-mon-wed-0900".into(), tracks: vec!["music".into()] };
    let path = format!("/api/my/students/{student}/registrations");
    post(path).token(&stranger.told.token).json(&form).send().await.assert_refused(404, ErrorCode::UnknownLink);
    for cohort in ["nowhere", "past-1"] {
        let form = JoinForm { cohort: cohort.into(), tracks: vec!["music".into()] };
        let path = format!("/api/my/students/{student}/registrations");
        post(path).token(&seated.told.token).json(&form).send().await.assert_refused(409, ErrorCode::NotOffered);
    }
    let path = format!("/api/my/students/{student}/registrations");
    let form = JoinForm { cohort: "astana-lab-music".into(), tracks: vec!["robotics".into()] };
    post(path).token(&seated.told.token).json(&form).send().await.assert_refused(409, ErrorCode::NotOffered);
    assert_eq!(states(&seated.page().await), [(cohort.as_str(), Enrolled)], "a refused change leaves the seat");
}

async fn who_gave_everything_up_may_apply_anew(world: Arc<World>) {
    let cohort = world.own_cohort();
    let form = world.form_for(&cohort);
    let before = Family::applies(&world, &form).await;
    world.api.apply(&form).send().await.assert_refused(409, ErrorCode::AlreadyRegistered);
    before.does("withdraw").await.json::<MyApplication>();
    let after = Family::applies(&world, &form).await;
    assert_eq!(after.state().await, Enrolled);
    before.joins(&world.own_cohort()).await.assert_refused(409, ErrorCode::AlreadyRegistered);
}
