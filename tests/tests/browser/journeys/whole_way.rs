//! From the front door to the registration, in each language, and what is found in the database afterwards.

use std::sync::Arc;

use domain::application::GuardianForm;
use domain::language::Language;
use tumo_tests::forms;

use crate::family::Family;
use crate::inspection::Inspection;
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    a_teenager_registers_in_kazakh,
    a_parent_registers_a_child_in_russian,
    a_parent_registers_a_child_in_english,
    the_whole_way_needs_no_pointer,
];

/// Every page by its name; a teenager of fifteen consents too.
async fn a_teenager_registers_in_kazakh(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "astana-tue-thu-1430").await;
    family.looks_for(Inspection::Picture);
    let answers = &mut family.answers;
    answers.filled_by = "student".into();
    answers.tracks = vec!["robotics".into(), "music".into(), "3d-modeling".into()];
    answers.student.surname = forms::name("Ғұмарқызы-Әлі");
    answers.student.patronymic = "Өміржанқызы".into();
    answers.student.school = "№ 17 мектеп-гимназия, Қаныш Сәтбаев атындағы".into();
    answers.student.grade = "9 «Ә»".into();

    family.opens_the_site().await;
    family.begins().await;
    family.says_who_holds_the_phone().await;
    family.continues().await;
    family.answers_birth_date().await;
    family.continues().await;
    family.chooses_the_centre().await;
    family.continues().await;
    family.chooses_tracks().await;
    family.continues().await;
    family.chooses_a_schedule().await;
    family.continues().await;
    family.names_the_student().await;
    family.continues().await;
    family.names_the_school().await;
    family.continues().await;
    // The identification number is nobody's duty.
    family.continues().await;
    family.introduces_the_guardian().await;
    family.continues().await;
    family.answers_about_a_second_guardian().await;
    family.continues().await;
    for said in ["consent.hand_over", "consent.acceptance_hint"] {
        family.phone.reads("main", words(Language::Kazakh, said)).await;
    }
    family.consents().await;
    family.continues().await;
    family.reads_its_answers().await;
    family.sends().await;

    family.phone.reads("h1", words(Language::Kazakh, "my.first_enrolled")).await;
    assert_eq!(family.state().await, "enrolled");
    family.finds_itself_stored("enrolled").await;
    family.saves_the_calendar().await;
    the_private_link_opens_anywhere(&stage, &family).await;
    family.phone.closes().await;
}

/// A second guardian, an e-mail address, every consent, a telephone number typed in full.
async fn a_parent_registers_a_child_in_russian(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Russian, "almaty-sat-wed").await;
    family.looks_for(Inspection::Picture);
    let purposes = &stage.world.catalogue.consent.purposes;
    let answers = &mut family.answers;
    answers.tracks = vec!["filmmaking".into(), "photography".into()];
    answers.guardian.email = forms::email();
    answers.guardian.phone = answers.guardian.phone.replacen("8 ", "+7 ", 1);
    answers.second_guardian = Some(GuardianForm { patronymic: "Серікұлы".into(), ..forms::guardian("father") });
    answers.consent.purposes = purposes.iter().map(|purpose| purpose.id.clone()).collect();

    family.comes_to(Page::Consent).await;
    family.phone.reads("main", words(Language::Russian, "consent.acceptance_hint")).await;
    family.comes_to(Page::Check).await;
    family.reads_its_answers().await;
    family.sends().await;
    family.phone.reads("h1", words(Language::Russian, "my.first_enrolled")).await;
    family.finds_itself_stored("enrolled").await;
    family.saves_the_calendar().await;
    the_private_link_opens_anywhere(&stage, &family).await;
    family.phone.closes().await;
}

/// A number that says another birth date warns twice and stops nobody; a child of twelve doesn't consent personally.
async fn a_parent_registers_a_child_in_english(stage: Arc<Stage>) {
    let mut family = stage.family(Language::English, "astana-lab-music").await;
    family.looks_for(Inspection::Picture);
    let catalogue = &stage.world.catalogue;
    let answers = &mut family.answers;
    answers.tracks = vec!["music".into()];
    answers.student.born_on = forms::written(forms::born(catalogue, 12));
    answers.student.iin = forms::iin(forms::born(catalogue, 13));
    answers.consent.student_accepts = false;

    family.comes_to(Page::Iin).await;
    family.gives_the_iin().await;
    family.continues_in_spite_of_the_warning().await;
    family.comes_to(Page::Check).await;
    family.phone.reads("main .notice", words(Language::English, "iin.warning")).await;
    family.reads_its_answers().await;
    family.sends().await;
    family.phone.reads(".notice", words(Language::English, "my.warning_iin")).await;
    family.finds_itself_stored("enrolled").await;
    family.saves_the_calendar().await;
    the_private_link_opens_anywhere(&stage, &family).await;
    family.phone.closes().await;
}

/// Tab, Space, Enter and arrows lead from the front door to the registration.
async fn the_whole_way_needs_no_pointer(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-wed-fri-1630").await;
    family.phone.uses_the_keyboard_alone();
    family.answers.second_guardian = Some(forms::guardian("father"));
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

/// The link says the same on a phone that has never seen the site.
async fn the_private_link_opens_anywhere(stage: &Stage, family: &Family) {
    let grandmothers = stage.phone(family.phone.language).await;
    grandmothers.opens(&family.phone.link().await).await;
    grandmothers.arrives_at(Page::Ticket).await;
    assert_eq!(grandmothers.texts(".ticket").await.concat(), family.ticket().await);
    assert!(grandmothers.texts("h1").await.concat().contains(&family.answers.student.given_name));
    grandmothers.closes().await;
}
