//! Three languages: one is chosen, it sticks, and it can be changed anywhere.

use std::sync::Arc;

use domain::language::Language;

use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    the_front_door_speaks_the_browsers_language,
    kazakh_is_spoken_when_in_doubt,
    the_chosen_language_sticks,
    a_change_of_language_keeps_page_and_answers,
];

async fn the_front_door_speaks_the_browsers_language(stage: Arc<Stage>) {
    for (preferred, language) in
        [("kk-KZ,kk,ru", Language::Kazakh), ("ru-RU,ru,en", Language::Russian), ("de-DE,en-GB,en", Language::English)]
    {
        let phone = stage.phone_preferring(preferred, language).await;
        phone.opens("/").await;
        phone.arrives_at(Page::Home).await;
        phone.reads("h1", words(language, "home.tagline")).await;
        let declared: String = phone.asks("return document.documentElement.lang", vec![]).await;
        assert_eq!(declared, language.as_str());
        phone.closes().await;
    }
}

async fn kazakh_is_spoken_when_in_doubt(stage: Arc<Stage>) {
    let phone = stage.phone_preferring("de-DE,de", Language::Kazakh).await;
    phone.opens("/").await;
    phone.arrives_at(Page::Home).await;
    phone.closes().await;
}

async fn the_chosen_language_sticks(stage: Arc<Stage>) {
    let mut phone = stage.phone_preferring("kk-KZ,kk", Language::Kazakh).await;
    phone.opens("/").await;
    phone.arrives_at(Page::Home).await;
    phone.presses(".lang-switch [lang=ru]").await;
    phone.language = Language::Russian;
    phone.arrives_at(Page::Home).await;
    phone.reads("h1", words(Language::Russian, "home.tagline")).await;
    phone.opens("/").await;
    phone.arrives_at(Page::Home).await;
    phone.closes().await;
}

async fn a_change_of_language_keeps_page_and_answers(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-wed-fri-0900").await;
    family.comes_to(Page::Student).await;
    family.names_the_student().await;
    for language in [Language::Russian, Language::English] {
        family.phone.presses(&format!(".lang-switch [lang={}]", language.as_str())).await;
        family.phone.language = language;
        family.arrives_at(Page::Student).await;
        family.phone.reads("h1", words(language, "student.title_child")).await;
        assert_eq!(family.phone.value("student-surname").await, family.answers.student.surname);
    }
    // Consent and letters are in the language in which the application is sent.
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}
