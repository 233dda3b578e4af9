//! Whether brothers and sisters want seats together or not at all.

use crate::components::page_fault::PageFault;
use crate::components::question::Question;
use crate::components::radio::{Choice, radio};
use crate::el::{El, div};
use crate::format;
use crate::text::{Text, fill, t};
use leptos::prelude::*;

/// Id and name of the group.
const GROUP: &str = "together";

/// The question.
pub fn view(question: Question) -> El {
    // Asked for the first time, neither is chosen: the answer matters too much to be passed over.
    let chosen = RwSignal::new(question.change.then(|| question.read(|form| form.together)));
    let choice = |value: &str, title, note, together: bool| {
        radio(GROUP, &Choice::new(value, t(title), t(note)), chosen.get_untracked() == Some(together), move || {
            question.shows(Vec::new());
            chosen.set(Some(together));
        })
    };
    let choices = div("choice-list")
        .child(choice("yes", Text::SiblingTogetherYes, Text::SiblingTogetherYesNote, true))
        .child(choice("no", Text::SiblingTogetherNo, Text::SiblingTogetherNoNote, false));
    let most = format::number(question.catalogue().intake.overtakes_max);
    let hint = fill(t(Text::SiblingTogetherHint), &[("n", &most)]);
    let group = question.group(GROUP, t(Text::SiblingTogetherTitle), &hint, vec![choices]);
    question.page(vec![group], move || match chosen.get_untracked() {
        None => {
            let message = t(Text::SiblingTogetherChoose).to_owned();
            question.refuse(vec![PageFault { target: GROUP.to_owned(), year: false, message }]);
        }
        Some(together) => {
            question.write(|form| form.together = together);
            question.proceed();
        }
    })
}
