//! The questions, in the order in which they are asked of each student.

use domain::application::{ApplicationForm, Relation, accepts_personally};
use domain::date::Timestamp;
use domain::field::Field;

/// One page of the way through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Step {
    #[default]
    Who,
    BirthDate,
    Centre,
    Tracks,
    Schedule,
    Student,
    School,
    Iin,
    Guardian,
    SecondGuardian,
    Consent,
    Together,
    Check,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 13] = [
        Step::Who,
        Step::BirthDate,
        Step::Centre,
        Step::Tracks,
        Step::Schedule,
        Step::Student,
        Step::School,
        Step::Iin,
        Step::Guardian,
        Step::SecondGuardian,
        Step::Consent,
        Step::Together,
        Step::Check,
    ];

    /// The last part of the page's address.
    pub const fn slug(self) -> &'static str {
        match self {
            Step::Who => "who",
            Step::BirthDate => "birth-date",
            Step::Centre => "centre",
            Step::Tracks => "tracks",
            Step::Schedule => "schedule",
            Step::Student => "student",
            Step::School => "school",
            Step::Iin => "iin",
            Step::Guardian => "guardian",
            Step::SecondGuardian => "second-guardian",
            Step::Consent => "consent",
            Step::Together => "together",
            Step::Check => "check",
        }
    }

    /// The step with this address.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// The answers given on this page, as far as they can be wrong. The check page gives none, but children are added there.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Step::Who => &[Field::FilledBy],
            Step::BirthDate => &[Field::BornOn],
            Step::Centre => &[Field::Centre],
            Step::Tracks => &[Field::Tracks],
            Step::Schedule => &[Field::Cohort],
            Step::Student => &[Field::StudentSurname, Field::StudentGivenName, Field::StudentPatronymic],
            Step::School => &[Field::School, Field::Grade],
            Step::Iin => &[Field::Iin],
            Step::Guardian => &[
                Field::GuardianRelation,
                Field::GuardianSurname,
                Field::GuardianGivenName,
                Field::GuardianPatronymic,
                Field::GuardianPhone,
                Field::GuardianEmail,
            ],
            Step::SecondGuardian => &[
                Field::SecondRelation,
                Field::SecondSurname,
                Field::SecondGivenName,
                Field::SecondPatronymic,
                Field::SecondPhone,
                Field::SecondEmail,
            ],
            Step::Consent => &[Field::ConsentVersion, Field::ConsentPurposes, Field::Acceptance],
            Step::Together => &[],
            Step::Check => &[Field::Siblings],
        }
    }

    /// The page on which an answer is given; the language is chosen on every page and asked on none.
    pub fn of(field: Field) -> Self {
        Self::ALL.into_iter().find(|step| step.fields().contains(&field)).unwrap_or(Step::Check)
    }
}

/// The pages of one student's part of the form. The first student's part asks also for what all share, the first sibling's part
/// whether seats are wanted together.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// The answers.
    pub form: &'a ApplicationForm,
    /// Whose part: 0 is the first student, 1 the first sibling, who needn't be in the answers yet.
    pub student: usize,
    /// When it is asked: whether a student accepts personally depends on the day.
    pub now: Timestamp,
}

impl Way<'_> {
    /// Whether this page is part of the way: an adult who registers alone has no second guardian and no siblings in the
    /// application; what is known from the first student isn't asked about a sibling.
    pub fn has(self, step: Step) -> bool {
        let alone = Relation::parse(&self.form.guardian.relation) == Some(Relation::Myself);
        if self.student == 0 {
            return step != Step::Together && !(step == Step::SecondGuardian && alone);
        }
        match step {
            Step::Who | Step::Guardian | Step::SecondGuardian => false,
            Step::Consent => {
                let sibling = self.form.siblings.get(self.student - 1);
                sibling
                    .and_then(|sibling| sibling.student.born_on.date().ok())
                    .is_some_and(|born| accepts_personally(born, self.now))
            }
            Step::Together => self.student == 1,
            Step::Check => true,
            _ => !alone,
        }
    }

    /// Whether Continue comes past this page: a sibling who goes at the first student's time has chosen the schedule already.
    fn asks(self, step: Step) -> bool {
        let sibling = self.student.checked_sub(1).and_then(|sibling| self.form.siblings.get(sibling));
        let chosen = sibling.is_some_and(|sibling| !sibling.cohort.is_empty() && sibling.cohort == self.form.cohort);
        self.has(step) && !(step == Step::Schedule && chosen)
    }

    /// The following step.
    pub fn next(self, step: Step) -> Step {
        Step::ALL.into_iter().find(|next| *next > step && self.asks(*next)).unwrap_or(Step::Check)
    }

    /// The step before; none before the first.
    pub fn previous(self, step: Step) -> Option<Step> {
        Step::ALL.into_iter().rev().find(|previous| *previous < step && self.asks(*previous))
    }

    /// The place in the way, from 1, and the length of the way.
    pub fn place(self, step: Step) -> (usize, usize) {
        let way = || Step::ALL.into_iter().filter(|step| self.has(*step));
        (way().filter(|passed| *passed <= step).count(), way().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::application::{DateForm, SiblingForm};
    use domain::date::Date;

    #[test]
    fn every_answer_but_the_language_has_its_page() {
        for field in Field::ALL.iter().filter(|field| **field != Field::Language) {
            assert!(Step::of(*field).fields().contains(field), "{}", field.as_str());
        }
    }

    #[test]
    fn addresses_lead_back_to_their_steps() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.slug()), Some(step));
        }
        assert_eq!(Step::parse("whatever"), None);
    }

    fn way(form: &ApplicationForm, student: usize) -> Way<'_> {
        Way { form, student, now: Timestamp::of_local(Date::new(2026, 8, 20).expect("a day"), 720) }
    }

    #[test]
    fn an_adult_alone_is_not_asked_for_anybody_else() {
        let mut form = ApplicationForm::default();
        assert_eq!(way(&form, 0).next(Step::Guardian), Step::SecondGuardian);
        assert_eq!(way(&form, 0).place(Step::Check), (12, 12));
        assert!(way(&form, 1).has(Step::BirthDate));
        form.guardian.relation = "self".into();
        assert_eq!(way(&form, 0).next(Step::Guardian), Step::Consent);
        assert_eq!(way(&form, 0).previous(Step::Consent), Some(Step::Guardian));
        assert_eq!(way(&form, 0).place(Step::Check), (11, 11));
        assert_eq!(way(&form, 0).previous(Step::Who), None);
        assert_eq!(way(&form, 0).next(Step::Check), Step::Check);
        assert!(!way(&form, 1).has(Step::BirthDate));
    }

    #[test]
    fn what_is_known_is_not_asked_about_a_sibling() {
        let mut form = ApplicationForm { cohort: "astana-1".into(), ..ApplicationForm::default() };
        form.siblings = vec![SiblingForm::default(); 2];
        let steps = |form: &ApplicationForm, student| {
            let mut steps = vec![Step::BirthDate];
            while steps.last() != Some(&Step::Check) {
                steps.extend(steps.last().map(|step| way(form, student).next(*step)));
            }
            steps
        };
        use Step::{BirthDate, Centre, Check, Consent, Iin, Schedule, School, Student, Together, Tracks};
        assert_eq!(steps(&form, 1), [BirthDate, Centre, Tracks, Schedule, Student, School, Iin, Together, Check]);
        assert_eq!(steps(&form, 2), [BirthDate, Centre, Tracks, Schedule, Student, School, Iin, Check]);
        assert_eq!(way(&form, 1).previous(BirthDate), None);

        // At the first student's time, and old enough to accept personally.
        form.siblings[0].cohort.clone_from(&form.cohort);
        form.siblings[0].student.born_on = DateForm { day: "20".into(), month: "8".into(), year: "2012".into() };
        assert_eq!(steps(&form, 1), [BirthDate, Centre, Tracks, Student, School, Iin, Consent, Together, Check]);
        assert!(way(&form, 1).has(Schedule), "it can still be changed from the check page");
        form.siblings[0].student.born_on.day = "21".into();
        assert!(!way(&form, 1).has(Consent));
    }
}
