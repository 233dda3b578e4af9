//! What is typed about students to be added, and their guardians.

use crate::text::language;
use domain::application::{ApplicationForm, ConsentForm, DateForm, FilledBy, GuardianForm, SiblingForm, StudentForm};
use domain::catalogue::Catalogue;
use leptos::prelude::*;

/// A line of text.
type Line = RwSignal<String>;

fn line() -> Line {
    RwSignal::new(String::new())
}

/// The answers. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Answers {
    pub student: StudentAnswers,
    /// Brothers and sisters who are registered along.
    pub siblings: RwSignal<Vec<StudentAnswers>>,
    /// Whether they want seats together or not at all.
    pub together: RwSignal<bool>,
    pub guardian: GuardianAnswers,
    pub with_second: RwSignal<bool>,
    pub second: GuardianAnswers,
    pub language: Line,
    pub take_at_once: RwSignal<bool>,
    pub purposes: RwSignal<Vec<String>>,
}

/// The answers about one student. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct StudentAnswers {
    pub surname: Line,
    pub given_name: Line,
    pub patronymic: Line,
    /// `YYYY-MM-DD`, as the browser gives it.
    pub born_on: Line,
    pub school: Line,
    pub grade: Line,
    pub iin: Line,
    pub cohort: Line,
    pub tracks: RwSignal<Vec<String>>,
    /// Whether the student has signed too.
    pub accepts: RwSignal<bool>,
}

impl StudentAnswers {
    /// Nothing typed yet about a student of this cohort.
    fn new(cohort: &str) -> Self {
        let [surname, given_name, patronymic, born_on, school, grade, iin] = std::array::from_fn(|_| line());
        let (tracks, accepts) = (RwSignal::new(Vec::new()), RwSignal::new(false));
        let cohort = RwSignal::new(cohort.to_owned());
        Self { surname, given_name, patronymic, born_on, school, grade, iin, cohort, tracks, accepts }
    }

    fn form(self) -> StudentForm {
        StudentForm {
            born_on: date(&self.born_on.get_untracked()),
            surname: self.surname.get_untracked(),
            given_name: self.given_name.get_untracked(),
            patronymic: self.patronymic.get_untracked(),
            school: self.school.get_untracked(),
            grade: self.grade.get_untracked(),
            iin: self.iin.get_untracked(),
        }
    }

    fn centre(self, catalogue: &Catalogue) -> String {
        let cohort = self.cohort.get_untracked();
        catalogue.cohort(&cohort).map(|cohort| cohort.centre.clone()).unwrap_or_default()
    }
}

/// The answers about one guardian.
#[derive(Clone, Copy)]
pub struct GuardianAnswers {
    pub surname: Line,
    pub given_name: Line,
    pub patronymic: Line,
    pub relation: Line,
    pub phone: Line,
    pub email: Line,
}

impl GuardianAnswers {
    fn new() -> Self {
        let [surname, given_name, patronymic, relation, phone, email] = std::array::from_fn(|_| line());
        Self { surname, given_name, patronymic, relation, phone, email }
    }

    fn form(self) -> GuardianForm {
        GuardianForm {
            surname: self.surname.get_untracked(),
            given_name: self.given_name.get_untracked(),
            patronymic: self.patronymic.get_untracked(),
            relation: self.relation.get_untracked(),
            phone: self.phone.get_untracked(),
            email: self.email.get_untracked(),
        }
    }
}

impl Answers {
    /// Nothing typed yet; letters go out in the language of the page.
    pub fn new(cohort: &str) -> Self {
        Self {
            student: StudentAnswers::new(cohort),
            siblings: RwSignal::new(Vec::new()),
            together: RwSignal::new(false),
            guardian: GuardianAnswers::new(),
            with_second: RwSignal::new(false),
            second: GuardianAnswers::new(),
            language: RwSignal::new(language().as_str().to_owned()),
            take_at_once: RwSignal::new(false),
            purposes: RwSignal::new(Vec::new()),
        }
    }

    /// One more student, in the cohort of the first and with the same surname and patronymic to begin with.
    pub fn add_sibling(self) {
        let sibling = StudentAnswers::new(&self.student.cohort.get_untracked());
        sibling.surname.set(self.student.surname.get_untracked());
        sibling.patronymic.set(self.student.patronymic.get_untracked());
        self.siblings.update(|siblings| siblings.push(sibling));
    }

    /// The body, in the contract of a family's own application.
    pub fn form(self, catalogue: &Catalogue) -> ApplicationForm {
        let sibling = |answers: StudentAnswers| SiblingForm {
            student: answers.form(),
            centre: answers.centre(catalogue),
            tracks: answers.tracks.get_untracked(),
            cohort: answers.cohort.get_untracked(),
            student_accepts: answers.accepts.get_untracked(),
        };
        let siblings: Vec<SiblingForm> = self.siblings.get_untracked().into_iter().map(sibling).collect();
        ApplicationForm {
            language: self.language.get_untracked(),
            filled_by: FilledBy::Guardian.as_str().to_owned(),
            centre: self.student.centre(catalogue),
            tracks: self.student.tracks.get_untracked(),
            cohort: self.student.cohort.get_untracked(),
            student: self.student.form(),
            together: self.together.get_untracked() && !siblings.is_empty(),
            siblings,
            take_at_once: self.take_at_once.get_untracked(),
            guardian: self.guardian.form(),
            second_guardian: self.with_second.get_untracked().then(|| self.second.form()),
            consent: ConsentForm {
                version: catalogue.consent.version.clone(),
                purposes: self.purposes.get_untracked(),
                student_accepts: self.student.accepts.get_untracked(),
            },
        }
    }
}

/// The browser's `YYYY-MM-DD` as the three answers of the contract.
fn date(typed: &str) -> DateForm {
    let mut parts = typed.split('-').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    DateForm { day, month, year }
}

#[cfg(test)]
mod tests {
    use super::date;
    use domain::date::Date;
    use domain::error::FaultCode;

    #[test]
    fn the_browsers_day_is_the_contracts_day() {
        assert_eq!(date("2012-09-01").date(), Ok(Date::parse("2012-09-01").expect("a day")));
        assert_eq!(date("").date(), Err(FaultCode::Required));
    }
}
