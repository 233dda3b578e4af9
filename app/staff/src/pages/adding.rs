//! A student registered by hand, for a family that came or called: the family's form on one page, with the same checks.

mod answers;
mod students;

use crate::components::button::{Weight, button_link};
use crate::components::form::Form;
use crate::components::heading::{back, heading};
use crate::fault_text::relation_name;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, language, t};
use answers::{Answers, GuardianAnswers};
use app::dom;
use app::el::{El, el, p};
use domain::application::{ApplicationForm, Relation, check};
use domain::catalogue::Catalogue;
use domain::error::FieldFault;
use domain::staff::roster::AddedStudents;
use leptos::prelude::*;
use std::rc::Rc;
use students::Known;

/// The screen.
pub fn view(session: Session, cohort: &str) -> Vec<El> {
    let (form, answers) = (Form::new("adding"), Answers::new(cohort));
    let catalogue = session.in_catalogue(|catalogue| Some(catalogue.for_staff()));
    let Some(catalogue) = catalogue.filter(|catalogue| catalogue.cohort(cohort).is_some()).map(Rc::new) else {
        return super::not_shown::lost();
    };
    let roster = Page::Roster { cohort: cohort.to_owned() };
    let known = Known { session, form, catalogue: Rc::clone(&catalogue) };
    let fields = [
        vec![p(t(Text::AddingLead)).class("note")],
        students::first(&known, answers),
        students::siblings(&known, answers),
        guardian(form, answers.guardian, &FIRST, false),
        vec![second(form, answers)],
        wishes(form, answers),
        consents(form, answers, &catalogue),
    ];
    let cancel = button_link(Text::ActionCancel, Weight::Plain, "cancel", &roster.path());
    // One key a form: sent twice is registered once.
    let key = dom::random_key();
    let path = ["/api/staff/cohorts/", cohort, "/students"].concat();
    let fields = fields.into_iter().flatten().collect();
    let way_back = back(&session.cohort_name(cohort), &roster);
    let form = form.view_with(fields, Text::AddingSubmit, Weight::Main, vec![cancel], move || {
        let (path, key, roster) = (path.clone(), key.clone(), roster.clone());
        let body = answers.form(&catalogue);
        let faults = check(&body, &catalogue, app::clock::now()).err().unwrap_or_default();
        let faults: Vec<FieldFault> = faults.into_iter().map(FieldFault::from).collect();
        async move {
            if form.refuses(&faults) {
                return Ok(());
            }
            let added: AddedStudents = session.post_once(&path, &key, &body).await?;
            session.console().say(said(&body, &added));
            session.console().router.go(&roster);
            Ok(())
        }
    });
    vec![way_back, heading(t(Text::RosterAdd), Vec::new()), form]
}

/// What became of each student.
fn said(form: &ApplicationForm, added: &AddedStudents) -> String {
    let names = [&form.student].into_iter().chain(form.siblings.iter().map(|sibling| &sibling.student));
    let students = names.zip(&added.registrations).map(|(student, decided)| {
        let name = student.given_name.trim();
        match decided.position {
            None => fill(t(Text::AddingSeat), &[("name", name)]),
            Some(place) => fill(t(Text::AddingPlace), &[("name", name), ("n", &place.to_string())]),
        }
    });
    let students = students.collect::<Vec<_>>().join("; ");
    let done = fill(t(Text::AddingDone), &[("reference", &added.reference), ("students", &students)]);
    let warning = if added.warnings.is_empty() { String::new() } else { [" ", t(Text::AddingIinWarning)].concat() };
    [done, warning].concat()
}

fn title(text: &str) -> El {
    el("h2").class("form-part").text(text)
}

/// What the contract calls the answers about a guardian.
struct Paths {
    title: Text,
    surname: &'static str,
    given_name: &'static str,
    patronymic: &'static str,
    relation: &'static str,
    phone: &'static str,
    email: &'static str,
}

const FIRST: Paths = Paths {
    title: Text::AddingGuardian,
    surname: "guardian.surname",
    given_name: "guardian.given_name",
    patronymic: "guardian.patronymic",
    relation: "guardian.relation",
    phone: "guardian.phone",
    email: "guardian.email",
};

const SECOND: Paths = Paths {
    title: Text::AddingSecond,
    surname: "second_guardian.surname",
    given_name: "second_guardian.given_name",
    patronymic: "second_guardian.patronymic",
    relation: "second_guardian.relation",
    phone: "second_guardian.phone",
    email: "second_guardian.email",
};

fn guardian(form: Form, answers: GuardianAnswers, paths: &Paths, second: bool) -> Vec<El> {
    let relations = Relation::ALL.iter().filter(|relation| !second || **relation != Relation::Myself);
    let none = (String::new(), t(Text::AddingChoose).to_owned());
    let relations = relations.map(|relation| (relation.as_str().to_owned(), relation_name(*relation).to_owned()));
    let field = |path: &'static str, label: Text| form.field(path, label).of(t(paths.title));
    vec![
        title(t(paths.title)),
        field(paths.relation, Text::AddingRelation).select(answers.relation, [none].into_iter().chain(relations).collect()),
        field(paths.surname, Text::AddingSurname).name(answers.surname),
        field(paths.given_name, Text::AddingGivenName).name(answers.given_name),
        field(paths.patronymic, Text::AddingPatronymic).optional().name(answers.patronymic),
        field(paths.phone, Text::AddingPhone).phone(answers.phone),
        field(paths.email, Text::FieldEmail).optional().hint(t(Text::AddingEmailHint)).email(answers.email),
    ]
}

/// The other guardian, asked for only when there is one.
fn second(form: Form, answers: Answers) -> El {
    let ask = form.field("with_second", Text::AddingWithSecond).check(answers.with_second);
    let fields = el("div")
        .live(move || if answers.with_second.get() { guardian(form, answers.second, &SECOND, true) } else { Vec::new() });
    el("div").child(ask).child(fields)
}

fn wishes(form: Form, answers: Answers) -> Vec<El> {
    let languages = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")];
    let languages = languages.map(|(word, name)| (word.to_owned(), name.to_owned())).into();
    vec![
        title(t(Text::AddingWishes)),
        form.field("language", Text::MembersLanguage).select(answers.language, languages),
        form.field("take_at_once", Text::AddingAtOnce).check(answers.take_at_once),
    ]
}

/// The consents, given on paper; one that isn't needed may be missing there too.
fn consents(form: Form, answers: Answers, catalogue: &Catalogue) -> Vec<El> {
    let purposes = catalogue.consent.purposes.iter();
    let purposes = purposes.map(|purpose| (purpose.id.clone(), purpose.text.get(language()).to_owned())).collect();
    vec![
        title(t(Text::AddingConsent)),
        form.field("consent.purposes", Text::AddingConsentOf)
            .hint(t(Text::AddingConsentHint))
            .checks(answers.purposes, purposes),
        form.field("consent.student_accepts", Text::AddingAccepts).check(answers.student.accepts),
    ]
}
