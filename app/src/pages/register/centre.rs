//! The centre.

use crate::components::question::{PageFault, Question};
use crate::components::radio::{Choice, radios};
use crate::el::El;
use crate::fault_text::element_id;
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
    let answers = radios(question, &id, &choices, |form| &mut form.centre, |_| {});
    let group = question.group(&id, t(Text::CentreTitle), t(Text::CentreHint), vec![answers]);
    question.page(vec![group], move || {
        // The contract lets the centre follow from the cohort; here it is what the list of cohorts depends on.
        if question.read(|form| form.centre.is_empty()) {
            return question.refuse(vec![PageFault::of(Field::Centre, FaultCode::Required)]);
        }
        question.app.draft.update(|draft| draft.drop_unfitting_cohort(&question.catalogue()));
        question.proceed();
    })
}
