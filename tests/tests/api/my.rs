//! `GET /api/my`: what the holder of the private link sees.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::error::ErrorCode;
use domain::registration::MyRegistration;
use serde_json::Value;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![the_link_shows_the_registration, without_the_right_link_there_is_nothing, a_second_look_shows_the_same];

async fn the_link_shows_the_registration(world: Arc<World>) {
    let mut form = world.form_for("almaty-tue-thu-1630");
    form.tracks = ["robotics", "music"].map(str::to_owned).to_vec();
    let told = world.applied(&form).await;
    let my: MyRegistration = world.api.get("/api/my").token(&told.token).send().await.json();

    let catalogue = &world.catalogue;
    let cohort = catalogue.cohort("almaty-tue-thu-1630").expect("a cohort").clone();
    assert_eq!((my.reference, my.state, my.position), (told.reference, told.state, told.position));
    assert_eq!((my.decided_at, my.receipt, my.waiting), (told.decided_at, told.receipt, 0));
    assert_eq!(my.given_name, form.student.given_name);
    let chosen: Vec<&str> = my.tracks.iter().map(|track| track.id.as_str()).collect();
    assert_eq!(chosen, ["robotics", "music"], "in the order of choice");
    assert_eq!(Some(&my.centre), catalogue.centre("almaty"));
    assert_eq!(my.first_session, catalogue.first_session(&cohort));
    assert!(
        my.first_session.is_some_and(|session| session.date >= my.intake.first_session_on && session.start == 16 * 60 + 30)
    );
    assert_eq!((my.cohort, &my.intake), (cohort, &catalogue.intake));
}

async fn without_the_right_link_there_is_nothing(world: Arc<World>) {
    let token = world.applied(&world.form()).await.token;
    let get = || world.api.get("/api/my");
    let mut wrong = token.clone();
    let last = if wrong.pop() == Some('A') { 'B' } else { 'A' };
    wrong.push(last);
    let digest = world.database.row("SELECT link_digest FROM applications LIMIT 1", [])["link_digest"].clone();
    for request in [
        get(),
        get().token(""),
        get().token(&wrong),
        get().token(&token.to_lowercase()),
        get().token(&token[..token.len() - 1]),
        get().token(&token.repeat(100)),
        get().token(digest.as_str().expect("a hash")),
        get().token("' OR 1=1 --"),
        get().header("authorization", &token),
        get().header("authorization", &format!("Basic {token}")),
        world.api.get(&format!("/api/my?token={token}")),
        world.api.get("/api/my/calendar.ics"),
        world.api.get("/api/my/calendar.ics").token(&wrong),
    ] {
        request.send().await.assert_refused(404, ErrorCode::UnknownLink);
    }
}

async fn a_second_look_shows_the_same(world: Arc<World>) {
    let told = world.applied(&world.form_for(&world.own_cohort())).await;
    let look = || world.api.get("/api/my").token(&told.token).send();
    let first = look().await;
    assert_eq!(first.body, look().await.body);
    let shown: BTreeMap<String, Value> = first.json();
    let keys: Vec<&str> = shown.keys().map(String::as_str).collect();
    let told_to_the_holder = [
        "centre",
        "cohort",
        "decided_at",
        "first_session",
        "given_name",
        "intake",
        "position",
        "receipt",
        "reference",
        "state",
        "tracks",
        "waiting",
    ];
    assert_eq!(keys, told_to_the_holder, "no telephone, no number, no birth date");
}
