//! The guardian who must be named: who is told about the place, and who gives consent.

use crate::clock;
use crate::components::person::names;
use crate::components::question::Question;
use crate::components::radio::{Choice, radios};
use crate::components::text_field::{Slot, TextField, Typed};
use crate::el::{El, div, el, p};
use crate::fault_text::element_id;
use crate::text::{Text, t};
use domain::application::{ApplicationForm, FilledBy, Relation, of_age};
use domain::field::{FIRST_GUARDIAN, Field, GuardianFields};
use leptos::prelude::*;

/// The question.
pub fn view(question: Question) -> El {
    // Brothers and sisters are registered by whoever represents them.
    let adult = question
        .read(|form| form.siblings.is_empty() && form.student.born_on.date().is_ok_and(|born| of_age(born, clock::now())));
    let own = !question.by_student();
    let title = question.wording(Text::GuardianTitleOwn, Text::GuardianTitleChild);
    let mut relations = relations();
    if adult {
        let (title, note) = (t(Text::GuardianRelationSelf), t(Text::GuardianRelationSelfNote));
        relations.push(Choice::new(Relation::Myself.as_str(), title, note));
    }
    let relation = relation_group(
        question,
        FIRST_GUARDIAN.relation,
        &relations,
        |form| &mut form.guardian.relation,
        |question| {
            question.write(copy_own_names);
        },
    );
    // Choosing “the student” brings the student's names into these lines, so they are built anew.
    let alone = Memo::new(move |_| question.app.draft.with(|draft| is_alone(&draft.form)));
    let names = move || {
        let own = own || alone.get();
        untrack(|| {
            names(
                question,
                [FIRST_GUARDIAN.surname, FIRST_GUARDIAN.given_name, FIRST_GUARDIAN.patronymic],
                [|form| &mut form.guardian.surname, |form| &mut form.guardian.given_name, |form| &mut form.guardian.patronymic],
                own,
            )
        })
    };
    let mut answers =
        vec![question.heading(title), el("p").class("hint").text(question.wording(Text::GuardianHint, Text::GuardianHintOwn))];
    if question.by_student() && !adult {
        answers.push(div("inset").child(p(t(Text::GuardianHandOver))));
    }
    answers.push(relation);
    answers.push(el("div").live(names));
    answers.extend(contacts(question, &FIRST_GUARDIAN, |form| &mut form.guardian.phone, |form| &mut form.guardian.email, own));
    question.page(answers, move || question.proceed())
}

/// Whether the student is of age and registers alone.
fn is_alone(form: &ApplicationForm) -> bool {
    Relation::parse(&form.guardian.relation) == Some(Relation::Myself)
}

/// The student who registers alone has told the names already; nothing is asked twice.
fn copy_own_names(form: &mut ApplicationForm) {
    if is_alone(form) {
        form.guardian.surname.clone_from(&form.student.surname);
        form.guardian.given_name.clone_from(&form.student.given_name);
        form.guardian.patronymic.clone_from(&form.student.patronymic);
        form.second_guardian = None;
        form.filled_by = FilledBy::Student.as_str().to_owned();
    }
}

/// What a guardian can be to the student.
pub fn relations() -> Vec<Choice> {
    let representative = t(Text::GuardianRelationRepresentative);
    vec![
        Choice::new(Relation::Mother.as_str(), t(Text::GuardianRelationMother), ""),
        Choice::new(Relation::Father.as_str(), t(Text::GuardianRelationFather), ""),
        Choice::new(Relation::Representative.as_str(), representative, t(Text::GuardianRelationRepresentativeNote)),
    ]
}

/// The relation, as a group inside a page with more questions.
pub fn relation_group(question: Question, field: Field, relations: &[Choice], slot: Slot, chosen: fn(Question)) -> El {
    let id = element_id(field);
    let own = field == FIRST_GUARDIAN.relation && !question.by_student();
    let asked = if own { Text::GuardianRelationOwn } else { Text::GuardianRelation };
    let legend = el("legend").class("label").text(t(asked));
    question.inner_group(&id, legend, None, vec![radios(question, &id, relations, slot, chosen)])
}

/// Telephone and e-mail. `own` is whether they are the phone owner's.
pub fn contacts(question: Question, fields: &GuardianFields, phone: Slot, email: Slot, own: bool) -> [El; 2] {
    let phone = TextField {
        field: fields.phone,
        slot: phone,
        typed: Typed::Phone,
        optional: None,
        hint: Some(Text::GuardianPhoneHint),
        autocomplete: if own { "tel" } else { "" },
    };
    let email = TextField {
        field: fields.email,
        slot: email,
        typed: Typed::Email,
        optional: Some(Text::SiteOptional),
        hint: Some(Text::GuardianEmailHint),
        autocomplete: if own { "email" } else { "" },
    };
    [phone.view(question), email.view(question)]
}
