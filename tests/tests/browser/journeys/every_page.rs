//! What holds for every page of the way.

use std::sync::Arc;

use domain::language::Language;
use tumo_tests::forms;

use crate::inspection::Inspection;
use crate::page::Page;
use crate::stage::{Stage, journeys};

journeys![
    every_page_in_kazakh_fits_the_narrowest_phone,
    every_page_in_russian_fits_the_narrowest_phone,
    every_page_in_english_fits_the_narrowest_phone,
    every_page_can_be_used_by_everybody,
    the_console_stays_silent,
];

async fn every_page_in_kazakh_fits_the_narrowest_phone(stage: Arc<Stage>) {
    goes_the_whole_way(&stage, Language::Kazakh, Inspection::Narrow).await;
}

async fn every_page_in_russian_fits_the_narrowest_phone(stage: Arc<Stage>) {
    goes_the_whole_way(&stage, Language::Russian, Inspection::Narrow).await;
}

async fn every_page_in_english_fits_the_narrowest_phone(stage: Arc<Stage>) {
    goes_the_whole_way(&stage, Language::English, Inspection::Narrow).await;
}

async fn every_page_can_be_used_by_everybody(stage: Arc<Stage>) {
    goes_the_whole_way(&stage, Language::Kazakh, Inspection::Accessible).await;
}

/// By a teenager with two parents: those see most.
async fn goes_the_whole_way(stage: &Stage, language: Language, inspection: Inspection) {
    let mut family = stage.family(language, "almaty-tue-thu-1100").await;
    family.looks_for(inspection);
    family.answers.filled_by = "student".into();
    family.answers.second_guardian = Some(forms::guardian("representative"));
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.phone.closes().await;
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
