//! The rows of an application as JSON lists, which SQL takes apart: one statement a table, however many students there are.

use super::NewApplication;
use domain::application::Relation;
use domain::staff::roster::searchable;
use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// A list of rows of texts and numbers, which always has a JSON form.
fn list<T: Serialize>(rows: impl Iterator<Item = T>) -> String {
    let mut json = Vec::with_capacity(1024);
    let written = serde_json::Serializer::with_formatter(&mut json, Ascii).collect_seq(rows);
    written.ok().and_then(|()| String::from_utf8(json).ok()).unwrap_or_default()
}

/// JSON in which each letter outside ASCII is named by its number (RFC 8259, 7). The way to D1 goes through JavaScript, which takes
/// twice the room and the work for a text with any other letter in it: for a whole batch, for the sake of one name.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(place) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let (plain, other) = rest.split_at(place);
            writer.write_all(plain.as_bytes())?;
            let mut letters = other.chars();
            for unit in letters.next().unwrap_or_default().encode_utf16(&mut [0; 2]) {
                let digit = |shift: u32| char::from_digit(u32::from(*unit) >> shift & 15, 16).unwrap_or('0') as u8;
                writer.write_all(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)])?;
            }
            rest = letters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_ascii_and_says_the_same() {
        let rows = ["Әйгерім", "plain", "", "№ 12 «мектеп»", "\"\\\u{1}\n", "😀ё", "ı"];
        let json = list(rows.iter());
        assert!(json.is_ascii(), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), rows);
    }
}
