//! The answers exactly as typed: the draft on the phone, and the body of `POST /api/applications`.

use crate::date::Date;
use crate::error::FaultCode;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// Who holds the phone.
    FilledBy {
        /// The teenager.
        Student = "student",
        /// A parent or another legal representative.
        Guardian = "guardian",
    }
}

words! {
    /// What a guardian is to the student.
    Relation {
        /// Mother.
        Mother = "mother",
        /// Father.
        Father = "father",
        /// Guardian, trustee or adoptive parent: another legal representative.
        Representative = "representative",
        /// The student, being of age.
        Myself = "self",
    }
}

/// The answers as typed. Missing ones are empty; an unknown name is refused, so a misspelt optional answer can't get lost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplicationForm {
    /// A word of [`crate::language::Language`]: in which letters are written.
    pub language: String,
    /// A word of [`FilledBy`].
    pub filled_by: String,
    /// Identifier of the chosen centre; may stay empty, as the cohort decides.
    pub centre: String,
    /// Identifiers of one to three tracks.
    pub tracks: Vec<String>,
    /// Identifier of the cohort: the schedule.
    pub cohort: String,
    /// The student.
    pub student: StudentForm,
    /// Brothers and sisters who apply along, at most [`super::STUDENTS_MAX`] students in all.
    pub siblings: Vec<SiblingForm>,
    /// Whether the students want seats together or not at all; without siblings it means nothing.
    pub together: bool,
    /// Whether a seat from the waiting list shall be taken without asking first.
    pub take_at_once: bool,
    /// The guardian who must be named.
    pub guardian: GuardianForm,
    /// The guardian who may be named.
    pub second_guardian: Option<GuardianForm>,
    /// Consents.
    pub consent: ConsentForm,
}

/// Answers about the student.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StudentForm {
    /// Birth date, in three texts.
    pub born_on: DateForm,
    /// Surname.
    pub surname: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic, when there is one.
    pub patronymic: String,
    /// School (optional).
    pub school: String,
    /// Class at school (optional).
    pub grade: String,
    /// Individual identification number (optional).
    pub iin: String,
}

/// Answers about a brother or sister: what isn't shared with the first student.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiblingForm {
    /// The student.
    pub student: StudentForm,
    /// Identifier of the chosen centre; may stay empty.
    pub centre: String,
    /// Identifiers of one to three tracks.
    pub tracks: Vec<String>,
    /// Identifier of the cohort; may be the first student's.
    pub cohort: String,
    /// Whether this student accepts personally; asked from fourteen.
    pub student_accepts: bool,
}

/// A date as three texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DateForm {
    /// Day of the month.
    pub day: String,
    /// Month, as a number.
    pub month: String,
    /// Year, four digits.
    pub year: String,
}

impl DateForm {
    /// The day that is meant.
    ///
    /// # Errors
    /// [`FaultCode::Required`] when nothing was typed, [`FaultCode::YearDigits`] for a year such as 12, [`FaultCode::NotADate`] when
    /// the calendar has no such day.
    pub fn date(&self) -> Result<Date, FaultCode> {
        let parts = [&self.year, &self.month, &self.day].map(|part| part.trim());
        if parts.iter().all(|part| part.is_empty()) {
            return Err(FaultCode::Required);
        }
        let number =
            |text: &str| (text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten();
        let [year, month, day] = parts.map(number);
        if year.is_some() && parts[0].len() < 4 {
            return Err(FaultCode::YearDigits);
        }
        let found = || Date::new(i32::try_from(year?).ok()?, month?, day?);
        found().ok_or(FaultCode::NotADate)
    }
}

/// Answers about one guardian.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuardianForm {
    /// Surname.
    pub surname: String,
    /// Given name.
    pub given_name: String,
    /// Patronymic, when there is one.
    pub patronymic: String,
    /// A word of [`Relation`].
    pub relation: String,
    /// Telephone.
    pub phone: String,
    /// E-mail (optional).
    pub email: String,
}

/// Consents given on the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentForm {
    /// Version of the text that was shown.
    pub version: String,
    /// Identifiers of the purposes consented to.
    pub purposes: Vec<String>,
    /// Whether the student accepts personally; asked from fourteen.
    pub student_accepts: bool,
}
