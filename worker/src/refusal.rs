//! How a refusal becomes a response. Whatever isn't the family's doing is told to the log and not to the outside.

use crate::platform::{DatabaseError, RandomnessError};
use crate::secrets::SecretError;
use axum::response::{IntoResponse, Response};
use domain::application::Fault;
use domain::error::{ErrorBody, ErrorCode, ErrorDetail, FaultCode, FieldFault};
use http::{HeaderValue, StatusCode, header};
use std::sync::atomic::{AtomicU32, Ordering};

/// A request that isn't answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why, for the outside.
    pub code: ErrorCode,
    /// Faults of single answers.
    pub fields: Vec<FieldFault>,
    /// Why, for the log; never personal data.
    pub log: Option<String>,
    /// After how many seconds it may be tried again, where that is known.
    pub wait: Option<u32>,
}

impl Refusal {
    /// A refusal of the whole request.
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, fields: Vec::new(), log: None, wait: None }
    }

    /// Answers with faults.
    pub fn faults(faults: Vec<Fault>) -> Self {
        Self { fields: faults.into_iter().map(FieldFault::from).collect(), ..Self::new(ErrorCode::InvalidApplication) }
    }

    /// One value whose type or form is off.
    pub fn field(code: ErrorCode, field: String, fault: FaultCode) -> Self {
        Self { fields: vec![FieldFault { field, code: fault }], ..Self::new(code) }
    }

    /// A form of the staff console with faults.
    pub fn form(fields: Vec<FieldFault>) -> Self {
        Self { fields, ..Self::new(ErrorCode::InvalidForm) }
    }

    /// Too many tries: the next one in so many seconds.
    pub fn too_many(wait: u32) -> Self {
        Self { wait: Some(wait), ..Self::new(ErrorCode::TooManyRequests) }
    }

    /// A fault of ours.
    pub fn internal(log: impl Into<String>) -> Self {
        Self { log: Some(log.into()), ..Self::new(ErrorCode::Internal) }
    }

    /// The status that says the same to machines that don't read bodies.
    pub const fn status(&self) -> StatusCode {
        match self.code {
            ErrorCode::BrokenJson
            | ErrorCode::WrongType
            | ErrorCode::InvalidApplication
            | ErrorCode::BadQuery
            | ErrorCode::KeyMissing
            | ErrorCode::InvalidForm
            | ErrorCode::KeyMalformed => StatusCode::BAD_REQUEST,
            ErrorCode::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ErrorCode::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::NotOpenYet
            | ErrorCode::Closed
            | ErrorCode::AlreadyRegistered
            | ErrorCode::OfferOver
            | ErrorCode::RegistrationOver
            | ErrorCode::TooManyPlaces
            | ErrorCode::NotOffered
            | ErrorCode::BelowTaken
            | ErrorCode::NoOpenSeat
            | ErrorCode::OfferStands
            | ErrorCode::ChangedMeanwhile
            | ErrorCode::NotUndoable
            | ErrorCode::WrongState => StatusCode::CONFLICT,
            ErrorCode::UnknownLink | ErrorCode::NotFound | ErrorCode::Unknown => StatusCode::NOT_FOUND,
            ErrorCode::NotSignedIn
            | ErrorCode::WrongCredentials
            | ErrorCode::NotVouchedFor
            | ErrorCode::NotAMember
            | ErrorCode::WrongCode => StatusCode::UNAUTHORIZED,
            ErrorCode::CrossSite | ErrorCode::SignInPending | ErrorCode::SignInAnew | ErrorCode::NotAllowed => {
                StatusCode::FORBIDDEN
            }
            ErrorCode::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ErrorCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<DatabaseError> for Refusal {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Unavailable(message) => Self { log: Some(message), ..Self::new(ErrorCode::Busy) },
            DatabaseError::Constraint(message) | DatabaseError::Fault(message) => Self::internal(message),
        }
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        // The category, not the message: a message can quote a stored value.
        Self::internal(format!(
            "a stored row has another form than expected: {:?} at column {}",
            error.classify(),
            error.column()
        ))
    }
}

impl From<SecretError> for Refusal {
    fn from(error: SecretError) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<RandomnessError> for Refusal {
    fn from(_: RandomnessError) -> Self {
        Self::internal("the host gave no randomness")
    }
}

/// What the log of a refused request says; read by the middleware that logs.
#[derive(Debug, Clone)]
pub struct LogLine(pub String);

/// The shortest time after which a client is told to try again, in seconds.
const RETRY_AFTER_LEAST: u32 = 3;

/// How many different times there are, a second apart.
const RETRY_AFTER_SPREAD: u32 = 8;

/// How long this client waits before it tries again, in seconds. Who is refused in the same moment must not come back in the same
/// moment: the times are dealt out in turn, which spreads them more evenly than chance and asks nothing of the platform. Each
/// phone adds some chance of its own.
fn retry_after() -> u32 {
    static REFUSED: AtomicU32 = AtomicU32::new(0);
    RETRY_AFTER_LEAST + REFUSED.fetch_add(1, Ordering::Relaxed) % RETRY_AFTER_SPREAD
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = ErrorBody { error: ErrorDetail { code: self.code, fields: self.fields } };
        let json = serde_json::to_string(&body).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], json).into_response();
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(self.wait.unwrap_or_else(retry_after)));
        }
        if let Some(line) = self.log {
            response.extensions_mut().insert(LogLine(line));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: ErrorCode) -> Option<String> {
        let response = Refusal::new(code).into_response();
        let seconds = response.headers().get(header::RETRY_AFTER)?;
        Some(seconds.to_str().expect("a number").to_owned())
    }

    #[test]
    fn who_is_refused_together_comes_back_spread_over_eight_seconds() {
        let mut seconds: Vec<u32> =
            (0..8).filter_map(|_| told(ErrorCode::Busy)).map(|seconds| seconds.parse().expect("seconds")).collect();
        seconds.sort_unstable();
        assert!(seconds.iter().all(|second| (3..=10).contains(second)), "{seconds:?}");
        seconds.dedup();
        // Another test may draw in between; a time that two of these get is a time that one of those didn't.
        assert!(seconds.len() >= 6, "{seconds:?}");
    }

    #[test]
    fn only_a_refusal_that_passes_says_when_to_come_back() {
        assert!(told(ErrorCode::TooManyRequests).is_some());
        assert_eq!(told(ErrorCode::Internal), None);
        assert_eq!(told(ErrorCode::Closed), None);
    }
}
