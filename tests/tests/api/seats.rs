//! `GET /api/cohorts`: live seats.

use std::sync::Arc;

use domain::catalogue::{Cohort, LiveSeats};
use domain::error::{ErrorCode, FaultCode};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    without_a_filter_every_cohort_is_counted,
    filters_narrow_by_centre_and_by_tracks,
    a_decision_shows_at_once,
    what_is_no_filter_is_refused,
];

async fn found(world: &World, query: &str) -> Vec<String> {
    let live: LiveSeats = world.api.get(&format!("/api/cohorts{query}")).send().await.json();
    live.cohorts.into_iter().map(|cohort| cohort.id).collect()
}

fn expected(world: &World, wanted: impl Fn(&Cohort) -> bool) -> Vec<String> {
    world.catalogue.cohorts.iter().filter(|cohort| wanted(cohort)).map(|cohort| cohort.id.clone()).collect()
}

async fn without_a_filter_every_cohort_is_counted(world: Arc<World>) {
    for query in ["", "?", "?centre=", "?tracks=", "?centre=&tracks="] {
        assert_eq!(found(&world, query).await, expected(&world, |_| true), "{query}");
    }
}

async fn filters_narrow_by_centre_and_by_tracks(world: Arc<World>) {
    let offers = |tracks: &'static [&'static str]| {
        move |cohort: &Cohort| tracks.iter().all(|track| cohort.tracks.iter().any(|offered| offered == track))
    };
    assert_eq!(found(&world, "?centre=almaty").await, expected(&world, |cohort| cohort.centre == "almaty"));
    let music = found(&world, "?tracks=music").await;
    assert_eq!(music, expected(&world, offers(&["music"])));
    assert!(music.contains(&"astana-lab-music".to_owned()) && !music.contains(&"astana-lab-robotics".to_owned()));
    for query in ["?tracks=music,robotics", "?tracks=robotics%2Cmusic", "?tracks=,music,,robotics,"] {
        assert_eq!(found(&world, query).await, expected(&world, offers(&["music", "robotics"])), "{query}");
    }
    let almaty_music = expected(&world, |cohort| cohort.centre == "almaty" && offers(&["music"])(cohort));
    assert_eq!(found(&world, "?centre=almaty&tracks=music").await, almaty_music);
}

async fn a_decision_shows_at_once(world: Arc<World>) {
    let cohort = world.own_cohort();
    for (taken, waiting) in [(0, 0), (1, 0), (1, 1)] {
        let seats = world.seats_of(&cohort).await;
        assert_eq!((seats.seats, seats.taken, seats.waiting), (1, taken, waiting));
        world.applied(&world.form_for(&cohort)).await;
    }
}

async fn what_is_no_filter_is_refused(world: Arc<World>) {
    for (query, field) in [
        ("?centre=paris", "centre"),
        ("?tracks=knitting", "tracks"),
        ("?tracks=music,knitting", "tracks"),
        ("?centre=astana%27%20OR%201=1--", "centre"),
    ] {
        let answer = world.api.get(&format!("/api/cohorts{query}")).send().await;
        answer.assert_faults(400, ErrorCode::BadQuery, &[(field, FaultCode::UnknownChoice)]);
    }
    for query in ["?center=astana", "?centre=astana&centre=almaty", "?tracks=music&limit=1"] {
        world.api.get(&format!("/api/cohorts{query}")).send().await.assert_refused(400, ErrorCode::BadQuery);
    }
}
