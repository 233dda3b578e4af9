//! Brothers and sisters in one application: together or each separately, at the same time or elsewhere.

use std::sync::Arc;

use domain::application::SiblingForm;
use domain::language::Language;
use serde_json::json;
use tumo_tests::forms;

use crate::inspection::{Inspection, is_for_everybody, is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    two_children_are_registered_together_in_kazakh,
    two_children_are_registered_together_in_russian,
    two_children_are_registered_together_in_english,
    a_brother_goes_elsewhere_and_by_himself,
    a_sibling_is_taken_out_and_put_back,
    a_siblings_fault_leads_to_its_page,
    a_sibling_who_is_too_young_does_not_end_the_application,
    children_for_whom_there_are_no_seats_wait_together,
    a_draft_from_before_there_were_siblings_goes_on,
];

/// The pages about a sibling who goes at the first child's time, after the schedule.
const AFTER_THE_SCHEDULE: [Page; 4] = [Page::Tracks, Page::Student, Page::School, Page::Iin];

/// A child of twelve, who doesn't accept personally.
fn younger(stage: &Stage, cohort: &str) -> SiblingForm {
    let mut sibling = forms::sibling(&stage.world.catalogue, cohort);
    sibling.student.born_on = forms::written(forms::born(&stage.world.catalogue, 12));
    sibling.student_accepts = false;
    sibling
}

async fn two_children_are_registered_together_in_kazakh(stage: Arc<Stage>) {
    two_children_are_registered_together(stage, Language::Kazakh).await;
}

async fn two_children_are_registered_together_in_russian(stage: Arc<Stage>) {
    two_children_are_registered_together(stage, Language::Russian).await;
}

async fn two_children_are_registered_together_in_english(stage: Arc<Stage>) {
    two_children_are_registered_together(stage, Language::English).await;
}

/// One tap for the same schedule; the second child is fifteen and accepts personally. Every page is for everybody.
async fn two_children_are_registered_together(stage: Arc<Stage>, language: Language) {
    const COHORT: &str = "almaty-wed-fri-1430";
    let mut family = stage.family(language, COHORT).await;
    family.comes_to(Page::Check).await;
    let first = family.answers.student.surname.clone();
    for inspection in [Inspection::Picture, Inspection::Everybody] {
        family.looks_for(inspection);
    }
    let sibling = forms::sibling(&stage.world.catalogue, COHORT);
    let (surname, given_name) = (sibling.student.surname.clone(), sibling.student.given_name.clone());
    family.adds_a_sibling(sibling).await;
    family.phone.reads("h1", words(language, "sibling.whom")).await;
    assert!(family.phone.tab().await.starts_with(words(language, "sibling.whom")), "the tab tells the children apart");
    family.answers_about(1, &[Page::BirthDate]).await;
    family.chooses_the_same_schedule(1).await;
    family.answers_about(1, &[Page::Tracks]).await;

    // The surname is there already, and what was typed outlives a reload.
    family.is_asked_about(1, Page::Student).await;
    assert_eq!(family.phone.value("student-surname").await, first);
    family.phone.types("student-given_name", &given_name).await;
    family.phone.reloads().await;
    family.is_asked_about(1, Page::Student).await;
    assert_eq!(family.phone.value("student-given_name").await, given_name);
    family.phone.types("student-surname", &surname).await;
    family.presses_continue().await;

    family.answers_about(1, &[Page::School, Page::Iin, Page::Consent]).await;
    family.answers.together = true;
    family.says_whether_together().await;
    family.reads_its_answers().await;
    for said in [&surname, &given_name, words(language, "sibling.consent"), words(language, "sibling.together_yes")] {
        family.phone.reads("main", said).await;
    }
    family.sends().await;
    family.finds_all_its_children_stored("enrolled").await;
    family.phone.reads("h1", words(language, "my.first_enrolled_all")).await;
    // Who gives one child's seat up reads which child's it is.
    family.phone.presses("[data-test=withdraw]").await;
    family.arrives_at(Page::Withdraw).await;
    family.phone.reads("h1", &family.answers.student.given_name).await;
    assert!(family.phone.tab().await.starts_with(&family.answers.student.given_name), "the tab says it too");
    family.phone.presses("[data-test=yes]").await;
    family.arrives_at(Page::Ticket).await;
    let done = [&family.answers.student.given_name, ": ", words(language, "my.done_withdrawn")].concat();
    family.phone.reads("[data-test=done]", &done).await;
    family.phone.closes().await;
}

/// Another city at another time; no party.
async fn a_brother_goes_elsewhere_and_by_himself(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Russian, "almaty-wed-fri-1630").await;
    family.answers.student.surname.push_str("ова");
    family.comes_to(Page::Check).await;
    family.adds_a_sibling(younger(&stage, "astana-wed-fri-1630")).await;
    family.answers_about(1, &[Page::BirthDate, Page::Centre, Page::Tracks, Page::Schedule]).await;
    // A sister's surname would be wrong for him.
    family.is_asked_about(1, Page::Student).await;
    assert_eq!(family.phone.value("student-surname").await, "");
    assert!(!family.phone.texts("main").await.concat().contains(words(Language::Russian, "sibling.surname")));
    family.answers_about(1, &[Page::Student, Page::School, Page::Iin]).await;
    family.says_whether_together().await;
    family.sends().await;
    family.finds_all_its_children_stored("enrolled").await;
    family.phone.closes().await;
}

async fn a_sibling_is_taken_out_and_put_back(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-tue-fri-1630";
    let mut family = stage.family(Language::Kazakh, COHORT).await;
    family.comes_to(Page::Check).await;
    let sibling = younger(&stage, COHORT);
    let name = sibling.student.given_name.clone();
    family.adds_a_sibling(sibling).await;
    family.answers_about(1, &[Page::BirthDate]).await;
    family.chooses_the_same_schedule(1).await;
    family.answers_about(1, &AFTER_THE_SCHEDULE).await;
    family.answers.together = true;
    family.says_whether_together().await;

    family.phone.presses("[data-test=remove-2]").await;
    family.phone.has_the_focus_on("#sibling-removed").await;
    family.phone.reads("#sibling-removed", &name).await;
    picture(&family.phone, "72-sibling-removed").await;
    is_for_everybody(&family.phone, "a sibling taken out").await;
    family.phone.presses("[data-test=undo]").await;
    family.phone.sees("[data-test=remove-2]").await;
    family.phone.reads("main", &name).await;

    family.phone.presses("[data-test=remove-2]").await;
    family.phone.has_the_focus_on("#sibling-removed").await;
    family.answers.siblings.clear();
    family.sends().await;
    family.finds_all_its_children_stored("enrolled").await;
    family.phone.closes().await;
}

/// A part that was broken off keeps the application from being sent, says what is missing, and leads there.
async fn a_siblings_fault_leads_to_its_page(stage: Arc<Stage>) {
    const COHORT: &str = "almaty-tue-fri-1430";
    let mut family = stage.family(Language::Russian, COHORT).await;
    family.comes_to(Page::Check).await;
    family.adds_a_sibling(younger(&stage, COHORT)).await;
    // Nothing typed: nothing is added, and an empty page says what is missing.
    family.presses_continue().await;
    family.phone.has_the_focus_on("#error-summary").await;
    family.phone.presses("[data-test=back]").await;
    family.arrives_at(Page::Check).await;
    assert!(!family.phone.shows("[data-test=remove-2]").await);

    family.phone.presses("[data-test=add-sibling]").await;
    family.answers_about(1, &[Page::BirthDate]).await;
    family.chooses_the_same_schedule(1).await;
    family.answers_about(1, &[Page::Tracks]).await;
    family.is_asked_about(1, Page::Student).await;
    family.phone.opens(&Page::Check.path(Language::Russian)).await;
    family.arrives_at(Page::Check).await;
    family.presses_send().await;
    family.phone.has_the_focus_on("#error-summary").await;
    family.phone.reads("#error-summary", words(Language::Russian, "fault.given_name_required")).await;
    picture(&family.phone, "73-sibling-incomplete").await;
    is_for_everybody_in_each_language(&mut family.phone, "faults on the check page", "#error-summary").await;
    family.finds_nothing_stored();

    family.phone.presses("#error-summary a").await;
    family.is_asked_about(1, Page::Student).await;
    family.phone.reads(".error-text", words(Language::Russian, "fault.given_name_required")).await;
    // From there the way goes on, as if it had never been broken off.
    family.gives_the_answer_about(1).await;
    family.presses_continue().await;
    family.answers_about(1, &[Page::School, Page::Iin]).await;
    family.says_whether_together().await;
    family.sends().await;
    family.finds_all_its_children_stored("enrolled").await;
    family.phone.closes().await;
}

async fn a_sibling_who_is_too_young_does_not_end_the_application(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-tue-fri-1430").await;
    family.comes_to(Page::Check).await;
    let mut sibling = younger(&stage, "almaty-tue-fri-1430");
    sibling.student.born_on = forms::written(forms::born(&stage.world.catalogue, 11));
    family.adds_a_sibling(sibling).await;
    family.gives_the_answer_about(1).await;
    family.presses_continue().await;
    family.phone.arrives_at_address("/kk/register/2/age", "[data-test=correct]").await;
    family.phone.reads("h1", words(Language::Kazakh, "age.young_title")).await;
    picture(&family.phone, "74-sibling-too-young").await;
    is_for_everybody_in_each_language(&mut family.phone, "a sibling too young", "[data-test=correct]").await;
    family.phone.presses("[data-test=remove]").await;
    family.arrives_at(Page::Check).await;
    family.answers.siblings.clear();
    family.reads_its_answers().await;
    family.sends().await;
    family.finds_all_its_children_stored("enrolled").await;
    family.phone.closes().await;
}

/// The cohort is full by `tests/seeds/full.sql`.
async fn children_for_whom_there_are_no_seats_wait_together(stage: Arc<Stage>) {
    const FULL: &str = "astana-mon-wed-0900";
    let (full, server) = stage.elsewhere("full.sql").await;
    let mut family = full.family(Language::Russian, FULL).await;
    family.comes_to(Page::Check).await;
    family.adds_a_sibling(younger(&full, FULL)).await;
    family.answers_about(1, &[Page::BirthDate]).await;
    family.chooses_the_same_schedule(1).await;
    family.answers_about(1, &AFTER_THE_SCHEDULE).await;
    family.answers.together = true;
    family.says_whether_together().await;
    family.phone.reads("main", words(Language::Russian, "wait.all")).await;
    family.phone.ticks("take_at_once").await;
    picture(&family.phone, "75-no-seats-for-all").await;
    is_for_everybody_in_each_language(&mut family.phone, "no seats for all", "#take_at_once").await;
    family.sends().await;
    family.finds_all_its_children_stored("waiting").await;
    const CHOSEN: &str = "SELECT take_at_once FROM applications WHERE reference = ?1";
    let reference = family.reference_of_all().await;
    assert_eq!(full.world.database.rows(CHOSEN, [&reference]), [json!({ "take_at_once": 1 })]);
    family.phone.closes().await;
    server.stop();
}

/// What an earlier version of the app has kept on the phone is read as it was meant.
async fn a_draft_from_before_there_were_siblings_goes_on(stage: Arc<Stage>) {
    const FORGET: &str = "
        const draft = JSON.parse(localStorage.getItem('draft'));
        for (const name of ['siblings', 'together', 'take_at_once']) {
            if (!(name in draft.form)) return false;
            delete draft.form[name];
        }
        localStorage.setItem('draft', JSON.stringify(draft));
        return true";
    let mut family = stage.family(Language::English, "almaty-tue-fri-1430").await;
    family.comes_to(Page::Check).await;
    assert!(family.phone.asks::<bool>(FORGET, vec![]).await, "the draft has other names now");
    family.phone.reloads().await;
    family.arrives_at(Page::Check).await;
    family.reads_its_answers().await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}
