//! School and class: welcome, never needed.

use crate::components::question::Question;
use crate::components::text_field::{TextField, Typed};
use crate::el::{El, el};
use crate::text::{Text, t};
use domain::field::Field;

/// The question.
pub fn view(question: Question) -> El {
    let title = question.wording_of(Text::SchoolTitleOwn, Text::SchoolTitleChild, Text::SchoolLabel);
    let school = TextField {
        field: Field::School,
        slot: |form| &mut form.student.school,
        typed: Typed::Line,
        optional: Some(Text::SiteOptional),
        hint: None,
        autocomplete: "",
    };
    let grade =
        TextField { field: Field::Grade, slot: |form| &mut form.student.grade, hint: Some(Text::SchoolGradeHint), ..school };
    let answers = vec![
        question.heading(title),
        el("p").class("hint").text(t(Text::SchoolHint)),
        school.view(question),
        grade.view(question),
    ];
    question.page(answers, move || question.proceed())
}
