//! How a refusal becomes a response. Whatever isn't the family's doing is told to the log and not to the outside.

use crate::platform::{DatabaseError, RandomnessError};
use crate::secrets::SecretError;
use axum::response::{IntoResponse, Response};
use domain::application::Fault;
use domain::error::{ErrorBody, ErrorCode, ErrorDetail, FaultCode, FieldFault};
use http::{HeaderValue, StatusCode, header};

/// A request that isn't answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why, for the outside.
    pub code: ErrorCode,
    /// Faults of single answers.
    pub fields: Vec<FieldFault>,
    /// Why, for the log; never personal data.
    pub log: Option<String>,
}

impl Refusal {
    /// A refusal of the whole request.
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, fields: Vec::new(), log: None }
    }

    /// Answers with faults.
    pub fn faults(faults: Vec<Fault>) -> Self {
        Self { fields: faults.into_iter().map(FieldFault::from).collect(), ..Self::new(ErrorCode::InvalidApplication) }
    }

    /// One value whose type or form is off.
    pub fn field(code: ErrorCode, field: String, fault: FaultCode) -> Self {
        Self { fields: vec![FieldFault { field, code: fault }], ..Self::new(code) }
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
            | ErrorCode::KeyMalformed => StatusCode::BAD_REQUEST,
            ErrorCode::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ErrorCode::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::NotOpenYet | ErrorCode::Closed | ErrorCode::AlreadyRegistered => StatusCode::CONFLICT,
            ErrorCode::UnknownLink | ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::CrossSite => StatusCode::FORBIDDEN,
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

/// How long a client waits before it tries again, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = ErrorBody { error: ErrorDetail { code: self.code, fields: self.fields } };
        let json = serde_json::to_string(&body).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], json).into_response();
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        if let Some(line) = self.log {
            response.extensions_mut().insert(LogLine(line));
        }
        response
    }
}
