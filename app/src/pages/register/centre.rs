//! The centre.

use crate::components::page_fault::PageFault;
use crate::components::question::Question;
use crate::components::radio::{Choice, radio, radios};
use crate::draft::drop_unfitting_cohort;
use crate::el::{El, div};
use crate::fault_text::element_id;
use crate::format;
use crate::text::{Text, language, t};
use domain::catalogue::Centre;
use domain::error::FaultCode;
use domain::field::Field;
use leptos::prelude::*;

/// The question.
pub fn view(question: Question) -> El {
    let catalogue = question.catalogue();
    let choice = |centre: &Centre| Choice::new(&centre.id, centre.city.get(language()), centre.address.get(language()));
    let choices: Vec<Choice> = catalogue.centres.iter().map(choice).collect();
    let id = element_id(Field::Centre);
    let (title, hint, answers) = if question.student == 0 {
        (
            question.wording(Text::CentreTitleOwn, Text::CentreTitleChild),
            t(Text::CentreHint),
            radios(question, &id, &choices, |form| &mut form.centre, |_| {}),
        )
    } else {
        (t(Text::SiblingWhere), "", same_or_other(question, &id, choices))
    };
    let group = question.group(&id, title, hint, vec![answers]);
    question.page(vec![group], move || {
        // The contract lets the centre follow from the cohort; here it is what the list of cohorts depends on.
        if question.read(|form| form.centre.is_empty()) {
            return question.refuse(vec![PageFault::of(Field::Centre, FaultCode::Required)]);
        }
        // Without tracks every cohort of the centre fits.
        question.write(|form| drop_unfitting_cohort(form, &question.catalogue()));
        question.proceed();
    })
}

/// For a sibling: the first student's schedule at one tap, or a centre, whose list of schedules comes after the tracks.
fn same_or_other(question: Question, id: &str, mut centres: Vec<Choice>) -> El {
    let (centre, cohort) = question.read(|form| (form.centre.clone(), form.cohort.clone()));
    let (name, first) =
        question.app.draft.with_untracked(|draft| (draft.form.student.given_name.trim().to_owned(), draft.form.cohort.clone()));
    let catalogue = question.catalogue();
    let chosen = catalogue.cohort(&first);
    let said = chosen.and_then(|cohort| {
        let city = catalogue.centre(&cohort.centre)?.city.get(language());
        Some([&name, " · ", city, " · ", &format::slots(&cohort.slots)].concat())
    });
    let same = Choice::new("same", t(Text::SiblingSame), &said.unwrap_or_default());
    let is_same = !cohort.is_empty() && cohort == first;
    let kept = chosen.cloned();
    let same = radio(id, &same, is_same, move || {
        question.write(|form| {
            if let Some(cohort) = &kept {
                form.centre.clone_from(&cohort.centre);
                form.cohort.clone_from(&cohort.id);
            }
        });
    });
    let others = centres.iter_mut().map(|choice| {
        t(Text::SiblingOther).clone_into(&mut choice.note);
        let (value, first) = (choice.value.clone(), first.clone());
        radio(id, choice, !is_same && choice.value == centre, move || {
            question.write(|form| {
                form.centre.clone_from(&value);
                if form.cohort == first {
                    form.cohort.clear();
                }
            });
        })
    });
    div("choice-list").child(same).all(others.collect())
}
