//! What nobody needs to register comes apart from the app: while the first question is read, and again when it could not be had.

use std::sync::Arc;

use domain::language::Language;
use xtask::budgets::{self, stable_name};

use crate::inspection::{Inspection, inspect, is_for_everybody, is_for_everybody_in_each_language};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    the_private_page_comes_while_the_form_is_filled_in,
    who_registers_without_the_private_page_learns_that_it_was_received,
    a_page_that_did_not_load_says_so_and_tries_again,
    what_stays_away_makes_the_site_load_anew,
    another_language_brings_its_words_for_the_private_page,
];

/// What comes apart: the pages, and their words.
const PAGES: &str = "/assets/apart_wasm-";
const WORDS: &str = "/assets/apart_text_";

/// Whether the browser has fetched a file whose address has this part.
const FETCHED: &str =
    "return performance.getEntriesByType('resource').some(it => it.name.includes(arguments[0]) && it.responseEnd > 0)";

/// The paths of all programs, styles and texts that the browser has loaded.
const LOADED: &str = "return performance.getEntriesByType('resource').map(it => new URL(it.name).pathname.slice(1))
    .filter(path => path.startsWith('assets/'))";

async fn the_private_page_comes_while_the_form_is_filled_in(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-mon-thu-1630").await;
    family.opens_the_site().await;
    family.phone.sees(".track-card").await;
    // Nothing comes before the form that the budget of the first load doesn't know of.
    let loaded: Vec<String> = family.phone.asks(LOADED, vec![]).await;
    let budgets = budgets::all().expect("the budgets");
    let first = budgets.iter().find(|budget| budget.name == "first_load").expect("its budget");
    assert!(loaded.len() >= 4, "{loaded:?}");
    assert!(loaded.iter().all(|file| first.covers(stable_name(file))), "{loaded:?}");
    family.begins().await;
    for file in [PAGES, WORDS] {
        family.phone.waits_for(file, FETCHED, vec![file.into()]).await;
    }
    family.phone.cannot_reach("*/assets/*").await;
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn who_registers_without_the_private_page_learns_that_it_was_received(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Russian, "astana-mon-thu-1430").await;
    family.phone.cannot_reach(&format!("*{PAGES}*")).await;
    family.comes_to(Page::Check).await;
    family.presses_send().await;
    family.phone.reads("h1", words(Language::Russian, "error.not_loaded")).await;
    family.phone.reads(".page-state", words(Language::Russian, "my.received")).await;
    let said = family.phone.texts(".page-state p").await.concat().replace('\u{2060}', "");
    inspect(&family.phone, Page::Ticket, "-received", Inspection::Picture).await;
    is_for_everybody_in_each_language(&mut family.phone, "received, not loaded", "[data-test=retry]").await;
    family.phone.reaches_everything().await;
    family.phone.presses("[data-test=retry]").await;
    family.gets_the_ticket().await;
    assert!(said.contains(&family.reference().await), "{said}");
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn a_page_that_did_not_load_says_so_and_tries_again(stage: Arc<Stage>) {
    for (language, lost) in [(Language::Kazakh, PAGES), (Language::Russian, WORDS), (Language::English, PAGES)] {
        let confirmation = stage.world.applied(&stage.world.form_for("astana-mon-thu-1630")).await;
        let phone = stage.phone(language).await;
        phone.cannot_reach(&format!("*{lost}*")).await;
        phone.opens(&format!("{}#{}", Page::Ticket.path(language), confirmation.token)).await;
        phone.reads("h1", words(language, "error.not_loaded")).await;
        phone.has_the_focus_on("h1").await;
        inspect(&phone, Page::Ticket, "-not-loaded", Inspection::Picture).await;
        is_for_everybody(&phone, "a page that did not load").await;
        phone.reaches_everything().await;
        phone.presses("[data-test=retry]").await;
        phone.arrives_at(Page::Ticket).await;
        phone.reads("main", &confirmation.reference).await;
        phone.closes().await;
    }
}

/// A phone on which the site stayed open while another version of it took its place.
async fn what_stays_away_makes_the_site_load_anew(stage: Arc<Stage>) {
    let phone = stage.phone(Language::Kazakh).await;
    phone.cannot_reach(&format!("*{PAGES}*")).await;
    phone.opens(&Page::Home.path(phone.language)).await;
    phone.sees(".track-card").await;
    phone.presses("[data-test=invariants]").await;
    phone.asks::<bool>("return window.still = true", vec![]).await;
    for _ in 0..2 {
        phone.reads("h1", words(phone.language, "error.not_loaded")).await;
        phone.has_the_focus_on("h1").await;
        phone.presses("[data-test=retry]").await;
    }
    phone
        .waits_for("another page", "return !window.still && document.querySelector('[data-test=retry]') !== null", vec![])
        .await;
    phone.reaches_everything().await;
    phone.presses("[data-test=retry]").await;
    phone.arrives_at(Page::Invariants).await;
    phone.closes().await;
}

async fn another_language_brings_its_words_for_the_private_page(stage: Arc<Stage>) {
    let confirmation = stage.world.applied(&stage.world.form_for("astana-mon-thu-1630")).await;
    let mut phone = stage.phone(Language::Kazakh).await;
    phone.opens(&format!("{}#{}", Page::Ticket.path(phone.language), confirmation.token)).await;
    phone.arrives_at(Page::Ticket).await;
    phone.presses("[hreflang=ru]").await;
    phone.language = Language::Russian;
    phone.arrives_at(Page::Ticket).await;
    phone.reads("h2", words(Language::Russian, "my.next_title")).await;
    assert_eq!(phone.complaints().await, Vec::<String>::new());
    phone.closes().await;
}
