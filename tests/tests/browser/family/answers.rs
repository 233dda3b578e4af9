//! Each question, answered as this family would. Every answer may be given again; what stands there already is left alone.

use domain::application::GuardianForm;

use super::Family;
use crate::page::Page;

impl Family {
    /// Answers whatever question it is at.
    pub async fn answers_the_page(&self) {
        match self.page {
            Page::Who => self.says_who_holds_the_phone().await,
            Page::BirthDate => self.answers_birth_date().await,
            Page::Centre => self.chooses_the_centre().await,
            Page::Tracks => self.chooses_tracks().await,
            Page::Schedule => self.chooses_a_schedule().await,
            Page::Student => self.names_the_student().await,
            Page::School => self.names_the_school().await,
            Page::Iin => self.gives_the_iin().await,
            Page::Guardian => self.introduces_the_guardian().await,
            Page::SecondGuardian => self.answers_about_a_second_guardian().await,
            Page::Consent => self.consents().await,
            page => panic!("{page:?} asks nothing"),
        }
    }

    /// The teenager or a parent.
    pub async fn says_who_holds_the_phone(&self) {
        self.phone.ticks(&format!("filled_by-{}", self.answers.filled_by)).await;
    }

    /// Day, month, year.
    pub async fn answers_birth_date(&self) {
        let born = &self.answers.student.born_on;
        for (part, text) in [("day", &born.day), ("month", &born.month), ("year", &born.year)] {
            self.phone.types(&format!("student-born_on-{part}"), text).await;
        }
    }

    /// Astana or Almaty.
    pub async fn chooses_the_centre(&self) {
        self.phone.ticks(&format!("centre-{}", self.answers.centre)).await;
    }

    /// One to three.
    pub async fn chooses_tracks(&self) {
        for track in &self.answers.tracks {
            self.phone.ticks(&format!("tracks-{track}")).await;
        }
    }

    /// One of the cohorts.
    pub async fn chooses_a_schedule(&self) {
        self.looks_at_the_schedule(&self.answers.cohort).await;
    }

    /// Chooses a cohort without deciding for it.
    pub async fn looks_at_the_schedule(&self, cohort: &str) {
        self.phone.ticks(&format!("cohort-{cohort}")).await;
    }

    /// Surname, given name, patronymic.
    pub async fn names_the_student(&self) {
        let student = &self.answers.student;
        self.names("student", &student.surname, &student.given_name, &student.patronymic).await;
    }

    /// School and class, when it wants to.
    pub async fn names_the_school(&self) {
        self.phone.types("student-school", &self.answers.student.school).await;
        self.phone.types("student-grade", &self.answers.student.grade).await;
    }

    /// The identification number, when it wants to.
    pub async fn gives_the_iin(&self) {
        self.phone.types("student-iin", &self.answers.student.iin).await;
    }

    /// Relation, names, telephone, e-mail.
    pub async fn introduces_the_guardian(&self) {
        self.introduces("guardian", &self.answers.guardian).await;
    }

    /// Whether there is a second guardian, and who.
    pub async fn answers_about_a_second_guardian(&self) {
        match &self.answers.second_guardian {
            None => self.phone.ticks("second_guardian-no").await,
            Some(second) => {
                self.phone.ticks("second_guardian-yes").await;
                self.introduces("second_guardian", second).await;
            }
        }
    }

    /// Consents purpose by purpose; the student personally where asked.
    pub async fn consents(&self) {
        for purpose in &self.answers.consent.purposes {
            self.phone.ticks(&format!("consent-purposes-{purpose}")).await;
        }
        if self.answers.consent.student_accepts {
            self.phone.ticks("consent-student_accepts-yes").await;
        }
    }

    async fn introduces(&self, who: &str, person: &GuardianForm) {
        self.phone.ticks(&format!("{who}-relation-{}", person.relation)).await;
        self.names(who, &person.surname, &person.given_name, &person.patronymic).await;
        self.phone.types(&format!("{who}-phone"), &person.phone).await;
        self.phone.types(&format!("{who}-email"), &person.email).await;
    }

    async fn names(&self, who: &str, surname: &str, given_name: &str, patronymic: &str) {
        for (part, text) in [("surname", surname), ("given_name", given_name), ("patronymic", patronymic)] {
            self.phone.types(&format!("{who}-{part}"), text).await;
        }
    }
}
