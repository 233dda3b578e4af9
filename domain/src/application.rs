//! What a family sends, and when it is acceptable.
//!
//! [`ApplicationForm`] holds answers exactly as typed: the phone keeps it as the draft, and the same JSON is the body of
//! `POST /api/applications`. [`check`] turns it into an [`Application`], whose types can't hold a bad answer, or lists every fault.

mod fault;
mod form;

pub use fault::Fault;
pub use form::{ApplicationForm, ConsentForm, DateForm, FilledBy, GuardianForm, Relation, SiblingForm, StudentForm};

use crate::age::{ACCEPTS_PERSONALLY_FROM, OF_AGE, age_on};
use crate::catalogue::{Catalogue, Cohort};
use crate::contact::{Email, Phone};
use crate::date::{Date, Timestamp};
use crate::error::FaultCode;
use crate::field::{FIRST_GUARDIAN, Field, SECOND_GUARDIAN};
use crate::iin::Iin;
use crate::language::Language;
use crate::name::{Line, Name};
use fault::Faults;

/// The largest accepted body, in bytes: thirty times an ordinary application.
pub const BODY_MAX: usize = 64 * 1024;

/// How many tracks a student chooses at most: the network's practice.
pub const TRACKS_MAX: usize = 3;

/// How many students one application takes.
pub const STUDENTS_MAX: usize = 5;

/// An acceptable application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// In which letters are written.
    pub language: Language,
    /// Who filled in.
    pub filled_by: FilledBy,
    /// One student or more, no two the same, in the order of the form.
    pub students: Vec<Applicant>,
    /// Whether the students want seats together or not at all; false for one student.
    pub together: bool,
    /// Whether a seat from the waiting list shall be taken without asking first.
    pub take_at_once: bool,
    /// One or two guardians, the main contact first.
    pub guardians: Vec<Guardian>,
    /// Consents.
    pub consent: Consent,
}

/// A student with what they apply for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// The student.
    pub student: Student,
    /// The cohort's identifier.
    pub cohort: String,
    /// One to three tracks on offer in the cohort, none twice, in the order of choice.
    pub tracks: Vec<String>,
    /// Whether the student accepted personally.
    pub accepts: bool,
}

/// The student of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Student {
    /// Name.
    pub name: PersonName,
    /// Birth date, within the ages of the intake.
    pub born_on: Date,
    /// School.
    pub school: Option<Line>,
    /// Class at school.
    pub grade: Option<Line>,
    /// Individual identification number.
    pub iin: Option<Iin>,
}

/// A name in its three parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// Surname.
    pub surname: Name,
    /// Given name.
    pub given_name: Name,
    /// Patronymic.
    pub patronymic: Option<Name>,
}

/// A guardian of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardian {
    /// Name.
    pub name: PersonName,
    /// Relation to the student.
    pub relation: Relation,
    /// Telephone.
    pub phone: Phone,
    /// E-mail.
    pub email: Option<Email>,
}

/// The consents of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Version of the text.
    pub version: String,
    /// Purposes consented to, in the order of the text.
    pub purposes: Vec<String>,
}

/// Whether the student's own acceptance is needed at the moment `now`.
pub fn accepts_personally(born: Date, now: Timestamp) -> bool {
    age_on(born, now.local_date()) >= ACCEPTS_PERSONALLY_FROM
}

/// Whether the student is of age at the moment `now` and may register alone.
pub fn of_age(born: Date, now: Timestamp) -> bool {
    age_on(born, now.local_date()) >= OF_AGE
}

/// Whether the number and the birth date contradict each other: worth a warning, never a refusal.
pub fn iin_disagrees(student: &StudentForm) -> bool {
    match (Iin::parse(&student.iin), student.born_on.date()) {
        (Ok(iin), Ok(born)) => !iin.agrees_with(born),
        _ => false,
    }
}

/// Checks all answers at the moment `now`.
///
/// # Errors
/// Every fault there is, in the order of the form, student by student. Whether the intake is open is not a fault of an answer:
/// ask [`crate::catalogue::Intake::phase`].
pub fn check(form: &ApplicationForm, catalogue: &Catalogue, now: Timestamp) -> Result<Application, Vec<Fault>> {
    let mut faults = Faults::default();
    let language = faults.choice(Field::Language, &form.language, Language::parse);
    let filled_by = faults.choice(Field::FilledBy, &form.filled_by, FilledBy::parse);
    let students = faults.students(form, catalogue, now);
    let first = faults.guardian(&form.guardian, &FIRST_GUARDIAN);
    let second = form.second_guardian.as_ref().map(|second| faults.guardian(second, &SECOND_GUARDIAN));
    if first.as_ref().is_some_and(|guardian| guardian.relation == Relation::Myself) {
        if form.student.born_on.date().is_ok_and(|born| !of_age(born, now)) {
            faults.add(Field::GuardianRelation, FaultCode::UnderAge);
        } else if !form.siblings.is_empty() {
            // Brothers and sisters are registered by whoever represents them.
            faults.add(Field::GuardianRelation, FaultCode::UnknownChoice);
        }
    }
    if let (Some(first), Some(Some(second))) = (&first, &second) {
        if second.relation == Relation::Myself {
            faults.add(Field::SecondRelation, FaultCode::UnknownChoice);
        }
        if first.phone.e164() == second.phone.e164() {
            faults.add(Field::SecondPhone, FaultCode::PhoneSame);
        }
    }
    let consent = faults.consent(&form.consent, catalogue);

    let complete = || {
        let guardians = match second {
            None => vec![first?],
            Some(second) => vec![first?, second?],
        };
        Some(Application {
            language: language?,
            filled_by: filled_by?,
            students: students?,
            together: form.together && !form.siblings.is_empty(),
            take_at_once: form.take_at_once,
            guardians,
            consent: consent?,
        })
    };
    match (faults.is_empty(), complete()) {
        (true, Some(application)) => Ok(application),
        _ => Err(faults.in_form_order()),
    }
}

/// The answers about one student, wherever they stand in the form.
struct StudentAnswers<'a> {
    student: &'a StudentForm,
    centre: &'a str,
    tracks: &'a [String],
    cohort: &'a str,
    accepts: bool,
}

impl<'a> StudentAnswers<'a> {
    fn of(form: &'a ApplicationForm) -> impl Iterator<Item = Self> {
        let first = Self {
            student: &form.student,
            centre: &form.centre,
            tracks: &form.tracks,
            cohort: &form.cohort,
            accepts: form.consent.student_accepts,
        };
        let sibling = |sibling: &'a SiblingForm| Self {
            student: &sibling.student,
            centre: &sibling.centre,
            tracks: &sibling.tracks,
            cohort: &sibling.cohort,
            accepts: sibling.student_accepts,
        };
        std::iter::once(first).chain(form.siblings.iter().map(sibling))
    }
}

fn born_on(form: &DateForm, catalogue: &Catalogue, now: Timestamp) -> Result<Date, FaultCode> {
    let born = form.date()?;
    if born > now.local_date() {
        return Err(FaultCode::InTheFuture);
    }
    let age = age_on(born, catalogue.intake.first_session_on);
    if age < catalogue.intake.min_age {
        Err(FaultCode::TooYoung)
    } else if age > catalogue.intake.max_age {
        Err(FaultCode::TooOld)
    } else {
        Ok(born)
    }
}

fn centre(id: &str, catalogue: &Catalogue) -> Result<(), FaultCode> {
    if id.is_empty() || catalogue.centre(id).is_some() { Ok(()) } else { Err(FaultCode::UnknownChoice) }
}

fn tracks(ids: &[String], catalogue: &Catalogue) -> Result<Vec<String>, FaultCode> {
    chosen_tracks(ids, |id| catalogue.track(id).is_some())
}

/// One to [`TRACKS_MAX`] tracks in the order of choice; one that is chosen twice counts once.
///
/// # Errors
/// [`FaultCode::Required`] when there is none, [`FaultCode::TooManyTracks`], and [`FaultCode::UnknownChoice`] for one that isn't
/// `known`; of several faults the first in the list.
pub fn chosen_tracks(ids: &[String], known: impl Fn(&str) -> bool) -> Result<Vec<String>, FaultCode> {
    let mut chosen: Vec<String> = Vec::new();
    for id in ids {
        if !known(id) {
            return Err(FaultCode::UnknownChoice);
        }
        if !chosen.contains(id) {
            chosen.push(id.clone());
        }
        if chosen.len() > TRACKS_MAX {
            return Err(FaultCode::TooManyTracks);
        }
    }
    if chosen.is_empty() { Err(FaultCode::Required) } else { Ok(chosen) }
}

fn cohort<'a>(id: &str, centre: &str, catalogue: &'a Catalogue) -> Result<&'a Cohort, FaultCode> {
    if id.is_empty() {
        return Err(FaultCode::Required);
    }
    let cohort = catalogue.cohort(id).filter(|cohort| !cohort.closed).ok_or(FaultCode::UnknownCohort)?;
    if centre.is_empty() || centre == cohort.centre { Ok(cohort) } else { Err(FaultCode::OtherCentre) }
}

fn optional_iin(typed: &str) -> Result<Iin, FaultCode> {
    if typed.trim().is_empty() { Err(FaultCode::Required) } else { Iin::parse(typed) }
}

#[cfg(test)]
mod tests;
