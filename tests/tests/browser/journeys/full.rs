//! A full cohort: the place on its waiting list is known before joining, and what is open nearby is one tap away.

use std::sync::Arc;

use domain::language::Language;
use serde_json::json;

use crate::inspection::{is_for_everybody, is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::{filled, words};

journeys![
    a_waiting_list_shows_the_place_before_anybody_joins,
    an_alternative_to_a_full_schedule_is_one_tap_away,
    schedules_are_filtered_by_time,
    nothing_moves_when_the_schedules_come,
];

/// Full by `tests/seeds/full.sql`.
const FULL: &str = "astana-mon-wed-0900";

async fn a_waiting_list_shows_the_place_before_anybody_joins(stage: Arc<Stage>) {
    let (full, server) = stage.elsewhere("full.sql").await;
    for place in 1..=2 {
        let mut family = full.family(Language::Kazakh, FULL).await;
        family.comes_to(Page::Schedule).await;
        family.chooses_a_schedule().await;
        let badge = match place {
            1 => words(Language::Kazakh, "home.seats_none").to_owned(),
            _ => filled(Language::Kazakh, "seats.waiting", &[("n", "1")]),
        };
        family.phone.reads(&format!("label:has(#cohort-{FULL})"), &badge).await;
        family.would_wait_at(place).await;
        family.reads_on_the_button("schedule.join").await;
        picture(&family.phone, &format!("50-full-place-{place}")).await;
        if place == 1 {
            is_for_everybody_in_each_language(&mut family.phone, "a full schedule", ".alternatives").await;
        }
        family.continues().await;
        family.comes_to(Page::Check).await;
        family.phone.reads("main", words(Language::Kazakh, "wait.one")).await;
        family.sends().await;
        family.phone.reads("h1", words(Language::Kazakh, "my.first_waiting")).await;
        // The others are those who came before: whoever reads it isn't counted.
        let odds = match place {
            1 => words(Language::Kazakh, "seats.odds_none").to_owned(),
            _ => filled(Language::Kazakh, "seats.odds", &[("n", "1"), ("seated", "0")]),
        };
        family.phone.reads(".ticket [data-test=odds]", &odds).await;
        family.phone.reads("[data-test=state]", &place.to_string()).await;
        picture(&family.phone, &format!("51-waiting-{place}")).await;
        if place == 1 {
            is_for_everybody_in_each_language(&mut family.phone, "waiting", "[data-state=waiting]").await;
        }
        family.finds_itself_stored("waiting").await;
        family.phone.closes().await;
    }
    server.stop();
}

async fn an_alternative_to_a_full_schedule_is_one_tap_away(stage: Arc<Stage>) {
    let (full, server) = stage.elsewhere("full.sql").await;
    let mut family = full.family(Language::Russian, FULL).await;
    family.comes_to(Page::Schedule).await;
    family.looks_at_the_schedule(FULL).await;
    family.would_wait_at(1).await;

    let nearby: Vec<String> = family
        .phone
        .asks("return [...document.querySelectorAll('.alternatives input')].map(input => input.value)", vec![])
        .await;
    assert!(!nearby.is_empty() && !nearby.contains(&FULL.to_owned()), "{nearby:?}");
    let chosen = &nearby[0];
    family.phone.ticks(&format!("alternative-{chosen}")).await;
    family.reads_on_the_button("action.continue").await;
    picture(&family.phone, "52-alternative-chosen").await;

    family.answers.cohort.clone_from(chosen);
    family.continues().await;
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
    server.stop();
}

async fn schedules_are_filtered_by_time(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-sat-mon").await;
    family.comes_to(Page::Schedule).await;
    assert!(family.phone.shows("label:has(#cohort-astana-mon-wed-0900)").await);
    family.phone.presses("[data-test=filter-saturday]").await;
    family.phone.has_only("label:has([name=cohort])", "label:has([id^=cohort-astana-sat-])").await;
    picture(&family.phone, "53-saturdays").await;
    is_for_everybody(&family.phone, "schedules of a day").await;
    family.phone.presses("[data-test=filter-saturday]").await;
    family.phone.sees("label:has(#cohort-astana-mon-wed-0900)").await;
    family.phone.closes().await;
}

/// The button below the list is out of sight already while the seats are on their way.
async fn nothing_moves_when_the_schedules_come(stage: Arc<Stage>) {
    const NO_SEATS: &str = "const ask = fetch;
        globalThis.fetch = (asked) => String(asked.url ?? asked).endsWith('/api/cohorts') ? new Promise(() => {}) : ask(asked);";
    const BELOW: &str = "return document.querySelector('[data-test=continue]').getBoundingClientRect().top >= document.documentElement.clientHeight";
    let mut family = stage.family(Language::Kazakh, "astana-sat-mon").await;
    family.comes_to(Page::Schedule).await;
    family.phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": NO_SEATS })).await;
    family.phone.reloads().await;
    family.phone.sees(".cohort-list[aria-busy] .skeleton").await;
    assert!(family.phone.asks::<bool>(BELOW, vec![]).await);
    family.phone.closes().await;
}
