//! `GET /api/my`: what the holder of the private link sees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::error::ErrorCode;
use domain::registration::MyApplication;
use serde_json::Value;
use tumo_tests::api::{OneRegistration, OneStudent};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![the_link_shows_the_registration, without_the_right_link_there_is_nothing, a_second_look_shows_the_same];

async fn the_link_shows_the_registration(world: Arc<World>) {
    let mut form = world.form_for("almaty-tue-thu-1630");
    form.tracks = ["robotics", "music"].map(str::to_owned).to_vec();
    let told = world.applied(&form).await;
    let my: MyApplication = world.api.get("/api/my").token(&told.token).send().await.json();

    let catalogue = &world.catalogue;
    let cohort = catalogue.cohort("almaty-tue-thu-1630").expect("a cohort").clone();
    assert_eq!((&my.reference, my.decided_at), (&told.reference, told.decided_at));
    assert_eq!((my.together, my.take_at_once, &my.intake), (false, false, &catalogue.intake));
    assert_eq!(my.students[0].given_name, form.student.given_name);
    let (mine, told) = (my.one(), told.one());
    assert_eq!((&mine.id, mine.state, mine.position), (&told.registration, told.state, told.position));
    assert_eq!((&mine.receipt, mine.waiting, mine.held_until), (&told.receipt, 0, None));
    let chosen: Vec<&str> = mine.tracks.iter().map(|track| track.id.as_str()).collect();
    assert_eq!(chosen, ["robotics", "music"], "in the order of choice");
    assert_eq!(Some(&mine.centre), catalogue.centre("almaty"));
    assert_eq!(mine.cohort, cohort);
    let first = mine.cohort.first_session;
    assert!(first.is_some_and(|session| session.date >= my.intake.first_session_on && session.start == 16 * 60 + 30));
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
    let second = look().await;
    let (shown, again): (BTreeMap<String, Value>, BTreeMap<String, Value>) = (first.json(), second.json());
    let but_the_time = |page: &BTreeMap<String, Value>| {
        page.iter().filter(|(key, _)| *key != "at").map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()
    };
    assert_eq!(but_the_time(&shown), but_the_time(&again));
    let keys = |value: &Value| {
        let keys: BTreeSet<&String> = value.as_object().expect("an object").keys().collect();
        keys.into_iter().cloned().collect::<Vec<_>>().join(" ")
    };
    let page = shown.keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        page, "at decided_at intake letters reference students take_at_once together",
        "no telephone, no number, no birth date"
    );
    let student = &shown["students"][0];
    assert_eq!(keys(student), "given_name id registrations");
    assert_eq!(
        keys(&student["registrations"][0]),
        "centre changed_at cohort decided_at declined held_until id moved odds position receipt returned state tracks waiting"
    );
}
