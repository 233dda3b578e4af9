//! Answers that are missing or wrong, and addresses that lead nowhere.

use std::sync::Arc;

use domain::language::Language;

use crate::inspection::{is_for_everybody, is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    wrong_answers_are_kept_and_explained,
    a_question_cannot_be_jumped_over,
    an_unknown_link_explains_itself,
    an_unknown_address_leads_to_the_front_door,
];

async fn wrong_answers_are_kept_and_explained(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Russian, "astana-wed-fri-0900").await;
    family.comes_to(Page::BirthDate).await;
    for (part, text) in [("day", "31"), ("month", "2"), ("year", "2012")] {
        family.phone.types(&format!("student-born_on-{part}"), text).await;
    }
    family.presses_continue().await;
    family.phone.reads("#error-summary", words(Language::Russian, "fault.not_a_date")).await;
    assert_eq!(family.phone.value("student-born_on-day").await, "31");
    family.phone.types("student-born_on-year", "12").await;
    family.presses_continue().await;
    family.phone.reads("#error-summary", words(Language::Russian, "fault.year_digits")).await;

    // Of the three lines only the year is wrong, and the fault leads to it.
    const WRONG: &str = "return [...document.querySelectorAll('[aria-invalid=true]')].map(it => it.id)";
    assert_eq!(family.phone.asks::<Vec<String>>(WRONG, vec![]).await, ["student-born_on-year"]);
    family.phone.presses("#error-summary a").await;
    family.phone.has_the_focus_on("#student-born_on-year").await;

    // A fourth track is not ticked, and the page says at once why.
    family.comes_to(Page::Tracks).await;
    for track in ["music", "robotics", "animation"] {
        family.phone.ticks(&format!("tracks-{track}")).await;
    }
    family.phone.presses("label:has(#tracks-filmmaking)").await;
    family.phone.reads(".toast", words(Language::Russian, "fault.too_many_tracks")).await;
    assert!(!family.phone.is_ticked("tracks-filmmaking").await);
    picture(&family.phone, "30-a-fourth-track").await;
    for track in ["music", "robotics", "animation"] {
        family.phone.presses(&format!("label:has(#tracks-{track})")).await;
    }

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
    let mut phone = stage.phone(Language::Kazakh).await;
    for link in ["/kk/my#nobody-has-this", "/kk/my"] {
        phone.opens(link).await;
        phone.reads("h1", words(Language::Kazakh, "my.unknown_title")).await;
        phone.sees("[data-test=home]").await;
    }
    picture(&phone, "33-unknown-link").await;
    is_for_everybody_in_each_language(&mut phone, "an unknown link", "[data-test=home]").await;
    phone.closes().await;
}

async fn an_unknown_address_leads_to_the_front_door(stage: Arc<Stage>) {
    for language in Language::ALL.iter().copied() {
        let phone = stage.phone(language).await;
        phone.opens(&format!("/{}/register/price", language.as_str())).await;
        phone.reads("h1", words(language, "lost.title")).await;
        picture(&phone, "34-unknown-address").await;
        is_for_everybody(&phone, "an unknown address").await;
        phone.presses("[data-test=home]").await;
        phone.arrives_at(Page::Home).await;
        phone.closes().await;
    }
}
