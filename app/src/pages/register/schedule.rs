//! The schedule: which cohort, with the places it has now.

use crate::components::cohort_choice::CohortChoice;
use crate::components::question::{Question, continue_button};
use crate::el::El;
use crate::fault_text::element_id;
use crate::text::{Text, fill, language, t};
use domain::catalogue::Cohort;
use domain::field::Field;
use leptos::prelude::*;

/// The question.
pub fn view(question: Question) -> El {
    let catalogue = question.catalogue();
    let (centre, tracks, cohort) = question.read(|form| (form.centre.clone(), form.tracks.clone(), form.cohort.clone()));
    // In another city the centre follows.
    let choice = CohortChoice::new(question.app, catalogue.clone(), cohort, move |cohort| {
        question.write(|form| {
            form.cohort.clone_from(&cohort.id);
            form.centre.clone_from(&cohort.centre);
        });
    });
    let offered: Vec<Cohort> =
        catalogue.cohorts.iter().filter(|cohort| cohort.centre == centre && cohort.offers(&tracks)).cloned().collect();
    let city = catalogue.centre(&centre).map(|centre| centre.city.get(language()).to_owned()).unwrap_or_default();
    let hint = fill(t(Text::ScheduleHint), &[("centre", &city)]);
    let group = question.group(&element_id(Field::Cohort), t(Text::ScheduleTitle), &hint, choice.view(offered, tracks));
    let words = move || {
        let full = choice.is_full(&choice.chosen.get());
        t(if full { Text::ScheduleJoin } else { Text::ActionContinue }).to_owned()
    };
    question.page_with(vec![group], continue_button().live_text(words), move || question.proceed())
}
