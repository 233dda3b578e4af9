//! All answers on one page, each with its Change link, and the button that sends them.

use crate::app::App;
use crate::components::question::{Question, SUMMARY, error_summary};
use crate::components::summary::{Row, summary_list};
use crate::dom;
use crate::el::{El, div, el};
use crate::fault_text;
use crate::format;
use crate::pages::register::unsent;
use crate::router::Page;
use crate::step::Step;
use crate::text::{Text, language, t};
use domain::application::{ApplicationForm, FilledBy, GuardianForm, Relation, iin_disagrees};
use domain::catalogue::{Catalogue, Centre};
use domain::error::ErrorCode;
use domain::field::Field;
use leptos::prelude::*;

/// The answers, or how their sending goes.
pub fn view(question: Question) -> El {
    let app = question.app;
    // Only another kind of page is built anew; numbers and busy buttons change inside.
    let unsure =
        Memo::new(move |_| app.draft.with(|draft| draft.is_locked()) && app.sending.with(|sending| sending.trouble.is_some()));
    el("div").live(move || {
        let unsure = unsure.get();
        untrack(|| vec![if unsure { unsent::view(app) } else { answers(question) }])
    })
}

fn answers(question: Question) -> El {
    let app = question.app;
    let catalogue = question.catalogue();
    let mut page = div("question")
        .all(question.way())
        .child(el("div").live(move || refusal(question).into_iter().collect()))
        .child(question.heading(t(Text::CheckTitle)))
        .child(el("p").class("hint").text(t(Text::CheckSaved)));
    let (lists, disagrees) = question.read(|form| {
        let lists = [
            summary_list(Text::CheckEducation, education(form, &catalogue)),
            summary_list(Text::CheckStudent, student(form)),
            summary_list(Text::CheckGuardians, guardians(form)),
            summary_list(Text::ConsentLabel, consent(form, &catalogue)),
        ];
        (lists, iin_disagrees(&form.student))
    });
    for (place, list) in lists.into_iter().enumerate() {
        page = page.all(list.into());
        if place == 1 && disagrees {
            page = page.child(div("notice").text(t(Text::IinWarning)));
        }
    }
    let button = send_button(app, Text::ActionSubmit).attr("type", "submit").test("submit");
    page.child(el("form").attr("novalidate", "").child(button).on("submit", move |event| {
        event.prevent_default();
        app.send();
    }))
}

/// The button that sends, still without its effect; it shows when a try is under way.
pub fn send_button(app: App, words: Text) -> El {
    let busy = move || app.sending.with(|sending| sending.busy);
    el("button")
        .class("button button--primary")
        .live_busy(busy)
        .live_text(move || t(if busy() { Text::SendBusy } else { words }).to_owned())
}

/// What the server found wrong, each with the page that mends it.
fn refusal(question: Question) -> Option<El> {
    let (code, faults) = question.app.sending.with(|sending| (sending.refused, sending.faults.clone()));
    let code = code?;
    if code == ErrorCode::AlreadyRegistered || (code == ErrorCode::InvalidApplication && faults.is_empty()) {
        return None;
    }
    let links = faults
        .iter()
        .map(|fault| match Field::parse(&fault.field) {
            Some(field) => {
                let page = Page::Question { step: Step::of(field), change: true };
                (page.path(language()), fault_text::fault(field, fault.code))
            }
            None => (Page::question(Step::Check).path(language()), t(Text::ErrorOutdated).to_owned()),
        })
        .collect();
    dom::later(0, || dom::focus_field(SUMMARY));
    Some(error_summary(t(fault_text::refusal(code)), links))
}

fn education(form: &ApplicationForm, catalogue: &Catalogue) -> Vec<Row> {
    let centre = catalogue.centre(&form.centre);
    let said = |centre: &Centre| [&centre.city, &centre.address].map(|said| said.get(language()).to_owned()).to_vec();
    let place = centre.map(said).unwrap_or_default();
    let names = form.tracks.iter().filter_map(|id| Some(catalogue.track(id)?.name.get(language()).to_owned()));
    let cohort = catalogue.cohort(&form.cohort).map(|cohort| format::slots(&cohort.slots));
    vec![
        Row { label: Text::CentreLabel, lines: place, step: Step::Centre },
        Row { label: Text::TracksLabel, lines: names.collect(), step: Step::Tracks },
        Row { label: Text::ScheduleLabel, lines: cohort.into_iter().collect(), step: Step::Schedule },
    ]
}

fn student(form: &ApplicationForm) -> Vec<Row> {
    let student = &form.student;
    let filled_by = match FilledBy::parse(&form.filled_by) {
        Some(FilledBy::Guardian) => Text::WhoGuardian,
        Some(FilledBy::Student) | None => Text::WhoStudent,
    };
    let born = student.born_on.date().map(format::date).unwrap_or_default();
    let names = full_name(&student.surname, &student.given_name, &student.patronymic);
    let school: Vec<String> =
        [&student.school, &student.grade].into_iter().filter(|line| !line.trim().is_empty()).cloned().collect();
    let iin = Some(masked(&student.iin)).filter(|iin| !iin.is_empty());
    vec![
        Row { label: Text::WhoLabel, lines: vec![t(filled_by).to_owned()], step: Step::Who },
        Row { label: Text::BirthLabel, lines: vec![born], step: Step::BirthDate },
        Row { label: Text::StudentLabel, lines: vec![names], step: Step::Student },
        Row { label: Text::SchoolLabel, lines: or_not_given(school), step: Step::School },
        Row { label: Text::IinLabel, lines: or_not_given(iin.into_iter().collect()), step: Step::Iin },
    ]
}

fn guardians(form: &ApplicationForm) -> Vec<Row> {
    let mut rows = vec![Row { label: Text::GuardianLabel, lines: guardian(&form.guardian), step: Step::Guardian }];
    if Step::SecondGuardian.applies(form) {
        let lines = match &form.second_guardian {
            Some(second) => guardian(second),
            None => vec![t(Text::CheckSecondNo).to_owned()],
        };
        rows.push(Row { label: Text::SecondLabel, lines, step: Step::SecondGuardian });
    }
    rows
}

fn guardian(form: &GuardianForm) -> Vec<String> {
    let relation = match Relation::parse(&form.relation) {
        Some(Relation::Mother) => t(Text::GuardianRelationMother),
        Some(Relation::Father) => t(Text::GuardianRelationFather),
        Some(Relation::Representative) => t(Text::GuardianRelationRepresentative),
        Some(Relation::Myself) => t(Text::GuardianRelationSelf),
        None => "",
    };
    let lines = [
        full_name(&form.surname, &form.given_name, &form.patronymic),
        relation.to_owned(),
        form.phone.trim().to_owned(),
        form.email.trim().to_owned(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn consent(form: &ApplicationForm, catalogue: &Catalogue) -> Vec<Row> {
    let purposes = catalogue.consent.purposes.iter().filter(|purpose| form.consent.purposes.contains(&purpose.id));
    let mut lines: Vec<String> = purposes.map(|purpose| purpose.text.get(language()).to_owned()).collect();
    if form.consent.student_accepts {
        lines.push(t(Text::CheckConsentAccepted).to_owned());
    }
    vec![Row { label: Text::ConsentLabel, lines, step: Step::Consent }]
}

fn full_name(surname: &str, given_name: &str, patronymic: &str) -> String {
    let parts = [surname, given_name, patronymic].map(str::trim);
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The number with all but its last four digits hidden: the phone may be looked at by others.
fn masked(iin: &str) -> String {
    let digits: Vec<char> = iin.chars().filter(char::is_ascii_digit).collect();
    let hidden = digits.len().saturating_sub(4);
    digits.into_iter().enumerate().map(|(place, digit)| if place < hidden { '•' } else { digit }).collect()
}

fn or_not_given(lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() { vec![t(Text::SiteNotGiven).to_owned()] } else { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_masked_but_for_its_end() {
        assert_eq!(masked("061211 600012"), "••••••••0012");
        assert_eq!(masked(""), "");
        assert_eq!(masked("12"), "12");
    }

    #[test]
    fn a_name_without_patronymic_has_no_gap() {
        assert_eq!(full_name(" Қуанышева", "Әйгерім ", ""), "Қуанышева Әйгерім");
    }
}
