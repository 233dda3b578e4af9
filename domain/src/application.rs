//! What a family sends, and when it is acceptable.
//!
//! [`ApplicationForm`] holds answers exactly as typed: the phone keeps it as the draft, and the same JSON is the body of
//! `POST /api/applications`. [`check`] turns it into an [`Application`], whose types can't hold a bad answer, or lists every fault.

mod form;

pub use form::{ApplicationForm, ConsentForm, DateForm, FilledBy, GuardianForm, Relation, StudentForm};

use crate::age::{ACCEPTS_PERSONALLY_FROM, OF_AGE, age_on};
use crate::catalogue::{Catalogue, Cohort};
use crate::contact::{Email, Phone};
use crate::date::{Date, Timestamp};
use crate::error::{FaultCode, FieldFault};
use crate::field::{FIRST_GUARDIAN, Field, GuardianFields, SECOND_GUARDIAN};
use crate::iin::Iin;
use crate::language::Language;
use crate::name::{Line, Name};

/// The largest accepted body, in bytes: thirty times an ordinary application.
pub const BODY_MAX: usize = 64 * 1024;

/// How many tracks a student chooses at most: the network's practice.
pub const TRACKS_MAX: usize = 3;

/// An acceptable application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// In which letters are written.
    pub language: Language,
    /// Who filled in.
    pub filled_by: FilledBy,
    /// The student.
    pub student: Student,
    /// One or two guardians, the main contact first.
    pub guardians: Vec<Guardian>,
    /// The cohort's identifier.
    pub cohort: String,
    /// One to three tracks on offer in the cohort, none twice, in the order of choice.
    pub tracks: Vec<String>,
    /// Consents.
    pub consent: Consent,
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
    /// Whether the student accepted personally.
    pub student_accepts: bool,
}

/// A fault of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which answer.
    pub field: Field,
    /// What is wrong.
    pub code: FaultCode,
}

impl From<Fault> for FieldFault {
    fn from(fault: Fault) -> Self {
        Self { field: fault.field.as_str().to_owned(), code: fault.code }
    }
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
/// Every fault there is, in the order of the form. Whether the intake is open is not a fault of an answer:
/// ask [`crate::catalogue::Intake::phase`].
pub fn check(form: &ApplicationForm, catalogue: &Catalogue, now: Timestamp) -> Result<Application, Vec<Fault>> {
    let mut faults = Faults::default();
    let language = faults.choice(Field::Language, &form.language, Language::parse);
    let filled_by = faults.choice(Field::FilledBy, &form.filled_by, FilledBy::parse);
    let born_on = faults.keep(Field::BornOn, born_on(&form.student.born_on, catalogue, now));
    faults.keep(Field::Centre, centre(&form.centre, catalogue));
    let tracks = faults.keep(Field::Tracks, tracks(&form.tracks, catalogue));
    let cohort = faults.keep(Field::Cohort, cohort(form, catalogue));
    if let (Some(tracks), Some(cohort)) = (&tracks, cohort)
        && !cohort.offers(tracks)
    {
        faults.add(Field::Tracks, FaultCode::TrackNotOffered);
    }
    let student_name = faults.name(
        (&form.student.surname, Field::StudentSurname),
        (&form.student.given_name, Field::StudentGivenName),
        (&form.student.patronymic, Field::StudentPatronymic),
    );
    let school = faults.keep(Field::School, Line::parse_optional(&form.student.school));
    let grade = faults.keep(Field::Grade, Line::parse_optional(&form.student.grade));
    let iin = faults.keep(Field::Iin, crate::name::optional(optional_iin(&form.student.iin)));

    let first = faults.guardian(&form.guardian, &FIRST_GUARDIAN);
    let second = form.second_guardian.as_ref().map(|second| faults.guardian(second, &SECOND_GUARDIAN));
    if let (Some(guardian), Some(born)) = (&first, born_on)
        && guardian.relation == Relation::Myself
        && !of_age(born, now)
    {
        faults.add(Field::GuardianRelation, FaultCode::UnderAge);
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
    if born_on.is_some_and(|born| accepts_personally(born, now)) && !form.consent.student_accepts {
        faults.add(Field::Acceptance, FaultCode::AcceptanceNeeded);
    }

    let complete = || {
        let student = Student { name: student_name?, born_on: born_on?, school: school?, grade: grade?, iin: iin? };
        let guardians = match second {
            None => vec![first?],
            Some(second) => vec![first?, second?],
        };
        let cohort = cohort?.id.clone();
        Some(Application {
            language: language?,
            filled_by: filled_by?,
            student,
            guardians,
            cohort,
            tracks: tracks?,
            consent: consent?,
        })
    };
    match (faults.0.is_empty(), complete()) {
        (true, Some(application)) => Ok(application),
        _ => Err(faults.in_form_order()),
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
    let mut chosen: Vec<String> = Vec::new();
    for id in ids {
        if catalogue.track(id).is_none() {
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

fn cohort<'a>(form: &ApplicationForm, catalogue: &'a Catalogue) -> Result<&'a Cohort, FaultCode> {
    if form.cohort.is_empty() {
        return Err(FaultCode::Required);
    }
    let cohort = catalogue.cohort(&form.cohort).ok_or(FaultCode::UnknownCohort)?;
    if form.centre.is_empty() || form.centre == cohort.centre { Ok(cohort) } else { Err(FaultCode::OtherCentre) }
}

fn optional_iin(typed: &str) -> Result<Iin, FaultCode> {
    if typed.trim().is_empty() { Err(FaultCode::Required) } else { Iin::parse(typed) }
}

/// The faults found so far.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: Field, code: FaultCode) {
        self.0.push(Fault { field, code });
    }

    fn keep<T>(&mut self, field: Field, parsed: Result<T, FaultCode>) -> Option<T> {
        parsed.map_err(|code| self.add(field, code)).ok()
    }

    fn choice<T>(&mut self, field: Field, word: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
        let missing = if word.is_empty() { FaultCode::Required } else { FaultCode::UnknownChoice };
        self.keep(field, parse(word).ok_or(missing))
    }

    fn name(&mut self, surname: (&str, Field), given_name: (&str, Field), patronymic: (&str, Field)) -> Option<PersonName> {
        let surname = self.keep(surname.1, Name::parse(surname.0));
        let given_name = self.keep(given_name.1, Name::parse(given_name.0));
        let patronymic = self.keep(patronymic.1, Name::parse_optional(patronymic.0));
        Some(PersonName { surname: surname?, given_name: given_name?, patronymic: patronymic? })
    }

    fn guardian(&mut self, form: &GuardianForm, fields: &GuardianFields) -> Option<Guardian> {
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

    fn consent(&mut self, form: &ConsentForm, catalogue: &Catalogue) -> Option<Consent> {
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
        Some(Consent { version: form.version.clone(), purposes, student_accepts: form.student_accepts })
    }

    /// The order in which a family meets the questions, so that an error summary reads from top to bottom.
    fn in_form_order(self) -> Vec<Fault> {
        // Not the standard library's sort: each list that is sorted with it adds a kilobyte to what a phone downloads.
        Field::ALL.iter().flat_map(|field| self.0.iter().filter(move |fault| fault.field == *field)).copied().collect()
    }
}

#[cfg(test)]
mod tests;
