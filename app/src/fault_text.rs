//! Every machine word of a refusal as a sentence: what happened and how to mend it. A word without a sentence doesn't compile.

use crate::api::Failure;
use crate::text::{Text, fill, t};
use domain::application::{Fault, STUDENTS_MAX};
use domain::error::{ErrorCode, FaultCode, FieldFault};
use domain::field::Field;
use domain::name::{LINE_MAX, NAME_MAX};

/// What is wrong with an answer.
pub fn fault(field: Field, code: FaultCode) -> String {
    let text = match code {
        FaultCode::Required => required(field),
        FaultCode::TooLong => Text::FaultTooLong,
        FaultCode::NameCharacters => Text::FaultNameCharacters,
        FaultCode::LineCharacters => Text::FaultLineCharacters,
        FaultCode::NotADate => Text::FaultNotADate,
        FaultCode::YearDigits => Text::FaultYearDigits,
        FaultCode::InTheFuture => Text::FaultInTheFuture,
        FaultCode::TooYoung => Text::FaultTooYoung,
        FaultCode::TooOld => Text::FaultTooOld,
        FaultCode::IinDigits => Text::FaultIinDigits,
        FaultCode::IinCheck => Text::FaultIinCheck,
        FaultCode::PhoneCharacters => Text::FaultPhoneCharacters,
        FaultCode::PhoneLength => Text::FaultPhoneLength,
        FaultCode::PhonePrefix => Text::FaultPhonePrefix,
        FaultCode::PhoneSame => Text::FaultPhoneSame,
        FaultCode::EmailFormat => Text::FaultEmailFormat,
        FaultCode::UnknownChoice => Text::FaultUnknownChoice,
        FaultCode::TooManyTracks => Text::FaultTooManyTracks,
        FaultCode::TrackNotOffered => Text::FaultTrackNotOffered,
        FaultCode::UnknownCohort => Text::FaultUnknownCohort,
        FaultCode::OtherCentre => Text::FaultOtherCentre,
        FaultCode::SameStudent => Text::FaultSameStudent,
        FaultCode::TooManyStudents => Text::FaultTooManyStudents,
        FaultCode::UnderAge => Text::FaultUnderAge,
        FaultCode::ConsentNeeded => Text::FaultConsentNeeded,
        FaultCode::ConsentOutdated => Text::FaultConsentOutdated,
        FaultCode::AcceptanceNeeded => Text::FaultAcceptanceNeeded,
        // All but the first are faults of the staff console's forms: no family sees them.
        FaultCode::WrongType
        | FaultCode::TooShort
        | FaultCode::Taken
        | FaultCode::Clash
        | FaultCode::ClosedDay
        | FaultCode::InUse
        | FaultCode::OutOfRange => Text::FaultWrongType,
    };
    let longest = if matches!(field, Field::School | Field::Grade) { LINE_MAX } else { NAME_MAX };
    fill(t(text), &[("field", t(label(field))), ("max", &longest.to_string())])
}

fn required(field: Field) -> Text {
    match field {
        Field::FilledBy => Text::FaultFilledByRequired,
        Field::BornOn => Text::FaultBornOnRequired,
        Field::Centre => Text::FaultCentreRequired,
        Field::Tracks => Text::FaultTracksRequired,
        Field::Cohort => Text::FaultCohortRequired,
        Field::StudentSurname | Field::GuardianSurname | Field::SecondSurname => Text::FaultSurnameRequired,
        Field::StudentGivenName | Field::GuardianGivenName | Field::SecondGivenName => Text::FaultGivenNameRequired,
        Field::GuardianRelation | Field::SecondRelation => Text::FaultRelationRequired,
        Field::GuardianPhone | Field::SecondPhone => Text::FaultPhoneRequired,
        Field::ConsentVersion | Field::ConsentPurposes => Text::FaultConsentNeeded,
        Field::Acceptance => Text::FaultAcceptanceNeeded,
        // Optional answers, and the language, which the app gives itself: never missing.
        Field::Language
        | Field::StudentPatronymic
        | Field::School
        | Field::Grade
        | Field::Iin
        | Field::Siblings
        | Field::GuardianPatronymic
        | Field::GuardianEmail
        | Field::SecondPatronymic
        | Field::SecondEmail => Text::FaultWrongType,
    }
}

/// The fault of an answer that this version of the app knows, from its path.
pub fn read(fault: &FieldFault) -> Option<Fault> {
    let code = fault.code;
    let known =
        (0..STUDENTS_MAX).flat_map(|student| Field::ALL.iter().map(move |field| Fault { student, field: *field, code }));
    known.into_iter().find(|known| known.path() == fault.field)
}

/// What an answer is called.
pub fn label(field: Field) -> Text {
    match field {
        Field::Language => Text::SiteLanguage,
        Field::FilledBy => Text::WhoLabel,
        Field::BornOn => Text::BirthLabel,
        Field::Centre => Text::CentreLabel,
        Field::Tracks => Text::TracksLabel,
        Field::Cohort => Text::ScheduleLabel,
        Field::StudentSurname | Field::GuardianSurname | Field::SecondSurname => Text::StudentSurname,
        Field::StudentGivenName | Field::GuardianGivenName | Field::SecondGivenName => Text::StudentGivenName,
        Field::StudentPatronymic | Field::GuardianPatronymic | Field::SecondPatronymic => Text::StudentPatronymic,
        Field::School => Text::SchoolSchool,
        Field::Grade => Text::SchoolGrade,
        Field::Iin => Text::IinField,
        Field::Siblings => Text::SiblingTitle,
        Field::GuardianRelation | Field::SecondRelation => Text::GuardianRelation,
        Field::GuardianPhone | Field::SecondPhone => Text::GuardianPhone,
        Field::GuardianEmail | Field::SecondEmail => Text::GuardianEmail,
        Field::ConsentVersion | Field::ConsentPurposes => Text::ConsentLabel,
        Field::Acceptance => Text::ConsentAcceptanceTitle,
    }
}

/// Why a whole request was refused.
pub fn refusal(code: ErrorCode) -> Text {
    match code {
        ErrorCode::InvalidApplication => Text::ErrorInvalid,
        ErrorCode::KeyReused => Text::RefusedReused,
        ErrorCode::NotOpenYet => Text::ErrorNotOpen,
        ErrorCode::Closed => Text::ErrorClosed,
        ErrorCode::AlreadyRegistered => Text::RefusedAlreadyTitle,
        ErrorCode::OfferOver => Text::ErrorOfferOver,
        ErrorCode::RegistrationOver => Text::ErrorRegistrationOver,
        ErrorCode::TooManyPlaces => Text::ErrorTooManyPlaces,
        ErrorCode::NotOffered => Text::ErrorNotOffered,
        ErrorCode::UnknownLink => Text::MyUnknownTitle,
        ErrorCode::TooManyRequests => Text::ErrorTooMany,
        ErrorCode::Busy => Text::ErrorBusy,
        ErrorCode::Internal => Text::ErrorInternal,
        // The app keeps the contract, so these mean that a newer contract is in force.
        ErrorCode::BrokenJson
        | ErrorCode::WrongType
        | ErrorCode::NotJson
        | ErrorCode::BodyTooLarge
        | ErrorCode::BadQuery
        | ErrorCode::KeyMissing
        | ErrorCode::KeyMalformed
        | ErrorCode::CrossSite
        // Of the staff console; the app for families never gets them.
        | ErrorCode::NotSignedIn
        | ErrorCode::WrongCredentials
        | ErrorCode::NotVouchedFor
        | ErrorCode::NotAMember
        | ErrorCode::WrongCode
        | ErrorCode::SignInPending
        | ErrorCode::SignInAnew
        | ErrorCode::NotAllowed
        | ErrorCode::InvalidForm
        | ErrorCode::Unknown
        | ErrorCode::BelowTaken
        | ErrorCode::NoOpenSeat
        | ErrorCode::OfferStands
        | ErrorCode::ChangedMeanwhile
        | ErrorCode::NotUndoable
        | ErrorCode::WrongState
        | ErrorCode::NotFound
        | ErrorCode::MethodNotAllowed => Text::ErrorOutdated,
    }
}

/// Why there is no answer to use.
pub fn failure(failure: &Failure) -> Text {
    match failure {
        Failure::Network => Text::ErrorNetwork,
        Failure::Timeout => Text::ErrorTimeout,
        Failure::Unreadable => Text::ErrorUnreadable,
        Failure::Refused(refused) => refusal(refused.code),
    }
}

/// The id of the element in which an answer is given: its path, as ids are written.
pub fn element_id(field: Field) -> String {
    field.as_str().replace('.', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::language::Language;

    #[test]
    fn every_fault_of_every_answer_has_a_finished_sentence_in_every_language() {
        for language in Language::ALL {
            speak(*language);
            for field in Field::ALL {
                for code in FaultCode::ALL {
                    let sentence = fault(*field, *code);
                    assert!(sentence.len() > 10 && !sentence.contains(['{', '}']), "{sentence}");
                }
            }
            for code in ErrorCode::ALL {
                assert!(!t(refusal(*code)).is_empty());
            }
        }
    }

    #[test]
    fn a_path_says_whose_answer_is_meant() {
        let whose = |path: &str| {
            let fault = read(&FieldFault { field: path.into(), code: FaultCode::Required })?;
            Some((fault.student, fault.field))
        };
        assert_eq!(whose("student.born_on"), Some((0, Field::BornOn)));
        assert_eq!(whose("siblings.0.student.born_on"), Some((1, Field::BornOn)));
        assert_eq!(whose("siblings.3.student_accepts"), Some((4, Field::Acceptance)));
        assert_eq!(whose("siblings"), Some((0, Field::Siblings)));
        assert_eq!(whose("siblings.9.cohort"), None);
        assert_eq!(whose("whatever"), None);
    }

    #[test]
    fn ids_are_paths() {
        assert_eq!(element_id(Field::StudentSurname), "student-surname");
        assert_eq!(element_id(Field::BornOn), "student-born_on");
    }
}
