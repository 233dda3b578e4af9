//! The student's names.

use crate::components::person::names;
use crate::components::question::Question;
use crate::el::{El, el};
use crate::text::{Text, t};
use domain::field::Field;
use domain::name::is_shared_by_siblings;
use leptos::prelude::*;

/// The question.
pub fn view(question: Question) -> El {
    let title = question.wording_of(Text::StudentTitleOwn, Text::StudentTitleChild, Text::StudentLabel);
    let fields = names(
        question,
        [Field::StudentSurname, Field::StudentGivenName, Field::StudentPatronymic],
        [|form| &mut form.student.surname, |form| &mut form.student.given_name, |form| &mut form.student.patronymic],
        question.by_student(),
    );
    let mut answers = vec![question.heading(title), el("p").class("hint").text(t(Text::StudentHint))];
    if question.student > 0 && question.app.draft.with_untracked(|draft| is_shared_by_siblings(&draft.form.student.surname)) {
        answers.push(el("p").class("hint").text(t(Text::SiblingSurname)));
    }
    answers.extend(fields);
    question.page(answers, move || question.proceed())
}
