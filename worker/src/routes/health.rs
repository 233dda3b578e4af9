//! `GET /api/health`.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::state::Backend;
use crate::store;
use axum::extract::State;
use domain::date::Timestamp;
use domain::error::ErrorBody;
use serde::Serialize;
use utoipa::ToSchema;

/// The backend can answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `true`; anything else is an error answer.
    ok: bool,
    /// The server's clock.
    at: Timestamp,
}

/// Whether the store answers.
#[utoipa::path(
    get,
    path = "/api/health",
    responses((status = 200, body = Health), (status = 503, body = ErrorBody, description = "`busy`"))
)]
pub async fn show<P: Platform>(State(backend): State<Backend<P>>) -> Result<Json<Health>, Refusal> {
    store::answers(&backend.platform).await?;
    Ok(Json(Health { ok: true, at: backend.platform.now() }))
}
