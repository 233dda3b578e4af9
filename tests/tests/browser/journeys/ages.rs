//! Too young or too old: a page that explains, and the way on.

use std::sync::Arc;

use domain::date::Timestamp;
use domain::language::Language;
use tumo_tests::forms;

use crate::inspection::{is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    somebody_too_young_learns_when_to_come_back,
    somebody_too_old_learns_whom_the_programme_is_for,
    an_adult_registers_alone
];

async fn somebody_too_young_learns_when_to_come_back(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-mon-thu-0900").await;
    let birthday = forms::born(&stage.world.catalogue, 11);
    family.answers.student.born_on = forms::written(birthday);
    family.comes_to(Page::BirthDate).await;
    family.answers_birth_date().await;
    family.presses_continue().await;
    family.arrives_at(Page::OutsideAges).await;
    family.phone.reads("h1", words(Language::Kazakh, "age.young_title")).await;
    // The twelfth birthday: one year after the first session.
    family.phone.reads("main", &(birthday.year() + 12).to_string()).await;
    picture(&family.phone, "40-too-young").await;
    is_for_everybody_in_each_language(&mut family.phone, "too young", "[data-test=correct]").await;

    family.phone.presses("[data-test=correct]").await;
    family.arrives_at(Page::BirthDate).await;
    assert_eq!(family.phone.value("student-born_on-year").await, birthday.year().to_string());
    family.answers.student.born_on = forms::written(forms::born(&stage.world.catalogue, 12));
    family.comes_to(Page::Centre).await;
    family.phone.closes().await;
}

async fn somebody_too_old_learns_whom_the_programme_is_for(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-mon-thu-0900").await;
    family.answers.student.born_on = forms::written(forms::born(&stage.world.catalogue, 19));
    family.comes_to(Page::BirthDate).await;
    family.answers_birth_date().await;
    family.presses_continue().await;
    family.arrives_at(Page::OutsideAges).await;
    family.phone.reads("h1", words(Language::Kazakh, "age.old_title")).await;
    picture(&family.phone, "41-too-old").await;
    is_for_everybody_in_each_language(&mut family.phone, "too old", "[data-test=correct]").await;
    family.phone.presses("[data-test=home]").await;
    family.arrives_at(Page::Home).await;
    family.phone.closes().await;
}

/// At eighteen nobody else is needed: the names are known already, and there is no question about a second guardian.
async fn an_adult_registers_alone(stage: Arc<Stage>) {
    let mut family = stage.family(Language::Kazakh, "almaty-mon-thu-0900").await;
    let answers = &mut family.answers;
    answers.filled_by = "student".into();
    // Eighteen today, not only when sessions begin; and not nineteen by then.
    answers.student.born_on = forms::written(forms::of_age(Timestamp(stage.world.now()).local_date()));
    answers.guardian.relation = "self".into();
    answers.guardian.surname = answers.student.surname.clone();
    answers.guardian.given_name = answers.student.given_name.clone();
    family.comes_to(Page::Guardian).await;
    family.phone.ticks("guardian-relation-self").await;
    assert_eq!(family.phone.value("guardian-surname").await, family.answers.student.surname);
    family.comes_to(Page::Consent).await;
    let hint = words(Language::Kazakh, "consent.acceptance_hint");
    assert!(!family.phone.texts("main").await.concat().contains(hint), "nobody else holds the phone");
    family.comes_to(Page::Check).await;
    family.sends().await;
    assert_eq!(family.state().await, "enrolled");
    family.phone.closes().await;
}
