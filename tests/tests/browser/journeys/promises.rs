//! The public page on which anybody sees whether what is promised holds.

use std::sync::Arc;

use domain::invariants::Check;
use domain::language::Language;

use crate::inspection::picture;
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![the_promises_are_a_tap_away_from_every_page, without_an_answer_the_promises_are_asked_for_again];

async fn the_promises_are_a_tap_away_from_every_page(stage: Arc<Stage>) {
    for language in [Language::Kazakh, Language::Russian] {
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
        phone.closes().await;
    }
}

async fn without_an_answer_the_promises_are_asked_for_again(stage: Arc<Stage>) {
    let phone = stage.phone(Language::Kazakh).await;
    phone.opens(&Page::Home.path(phone.language)).await;
    phone.cannot_reach("*/api/invariants").await;
    phone.presses("[data-test=invariants]").await;
    phone.reads("h1", words(phone.language, "error.not_loaded")).await;
    phone.reaches_everything().await;
    phone.presses("[data-test=retry]").await;
    phone.arrives_at(Page::Invariants).await;
    phone.reads("h1", words(phone.language, "invariants.hold")).await;
    phone.closes().await;
}
