//! The public page on which anybody sees whether what is promised holds.

use std::sync::Arc;

use domain::invariants::Check;
use domain::language::Language;
use serde_json::json;

use crate::inspection::{is_for_everybody, is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    the_promises_are_a_tap_away_from_every_page,
    a_broken_promise_is_said,
    without_an_answer_the_promises_are_asked_for_again,
];

async fn the_promises_are_a_tap_away_from_every_page(stage: Arc<Stage>) {
    for language in Language::ALL.iter().copied() {
        let phone = stage.phone(language).await;
        phone.opens(&Page::Home.path(language)).await;
        phone.presses("[data-test=invariants]").await;
        phone.arrives_at(Page::Invariants).await;
        phone.reads("h1", words(language, "invariants.hold")).await;
        phone.has_the_focus_on("h1").await;
        assert_eq!(phone.texts("[data-check]").await.len(), Check::ALL.len());
        for said in phone.texts("[data-check] dd").await {
            assert_eq!(said, words(language, "invariants.kept"));
        }
        picture(&phone, "90-invariants").await;
        is_for_everybody(&phone, "the promises").await;
        phone.closes().await;
    }
}

async fn a_broken_promise_is_said(stage: Arc<Stage>) {
    let (broken, server) = stage.elsewhere("one-seat.sql").await;
    broken.world.change("UPDATE cohorts SET waiting = 1 WHERE id = ?1", &[json!("astana-mon-wed-0900")]).await;
    let mut phone = broken.phone(Language::Kazakh).await;
    phone.opens(&Page::Invariants.path(phone.language)).await;
    phone.reads("h1", words(phone.language, "invariants.broken")).await;
    phone.sees("[data-check=waiting_equals_rows] .seats--broken").await;
    is_for_everybody_in_each_language(&mut phone, "a broken promise", ".seats--broken").await;
    phone.closes().await;
    server.stop();
}

async fn without_an_answer_the_promises_are_asked_for_again(stage: Arc<Stage>) {
    let mut phone = stage.phone(Language::Kazakh).await;
    phone.opens(&Page::Home.path(phone.language)).await;
    phone.cannot_reach("*/api/invariants").await;
    phone.presses("[data-test=invariants]").await;
    phone.reads("h1", words(phone.language, "error.not_loaded")).await;
    is_for_everybody_in_each_language(&mut phone, "promises without an answer", "[data-test=retry]").await;
    phone.reaches_everything().await;
    phone.presses("[data-test=retry]").await;
    phone.arrives_at(Page::Invariants).await;
    phone.reads("h1", words(phone.language, "invariants.hold")).await;
    phone.closes().await;
}
