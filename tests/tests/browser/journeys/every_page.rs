//! What holds for every page of the way, as it is met, with faults on it, and answered.

use std::sync::Arc;

use domain::language::Language;
use tumo_tests::forms;

use crate::family::Family;
use crate::inspection::{Inspection, is_for_everybody, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    every_page_in_kazakh_is_for_everybody,
    every_page_in_russian_is_for_everybody,
    every_page_in_english_is_for_everybody,
    the_console_stays_silent,
];

async fn every_page_in_kazakh_is_for_everybody(stage: Arc<Stage>) {
    goes_the_whole_way(&stage, Language::Kazakh).await;
}

async fn every_page_in_russian_is_for_everybody(stage: Arc<Stage>) {
    goes_the_whole_way(&stage, Language::Russian).await;
}

async fn every_page_in_english_is_for_everybody(stage: Arc<Stage>) {
    goes_the_whole_way(&stage, Language::English).await;
}

/// By a teenager with two parents: those see most. Continue is pressed too early on every page: a list of faults has the focus, the
/// same words stand beside the answer, the tab has another name.
async fn goes_the_whole_way(stage: &Stage, language: Language) {
    let mut family = stage.family(language, "almaty-tue-thu-1100").await;
    family.answers.filled_by = "student".into();
    family.answers.second_guardian = Some(forms::guardian("representative"));
    family.opens_the_site().await;
    family.phone.sees(".track-card").await;
    is_for_everybody(&family.phone, "the front page").await;
    let mut tabs = vec![family.phone.tab().await];
    family.looks_for(Inspection::Everybody);
    family.begins().await;
    for page in Page::QUESTIONS {
        tabs.push(family.phone.tab().await);
        if answers_too_early(&family).await {
            is_told_of_faults(&family).await;
            is_for_everybody(&family.phone, &format!("{} with faults", page.name())).await;
            picture(&family.phone, &format!("30-{}-faults", page.name())).await;
        }
        family.answers_the_page().await;
        // What is chosen looks the same in every language.
        if language == Language::Kazakh {
            family.continues().await;
        } else {
            family.presses_continue().await;
            family.arrives_at(page.next(&family.answers)).await;
        }
    }
    tabs.push(family.phone.tab().await);
    family.presses_send().await;
    family.gets_the_ticket().await;
    tabs.push(family.phone.tab().await);
    family.phone.presses("[data-test=code]").await;
    family.phone.sees("[data-test=receipt-code] img").await;
    is_for_everybody(&family.phone, "ticket with its code").await;
    for (link, page) in
        [("withdraw", Page::Withdraw), ("no", Page::Ticket), ("join", Page::Join), ("invariants", Page::Invariants)]
    {
        family.phone.presses(&format!("[data-test={link}]")).await;
        family.phone.arrives_at(page).await;
        if page != Page::Ticket {
            tabs.push(family.phone.tab().await);
        }
    }
    let pages = tabs.len();
    tabs.sort_unstable();
    tabs.dedup();
    assert_eq!(tabs.len(), pages, "each page is called by a name of its own: {tabs:#?}");
    family.phone.closes().await;
}

/// Presses Continue with nothing or something wrong in the fields; whether that is a fault.
async fn answers_too_early(family: &Family) -> bool {
    match family.page {
        // May stay empty.
        Page::School => return false,
        Page::Iin => family.phone.types("student-iin", "061211600013").await,
        Page::Guardian => {
            family.phone.types("guardian-phone", "8 741 123 45 67").await;
            family.phone.types("guardian-email", "aigerim@mail").await;
        }
        Page::SecondGuardian => family.phone.ticks("second_guardian-yes").await,
        _ => {}
    }
    family.presses_continue().await;
    true
}

/// Whether the answers that the summary leads to come in its order.
const IN_ORDER: &str = "
    const answers = [...document.querySelectorAll('#error-summary a')]
        .map(it => document.getElementById(it.getAttribute('href').slice(1)));
    return answers.every((it, place) => place === 0
        || (answers[place - 1].compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);";

async fn is_told_of_faults(family: &Family) {
    let (phone, language) = (&family.phone, family.phone.language);
    phone.has_the_focus_on("#error-summary").await;
    assert!(phone.tab().await.starts_with(words(language, "site.error_prefix")), "{}", phone.tab().await);

    let faults = phone.texts("#error-summary li").await;
    assert!(!faults.is_empty());
    for fault in &faults {
        phone.reads(".error-text", fault).await;
    }
    assert!(phone.asks::<bool>(IN_ORDER, vec![]).await, "the summary doesn't follow the page: {faults:?}");
    // Each line leads into the answer it is about.
    let target: String =
        phone.asks("return document.querySelector('#error-summary a').getAttribute('href').slice(1)", vec![]).await;
    phone.presses("#error-summary a").await;
    phone.has_the_focus_on(&format!("[id='{target}'], [id='{target}'] input")).await;
}

/// No error, no warning, nothing the content security policy had to stop.
async fn the_console_stays_silent(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-tue-thu-1100").await;
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.saves_the_calendar().await;
    assert_eq!(family.phone.complaints().await, Vec::<String>::new());
    family.phone.closes().await;
}
