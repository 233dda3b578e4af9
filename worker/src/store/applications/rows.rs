//! The rows of an application as JSON lists, which SQL takes apart: one statement a table, however many students there are.

use super::NewApplication;
use domain::application::{Guardian, Relation};
use domain::staff::roster::searchable;
use serde_json::{Value, json};

fn list(rows: impl Iterator<Item = Value>) -> String {
    Value::from_iter(rows).to_string()
}

pub(super) fn students(new: &NewApplication<'_>) -> String {
    list(new.students().map(|(applicant, added)| {
        let student = &applicant.student;
        json!({
            "id": added.id,
            "surname": student.name.surname.as_str(),
            "given_name": student.name.given_name.as_str(),
            "patronymic": student.name.patronymic.as_ref().map(|name| name.as_str()),
            "born_on": student.born_on.to_string(),
            "school": student.school.as_ref().map(|line| line.as_str()),
            "grade": student.grade.as_ref().map(|line| line.as_str()),
            "iin_sealed": added.iin_sealed,
            "search": searchable(
                student.name.surname.as_str(),
                student.name.given_name.as_str(),
                student.name.patronymic.as_ref().map(|name| name.as_str()),
            ),
        })
    }))
}

pub(super) fn identities(new: &NewApplication<'_>) -> String {
    list(
        new.students
            .iter()
            .flat_map(|student| student.identities.iter().map(|digest| json!({ "student": student.id, "digest": digest }))),
    )
}

pub(super) fn guardians(new: &NewApplication<'_>) -> String {
    let row = |guardian: &Guardian| {
        json!({
            "surname": guardian.name.surname.as_str(),
            "given_name": guardian.name.given_name.as_str(),
            "patronymic": guardian.name.patronymic.as_ref().map(|name| name.as_str()),
            "relation": guardian.relation.as_str(),
            "phone": guardian.phone.e164(),
            "phone_typed": guardian.phone.typed(),
            "email": guardian.email.as_ref().map(|email| email.as_str()),
        })
    };
    list(new.application.guardians.iter().map(row))
}

pub(super) fn registrations(new: &NewApplication<'_>) -> String {
    list(new.students().enumerate().map(|(place, (applicant, added))| {
        let ahead = new.application.students.iter().take(place);
        let before = ahead.filter(|other| other.cohort == applicant.cohort).count();
        json!({ "registration": added.registration, "student": added.id, "cohort": applicant.cohort, "before": before })
    }))
}

pub(super) fn tracks(new: &NewApplication<'_>) -> String {
    list(new.students().flat_map(|(applicant, added)| {
        (1..).zip(&applicant.tracks).map(|(place, track): (u32, _)| {
            json!({ "registration": added.registration, "place": place, "cohort": applicant.cohort, "track": track })
        })
    }))
}

/// The guardian's consent to each purpose for each student, and beside it the student's own acceptance of the required one. Somebody
/// of age who registers alone consents for themselves.
pub(super) fn consents(new: &NewApplication<'_>) -> String {
    let alone = new.application.guardians.first().is_some_and(|guardian| guardian.relation == Relation::Myself);
    let given_by = if alone { "student" } else { "guardian" };
    let purposes = &new.application.consent.purposes;
    list(new.students().flat_map(|(applicant, added)| {
        let row = move |purpose: &String, given_by| json!({ "student": added.id, "purpose": purpose, "given_by": given_by });
        let own = purposes.first().filter(|_| applicant.accepts && !alone);
        purposes.iter().map(move |purpose| row(purpose, given_by)).chain(own.map(|purpose| row(purpose, "student")))
    }))
}
