//! The rows of an application as JSON lists, which SQL takes apart: one statement a table, however many students there are.

use super::NewApplication;
use domain::application::Relation;
use domain::staff::roster::searchable;
use serde::{Serialize, Serializer};

/// A list of rows of texts and numbers, which always has a JSON form.
fn list<T: Serialize>(rows: impl Iterator<Item = T>) -> String {
    let mut json = Vec::with_capacity(512);
    let written = serde_json::Serializer::new(&mut json).collect_seq(rows);
    written.ok().and_then(|()| String::from_utf8(json).ok()).unwrap_or_default()
}

#[derive(Serialize)]
struct Student<'a> {
    id: &'a str,
    surname: &'a str,
    given_name: &'a str,
    patronymic: Option<&'a str>,
    born_on: String,
    school: Option<&'a str>,
    grade: Option<&'a str>,
    iin_sealed: Option<&'a str>,
    search: String,
}

pub(super) fn students(new: &NewApplication<'_>) -> String {
    list(new.students().map(|(applicant, added)| {
        let student = &applicant.student;
        Student {
            id: &added.id,
            surname: student.name.surname.as_str(),
            given_name: student.name.given_name.as_str(),
            patronymic: student.name.patronymic.as_ref().map(|name| name.as_str()),
            born_on: student.born_on.to_string(),
            school: student.school.as_ref().map(|line| line.as_str()),
            grade: student.grade.as_ref().map(|line| line.as_str()),
            iin_sealed: added.iin_sealed.as_deref(),
            search: searchable(
                student.name.surname.as_str(),
                student.name.given_name.as_str(),
                student.name.patronymic.as_ref().map(|name| name.as_str()),
            ),
        }
    }))
}

#[derive(Serialize)]
struct Identity<'a> {
    student: &'a str,
    digest: &'a str,
}

pub(super) fn identities(new: &NewApplication<'_>) -> String {
    list(
        new.students
            .iter()
            .flat_map(|student| student.identities.iter().map(|digest| Identity { student: &student.id, digest })),
    )
}

#[derive(Serialize)]
struct Guardian<'a> {
    surname: &'a str,
    given_name: &'a str,
    patronymic: Option<&'a str>,
    relation: &'a str,
    phone: &'a str,
    phone_typed: &'a str,
    email: Option<&'a str>,
}

pub(super) fn guardians(new: &NewApplication<'_>) -> String {
    list(new.application.guardians.iter().map(|guardian| Guardian {
        surname: guardian.name.surname.as_str(),
        given_name: guardian.name.given_name.as_str(),
        patronymic: guardian.name.patronymic.as_ref().map(|name| name.as_str()),
        relation: guardian.relation.as_str(),
        phone: guardian.phone.e164(),
        phone_typed: guardian.phone.typed(),
        email: guardian.email.as_ref().map(|email| email.as_str()),
    }))
}

#[derive(Serialize)]
struct Registration<'a> {
    registration: &'a str,
    student: &'a str,
    cohort: &'a str,
    before: usize,
}

pub(super) fn registrations(new: &NewApplication<'_>) -> String {
    list(new.students().enumerate().map(|(place, (applicant, added))| {
        let ahead = new.application.students.iter().take(place);
        Registration {
            registration: &added.registration,
            student: &added.id,
            cohort: &applicant.cohort,
            before: ahead.filter(|other| other.cohort == applicant.cohort).count(),
        }
    }))
}

#[derive(Serialize)]
struct Track<'a> {
    registration: &'a str,
    place: u32,
    cohort: &'a str,
    track: &'a str,
}

pub(super) fn tracks(new: &NewApplication<'_>) -> String {
    list(new.students().flat_map(|(applicant, added)| {
        (1..).zip(&applicant.tracks).map(|(place, track)| Track {
            registration: &added.registration,
            place,
            cohort: &applicant.cohort,
            track,
        })
    }))
}

#[derive(Serialize)]
struct Consent<'a> {
    student: &'a str,
    purpose: &'a str,
    given_by: &'a str,
}

/// The guardian's consent to each purpose for each student, and beside it the student's own acceptance of the required one. Somebody
/// of age who registers alone consents for themselves.
pub(super) fn consents(new: &NewApplication<'_>) -> String {
    let alone = new.application.guardians.first().is_some_and(|guardian| guardian.relation == Relation::Myself);
    let given_by = if alone { "student" } else { "guardian" };
    let purposes = &new.application.consent.purposes;
    list(new.students().flat_map(|(applicant, added)| {
        let row = move |purpose, given_by| Consent { student: &added.id, purpose, given_by };
        let own = purposes.first().filter(|_| applicant.accepts && !alone);
        purposes.iter().map(move |purpose| row(purpose, given_by)).chain(own.map(|purpose| row(purpose, "student")))
    }))
}
