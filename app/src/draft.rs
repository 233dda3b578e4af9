//! The answers so far. They stay on the phone until the server has confirmed the registration.

use crate::step::{Step, Way};
use domain::application::{ApplicationForm, SiblingForm, check};
use domain::catalogue::Catalogue;
use domain::date::Timestamp;
use domain::field::Field;
use domain::name::is_shared_by_siblings;
use std::mem::swap;

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

    /// The first page of a student's part without an acceptable answer; the check page when all have one. Faults of siblings keep
    /// nobody from the check page, where each child is listed and can be taken out again.
    pub fn first_unanswered(&self, student: usize, catalogue: &Catalogue, now: Timestamp) -> Step {
        let faults = check(&self.form, catalogue, now).err().unwrap_or_default();
        let here = faults.iter().filter(|fault| fault.student == student && fault.field != Field::Language);
        let missing = here.map(|fault| Step::of(fault.field)).min();
        let reached = if student == 0 { self.reached } else { Step::Check };
        missing.map_or(reached, |step| step.min(reached))
    }

    /// Whether the family may see a page, having come to `allowed` in the first student's part. Siblings are added on the check page,
    /// one after the other.
    pub fn leads_to(&self, step: Step, student: usize, allowed: Step, now: Timestamp) -> bool {
        let there = student == 0 || allowed == Step::Check && student <= self.form.siblings.len() + 1;
        there && step <= allowed && Way { form: &self.form, student, now }.has(step)
    }

    /// The page that follows in the first student's part.
    pub fn next(&self, step: Step, now: Timestamp) -> Step {
        Way { form: &self.form, student: 0, now }.next(step)
    }

    /// Notes that a page of the first student's part has been answered.
    pub fn pass(&mut self, step: Step, now: Timestamp) {
        self.reached = self.reached.max(self.next(step, now));
    }

    /// The answers with those about this student in the first one's place.
    pub fn about(&self, student: usize) -> ApplicationForm {
        let mut form = self.form.clone();
        put_first(&mut form, student);
        form
    }

    /// Takes over answers that were changed in the order of [`Draft::about`], unless they are on their way. The first sibling who
    /// isn't there yet comes into being with the first answer.
    pub fn keep(&mut self, student: usize, mut form: ApplicationForm) {
        put_first(&mut form, student);
        if form.siblings.last().is_some_and(|last| *last == newcomer(&form)) {
            form.siblings.pop();
        }
        if !self.is_locked() {
            self.form = form;
        }
    }

    /// Takes a sibling out, counted from 0; the answers are given back, as somebody may have tapped by mistake. Nothing happens
    /// while the answers are on their way.
    pub fn remove_sibling(&mut self, place: usize) -> Option<SiblingForm> {
        let siblings = &mut self.form.siblings;
        (self.key.is_none() && place < siblings.len()).then(|| siblings.remove(place))
    }
}

/// Exchanges the answers about the first student and those about another one, so that every question about a student is written
/// once, for the first. Done a second time, everything is in its place again. A sibling who isn't there yet is added.
pub fn put_first(form: &mut ApplicationForm, student: usize) {
    let Some(place) = student.checked_sub(1) else { return };
    if form.siblings.len() == place {
        form.siblings.push(newcomer(form));
    }
    if let Some(sibling) = form.siblings.get_mut(place) {
        swap(&mut form.student, &mut sibling.student);
        swap(&mut form.centre, &mut sibling.centre);
        swap(&mut form.tracks, &mut sibling.tracks);
        swap(&mut form.cohort, &mut sibling.cohort);
        swap(&mut form.consent.student_accepts, &mut sibling.student_accepts);
    }
}

/// A sibling about whom nothing was asked yet. The surname is known, unless it may be another one for a brother or a sister.
fn newcomer(form: &ApplicationForm) -> SiblingForm {
    let mut sibling = SiblingForm::default();
    if is_shared_by_siblings(&form.student.surname) {
        sibling.student.surname.clone_from(&form.student.surname);
    }
    sibling
}

/// Takes back the chosen schedule when it doesn't fit the chosen centre or tracks any more.
pub fn drop_unfitting_cohort(form: &mut ApplicationForm, catalogue: &Catalogue) {
    let fits = |id: &str| {
        let cohort = catalogue.cohort(id)?;
        Some(cohort.centre == form.centre && cohort.offers(&form.tracks))
    };
    if fits(&form.cohort) != Some(true) {
        form.cohort.clear();
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
                surname: "Қуаныш".into(),
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
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::Who);
        draft.form.filled_by = "student".into();
        draft.pass(Step::Who, now());
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::BirthDate);
        assert!(draft.is_begun());
    }

    #[test]
    fn an_optional_page_counts_as_unanswered_until_it_was_passed() {
        let mut draft = Draft { reached: Step::School, ..complete() };
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::School);
        draft.pass(Step::School, now());
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::Iin);
    }

    #[test]
    fn a_complete_draft_may_be_checked_and_a_broken_answer_leads_back() {
        let mut draft = complete();
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::Check);
        draft.form.guardian.phone = "12".into();
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::Guardian);
        draft.form.student.born_on.year = "2024".into();
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::BirthDate);
    }

    #[test]
    fn a_schedule_that_no_longer_fits_is_asked_again() {
        let mut draft = complete();
        drop_unfitting_cohort(&mut draft.form, &catalogue());
        assert_eq!(draft.form.cohort, "astana-1");
        draft.form.tracks.push("robotics".into());
        drop_unfitting_cohort(&mut draft.form, &catalogue());
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::Schedule);
        let mut moved = complete();
        moved.form.centre = "almaty".into();
        drop_unfitting_cohort(&mut moved.form, &catalogue());
        assert_eq!(moved.form.cohort, "");
    }

    #[test]
    fn passing_a_page_again_loses_no_ground() {
        let mut draft = complete();
        draft.pass(Step::Who, now());
        assert_eq!(draft.reached, Step::Check);
    }

    fn change(draft: &mut Draft, student: usize, change: fn(&mut ApplicationForm)) {
        let mut form = draft.about(student);
        change(&mut form);
        draft.keep(student, form);
    }

    /// With a second student who lacks nothing.
    fn with_sibling() -> Draft {
        let mut draft = complete();
        change(&mut draft, 1, |form| {
            form.student.born_on = DateForm { day: "2".into(), month: "3".into(), year: "2014".into() };
            form.student.given_name = "Нұрсұлтан".into();
            form.centre = "astana".into();
            form.tracks = vec!["music".into()];
            form.cohort = "astana-1".into();
        });
        draft
    }

    #[test]
    fn a_sibling_is_answered_for_as_if_it_came_first() {
        let draft = with_sibling();
        assert_eq!(draft.form.student, complete().form.student, "the first student's answers are as they were");
        let [sibling] = draft.form.siblings.as_slice() else { panic!("one sibling") };
        assert_eq!((sibling.student.given_name.as_str(), sibling.cohort.as_str()), ("Нұрсұлтан", "astana-1"));
        assert_eq!(sibling.student.surname, "Қуаныш", "known from the first student");
        assert_eq!(draft.first_unanswered(1, &catalogue(), now()), Step::Check);
    }

    #[test]
    fn a_surname_that_may_be_another_one_for_a_sibling_is_asked() {
        let mut draft = complete();
        draft.form.student.surname = "Қуанышева".into();
        assert_eq!(draft.about(1).student.surname, "", "her brother is Қуанышев");
    }

    #[test]
    fn a_sibling_about_whom_nothing_was_said_leaves_no_trace() {
        let mut draft = complete();
        change(&mut draft, 1, |form| form.student.born_on.day = "2".into());
        assert_eq!(draft.form.siblings.len(), 1);
        change(&mut draft, 1, |form| form.student.born_on.day.clear());
        assert_eq!(draft, complete());
    }

    #[test]
    fn siblings_come_one_after_the_other_and_after_the_first_student() {
        let may = |draft: &Draft, step, student| {
            let allowed = draft.first_unanswered(0, &catalogue(), now());
            draft.leads_to(step, student, allowed, now())
        };
        assert!(may(&complete(), Step::BirthDate, 1));
        assert!(!may(&complete(), Step::BirthDate, 2), "the second sibling before the first");
        assert!(may(&with_sibling(), Step::BirthDate, 2));
        assert!(!may(&with_sibling(), Step::Guardian, 1), "asked once");
        let begun = Draft { reached: Step::Guardian, ..complete() };
        assert!(!may(&begun, Step::BirthDate, 1), "before the first student's part is done");
    }

    #[test]
    fn a_removed_sibling_can_be_put_back() {
        let mut draft = with_sibling();
        let removed = draft.remove_sibling(0);
        assert_eq!(draft.form, complete().form);
        assert_eq!(removed, with_sibling().form.siblings.pop());
        assert_eq!(draft.remove_sibling(0), None);
        let mut locked = Draft { key: Some("a".repeat(32)), ..with_sibling() };
        assert_eq!(locked.remove_sibling(0), None, "the server may have it already");
        change(&mut locked, 0, |form| form.student.given_name.clear());
        assert_eq!(locked.form, with_sibling().form, "and nothing else changes");
    }

    #[test]
    fn a_siblings_fault_leads_to_its_page_and_leaves_the_check_page_open() {
        let mut draft = with_sibling();
        draft.form.siblings[0].student.born_on.year = "2024".into();
        assert_eq!(draft.first_unanswered(1, &catalogue(), now()), Step::BirthDate);
        assert_eq!(draft.first_unanswered(0, &catalogue(), now()), Step::Check);
    }
}
