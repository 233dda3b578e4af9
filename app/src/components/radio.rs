//! One answer out of a few.

use crate::components::question::Question;
use crate::components::text_field::Slot;
use crate::el::{El, div, el};

/// One of the answers.
pub struct Choice {
    /// The machine word that is kept.
    pub value: String,
    /// What it is called.
    pub title: String,
    /// What that means; empty for nothing.
    pub note: String,
}

impl Choice {
    /// An answer.
    pub fn new(value: &str, title: &str, note: &str) -> Self {
        Self { value: value.to_owned(), title: title.to_owned(), note: note.to_owned() }
    }
}

/// The answers of a group, as cards. `chosen` is called after the answer has been kept.
pub fn radios(question: Question, name: &str, choices: &[Choice], slot: Slot, chosen: fn(Question)) -> El {
    let present = question.answer(slot);
    let cards = choices
        .iter()
        .map(|choice| {
            let value = choice.value.clone();
            radio(name, choice, choice.value == present, move || {
                question.write(|form| slot(form).clone_from(&value));
                chosen(question);
            })
        })
        .collect();
    div("choice-list").all(cards)
}

/// One card of a group.
pub fn radio(name: &str, choice: &Choice, checked: bool, chosen: impl Fn() + 'static) -> El {
    let input = el("input")
        .attr("type", "radio")
        .id(&[name, "-", &choice.value].concat())
        .attr("name", name)
        .attr("value", &choice.value)
        .checked(checked)
        .on("change", move |_| chosen());
    let body = el("span").class("choice-body").all(title_and_note(&choice.title, &choice.note));
    el("label").class("choice").child(input).child(body)
}

/// What a card says.
pub fn title_and_note(title: &str, note: &str) -> Vec<El> {
    let mut said = vec![el("span").class("choice-title").text(title)];
    if !note.is_empty() {
        said.push(el("span").class("choice-note").text(note));
    }
    said
}
