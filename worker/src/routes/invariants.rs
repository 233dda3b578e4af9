//! `GET /api/invariants`.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::state::Backend;
use axum::extract::State;
use domain::error::ErrorBody;
use domain::invariants::Invariants;

/// Whether every promise about seats, order and letters holds, counted from the tables. The answer may be some seconds old.
#[utoipa::path(
    get,
    path = "/api/invariants",
    responses((status = 200, body = Invariants), (status = 503, body = ErrorBody, description = "`busy`"))
)]
pub async fn show<P: Platform>(State(backend): State<Backend<P>>) -> Result<Json<Invariants>, Refusal> {
    Ok(Json(backend.invariants().await?.as_ref().clone()))
}
