//! `GET /api/staff/overview`.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::routes::staff::Signed;
use crate::state::Backend;
use crate::store::console::overview;
use axum::extract::State;
use domain::error::ErrorBody;
use domain::staff::overview::Overview;

/// Figures without names: progress, fill, demand, attendance, of the centres within reach.
#[utoipa::path(
    get,
    path = "/api/staff/overview",
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Overview),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn show<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Json<Overview>, Refusal> {
    let catalogue = backend.catalogue().await?;
    let now = backend.platform.now();
    Ok(Json(overview::overview(&backend.platform, &catalogue, &signed.scope(), now).await?))
}
