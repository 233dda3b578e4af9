//! The guardian who may be named. The other parent often hears of an application last; this keeps both in the picture.

use crate::components::page_fault::PageFault;
use crate::components::person::names;
use crate::components::question::Question;
use crate::components::radio::{Choice, radio};
use crate::components::text_field::Slot;
use crate::el::{El, div, el};
use crate::pages::register::guardian::{contacts, relation_group, relations};
use crate::step::Step;
use crate::text::{Text, t};
use domain::application::{ApplicationForm, GuardianForm};
use domain::field::SECOND_GUARDIAN;
use leptos::prelude::*;

/// Id and name of the group that asks whether there is one.
const GROUP: &str = "second_guardian";

/// The question.
pub fn view(question: Question) -> El {
    let named = question.read(|form| form.second_guardian.is_some());
    let passed = question.app.draft.with_untracked(|draft| draft.reached > Step::SecondGuardian);
    let wanted = RwSignal::new(if named { Some(true) } else { passed.then_some(false) });
    let choice = |value: &str, title, yes: bool| {
        radio(GROUP, &Choice::new(value, title, ""), wanted.get_untracked() == Some(yes), move || {
            if yes {
                question.write(|form| {
                    second(form);
                });
            }
            question.shows(Vec::new());
            wanted.set(Some(yes));
        })
    };
    let choices =
        div("choice-list").child(choice("no", t(Text::SecondNo), false)).child(choice("yes", t(Text::SecondYes), true));
    let group = question.group(GROUP, t(Text::SecondTitle), t(Text::SecondHint), vec![choices]);
    let details = el("div").live(move || if wanted.get() == Some(true) { untrack(|| details(question)) } else { Vec::new() });
    question.page(vec![group, details], move || match wanted.get_untracked() {
        None => {
            let message = t(Text::SecondChoose).to_owned();
            question.refuse(vec![PageFault { target: GROUP.to_owned(), year: false, message }]);
        }
        Some(false) => {
            question.write(|form| form.second_guardian = None);
            question.proceed();
        }
        Some(true) => question.proceed(),
    })
}

fn second(form: &mut ApplicationForm) -> &mut GuardianForm {
    form.second_guardian.get_or_insert_default()
}

fn details(question: Question) -> Vec<El> {
    let fields = &SECOND_GUARDIAN;
    let slots: [Slot; 3] =
        [|form| &mut second(form).surname, |form| &mut second(form).given_name, |form| &mut second(form).patronymic];
    let mut details = vec![relation_group(question, fields.relation, &relations(), |form| &mut second(form).relation, |_| {})];
    details.extend(names(question, [fields.surname, fields.given_name, fields.patronymic], slots, false));
    details.extend(contacts(question, fields, |form| &mut second(form).phone, |form| &mut second(form).email, false));
    details
}
