//! How a refusal is said on the wire: machine words here, sentences in the app's three languages.

use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// Why a whole request was refused.
    ErrorCode {
        /// The body isn't JSON.
        BrokenJson = "broken_json",
        /// A value has another type than the contract says; `fields` names it.
        WrongType = "wrong_type",
        /// The answers have faults; `fields` names each.
        InvalidApplication = "invalid_application",
        /// The body isn't declared as `application/json`.
        NotJson = "not_json",
        /// The body is larger than [`crate::application::BODY_MAX`].
        BodyTooLarge = "body_too_large",
        /// A query parameter isn't what the contract says; `fields` names it.
        BadQuery = "bad_query",
        /// No `Idempotency-Key` header.
        KeyMissing = "idempotency_key_missing",
        /// The `Idempotency-Key` isn't 16 to 64 letters, digits, `-` or `_`.
        KeyMalformed = "idempotency_key_malformed",
        /// The key was used before with other answers.
        KeyReused = "idempotency_key_reused",
        /// Registration has not opened yet.
        NotOpenYet = "intake_not_open_yet",
        /// Registration is over.
        Closed = "intake_closed",
        /// The same student is registered already.
        AlreadyRegistered = "already_registered",
        /// The offer was answered before, or it has run out.
        OfferOver = "offer_over",
        /// The registration is over: there is nothing left to give up.
        RegistrationOver = "registration_over",
        /// The student has a seat and waits in three other cohorts, or is in four: one has to be given up first.
        TooManyPlaces = "too_many_places",
        /// The cohort isn't on offer any more, or not with these tracks.
        NotOffered = "not_offered",
        /// No private link, or one that was never issued.
        UnknownLink = "unknown_link",
        /// The request came from a page of another site.
        CrossSite = "cross_site",
        /// Too many tries with the same contact.
        TooManyRequests = "too_many_requests",
        /// Nobody is signed in, or not any more.
        NotSignedIn = "not_signed_in",
        /// E-mail and password don't belong together, or the account is closed.
        WrongCredentials = "wrong_credentials",
        /// The identity provider in front of the site vouches for nobody: no token, or one that doesn't count.
        NotVouchedFor = "not_vouched_for",
        /// Whom the identity provider vouches for has no account here, or a closed one.
        NotAMember = "not_a_member",
        /// The code of the authenticator app is wrong or was used before.
        WrongCode = "wrong_code",
        /// Signing in isn't finished: [`crate::staff::access::Me::pending`] says what is missing.
        SignInPending = "sign_in_pending",
        /// This takes a session that was begun a moment ago: sign in again.
        SignInAnew = "sign_in_anew",
        /// This staff member may not do this, or not at this centre.
        NotAllowed = "not_allowed",
        /// A form of the staff console has faults; `fields` names each.
        InvalidForm = "invalid_form",
        /// There is no such thing, or none this staff member may know of.
        Unknown = "unknown",
        /// Fewer seats than are taken.
        BelowTaken = "below_taken",
        /// The cohort has no seat for a newcomer: all are taken, or somebody waits.
        NoOpenSeat = "no_open_seat",
        /// A seat is offered: the family's answer comes first.
        OfferStands = "offer_stands",
        /// Somebody else has changed it since it was read.
        ChangedMeanwhile = "changed_meanwhile",
        /// It can't be undone: too late, undone before, or what came after stands in the way.
        NotUndoable = "not_undoable",
        /// The state it is in doesn't allow this.
        WrongState = "wrong_state",
        /// No such address.
        NotFound = "not_found",
        /// The address exists, the method doesn't.
        MethodNotAllowed = "method_not_allowed",
        /// The store can't take the request now; nothing was stored; try again with the same key.
        Busy = "busy",
        /// A fault of ours.
        Internal = "internal",
    }
}

words! {
    /// What is wrong with one answer.
    FaultCode {
        /// An answer is missing.
        Required = "required",
        /// Longer than the limit.
        TooLong = "too_long",
        /// A name with digits or signs.
        NameCharacters = "name_characters",
        /// A line with control characters.
        LineCharacters = "line_characters",
        /// No such day in the calendar, or day, month or year is missing.
        NotADate = "not_a_date",
        /// A year of fewer digits than four: nobody says which century is meant.
        YearDigits = "year_digits",
        /// A birth date in the future.
        InTheFuture = "in_the_future",
        /// Younger than the intake's ages on its first session date.
        TooYoung = "too_young",
        /// Older than the intake's ages on its first session date.
        TooOld = "too_old",
        /// Not twelve digits.
        IinDigits = "iin_digits",
        /// A slip in the number: the check digit is wrong.
        IinCheck = "iin_check",
        /// Letters in a telephone number.
        PhoneCharacters = "phone_characters",
        /// Too few or too many digits.
        PhoneLength = "phone_length",
        /// No such prefix.
        PhonePrefix = "phone_prefix",
        /// The second guardian's number is the first one's.
        PhoneSame = "phone_same",
        /// Not an address.
        EmailFormat = "email_format",
        /// Not one of the choices.
        UnknownChoice = "unknown_choice",
        /// More than three tracks.
        TooManyTracks = "too_many_tracks",
        /// The cohort doesn't offer a chosen track.
        TrackNotOffered = "track_not_offered",
        /// No such cohort, or one that takes no newcomers any more.
        UnknownCohort = "unknown_cohort",
        /// The cohort is at another centre than the chosen one.
        OtherCentre = "other_centre",
        /// The same student twice in one application.
        SameStudent = "same_student",
        /// More students than one application takes.
        TooManyStudents = "too_many_students",
        /// Only somebody of age registers without a guardian.
        UnderAge = "under_age",
        /// Consent to a purpose without which there is no enrolment.
        ConsentNeeded = "consent_needed",
        /// The consent text has changed since it was shown.
        ConsentOutdated = "consent_outdated",
        /// The student's own acceptance, needed from fourteen.
        AcceptanceNeeded = "acceptance_needed",
        /// A password shorter than [`crate::staff::access::PASSWORD_MIN`].
        TooShort = "too_short",
        /// One that exists already.
        Taken = "taken",
        /// It overlaps with another one.
        Clash = "clash",
        /// The centre is closed on that day.
        ClosedDay = "closed_day",
        /// It can't go: somebody has chosen it.
        InUse = "in_use",
        /// Outside the bounds that are allowed.
        OutOfRange = "out_of_range",
        /// Another type than the contract says.
        WrongType = "wrong_type",
    }
}

/// A fault of one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldFault {
    /// Path of the answer in the application, such as `student.born_on` or `siblings.0.cohort`: see
    /// [`crate::application::Fault::path`]; another one only when the JSON itself was off.
    pub field: String,
    /// What is wrong with it.
    pub code: FaultCode,
}

/// The body of every refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorDetail {
    /// Why the request was refused.
    pub code: ErrorCode,
    /// The faults of single answers, in the order of the form; empty when the request as a whole is at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFault>,
}
