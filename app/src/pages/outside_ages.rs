//! Too young or too old for this intake: no fault of anybody's, so a page that explains and offers the next step.

use crate::app::App;
use crate::clock;
use crate::components::page_state::{Art, button, button_link, page_state};
use crate::el::El;
use crate::format;
use crate::router::Page;
use crate::step::Step;
use crate::text::{Text, fill, language, t};
use domain::age::{age_on, birthday};
use domain::catalogue::Catalogue;
use domain::date::Date;
use leptos::prelude::*;

/// Whether a birth date lies outside the ages of the intake, though it is a possible one.
pub fn is_outside(born: Date, catalogue: &Catalogue) -> bool {
    let intake = &catalogue.intake;
    let age = age_on(born, intake.first_session_on);
    born <= clock::now().local_date() && !(intake.min_age..=intake.max_age).contains(&age)
}

/// When the student will be old enough, or that the programme is for younger ones.
pub fn view(app: App, catalogue: &Catalogue, student: usize, born: Date) -> El {
    let intake = &catalogue.intake;
    let first = format::date(intake.first_session_on);
    let young = age_on(born, intake.first_session_on) < intake.min_age;
    let min = intake.min_age.to_string();
    let values: &[(&str, &str)] = &[
        ("date", &first),
        ("min", &min),
        ("age", &min),
        ("max", &intake.max_age.to_string()),
        ("birthday", &format::date(birthday(born, intake.min_age))),
    ];
    let (art, title, said) = if young {
        (Art::Young, Text::AgeYoungTitle, [Text::AgeYoungText, Text::AgeYoungNext])
    } else {
        (Art::Lost, Text::AgeOldTitle, [Text::AgeOldText, Text::AgeOldNext])
    };
    let sibling = student.checked_sub(1);
    // Whose further answers are there already comes back to the check page.
    let change = app.draft.with_untracked(|draft| match sibling {
        None => draft.reached == Step::Check,
        Some(sibling) => draft.form.siblings.get(sibling).is_some_and(|sibling| !sibling.cohort.is_empty()),
    });
    let correct = Page::Question { step: Step::BirthDate, student, change }.path(language());
    let other = match sibling {
        None => button_link("button button--secondary", "home", t(Text::ActionHome), &Page::Home.path(language())),
        // The others register all the same.
        Some(sibling) => button("button button--secondary", "remove", t(Text::SiblingLeave), move || {
            app.draft.update(|draft| drop(draft.remove_sibling(sibling)));
            app.router.replace(Page::question(Step::Check));
        }),
    };
    let on = vec![button_link("button button--primary", "correct", t(Text::AgeCorrect), &correct), other];
    page_state(art, t(title), &said.map(|line| fill(t(line), values)), on)
}
