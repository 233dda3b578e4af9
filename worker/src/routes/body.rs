//! Reads the body of a request.

use crate::refusal::Refusal;
use axum::body::{Body, to_bytes};
use domain::application::BODY_MAX;
use domain::error::{ErrorCode, FaultCode};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

/// The JSON of a request.
///
/// # Errors
/// What is wrong with it, and where.
pub async fn read<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Refusal> {
    read_up_to(BODY_MAX, headers, body).await
}

/// The JSON of a request that may be larger or has to be smaller than others.
///
/// # Errors
/// As [`read`].
pub async fn read_up_to<T: DeserializeOwned>(most: usize, headers: &HeaderMap, body: Body) -> Result<T, Refusal> {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !declared.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return Err(ErrorCode::NotJson.into());
    }
    let body = to_bytes(body, most).await.map_err(|_| ErrorCode::BodyTooLarge)?;
    // Knowing at each value where it stands costs as much again; only what is refused has to be told where.
    if let Ok(form) = serde_json::from_slice(&body) {
        return Ok(form);
    }
    let mut reader = serde_json::Deserializer::from_slice(&body);
    let form = serde_path_to_error::deserialize(&mut reader).map_err(|error| match error.inner().classify() {
        serde_json::error::Category::Data => {
            Refusal::field(ErrorCode::WrongType, error.path().to_string(), FaultCode::WrongType)
        }
        _ => ErrorCode::BrokenJson.into(),
    })?;
    reader.end().map_err(|_| ErrorCode::BrokenJson)?;
    Ok(form)
}
