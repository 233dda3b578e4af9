//! The answers as they are read through before they are sent.

use crate::components::summary::Row;
use crate::format;
use crate::step::Step;
use crate::text::{Text, language, t};
use domain::application::{ApplicationForm, FilledBy, GuardianForm, Relation, StudentForm};
use domain::catalogue::{Catalogue, Centre};

/// Centre, tracks, schedule.
pub fn education(form: &ApplicationForm, catalogue: &Catalogue) -> Vec<Row> {
    let centre = catalogue.centre(&form.centre);
    let said = |centre: &Centre| [&centre.city, &centre.address].map(|said| said.get(language()).to_owned()).to_vec();
    let place = centre.map(said).unwrap_or_default();
    let names = form.tracks.iter().filter_map(|id| Some(catalogue.track(id)?.name.get(language()).to_owned()));
    let cohort = catalogue.cohort(&form.cohort).map(|cohort| format::slots(&cohort.slots));
    vec![
        row(Text::CentreLabel, place, Step::Centre),
        row(Text::TracksLabel, names.collect(), Step::Tracks),
        row(Text::ScheduleLabel, cohort.into_iter().collect(), Step::Schedule),
    ]
}

/// Who fills in, and about whom.
pub fn first_student(form: &ApplicationForm) -> Vec<Row> {
    let filled_by = match FilledBy::parse(&form.filled_by) {
        Some(FilledBy::Guardian) => Text::WhoGuardian,
        Some(FilledBy::Student) | None => Text::WhoStudent,
    };
    let mut rows = vec![row(Text::WhoLabel, vec![t(filled_by).to_owned()], Step::Who)];
    rows.extend(student(&form.student));
    rows
}

/// Everything about one sibling; `form` has its answers where the first student's are.
pub fn sibling(form: &ApplicationForm, catalogue: &Catalogue, place: usize) -> Vec<Row> {
    let mut rows = student(&form.student);
    rows.extend(education(form, catalogue));
    if form.consent.student_accepts {
        rows.push(row(Text::ConsentAcceptanceTitle, vec![t(Text::CheckConsentAccepted).to_owned()], Step::Consent));
    }
    for row in &mut rows {
        row.student = place;
        if row.lines.iter().all(String::is_empty) {
            row.lines = vec![t(Text::SiteNotGiven).to_owned()];
        }
    }
    rows
}

fn student(student: &StudentForm) -> Vec<Row> {
    let born = student.born_on.date().map(format::date).unwrap_or_default();
    let names = full_name(&student.surname, &student.given_name, &student.patronymic);
    let school: Vec<String> =
        [&student.school, &student.grade].into_iter().filter(|line| !line.trim().is_empty()).cloned().collect();
    let iin = Some(masked(&student.iin)).filter(|iin| !iin.is_empty());
    vec![
        row(Text::BirthLabel, vec![born], Step::BirthDate),
        row(Text::StudentLabel, vec![names], Step::Student),
        row(Text::SchoolLabel, or_not_given(school), Step::School),
        row(Text::IinLabel, or_not_given(iin.into_iter().collect()), Step::Iin),
    ]
}

/// One guardian or two.
pub fn guardians(form: &ApplicationForm) -> Vec<Row> {
    let mut rows = vec![row(Text::GuardianLabel, guardian(&form.guardian), Step::Guardian)];
    if Relation::parse(&form.guardian.relation) != Some(Relation::Myself) {
        let lines = match &form.second_guardian {
            Some(second) => guardian(second),
            None => vec![t(Text::CheckSecondNo).to_owned()],
        };
        rows.push(row(Text::SecondLabel, lines, Step::SecondGuardian));
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

/// What was consented to.
pub fn consent(form: &ApplicationForm, catalogue: &Catalogue) -> Vec<Row> {
    let purposes = catalogue.consent.purposes.iter().filter(|purpose| form.consent.purposes.contains(&purpose.id));
    let mut lines: Vec<String> = purposes.map(|purpose| purpose.text.get(language()).to_owned()).collect();
    if form.consent.student_accepts {
        lines.push(t(Text::CheckConsentAccepted).to_owned());
    }
    if !form.siblings.is_empty() {
        lines.push(t(Text::SiblingConsent).to_owned());
    }
    vec![row(Text::ConsentLabel, lines, Step::Consent)]
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

/// A row about the first student, or about what all students share.
pub fn row(label: Text, lines: Vec<String>, step: Step) -> Row {
    Row { label, lines, step, student: 0 }
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
