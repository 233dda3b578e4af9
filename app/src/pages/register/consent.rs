//! Consent, purpose by purpose, to the text in force; and the teenager's own, from fourteen.

use crate::clock;
use crate::components::check_box::{CheckBox, put};
use crate::components::question::Question;
use crate::el::{El, div, el, p};
use crate::fault_text::element_id;
use crate::text::{Text, fill, language, t};
use domain::application::{Relation, accepts_personally};
use domain::field::Field;

/// The question.
pub fn view(question: Question) -> El {
    let catalogue = question.catalogue();
    let text = &catalogue.consent;
    // What was ticked under another text was not ticked under this one.
    if question.read(|form| form.consent.version != text.version && !form.consent.version.is_empty()) {
        question.write(|form| {
            form.consent = Default::default();
            form.siblings.iter_mut().for_each(|sibling| sibling.student_accepts = false);
        });
    }
    let personally = question.read(|form| form.student.born_on.date().is_ok_and(|born| accepts_personally(born, clock::now())));
    let alone = question.read(|form| form.guardian.relation == Relation::Myself.as_str());
    let mut body = div("inset").id(&element_id(Field::ConsentVersion));
    for line in text.body.get(language()).lines().filter(|line| !line.trim().is_empty()) {
        // What a paragraph is about stands in front of its first colon.
        body = body.child(match line.split_once(':') {
            Some((about, rest)) => el("p").child(el("strong").text(about).text(":")).text(rest),
            None => p(line),
        });
    }
    let version = fill(t(Text::ConsentVersion), &[("version", &text.version)]);
    let sibling = question.student > 0;
    let mut answers = vec![question.heading(t(Text::ConsentTitle))];
    if question.by_student() && !alone {
        answers.push(div("notice").text(t(Text::ConsentHandOver)));
    }
    answers.push(body.child(el("p").class("hint").text(&version)));
    if !sibling {
        answers.push(purposes(question));
    }
    if personally {
        answers.push(acceptance(question, alone));
    }
    question.page(answers, move || {
        question.write(|form| {
            if !sibling {
                form.consent.version.clone_from(&question.catalogue().consent.version);
            }
            form.consent.student_accepts &= personally;
        });
        question.proceed();
    })
}

fn purposes(question: Question) -> El {
    let id = element_id(Field::ConsentPurposes);
    let catalogue = question.catalogue();
    let cards: Vec<El> = catalogue
        .consent
        .purposes
        .iter()
        .map(|purpose| {
            let kept = purpose.id.clone();
            let card = CheckBox {
                id: [&id, "-", &purpose.id].concat(),
                title: purpose.text.get(language()).to_owned(),
                note: t(if purpose.required { Text::SiteRequired } else { Text::SiteOptional }).to_owned(),
                art: String::new(),
                checked: question.read(|form| form.consent.purposes.contains(&purpose.id)),
            };
            card.view(move |ticked| question.write(|form| put(&mut form.consent.purposes, &kept, ticked)))
        })
        .collect();
    let legend = el("legend").child(el("h2").text(t(Text::ConsentPurposes)));
    question.inner_group(&id, legend, None, vec![div("choice-list").all(cards)])
}

/// The student's own consent. Unless the student consents alone, the telephone has to change hands for it.
fn acceptance(question: Question, alone: bool) -> El {
    let id = element_id(Field::Acceptance);
    let card = CheckBox {
        id: [&id, "-yes"].concat(),
        title: t(Text::ConsentAcceptance).to_owned(),
        note: t(Text::SiteRequired).to_owned(),
        art: String::new(),
        checked: question.read(|form| form.consent.student_accepts),
    };
    let card = card.view(move |ticked| question.write(|form| form.consent.student_accepts = ticked));
    let legend = el("legend").child(el("h2").text(t(Text::ConsentAcceptanceTitle)));
    let hint = (!alone).then_some(Text::ConsentAcceptanceHint);
    question.inner_group(&id, legend, hint, vec![div("choice-list").child(card)])
}
