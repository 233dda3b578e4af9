//! Where a family can be.

use domain::application::ApplicationForm;
use domain::language::Language;

/// A page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Home,
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
    /// Whether brothers and sisters want seats only together.
    Together,
    Check,
    /// The family's private page.
    Ticket,
    /// Whether to decline an offer.
    Decline,
    /// Whether to give up a seat or a place on the list.
    Withdraw,
    /// Another schedule.
    Join,
    /// Whether the promises hold.
    Invariants,
    /// Too young or too old.
    OutsideAges,
    /// The student is registered already.
    Already,
}

impl Page {
    /// The questions, in order.
    pub const QUESTIONS: [Self; 11] = [
        Self::Who,
        Self::BirthDate,
        Self::Centre,
        Self::Tracks,
        Self::Schedule,
        Self::Student,
        Self::School,
        Self::Iin,
        Self::Guardian,
        Self::SecondGuardian,
        Self::Consent,
    ];

    /// The pages of the whole way, in order.
    pub fn way() -> impl Iterator<Item = Self> {
        [Self::Home].into_iter().chain(Self::QUESTIONS).chain([Self::Check, Self::Ticket])
    }

    /// The page after this one for a family with these answers.
    pub fn next(self, answers: &ApplicationForm) -> Self {
        let following = Self::way().skip_while(|page| *page != self).nth(1).unwrap_or(Self::Ticket);
        // A student of age who registers alone is not asked for anybody else.
        if following == Self::SecondGuardian && answers.guardian.relation == "self" { Self::Consent } else { following }
    }

    /// The page's address in this language.
    pub fn path(self, language: Language) -> String {
        let rest = match self {
            Self::Home => String::new(),
            Self::Ticket => "/my".to_owned(),
            Self::Decline | Self::Withdraw | Self::Join => format!("/my/{}", self.name()),
            Self::Invariants => "/invariants".to_owned(),
            _ => format!("/register/{}", self.name()),
        };
        format!("/{}{rest}", language.as_str())
    }

    /// Its name in addresses and pictures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "start",
            Self::Who => "who",
            Self::BirthDate => "birth-date",
            Self::Centre => "centre",
            Self::Tracks => "tracks",
            Self::Schedule => "schedule",
            Self::Student => "student",
            Self::School => "school",
            Self::Iin => "iin",
            Self::Guardian => "guardian",
            Self::SecondGuardian => "second-guardian",
            Self::Consent => "consent",
            Self::Together => "together",
            Self::Check => "check",
            Self::Ticket => "ticket",
            Self::Decline => "decline",
            Self::Withdraw => "withdraw",
            Self::Join => "join",
            Self::Invariants => "invariants",
            Self::OutsideAges => "age",
            Self::Already => "already",
        }
    }

    /// What only this page has, so that a page that is still being built isn't taken for it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Home => "[data-test=start]",
            Self::Who => "#filled_by",
            Self::BirthDate => "#student-born_on",
            Self::Centre => "#centre",
            Self::Tracks => "#tracks",
            Self::Schedule => "#cohort [data-test^=cohort-]",
            Self::Student => "#student-given_name",
            Self::School => "#student-school",
            Self::Iin => "#student-iin",
            Self::Guardian => "#guardian-phone",
            Self::SecondGuardian => "#second_guardian",
            // Siblings are asked for their own consent alone.
            Self::Consent => "#consent-version",
            Self::Together => "#together",
            Self::Check => "[data-test=change-consent]",
            Self::Ticket => "[data-test=copy]",
            Self::Decline | Self::Withdraw => "[data-test=yes]",
            Self::Join => "[data-test=submit]",
            Self::Invariants => "[data-check]",
            Self::OutsideAges => "[data-test=correct]",
            Self::Already => ".page-state [data-test=home]",
        }
    }
}
