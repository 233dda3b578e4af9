//! The identification number: optional, and at odds with the birth date no more than worth a second look.

use crate::components::question::Question;
use crate::components::text_field::{TextField, Typed};
use crate::dom;
use crate::el::{El, div, el};
use crate::text::{Text, t};
use domain::application::iin_disagrees;
use domain::field::Field;
use leptos::prelude::*;

/// Id of the warning.
const WARNING: &str = "iin-warning";

/// The question.
pub fn view(question: Question) -> El {
    let title = question.wording_of(Text::IinTitleOwn, Text::IinTitleChild, Text::IinLabel);
    let field = TextField {
        field: Field::Iin,
        slot: |form| &mut form.student.iin,
        typed: Typed::Digits,
        optional: Some(Text::SiteOptional),
        hint: None,
        autocomplete: "",
    };
    // The number the family has been warned about; Continue accepts it the second time.
    let warned = RwSignal::new(String::new());
    let warning = move || {
        if warned.with(String::is_empty) {
            return Vec::new();
        }
        vec![div("notice").id(WARNING).attr("role", "alert").attr("tabindex", "-1").text(t(Text::IinWarning))]
    };
    let answers = vec![
        question.heading(title),
        el("p").class("hint").text(t(Text::IinHint)),
        field.view(question),
        el("div").live(warning),
    ];
    question.page(answers, move || {
        let (number, disagrees) = question.read(|form| (form.student.iin.clone(), iin_disagrees(&form.student)));
        if disagrees && warned.with_untracked(|known| *known != number) {
            question.shows(Vec::new());
            warned.set(number);
            dom::later(0, || dom::focus_field(WARNING));
        } else {
            question.proceed();
        }
    })
}
