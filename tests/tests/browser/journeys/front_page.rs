//! The front page before the app runs: painted from a file, and the same as what the app makes of it.

use std::sync::Arc;

use domain::language::Language;
use serde_json::json;

use crate::inspection::{is_for_everybody, picture};
use crate::page::Page;
use crate::phone::{Phone, Screen};
use crate::stage::{Stage, journeys};

journeys![
    the_shell_is_what_the_app_shows,
    nothing_moves_when_the_app_takes_over,
    header_and_footer_stand_still_from_page_to_page,
    the_catalogue_is_asked_for_once_and_before_the_app_is_here,
    who_has_no_script_can_read_what_tumo_is,
    who_cannot_run_the_app_is_told_so,
    what_is_on_its_way_is_for_everybody,
];

/// What the shell and the app both show.
const SHARED: [&str; 6] = [".skip-link", ".site-header", ".hero", "[aria-labelledby=how]", ".sticky-cta", ".site-footer"];

/// Those of them that are on the first screen or lead to it; the others are pushed down by what comes from the server.
const IN_SIGHT: [&str; 5] = [".site-header", ".hero h1", ".hero-art", "[aria-labelledby=how]", ".sticky-cta"];

async fn the_shell_is_what_the_app_shows(stage: Arc<Stage>) {
    // The line breaks of the file say nothing.
    const BOTH: &str = "const done = arguments[arguments.length - 1];
        fetch(location.href).then((answer) => answer.text()).then((file) => {
            const shell = new DOMParser().parseFromString(file, 'text/html');
            const markup = (page, part) => page.querySelector(part)?.outerHTML.replaceAll('\\n', '');
            done(arguments[0].map((part) => [markup(shell, part), markup(document, part)]));
        });";
    for language in Language::ALL.iter().copied() {
        let phone = stage.phone(language).await;
        phone.opens(&Page::Home.path(language)).await;
        has_the_catalogue(&phone).await;
        let both: Vec<(Option<String>, Option<String>)> = phone.asks_and_waits(BOTH, vec![json!(SHARED)]).await;
        for (part, (shell, app)) in SHARED.iter().zip(both) {
            assert!(app.is_some(), "the app shows no {part}");
            assert_eq!(shell, app, "{part} in {}", language.as_str());
        }
        phone.closes().await;
    }
}

async fn nothing_moves_when_the_app_takes_over(stage: Arc<Stage>) {
    for language in Language::ALL.iter().copied() {
        let before = without_script(&stage, language).await;
        let after = stage.phone(language).await;
        after.opens(&Page::Home.path(language)).await;
        has_the_catalogue(&after).await;
        for part in IN_SIGHT {
            let (shell, app) = (place(&before, part).await, place(&after, part).await);
            assert_eq!(shell, app, "{part} in {}", language.as_str());
        }
        before.closes().await;
        after.closes().await;
    }
}

async fn header_and_footer_stand_still_from_page_to_page(stage: Arc<Stage>) {
    let phone = stage.phone(Language::Russian).await;
    phone.shows_on(Screen::Desk).await;
    let mut stood = Vec::new();
    for page in [Page::Home, Page::Who, Page::Invariants] {
        phone.opens(&page.path(Language::Russian)).await;
        phone.arrives_at(page).await;
        for part in [".site-logo", ".lang-switch", ".site-footer p"] {
            stood.push((part, place(&phone, part).await[0]));
        }
    }
    let front: Vec<_> = stood.drain(..3).collect();
    for page in stood.chunks(3) {
        assert_eq!(page, front);
    }
    phone.closes().await;
}

async fn the_catalogue_is_asked_for_once_and_before_the_app_is_here(stage: Arc<Stage>) {
    // Who asked for it: `link` is the shell, `fetch` would be the app.
    const ASKED: &str = "return performance.getEntriesByType('resource')
        .filter((answer) => answer.name.endsWith('/api/catalogue')).map((answer) => answer.initiatorType)";
    for page in [Page::Home, Page::Who] {
        let phone = stage.phone(Language::Kazakh).await;
        phone.opens(&page.path(Language::Kazakh)).await;
        phone.arrives_at(page).await;
        assert_eq!(phone.asks::<Vec<String>>(ASKED, vec![]).await, ["link"], "{page:?}");
        assert_eq!(phone.complaints().await, Vec::<String>::new(), "{page:?}");
        phone.closes().await;
    }
}

async fn who_has_no_script_can_read_what_tumo_is(stage: Arc<Stage>) {
    for language in Language::ALL.iter().copied() {
        let phone = without_script(&stage, language).await;
        for part in [".hero h1", ".sticky-cta .button", "[aria-labelledby=how] li", "noscript h2"] {
            phone.sees(part).await;
        }
        picture(&phone, "front-page-without-script").await;
        // What looks at it is a script; those of the page aren't run any more.
        phone.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
        is_for_everybody(&phone, "the front page without script").await;
        phone.closes().await;
    }
}

/// The app doesn't come, or the browser is too old for it; in all three languages at once where none is chosen yet.
async fn who_cannot_run_the_app_is_told_so(stage: Arc<Stage>) {
    const OLD: &str = "delete globalThis.WebAssembly";
    for path in ["/kk", "/ru/register/who", "/en", "/"] {
        let language = Language::parse(path.get(1..3).unwrap_or_default()).unwrap_or(Language::Kazakh);
        let phone = stage.phone(language).await;
        phone.cannot_reach("*/assets/app_wasm*").await;
        phone.opens(path).await;
        phone.sees("#boot-failed h1").await;
        is_for_everybody(&phone, &format!("{path} without the app")).await;
        phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": OLD })).await;
        phone.opens(path).await;
        phone.sees("#boot-old h1").await;
        is_for_everybody(&phone, &format!("{path} in an old browser")).await;
        phone.closes().await;
    }
}

/// What is shown while a page or its numbers are on their way.
async fn what_is_on_its_way_is_for_everybody(stage: Arc<Stage>) {
    for language in Language::ALL.iter().copied() {
        let phone = stage.phone(language).await;
        phone.opens(&Page::Home.path(language)).await;
        has_the_catalogue(&phone).await;
        phone.has_a_network_of(Some(1)).await;
        phone.presses("[data-test=invariants]").await;
        phone.sees("[aria-busy=true] .skeleton").await;
        is_for_everybody(&phone, "a page on its way").await;
        phone.closes().await;
    }
}

/// A phone whose browser runs no scripts, on the front page.
async fn without_script(stage: &Stage, language: Language) -> Phone {
    let phone = stage.phone(language).await;
    phone.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    phone.opens(&Page::Home.path(language)).await;
    phone
}

/// What the server knows, which comes last, is there.
async fn has_the_catalogue(phone: &Phone) {
    phone.arrives_at(Page::Home).await;
    phone.sees(".track-card").await;
}

/// Left, top, width and height of an element on the screen.
async fn place(phone: &Phone, css: &str) -> [f64; 4] {
    const PLACE: &str = "const { left, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
        return [left, top, width, height];";
    phone.asks(PLACE, vec![css.into()]).await
}
