//! The answers so far. They stay on the phone until the server has confirmed the registration.

use crate::step::Step;
use domain::application::{ApplicationForm, check};
use domain::catalogue::Catalogue;
use domain::date::Timestamp;
use domain::field::Field;

/// Where the phone keeps the draft.
pub const STORED_AS: &str = "draft";

/// The answers, how far the family has come, and whether they are on their way to the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The answers as typed.
    pub form: ApplicationForm,
    /// The furthest page the family has come to.
    pub reached: Step,
    /// The key of a try whose outcome isn't known. While there is one the answers can't change: the server may hold them already,
    /// and the same key with other answers would be refused.
    pub key: Option<String>,
}

impl Draft {
    /// Whether there is anything worth continuing.
    pub fn is_begun(&self) -> bool {
        self.reached > Step::Who
    }

    /// Whether the answers are on their way, so that nobody may change them.
    pub fn is_locked(&self) -> bool {
        self.key.is_some()
    }

    /// The first page without an acceptable answer; the check page when all have one.
    pub fn first_unanswered(&self, catalogue: &Catalogue, now: Timestamp) -> Step {
        let faults = check(&self.form, catalogue, now).err().unwrap_or_default();
        let missing = faults.iter().filter(|fault| fault.field != Field::Language).map(|fault| Step::of(fault.field)).min();
        missing.map_or(self.reached, |step| step.min(self.reached))
    }

    /// Notes that a page has been answered.
    pub fn pass(&mut self, step: Step) {
        self.reached = self.reached.max(step.next(&self.form));
    }

    /// Takes back the chosen schedule when it doesn't fit the chosen centre or tracks any more.
    pub fn drop_unfitting_cohort(&mut self, catalogue: &Catalogue) {
        let fits = |id: &str| {
            let cohort = catalogue.cohort(id)?;
            Some(cohort.centre == self.form.centre && cohort.offers(&self.form.tracks))
        };
        if fits(&self.form.cohort) != Some(true) {
            self.form.cohort.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalogue;
    use domain::application::{DateForm, GuardianForm, StudentForm};
    use domain::date::Date;

    fn now() -> Timestamp {
        Timestamp::of_local(Date::new(2026, 8, 20).expect("a day"), 720)
    }

    fn complete() -> Draft {
        let mut draft = Draft { reached: Step::Check, ..Draft::default() };
        draft.form = ApplicationForm {
            language: String::new(),
            filled_by: "guardian".into(),
            centre: "astana".into(),
            tracks: vec!["music".into()],
            cohort: "astana-1".into(),
            student: StudentForm {
                born_on: DateForm { day: "1".into(), month: "9".into(), year: "2013".into() },
                surname: "Қуанышева".into(),
                given_name: "Әйгерім".into(),
                ..StudentForm::default()
            },
            guardian: GuardianForm {
                surname: "Қуанышев".into(),
                given_name: "Нұрлан".into(),
                relation: "father".into(),
                phone: "8 701 123 45 67".into(),
                ..GuardianForm::default()
            },
            ..ApplicationForm::default()
        };
        draft.form.consent.version = "1".into();
        draft
    }

    #[test]
    fn nobody_jumps_over_a_question() {
        let mut draft = Draft::default();
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::Who);
        draft.form.filled_by = "student".into();
        draft.pass(Step::Who);
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::BirthDate);
        assert!(draft.is_begun());
    }

    #[test]
    fn an_optional_page_counts_as_unanswered_until_it_was_passed() {
        let mut draft = Draft { reached: Step::School, ..complete() };
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::School);
        draft.pass(Step::School);
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::Iin);
    }

    #[test]
    fn a_complete_draft_may_be_checked_and_a_broken_answer_leads_back() {
        let mut draft = complete();
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::Check);
        draft.form.guardian.phone = "12".into();
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::Guardian);
        draft.form.student.born_on.year = "2024".into();
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::BirthDate);
    }

    #[test]
    fn a_schedule_that_no_longer_fits_is_asked_again() {
        let mut draft = complete();
        draft.drop_unfitting_cohort(&catalogue());
        assert_eq!(draft.form.cohort, "astana-1");
        draft.form.tracks.push("robotics".into());
        draft.drop_unfitting_cohort(&catalogue());
        assert_eq!(draft.first_unanswered(&catalogue(), now()), Step::Schedule);
        let mut moved = complete();
        moved.form.centre = "almaty".into();
        moved.drop_unfitting_cohort(&catalogue());
        assert_eq!(moved.form.cohort, "");
    }

    #[test]
    fn passing_a_page_again_loses_no_ground() {
        let mut draft = complete();
        draft.pass(Step::Who);
        assert_eq!(draft.reached, Step::Check);
    }
}
