//! A date as three lines: no calendar to scroll through years in, nothing a paste could break.

use crate::components::question::Question;
use crate::components::text_field::Slot;
use crate::el::{El, div, el};
use crate::text::{Text, t};

/// What ends the id of the year.
pub const YEAR: &str = "-year";

/// Day, month and year of the birth date. `own` is whether it is the phone owner's, so that the browser may fill it in.
pub fn birth_date_fields(question: Question, target: &str, own: bool) -> El {
    let parts: [(&str, Text, Slot, &str, &str, bool); 3] = [
        ("-day", Text::DateDay, |form| &mut form.student.born_on.day, "2", "bday-day", false),
        ("-month", Text::DateMonth, |form| &mut form.student.born_on.month, "2", "bday-month", false),
        (YEAR, Text::DateYear, |form| &mut form.student.born_on.year, "4", "bday-year", true),
    ];
    let fields = parts.into_iter().map(|(part, label, slot, longest, autocomplete, year)| {
        let id = [target, part].concat();
        let input = el("input")
            .class("input input--short")
            .id(&id)
            .attr("inputmode", "numeric")
            .attr("maxlength", longest)
            .attr("autocomplete", if own { autocomplete } else { "off" })
            .value(&question.answer(slot))
            .on_input("input", move |input| question.write(|form| *slot(form) = input.value()));
        let label = el("label").class("label").attr("for", &id).text(t(label));
        div("field").child(label).child(question.invalid(input, target, year))
    });
    div("date-fields").all(fields.collect())
}
