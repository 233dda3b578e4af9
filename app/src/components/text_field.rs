//! A labelled line to type into.

use crate::components::question::{Question, hint_id};
use crate::el::{El, el};
use crate::fault_text::{element_id, label};
use crate::text::{Text, t};
use domain::application::ApplicationForm;
use domain::field::Field;

/// What is typed, which decides the keyboard a phone shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A name: no spelling help, which would “correct” Kazakh names.
    Name,
    /// Ordinary words.
    Line,
    /// Digits only.
    Digits,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
}

/// Where an answer is kept.
pub type Slot = fn(&mut ApplicationForm) -> &mut String;

/// One line.
#[derive(Clone, Copy)]
pub struct TextField {
    /// Which answer.
    pub field: Field,
    /// Where it is kept.
    pub slot: Slot,
    /// What is typed.
    pub typed: Typed,
    /// What stands behind the label of an answer that may be left out.
    pub optional: Option<Text>,
    /// An example or a reason, below the label.
    pub hint: Option<Text>,
    /// What the browser may fill in by itself; empty for “nothing”, because the answer is about somebody else than the phone's
    /// owner.
    pub autocomplete: &'static str,
}

impl TextField {
    /// The field with its label, hint and error.
    pub fn view(self, question: Question) -> El {
        let id = element_id(self.field);
        let (kind, mode) = match self.typed {
            Typed::Name | Typed::Line => ("text", "text"),
            Typed::Digits => ("text", "numeric"),
            Typed::Phone => ("tel", "tel"),
            Typed::Email => ("email", "email"),
        };
        let mut name = el("label").class("label").attr("for", &id).text(t(label(self.field)));
        if let Some(words) = self.optional {
            name = name.text(" ").child(el("span").class("optional").text(t(words)));
        }
        let hint = self.hint.map(|words| el("p").class("hint").id(&hint_id(&id)).text(t(words)));
        let slot = self.slot;
        let input = el("input")
            .class("input")
            .id(&id)
            .attr("type", kind)
            .attr("inputmode", mode)
            .attr("autocomplete", if self.autocomplete.is_empty() { "off" } else { self.autocomplete })
            .attr("autocapitalize", if self.typed == Typed::Name { "words" } else { "off" })
            .attr("spellcheck", "false")
            .value(&question.answer(slot))
            .on_input("input", move |input| question.write(|form| *slot(form) = input.value()));
        let input = question.invalid(question.described(input, &id, hint.is_some()), &id, true);
        let field = el("div").child(name).maybe(hint).child(question.error(&id)).child(input);
        question.marked(field, &id, "field", "field field--error")
    }
}
