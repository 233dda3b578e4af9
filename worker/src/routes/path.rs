//! Reads the parameters of an address.

use crate::refusal::Refusal;
use axum::extract::FromRequestParts;
use domain::error::ErrorCode;
use http::request::Parts;
use serde::de::DeserializeOwned;

/// The parameters of an address. Whatever can't be one names nothing that exists, and is answered like it: 404 `unknown`.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        #[expect(clippy::disallowed_types, reason = "the one place that turns its plain-text refusals into ours")]
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(parameters)) => Ok(Self(parameters)),
            Err(rejection) if rejection.status().is_client_error() => Err(ErrorCode::Unknown.into()),
            // A handler asks for other parameters than its address has.
            Err(rejection) => Err(Refusal::internal(rejection.body_text())),
        }
    }
}
