//! `GET /api/catalogue`.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::state::Backend;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::catalogue::Catalogue;
use domain::error::ErrorBody;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

/// The published catalogue: centres, tracks, cohorts, terms. Changes show within two minutes.
#[utoipa::path(
    get,
    path = "/api/catalogue",
    responses((status = 200, body = Catalogue), (status = 503, body = ErrorBody, description = "`busy`"))
)]
pub async fn show<P: Platform>(State(backend): State<Backend<P>>) -> Result<Response, Refusal> {
    let published = match backend.platform.published_catalogue().await {
        Some(copy) => copy,
        None => {
            let catalogue = serde_json::to_string(backend.catalogue().await?.as_ref())?;
            backend.platform.publish_catalogue(&catalogue).await;
            catalogue
        }
    };
    Ok(([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=60")], published).into_response())
}
