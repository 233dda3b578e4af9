//! Who holds the phone: a teenager or a parent.

use crate::components::question::Question;
use crate::components::radio::{Choice, radios};
use crate::el::El;
use crate::fault_text::element_id;
use crate::text::{Text, t};
use domain::application::FilledBy;
use domain::field::Field;

/// The question.
pub fn view(question: Question) -> El {
    let choices = [
        Choice::new(FilledBy::Student.as_str(), t(Text::WhoStudent), t(Text::WhoStudentNote)),
        Choice::new(FilledBy::Guardian.as_str(), t(Text::WhoGuardian), t(Text::WhoGuardianNote)),
    ];
    let id = element_id(Field::FilledBy);
    let answers = radios(question, &id, &choices, |form| &mut form.filled_by, |_| {});
    let group = question.group(&id, t(Text::WhoTitle), t(Text::WhoHint), vec![answers]);
    question.page(vec![group], move || question.proceed())
}
