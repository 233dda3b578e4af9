//! A member's own account: who they are, their password, signing out.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::sign_in::{given_session, new_secret};
use crate::routes::staff::{Signed, cookie};
use crate::routes::{Json, body};
use crate::secrets::digest;
use crate::state::Backend;
use crate::store::password;
use crate::store::sign_in::{self, Reopening};
use crate::store::tries::Counted;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::date::Timestamp;
use domain::error::{ErrorBody, ErrorCode};
use domain::staff::access::{Me, PasswordForm};
use domain::staff::sign_in::TRIES_CODE;
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};

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

/// Chooses another password. Every other session of the member ends; this one gets another secret.
#[utoipa::path(
    put,
    path = "/api/staff/password",
    request_body = PasswordForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Me, description = "with a new cookie"),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`, `invalid_form`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`, `wrong_credentials`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`"),
        (status = 429, body = ErrorBody, description = "`too_many_requests`; `Retry-After` says when to try again"),
    )
)]
pub async fn change_password<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form: PasswordForm = body::read(&headers, body).await?;
    let faults = form.faults();
    if !faults.is_empty() {
        return Err(Refusal::form(faults));
    }
    let (platform, member) = (&backend.platform, signed.author());
    let now = platform.now();
    let counted = Counted { key: backend.secrets.sign_in(&["password", member]), limit: TRIES_CODE };
    let judged = password::tried(platform, member, &counted, now).await?;
    let mut salt = [0; 16];
    platform.randomise(&mut salt)?;
    let (PasswordForm { current, new }, stored) = (form, judged.clone());
    let worked = platform.compute(move || {
        let fits = credentials::password::fits(&current, &stored);
        if fits { credentials::password::hash(&new, salt).map(Some) } else { Some(None) }
    });
    let hash = worked.await.flatten().ok_or_else(|| Refusal::internal("a password could not be judged or hashed"))?;
    let hash = hash.ok_or(ErrorCode::WrongCredentials)?;
    let secret = new_secret(platform)?;
    let session = password::change(platform, &judged, &hash, &counted, going_on(&signed, &digest(&secret), now)).await?;
    given_session(&secret, session.me(now))
}

/// The session of the request, to go on under another secret.
pub(super) fn going_on<'a>(signed: &'a Signed, digest: &'a str, now: Timestamp) -> Reopening<'a> {
    let standing = &signed.session().standing;
    Reopening {
        member: signed.author(),
        digest,
        way: standing.way,
        second_factor: standing.second_factor_given,
        created_at: standing.created_at,
        now,
    }
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
