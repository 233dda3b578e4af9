//! Every machine word of a refusal as a sentence, and other words of the contract as people say them. A word without a sentence
//! doesn't compile.

use crate::text::{Text, fill, t};
use app::api::Failure;
use domain::application::Relation;
use domain::error::{ErrorCode, FaultCode};
use domain::staff::access::{PASSWORD_MIN, Role};
use domain::staff::attendance::SessionState;
use domain::staff::cohort::CohortWarning;

/// Why there is no answer to use.
pub fn failure(failure: &Failure) -> String {
    t(match failure {
        Failure::Network => Text::ErrorNetwork,
        Failure::Timeout => Text::ErrorTimeout,
        Failure::Unreadable => Text::ErrorUnreadable,
        Failure::Refused(refusal) => refused(refusal.code),
    })
    .to_owned()
}

/// Why a whole request was refused.
pub fn refused(code: ErrorCode) -> Text {
    match code {
        ErrorCode::WrongCredentials => Text::ErrorWrongCredentials,
        ErrorCode::NotVouchedFor => Text::ErrorNotVouchedFor,
        ErrorCode::NotAMember => Text::ErrorNotAMember,
        ErrorCode::WrongCode => Text::ErrorWrongCode,
        ErrorCode::NotSignedIn => Text::ErrorNotSignedIn,
        ErrorCode::SignInPending => Text::ErrorSignInPending,
        ErrorCode::SignInAnew => Text::ErrorSignInAnew,
        ErrorCode::NotAllowed => Text::ErrorNotAllowed,
        ErrorCode::InvalidForm | ErrorCode::InvalidApplication | ErrorCode::WrongType => Text::ErrorInvalidForm,
        ErrorCode::Unknown | ErrorCode::UnknownLink => Text::ErrorUnknown,
        ErrorCode::BelowTaken => Text::ErrorBelowTaken,
        ErrorCode::ChangedMeanwhile => Text::ErrorChangedMeanwhile,
        ErrorCode::NotUndoable => Text::ErrorNotUndoable,
        ErrorCode::WrongState | ErrorCode::OfferOver | ErrorCode::RegistrationOver => Text::ErrorWrongState,
        ErrorCode::AlreadyRegistered => Text::ErrorAlreadyRegistered,
        ErrorCode::TooManyPlaces => Text::ErrorTooManyPlaces,
        ErrorCode::NoOpenSeat => Text::ErrorNoOpenSeat,
        ErrorCode::OfferStands => Text::ErrorOfferStands,
        ErrorCode::NotOffered => Text::ErrorNotOffered,
        ErrorCode::NotOpenYet | ErrorCode::Closed => Text::ErrorIntakeClosed,
        ErrorCode::BodyTooLarge => Text::ErrorTooLarge,
        ErrorCode::TooManyRequests => Text::ErrorTooMany,
        ErrorCode::Busy => Text::ErrorBusy,
        ErrorCode::Internal => Text::ErrorInternal,
        // The console keeps the contract, so these mean that a newer contract is in force.
        ErrorCode::BrokenJson
        | ErrorCode::NotJson
        | ErrorCode::BadQuery
        | ErrorCode::KeyMissing
        | ErrorCode::KeyMalformed
        | ErrorCode::KeyReused
        | ErrorCode::CrossSite
        | ErrorCode::NotFound
        | ErrorCode::MethodNotAllowed => Text::ErrorOutdated,
    }
}

/// What is wrong with one answer.
pub fn fault(code: FaultCode) -> String {
    let text = match code {
        FaultCode::Required => Text::FaultRequired,
        FaultCode::TooLong => Text::FaultTooLong,
        FaultCode::TooShort => Text::FaultTooShort,
        FaultCode::Taken => Text::FaultTaken,
        FaultCode::Clash => Text::FaultClash,
        FaultCode::ClosedDay => Text::FaultClosedDay,
        FaultCode::InUse => Text::FaultInUse,
        FaultCode::OutOfRange => Text::FaultOutOfRange,
        FaultCode::NameCharacters => Text::FaultNameCharacters,
        FaultCode::LineCharacters => Text::FaultLineCharacters,
        FaultCode::NotADate | FaultCode::YearDigits => Text::FaultNotADate,
        FaultCode::InTheFuture => Text::FaultInTheFuture,
        FaultCode::TooYoung => Text::FaultTooYoung,
        FaultCode::TooOld => Text::FaultTooOld,
        FaultCode::IinDigits => Text::FaultIinDigits,
        FaultCode::IinCheck => Text::FaultIinCheck,
        FaultCode::PhoneCharacters | FaultCode::PhoneLength | FaultCode::PhonePrefix => Text::FaultPhone,
        FaultCode::PhoneSame => Text::FaultPhoneSame,
        FaultCode::EmailFormat => Text::FaultEmail,
        FaultCode::UnknownChoice => Text::FaultUnknownChoice,
        FaultCode::TooManyTracks => Text::FaultTooManyTracks,
        FaultCode::TrackNotOffered => Text::FaultTrackNotOffered,
        FaultCode::UnknownCohort => Text::FaultUnknownCohort,
        FaultCode::OtherCentre => Text::FaultOtherCentre,
        FaultCode::SameStudent => Text::FaultSameStudent,
        FaultCode::TooManyStudents => Text::FaultTooManyStudents,
        FaultCode::UnderAge => Text::FaultUnderAge,
        FaultCode::ConsentNeeded | FaultCode::AcceptanceNeeded => Text::FaultConsentNeeded,
        FaultCode::ConsentOutdated => Text::FaultConsentOutdated,
        FaultCode::WrongType => Text::FaultWrongType,
    };
    fill(t(text), &[("min", &PASSWORD_MIN.to_string())])
}

/// What a role is called.
pub fn role_name(role: Role) -> &'static str {
    t(match role {
        Role::Administrator => Text::RoleAdministrator,
        Role::Coordinator => Text::RoleCoordinator,
        Role::Trainer => Text::RoleTrainer,
        Role::Viewer => Text::RoleViewer,
    })
}

/// What somebody is to a student.
pub fn relation_name(relation: Relation) -> &'static str {
    use app::text::Text as Family;
    app::text::t(match relation {
        Relation::Mother => Family::GuardianRelationMother,
        Relation::Father => Family::GuardianRelationFather,
        Relation::Representative => Family::GuardianRelationRepresentative,
        Relation::Myself => Family::GuardianRelationSelf,
    })
}

/// What a role is for.
pub fn role_note(role: Role) -> &'static str {
    t(match role {
        Role::Administrator => Text::RoleAdministratorNote,
        Role::Coordinator => Text::RoleCoordinatorNote,
        Role::Trainer => Text::RoleTrainerNote,
        Role::Viewer => Text::RoleViewerNote,
    })
}

/// What is worth a look about a cohort.
pub fn warning(warning: CohortWarning) -> Text {
    match warning {
        CohortWarning::NoTrainer => Text::WarningNoTrainer,
        CohortWarning::TrainerClash => Text::WarningTrainerClash,
        CohortWarning::OverWorkstations => Text::WarningOverWorkstations,
        CohortWarning::FreeWhileWaiting => Text::WarningFreeWhileWaiting,
        CohortWarning::HalfEmpty => Text::WarningHalfEmpty,
    }
}

/// Whether a session takes place.
pub fn session_state(state: SessionState) -> Text {
    match state {
        SessionState::Planned => Text::SessionsPlanned,
        SessionState::Moved => Text::SessionsMoved,
        SessionState::Cancelled => Text::SessionsCancelled,
        SessionState::Closed => Text::SessionsClosed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::language::Language;

    #[test]
    fn every_refusal_and_fault_has_a_finished_sentence_in_every_language() {
        for language in Language::ALL {
            speak(*language);
            for code in FaultCode::ALL {
                let sentence = fault(*code);
                assert!(sentence.len() > 8 && !sentence.contains(['{', '}']), "{sentence}");
            }
            for code in ErrorCode::ALL {
                assert!(t(refused(*code)).len() > 8);
            }
            for role in Role::ALL {
                assert!(role_name(*role) != role_note(*role));
            }
        }
    }
}
