//! The three parts of a name.

use crate::components::question::Question;
use crate::components::text_field::{Slot, TextField, Typed};
use crate::el::El;
use crate::text::Text;
use domain::field::Field;

/// Surname, given name, patronymic. `own` is whether they are the phone owner's, so that the browser may fill them in.
pub fn names(question: Question, fields: [Field; 3], slots: [Slot; 3], own: bool) -> Vec<El> {
    let completions = if own { ["family-name", "given-name", "additional-name"] } else { [""; 3] };
    let parts = fields.into_iter().zip(slots).zip(completions).enumerate();
    let fields = parts.map(|(place, ((field, slot), autocomplete))| {
        let optional = (place == 2).then_some(Text::StudentPatronymicOptional);
        TextField { field, slot, typed: Typed::Name, optional, hint: None, autocomplete }.view(question)
    });
    fields.collect()
}
