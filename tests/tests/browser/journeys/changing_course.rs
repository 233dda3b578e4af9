//! Going back, starting over, interrupting, changing one's mind, tapping twice: the answers stay what they were.

use std::sync::Arc;

use domain::language::Language;

use crate::inspection::{is_for_everybody, is_for_everybody_in_each_language};
use crate::page::Page;
use crate::stage::{Stage, journeys};

journeys![
    a_reload_keeps_even_a_half_typed_answer,
    an_answer_is_kept_though_the_page_is_left_before_it_is_painted,
    a_visit_another_day_goes_on_where_it_was_left,
    the_back_button_walks_back_and_keeps_the_answers,
    the_back_button_leads_to_where_the_page_was_left,
    one_answer_is_changed_from_the_check_page,
    tapping_send_twice_makes_one_registration,
    answers_are_thrown_away_when_asked_to,
];

async fn a_reload_keeps_even_a_half_typed_answer(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-tue-fri-0900").await;
    family.comes_to(Page::Guardian).await;
    family.phone.ticks("guardian-relation-father").await;
    family.phone.types("guardian-surname", "Әбді").await;

    family.phone.reloads().await;
    family.arrives_at(Page::Guardian).await;
    assert_eq!(family.phone.value("guardian-surname").await, "Әбді");
    assert!(family.phone.is_ticked("guardian-relation-father").await);

    family.comes_to(Page::Check).await;
    family.reads_its_answers().await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn an_answer_is_kept_though_the_page_is_left_before_it_is_painted(stage: Arc<Stage>) {
    // What waits until the page is painted waits for ever.
    const NEVER_PAINTED: &str = "window.requestAnimationFrame = () => 0; return true";
    // The page is out of sight, and may be ended there.
    const COVERED: &str = "document.dispatchEvent(new Event('visibilitychange')); return localStorage.getItem('draft')";
    let mut family = stage.family(Language::Kazakh, "astana-tue-fri-0900").await;
    family.comes_to(Page::Guardian).await;
    assert!(family.phone.asks::<bool>(NEVER_PAINTED, vec![]).await);
    family.phone.types("guardian-surname", "Әбді").await;
    assert!(!family.phone.asks::<String>("return localStorage.getItem('draft')", vec![]).await.contains("Әбді"), "not painted");
    assert!(family.phone.asks::<String>(COVERED, vec![]).await.contains("Әбді"));

    family.phone.types("guardian-given_name", "Нұрлан").await;
    family.phone.reloads().await;
    family.arrives_at(Page::Guardian).await;
    assert_eq!(family.phone.value("guardian-given_name").await, "Нұрлан");
    family.phone.closes().await;
}

async fn a_visit_another_day_goes_on_where_it_was_left(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Russian, "astana-tue-fri-0900").await;
    family.comes_to(Page::School).await;
    family.phone.opens("/ru").await;
    family.phone.arrives_at(Page::Home).await;
    family.phone.reads("[data-test=start]", crate::words::words(Language::Russian, "home.resume")).await;
    family.phone.presses("[data-test=start]").await;
    family.arrives_at(Page::School).await;
    family.phone.closes().await;
}

async fn the_back_button_walks_back_and_keeps_the_answers(stage: Arc<Stage>) {
    // Above the big button.
    const IN_SIGHT: &str = "const bottom = document.querySelector('[data-test=saved-link]').getBoundingClientRect().bottom;
        return scrollY === 0 && bottom < document.querySelector('.sticky-cta').getBoundingClientRect().top";
    let mut family = stage.family(Language::Kazakh, "astana-tue-fri-0900").await;
    family.comes_to(Page::Schedule).await;
    for page in [Page::Tracks, Page::Centre, Page::BirthDate] {
        family.phone.goes_back().await;
        family.arrives_at(page).await;
    }
    assert_eq!(family.phone.value("student-born_on-year").await, family.answers.student.born_on.year);
    // The link on the page does the same.
    family.phone.presses("[data-test=back]").await;
    family.arrives_at(Page::Who).await;
    assert!(family.phone.is_ticked("filled_by-guardian").await);

    family.comes_to(Page::Check).await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;

    // What was sent can't be walked back into; no empty question looks as if it were lost.
    for _ in 0..2 {
        family.phone.goes_back().await;
        family.arrives_at(Page::Home).await;
        family.phone.sees("[data-test=saved-link]").await;
        family.phone.waits_for("the saved registration in sight", IN_SIGHT, vec![]).await;
    }
    assert_eq!(family.records().count(), 1);
    // Another application begins only when somebody wants it to.
    family.begins().await;
    family.phone.closes().await;
}

async fn the_back_button_leads_to_where_the_page_was_left(stage: Arc<Stage>) {
    const LEFT: &str = "addEventListener('click', () => window.left = scrollY, { capture: true, once: true })";
    let mut family = stage.family(Language::Russian, "astana-tue-fri-0900").await;
    family.comes_to(Page::Schedule).await;
    family
        .phone
        .waits_for("the whole list", "return document.querySelectorAll('.cohort-list .choice').length > 12", vec![])
        .await;
    let last: String = family.phone.asks("return [...document.querySelectorAll('.cohort-list input')].pop().id", vec![]).await;
    family.phone.ticks(&last).await;
    let _: Option<()> = family.phone.asks(LEFT, vec![]).await;
    family.phone.presses("[data-test=continue]").await;
    family.arrives_at(Page::Student).await;
    let left: f64 = family.phone.asks("return window.left", vec![]).await;
    assert!(left > 1000., "{left}: where one was is far down");
    family.phone.goes_back().await;
    family.arrives_at(Page::Schedule).await;
    family.phone.waits_for("the old place", "return Math.abs(scrollY - arguments[0]) < 2", vec![left.into()]).await;
    family.phone.closes().await;
}

async fn one_answer_is_changed_from_the_check_page(stage: Arc<Stage>) {
    let mut family = stage.family(Language::English, "astana-tue-fri-1100").await;
    family.comes_to(Page::Check).await;
    family.phone.presses("[data-test=change-student]").await;
    family.arrives_at(Page::Student).await;
    family.answers.student.patronymic = "Дәулетқызы".into();
    family.names_the_student().await;
    family.presses_continue().await;
    family.arrives_at(Page::Check).await;
    family.phone.reads("main", "Дәулетқызы").await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn tapping_send_twice_makes_one_registration(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-tue-fri-1430").await;
    family.comes_to(Page::Check).await;
    family.taps_send_twice().await;
    family.gets_the_ticket().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn answers_are_thrown_away_when_asked_to(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-tue-fri-1430").await;
    family.comes_to(Page::Centre).await;
    family.phone.opens("/kk").await;
    family.phone.arrives_at(Page::Home).await;
    is_for_everybody_in_each_language(&mut family.phone, "the front page with a draft", "[data-test=anew]").await;
    for language in [Language::Russian, Language::English, Language::Kazakh] {
        family.phone.speaks(language, "[data-test=anew]").await;
        family.phone.presses("[data-test=anew]").await;
        family.phone.has_the_focus_on("[data-test=anew-no]").await;
        is_for_everybody(&family.phone, "whether to start anew").await;
    }
    family.phone.presses("[data-test=anew-yes]").await;
    family.arrives_at(Page::Who).await;
    assert!(!family.phone.is_ticked("filled_by-guardian").await);
    family.phone.closes().await;
}
