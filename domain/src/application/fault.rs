//! What is wrong with which answer.

use super::form::{ApplicationForm, ConsentForm, GuardianForm, Relation};
use super::{Applicant, Consent, Guardian, PersonName, STUDENTS_MAX, Student, StudentAnswers};
use crate::catalogue::Catalogue;
use crate::contact::{Email, Phone};
use crate::date::Timestamp;
use crate::error::{FaultCode, FieldFault};
use crate::field::{Field, GuardianFields};
use crate::name::{Line, Name};

/// A fault of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Whose answer, where it is about one student: 0 is the first, 1 the first sibling.
    pub student: usize,
    /// Which answer.
    pub field: Field,
    /// What is wrong.
    pub code: FaultCode,
}

impl Fault {
    /// Path of the answer in the JSON of the form: `student.born_on`, `siblings.0.student.born_on`.
    pub fn path(&self) -> String {
        let Some(sibling) = self.student.checked_sub(1) else { return self.field.as_str().to_owned() };
        let field = if self.field == Field::Acceptance { "student_accepts" } else { self.field.as_str() };
        ["siblings.", &sibling.to_string(), ".", field].concat()
    }
}

impl From<Fault> for FieldFault {
    fn from(fault: Fault) -> Self {
        Self { field: fault.path(), code: fault.code }
    }
}

/// The faults found so far, and the student whose answers are being read.
#[derive(Default)]
pub(super) struct Faults {
    found: Vec<Fault>,
    student: usize,
}

impl Faults {
    pub(super) fn add(&mut self, field: Field, code: FaultCode) {
        self.found.push(Fault { student: self.student, field, code });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    fn keep<T>(&mut self, field: Field, parsed: Result<T, FaultCode>) -> Option<T> {
        parsed.map_err(|code| self.add(field, code)).ok()
    }

    pub(super) fn choice<T>(&mut self, field: Field, word: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
        let missing = if word.is_empty() { FaultCode::Required } else { FaultCode::UnknownChoice };
        self.keep(field, parse(word).ok_or(missing))
    }

    /// All students; none when a fault of any of them was found.
    pub(super) fn students(&mut self, form: &ApplicationForm, catalogue: &Catalogue, now: Timestamp) -> Option<Vec<Applicant>> {
        if form.siblings.len() >= STUDENTS_MAX {
            self.add(Field::Siblings, FaultCode::TooManyStudents);
            return None;
        }
        let mut students: Vec<Option<Applicant>> = Vec::new();
        for answers in StudentAnswers::of(form) {
            self.student = students.len();
            let read = self.applicant(&answers, catalogue, now);
            if let Some(read) = &read
                && students.iter().flatten().any(|other| same(&other.student, &read.student))
            {
                self.add(Field::StudentGivenName, FaultCode::SameStudent);
            }
            students.push(read);
        }
        self.student = 0;
        students.into_iter().collect()
    }

    fn applicant(&mut self, answers: &StudentAnswers<'_>, catalogue: &Catalogue, now: Timestamp) -> Option<Applicant> {
        let form = answers.student;
        let born_on = self.keep(Field::BornOn, super::born_on(&form.born_on, catalogue, now));
        self.keep(Field::Centre, super::centre(answers.centre, catalogue));
        let tracks = self.keep(Field::Tracks, super::tracks(answers.tracks, catalogue));
        let cohort = self.keep(Field::Cohort, super::cohort(answers.cohort, answers.centre, catalogue));
        if let (Some(tracks), Some(cohort)) = (&tracks, cohort)
            && !cohort.offers(tracks)
        {
            self.add(Field::Tracks, FaultCode::TrackNotOffered);
        }
        let name = self.name(
            (&form.surname, Field::StudentSurname),
            (&form.given_name, Field::StudentGivenName),
            (&form.patronymic, Field::StudentPatronymic),
        );
        let school = self.keep(Field::School, Line::parse_optional(&form.school));
        let grade = self.keep(Field::Grade, Line::parse_optional(&form.grade));
        let iin = self.keep(Field::Iin, crate::name::optional(super::optional_iin(&form.iin)));
        if born_on.is_some_and(|born| super::accepts_personally(born, now)) && !answers.accepts {
            self.add(Field::Acceptance, FaultCode::AcceptanceNeeded);
        }
        let student = Student { name: name?, born_on: born_on?, school: school?, grade: grade?, iin: iin? };
        Some(Applicant { student, cohort: cohort?.id.clone(), tracks: tracks?, accepts: answers.accepts })
    }

    fn name(&mut self, surname: (&str, Field), given_name: (&str, Field), patronymic: (&str, Field)) -> Option<PersonName> {
        let surname = self.keep(surname.1, Name::parse(surname.0));
        let given_name = self.keep(given_name.1, Name::parse(given_name.0));
        let patronymic = self.keep(patronymic.1, Name::parse_optional(patronymic.0));
        Some(PersonName { surname: surname?, given_name: given_name?, patronymic: patronymic? })
    }

    pub(super) fn guardian(&mut self, form: &GuardianForm, fields: &GuardianFields) -> Option<Guardian> {
        let name = self.name(
            (&form.surname, fields.surname),
            (&form.given_name, fields.given_name),
            (&form.patronymic, fields.patronymic),
        );
        let relation = self.choice(fields.relation, &form.relation, Relation::parse);
        let phone = self.keep(fields.phone, Phone::parse(&form.phone));
        let email = self.keep(fields.email, Email::parse_optional(&form.email));
        Some(Guardian { name: name?, relation: relation?, phone: phone?, email: email? })
    }

    pub(super) fn consent(&mut self, form: &ConsentForm, catalogue: &Catalogue) -> Option<Consent> {
        let text = &catalogue.consent;
        let given = |id: &String| form.purposes.contains(id);
        let fault = if form.version.is_empty() {
            Some((Field::ConsentVersion, FaultCode::Required))
        } else if form.version != text.version {
            Some((Field::ConsentVersion, FaultCode::ConsentOutdated))
        } else if form.purposes.iter().any(|id| text.purposes.iter().all(|purpose| purpose.id != *id)) {
            Some((Field::ConsentPurposes, FaultCode::UnknownChoice))
        } else if text.purposes.iter().any(|purpose| purpose.required && !given(&purpose.id)) {
            Some((Field::ConsentPurposes, FaultCode::ConsentNeeded))
        } else {
            None
        };
        if let Some((field, code)) = fault {
            self.add(field, code);
            return None;
        }
        let purposes = text.purposes.iter().map(|purpose| purpose.id.clone()).filter(given).collect();
        Some(Consent { version: form.version.clone(), purposes })
    }

    /// The order in which a family meets the questions, so that an error summary reads from top to bottom: siblings come after
    /// the first student and before the guardian.
    pub(super) fn in_form_order(self) -> Vec<Fault> {
        let place = Field::ALL.iter().position(|field| *field == Field::GuardianRelation).unwrap_or_default();
        let (before, after) = Field::ALL.split_at(place);
        // Not the standard library's sort: each list that is sorted with it adds a kilobyte to what a phone downloads.
        let of = |student: usize, fields: &'static [Field]| {
            let found = &self.found;
            fields.iter().flat_map(move |field| {
                found.iter().filter(move |fault| fault.student == student && fault.field == *field).copied()
            })
        };
        of(0, before).chain((1..STUDENTS_MAX).flat_map(|student| of(student, Field::ALL))).chain(of(0, after)).collect()
    }
}

/// Whether two answers are about the same child.
fn same(one: &Student, other: &Student) -> bool {
    let name = |student: &Student| (student.name.surname.folded(), student.name.given_name.folded());
    let numbered = one.iin.as_ref().is_some_and(|iin| other.iin.as_ref().is_some_and(|other| iin.reveal() == other.reveal()));
    numbered || one.born_on == other.born_on && name(one) == name(other)
}
