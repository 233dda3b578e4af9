//! Days on which a centre, or every centre, is closed.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::capacity::closed_days;
use crate::store::staff::Act;
use axum::body::Body;
use axum::extract::State;
use domain::error::{ErrorBody, ErrorCode};
use domain::staff::Acted;
use domain::staff::cohort::{ClosedDayForm, StaffClosedDay};
use http::HeaderMap;

/// The closed days of the centres within reach.
#[utoipa::path(
    get,
    path = "/api/staff/closed-days",
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Vec<StaffClosedDay>),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn list<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
) -> Result<Json<Vec<StaffClosedDay>>, Refusal> {
    Ok(Json(closed_days::all(&backend.platform, &signed.scope()).await?))
}

/// One more closed day; its sessions don't take place.
#[utoipa::path(
    post,
    path = "/api/staff/closed-days",
    request_body = ClosedDayForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `date`, `reason.kk`, `reason.ru`, `reason.en`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`: also for every centre, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre out of reach"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: a session of that day has marks"),
    )
)]
pub async fn add<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let mut form: ClosedDayForm = body::read(&headers, body).await?;
    form.reason = form.reason().map_err(Refusal::form)?;
    let act = Act { author: signed.author(), reason: "", now: backend.platform.now() };
    Ok(Json(closed_days::add(&backend.platform, form, &signed.scope(), act).await?))
}

/// A day is closed no more; its sessions take place again.
#[utoipa::path(
    delete,
    path = "/api/staff/closed-days/{day}",
    params(("day" = u64, Path, description = "identifier of a closed day within reach")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`: also for every centre, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
    )
)]
pub async fn remove<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(day): Path<String>,
) -> Result<Json<Acted>, Refusal> {
    let day = day.parse().map_err(|_| ErrorCode::Unknown)?;
    let act = Act { author: signed.author(), reason: "", now: backend.platform.now() };
    Ok(Json(closed_days::remove(&backend.platform, day, &signed.scope(), act).await?))
}
