//! A network that fails: nothing is lost, nothing is sent twice, and nobody has to do anything about it.

use std::sync::Arc;

use domain::language::Language;

use crate::inspection::picture;
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    without_a_network_the_application_waits_and_goes_out_by_itself,
    a_confirmation_that_got_lost_is_asked_for_again,
    a_page_closed_while_the_answer_was_lost_goes_on_when_it_is_opened_again,
    a_site_that_cannot_be_reached_says_so_and_tries_again,
];

async fn without_a_network_the_application_waits_and_goes_out_by_itself(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-mon-thu-1100").await;
    family.comes_to(Page::Check).await;

    family.phone.loses_the_network().await;
    family.phone.reads(".banner", words(Language::Kazakh, "site.offline")).await;
    family.presses_send().await;
    family.is_told_to_wait().await;
    picture(&family.phone, "20-connection-lost").await;
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
    assert_eq!(family.records().count(), 1, "the server has stored the application, and the family doesn't know");

    network.recovers();
    family.phone.opens("/").await;
    family.gets_the_ticket().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

/// The page is open, its data doesn't come: the page says what is wrong, keeps its place, and fills up as soon as it can.
async fn a_site_that_cannot_be_reached_says_so_and_tries_again(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-mon-wed-0900").await;
    family.comes_to(Page::Tracks).await;
    family.chooses_tracks().await;
    family.phone.loses_the_network().await;
    family.presses_continue().await;
    family.phone.reads(".empty", words(Language::Kazakh, "error.network")).await;
    picture(&family.phone, "21-schedule-offline").await;
    family.phone.finds_the_network().await;
    family.arrives_at(Page::Schedule).await;
    family.phone.closes().await;
}
