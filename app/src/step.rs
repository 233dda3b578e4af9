//! The questions, in the order in which they are asked.

use domain::application::{ApplicationForm, Relation};
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
    Check,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 12] = [
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
            Step::Check => "check",
        }
    }

    /// The step with this address.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// The answers given on this page; the check page gives none.
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
                Field::GuardianSurname,
                Field::GuardianGivenName,
                Field::GuardianPatronymic,
                Field::GuardianRelation,
                Field::GuardianPhone,
                Field::GuardianEmail,
            ],
            Step::SecondGuardian => &[
                Field::SecondSurname,
                Field::SecondGivenName,
                Field::SecondPatronymic,
                Field::SecondRelation,
                Field::SecondPhone,
                Field::SecondEmail,
            ],
            Step::Consent => &[Field::ConsentVersion, Field::ConsentPurposes, Field::Acceptance],
            Step::Check => &[],
        }
    }

    /// The page on which an answer is given; the language is chosen on every page and asked on none.
    pub fn of(field: Field) -> Self {
        Self::ALL.into_iter().find(|step| step.fields().contains(&field)).unwrap_or(Step::Check)
    }

    /// Whether this page is part of the way for these answers: an adult who registers alone has no second guardian.
    pub fn applies(self, form: &ApplicationForm) -> bool {
        self != Step::SecondGuardian || Relation::parse(&form.guardian.relation) != Some(Relation::Myself)
    }

    /// The following step.
    pub fn next(self, form: &ApplicationForm) -> Self {
        Self::ALL.into_iter().find(|step| *step > self && step.applies(form)).unwrap_or(Step::Check)
    }

    /// The step before; none before the first.
    pub fn previous(self, form: &ApplicationForm) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| *step < self && step.applies(form))
    }

    /// The place in the way, from 1, and the length of the way.
    pub fn place(self, form: &ApplicationForm) -> (usize, usize) {
        let way = || Self::ALL.into_iter().filter(|step| step.applies(form));
        (way().filter(|step| *step <= self).count(), way().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn an_adult_alone_is_not_asked_for_a_second_guardian() {
        let mut form = ApplicationForm::default();
        assert_eq!(Step::Guardian.next(&form), Step::SecondGuardian);
        assert_eq!(Step::Check.place(&form), (12, 12));
        form.guardian.relation = "self".into();
        assert_eq!(Step::Guardian.next(&form), Step::Consent);
        assert_eq!(Step::Consent.previous(&form), Some(Step::Guardian));
        assert_eq!(Step::Check.place(&form), (11, 11));
        assert_eq!(Step::Who.previous(&form), None);
        assert_eq!(Step::Check.next(&form), Step::Check);
    }
}
