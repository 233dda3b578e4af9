//! Answers that are missing or wrong, and addresses that lead nowhere.

use std::sync::Arc;

use domain::language::Language;

use crate::family::Family;
use crate::inspection::{Inspection, inspect, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    an_empty_page_says_what_is_missing,
    wrong_answers_are_kept_and_explained,
    a_question_cannot_be_jumped_over,
    an_unknown_link_explains_itself,
    an_unknown_address_leads_to_the_front_door,
];

/// On every question that needs an answer: a list of faults with the focus, the same words beside the answer, a name for the tab.
async fn an_empty_page_says_what_is_missing(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-wed-fri-0900").await;
    family.comes_to(Page::Who).await;
    for page in Page::QUESTIONS {
        let may_stay_empty = matches!(page, Page::School | Page::Iin);
        if !may_stay_empty {
            family.presses_continue().await;
            is_told_of_faults(&family).await;
            inspect(&family.phone, page, "", Inspection::Accessible).await;
            picture(&family.phone, &format!("30-{}-empty", page.name())).await;
        }
        family.answers_the_page().await;
        family.continues().await;
    }
    family.phone.closes().await;
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

async fn wrong_answers_are_kept_and_explained(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Russian, "astana-wed-fri-0900").await;
    family.comes_to(Page::BirthDate).await;
    for (part, text) in [("day", "31"), ("month", "2"), ("year", "2012")] {
        family.phone.types(&format!("student-born_on-{part}"), text).await;
    }
    family.presses_continue().await;
    family.phone.reads("#error-summary", words(Language::Russian, "fault.not_a_date")).await;
    assert_eq!(family.phone.value("student-born_on-day").await, "31");

    family.comes_to(Page::Iin).await;
    family.phone.types("student-iin", "061211600013").await;
    family.presses_continue().await;
    family.phone.reads("#error-summary", words(Language::Russian, "fault.iin_check")).await;
    assert_eq!(family.phone.value("student-iin").await, "061211600013");
    picture(&family.phone, "31-iin-wrong").await;

    family.comes_to(Page::Guardian).await;
    family.introduces_the_guardian().await;
    family.phone.types("guardian-phone", "8 741 123 45 67").await;
    family.phone.types("guardian-email", "aigerim@mail").await;
    family.presses_continue().await;
    for key in ["fault.phone_prefix", "fault.email_format"] {
        family.phone.reads("#error-summary", words(Language::Russian, key)).await;
    }
    assert_eq!(family.phone.value("guardian-phone").await, "8 741 123 45 67");
    assert_eq!(family.phone.value("guardian-email").await, "aigerim@mail");
    picture(&family.phone, "32-guardian-wrong").await;

    // Mended, nothing stands in the way any more.
    family.comes_to(Page::Check).await;
    family.phone.closes().await;
}

async fn a_question_cannot_be_jumped_over(stage: Arc<Stage>) {
    let mut family = stage.family(Language::English, "astana-wed-fri-0900").await;
    family.comes_to(Page::Centre).await;
    family.phone.opens(&Page::Consent.path(Language::English)).await;
    family.arrives_at(Page::Centre).await;
    family.phone.opens("/en/register").await;
    family.arrives_at(Page::Centre).await;
    family.phone.closes().await;
}

async fn an_unknown_link_explains_itself(stage: Arc<Stage>) {
    let phone = stage.phone(Language::Kazakh).await;
    for link in ["/kk/my#nobody-has-this", "/kk/my"] {
        phone.opens(link).await;
        phone.reads("h1", words(Language::Kazakh, "my.unknown_title")).await;
        phone.sees("[data-test=home]").await;
    }
    picture(&phone, "33-unknown-link").await;
    phone.closes().await;
}

async fn an_unknown_address_leads_to_the_front_door(stage: Arc<Stage>) {
    let phone = stage.phone(Language::Kazakh).await;
    phone.opens("/kk/register/price").await;
    phone.reads("h1", words(Language::Kazakh, "lost.title")).await;
    picture(&phone, "34-unknown-address").await;
    phone.presses("[data-test=home]").await;
    phone.arrives_at(Page::Home).await;
    phone.closes().await;
}
