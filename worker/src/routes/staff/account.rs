//! A member's own account.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::routes::staff::{Signed, cookie};
use crate::state::Backend;
use crate::store::sign_in;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorBody;
use domain::staff::access::Me;
use http::StatusCode;
use http::header::SET_COOKIE;

/// Who is signed in, and what is still missing.
#[utoipa::path(
    get,
    path = "/api/staff/me",
    security(("staff_session" = [])),
    responses((status = 200, body = Me), (status = 401, body = ErrorBody, description = "`not_signed_in`"))
)]
pub async fn me<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Json<Me> {
    Json(signed.session().me(backend.platform.now()))
}

/// Ends this session.
#[utoipa::path(
    post,
    path = "/api/staff/sign-out",
    security(("staff_session" = [])),
    responses(
        (status = 204, description = "and the cookie is taken back"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
    )
)]
pub async fn sign_out<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Response, Refusal> {
    sign_in::end(&backend.platform, signed.digest()).await?;
    signed_out()
}

/// Ends every session of this member, this one too.
#[utoipa::path(
    post,
    path = "/api/staff/sign-out-everywhere",
    security(("staff_session" = [])),
    responses(
        (status = 204, description = "and the cookie is taken back"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`"),
    )
)]
pub async fn sign_out_everywhere<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Response, Refusal> {
    let platform = &backend.platform;
    sign_in::end_all(platform, signed.author(), platform.now()).await?;
    signed_out()
}

/// The answer to who has signed out.
fn signed_out() -> Result<Response, Refusal> {
    let cookie = cookie::taken().map_err(|_| Refusal::internal("a cookie is no header value"))?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}
