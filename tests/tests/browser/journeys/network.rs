//! A network that fails: nothing is lost, nothing is sent twice, and nobody has to do anything about it.

use std::sync::Arc;

use domain::language::Language;

use crate::family::Family;
use crate::inspection::{is_for_everybody, is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::weak_network::WeakNetwork;
use crate::words::words;

journeys![
    without_a_network_the_application_waits_and_goes_out_by_itself,
    a_confirmation_that_got_lost_is_asked_for_again,
    a_page_closed_while_the_answer_was_lost_goes_on_when_it_is_opened_again,
    an_application_to_a_busy_server_goes_on_by_itself_also_after_the_page_was_closed,
    a_telephone_named_too_often_is_told_so_and_the_application_goes_on,
    a_schedule_without_its_seats_says_so_and_tries_again,
    a_front_door_without_its_data_says_so_and_tries_again,
];

async fn without_a_network_the_application_waits_and_goes_out_by_itself(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-mon-thu-1100").await;
    family.comes_to(Page::Check).await;

    family.phone.loses_the_network().await;
    for said in ["site.offline", "site.offline_kept"] {
        family.phone.reads(".banner", words(Language::Kazakh, said)).await;
    }
    family.presses_send().await;
    family.is_told_to_wait().await;
    picture(&family.phone, "20-connection-lost").await;
    is_for_everybody(&family.phone, "no connection").await;
    family.finds_nothing_stored();

    family.phone.finds_the_network().await;
    family.gets_the_ticket().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn a_confirmation_that_got_lost_is_asked_for_again(stage: Arc<Stage>) {
    let (mut family, network) = stage.family_on_a_weak_network(Language::Russian, "astana-mon-thu-1430").await;
    family.comes_to(Page::Check).await;

    network.will_lose_the_confirmation();
    family.presses_send().await;
    family.is_told_to_wait().await;
    is_for_everybody(&family.phone, "an answer lost").await;
    assert!(network.is_dead(), "the server has answered");
    assert_eq!(family.records().count(), 1, "the server has stored the application, and the family doesn't know");

    network.recovers();
    family.tries_again().await;
    family.gets_the_ticket().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn a_page_closed_while_the_answer_was_lost_goes_on_when_it_is_opened_again(stage: Arc<Stage>) {
    let (mut family, network) = stage.family_on_a_weak_network(Language::English, "astana-mon-thu-1630").await;
    family.comes_to(Page::Check).await;

    network.will_lose_the_confirmation();
    family.presses_send().await;
    family.is_told_to_wait().await;
    is_for_everybody(&family.phone, "an answer lost").await;
    assert_eq!(family.records().count(), 1, "the server has stored the application, and the family doesn't know");

    network.recovers();
    family.phone.opens("/").await;
    family.gets_the_ticket().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

/// The server has too much to do: the page says so, and when the next try is; it tries by itself under the same key, goes on when
/// the closed page is opened again, and ends with one registration.
async fn an_application_to_a_busy_server_goes_on_by_itself_also_after_the_page_was_closed(stage: Arc<Stage>) {
    let (mut family, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-tue-fri-1100").await;
    family.comes_to(Page::Check).await;

    network.will_be_busy();
    family.presses_send().await;
    family.phone.reads(".page-state h1", words(Language::Kazakh, "send.busy_title")).await;
    for said in ["send.busy_text", "send.close", "send.locked"] {
        family.phone.reads(".page-state", words(Language::Kazakh, said)).await;
    }
    family.phone.reads("[data-test=next-try]", words(Language::Kazakh, "send.next")).await;
    picture(&family.phone, "23-server-busy").await;
    is_for_everybody_in_each_language(&mut family.phone, "a busy server", "[data-test=next-try]").await;
    let tries = network.has_refused(2).await.len();

    family.phone.opens("/").await;
    family.phone.reads(".page-state h1", words(Language::Kazakh, "send.busy_title")).await;
    let keys = network.has_refused(tries + 1).await;
    goes_out_once(family, &network, &keys).await;
}

async fn a_telephone_named_too_often_is_told_so_and_the_application_goes_on(stage: Arc<Stage>) {
    let (mut family, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-tue-fri-1100").await;
    family.comes_to(Page::Check).await;
    network.finds_it_too_often();
    family.presses_send().await;
    family.phone.reads(".page-state", words(Language::Kazakh, "send.often_text")).await;
    family.phone.reads("[data-test=next-try]", words(Language::Kazakh, "send.next")).await;
    picture(&family.phone, "26-too-often").await;
    is_for_everybody_in_each_language(&mut family.phone, "too often", "[data-test=next-try]").await;
    let keys = network.has_refused(2).await;
    goes_out_once(family, &network, &keys).await;
}

/// What was refused under these keys was one application, and goes out when it can.
async fn goes_out_once(mut family: Family, network: &WeakNetwork, keys: &[String]) {
    assert!(!keys[0].is_empty() && keys.iter().all(|key| *key == keys[0]), "one application, one key: {keys:?}");
    family.finds_nothing_stored();

    network.recovers();
    family.gets_the_ticket().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

/// The seats don't come: the page says so instead of showing old or no numbers, and tries again when asked.
async fn a_schedule_without_its_seats_says_so_and_tries_again(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-mon-wed-0900").await;
    family.comes_to(Page::Schedule).await;
    family.phone.cannot_reach("*/api/cohorts*").await;
    family.phone.reloads().await;
    family.phone.reads(".empty", words(Language::Kazakh, "error.network")).await;
    picture(&family.phone, "21-seats-unreachable").await;
    is_for_everybody_in_each_language(&mut family.phone, "a schedule without its seats", "[data-test=retry]").await;

    family.phone.reaches_everything().await;
    family.phone.presses("[data-test=retry]").await;
    family.arrives_at(Page::Schedule).await;
    family.phone.closes().await;
}

/// Nothing comes: the front door says so and tries again when asked.
async fn a_front_door_without_its_data_says_so_and_tries_again(stage: Arc<Stage>) {
    let mut phone = stage.phone(Language::Kazakh).await;
    phone.cannot_reach("*/api/*").await;
    phone.opens("/kk").await;
    phone.reads("main [role=alert]", words(Language::Kazakh, "error.network")).await;
    picture(&phone, "22-start-unreachable").await;
    is_for_everybody_in_each_language(&mut phone, "the front page without its data", "[data-test=retry]").await;

    phone.reaches_everything().await;
    phone.presses("main [role=alert] [data-test=retry]").await;
    phone.reads("main", stage.world.catalogue.tracks[0].name.get(Language::Kazakh)).await;
    phone.closes().await;
}
