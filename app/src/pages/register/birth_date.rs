//! The birth date, which decides whether the programme fits and who gives consent.

use crate::components::date_fields::birth_date_fields;
use crate::components::question::Question;
use crate::el::El;
use crate::fault_text::element_id;
use crate::format;
use crate::pages::outside_ages::is_outside;
use crate::router::Page;
use crate::text::{Text, fill, t};
use domain::field::Field;

/// The question.
pub fn view(question: Question) -> El {
    let catalogue = question.catalogue();
    let intake = &catalogue.intake;
    let hint = fill(
        t(Text::BirthHint),
        &[
            ("date", &format::date(intake.first_session_on)),
            ("min", &intake.min_age.to_string()),
            ("max", &intake.max_age.to_string()),
        ],
    );
    let id = element_id(Field::BornOn);
    let fields = birth_date_fields(question, &id, question.by_student());
    let title = question.wording_of(Text::BirthTitleOwn, Text::BirthTitleChild, Text::BirthLabel);
    question.page(vec![question.group(&id, title, &hint, vec![fields])], move || {
        let born = question.read(|form| form.student.born_on.date());
        if born.is_ok_and(|born| is_outside(born, &question.catalogue())) {
            question.app.router.go(Page::OutsideAges { student: question.student });
        } else {
            question.proceed();
        }
    })
}
