//! Signing in: e-mail and password, then the code of the authenticator app.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::{Signed, cookie};
use crate::routes::{Json, address, body};
use crate::secrets::{Secrets, digest};
use crate::state::Backend;
use crate::store::second_factor::{self, Completion, Given};
use crate::store::sign_in::{self, Door, Opening};
use crate::store::tries::Counted;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use credentials::totp::Secret;
use credentials::{password, words};
use data_encoding::BASE64URL_NOPAD;
use domain::error::{ErrorBody, ErrorCode};
use domain::staff::access::{CodeForm, Me, Pending, SignInForm, Ways, account_name};
use domain::staff::sign_in::{TRIES_ADDRESS, TRIES_CODE, TRIES_ELSEWHERE, TRIES_HERE, Way};
use http::HeaderMap;
use http::header::SET_COOKIE;
use serde::Serialize;

/// How one may sign in.
#[utoipa::path(get, path = "/api/staff/sign-in", responses((status = 200, body = Ways)))]
pub async fn ways<P: Platform>(State(backend): State<Backend<P>>) -> Json<Ways> {
    Json(Ways { access: backend.access.is_some() })
}

/// Begins a session by e-mail and password. `pending` says what is still missing.
#[utoipa::path(
    post,
    path = "/api/staff/sign-in",
    request_body = SignInForm,
    responses(
        (status = 200, body = Me, description = "with the cookie of the session"),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`"),
        (status = 401, body = ErrorBody, description = "`wrong_credentials`"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 429, body = ErrorBody, description = "`too_many_requests`; `Retry-After` says when to try again"),
    )
)]
pub async fn sign_in<P: Platform>(
    State(backend): State<Backend<P>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form: SignInForm = body::read(&headers, body).await?;
    let platform = &backend.platform;
    let email = account_name(&form.email);
    let door = door(&backend.secrets, &email, &address::of_client::<P>(&headers));
    let candidate = sign_in::knock(platform, &door, &email, platform.now()).await?;
    // Whether there is such an account is not to be learnt by the clock either.
    let stored = candidate.as_ref().map_or_else(|| password::NOBODYS.to_owned(), |known| known.password_hash.clone());
    let fits = platform.compute(move || password::fits(&form.password, &stored)).await;
    let fits = fits.ok_or_else(|| Refusal::internal("a password could not be judged"))?;
    let candidate = candidate.filter(|_| fits).ok_or(ErrorCode::WrongCredentials)?;
    let secret = new_secret(platform)?;
    let before = cookie::shown(&headers).map(digest);
    let opening = Opening { digest: &digest(&secret), way: Way::Password, instead_of: before.as_deref(), now: platform.now() };
    let session = sign_in::open(platform, &candidate, &door, opening).await?;
    given_session(&secret, session.me(platform.now()))
}

/// Begins a session for whom Cloudflare Access vouches in `Cf-Access-Jwt-Assertion`. The second factor is the identity provider's
/// business.
#[utoipa::path(
    post,
    path = "/api/staff/sign-in/access",
    params(("Cf-Access-Jwt-Assertion" = String, Header, description = "the token, which Cloudflare adds to every request")),
    responses(
        (status = 200, body = Me, description = "with the cookie of the session"),
        (status = 401, body = ErrorBody, description = "`not_vouched_for`: no token that counts; `not_a_member`: it is nobody's here"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: there is no identity provider in front"),
        (status = 503, body = ErrorBody, description = "`busy`: its keys can't be had now"),
    )
)]
pub async fn access<P: Platform>(State(backend): State<Backend<P>>, headers: HeaderMap) -> Result<Response, Refusal> {
    let access = backend.access.as_ref().ok_or(ErrorCode::Unknown)?;
    let token = headers.get("cf-access-jwt-assertion").and_then(|token| token.to_str().ok());
    let platform = &backend.platform;
    let email = access.email(platform, token.ok_or(ErrorCode::NotVouchedFor)?).await?;
    let secret = new_secret(platform)?;
    let before = cookie::shown(&headers).map(digest);
    let opening = Opening { digest: &digest(&secret), way: Way::Access, instead_of: before.as_deref(), now: platform.now() };
    let session = sign_in::open_vouched(platform, &account_name(&email), opening).await?;
    given_session(&secret, session.me(platform.now()))
}

/// What is counted when this account is tried from this address.
fn door(secrets: &Secrets, email: &str, address: &str) -> Door {
    let counted = |parts: &[&str], limit| Counted { key: secrets.sign_in(parts), limit };
    Door {
        here: counted(&["here", email, address], TRIES_HERE),
        address: counted(&["address", address], TRIES_ADDRESS),
        elsewhere: counted(&["elsewhere", email], TRIES_ELSEWHERE),
    }
}

/// Gives the code of the authenticator app, or a recovery code; either serves once. The session gets another secret.
#[utoipa::path(
    post,
    path = "/api/staff/sign-in/code",
    request_body = CodeForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Me, description = "with a new cookie"),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`, `wrong_code`"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: no code is asked for"),
        (status = 429, body = ErrorBody, description = "`too_many_requests`; `Retry-After` says when to try again"),
    )
)]
pub async fn code<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form: CodeForm = body::read(&headers, body).await?;
    if signed.session().standing.pending() != Some(Pending::Code) {
        return Err(ErrorCode::WrongState.into());
    }
    let (platform, secrets, member) = (&backend.platform, &backend.secrets, signed.author());
    let now = platform.now();
    let counted = Counted { key: secrets.sign_in(&["code", member]), limit: TRIES_CODE };
    let app = second_factor::tried(platform, member, &counted, now).await?;
    let shared = app_secret(secrets, &app.sealed, member)?;
    let recovery = secrets.recovery(member, &words::meant(&form.code));
    let given = match shared.step_of(form.code.trim(), now.0, app.last_step) {
        Some(step) => Given::Step(step),
        None => Given::Recovery(&recovery),
    };
    let secret = new_secret(platform)?;
    let completion = Completion { member, before: signed.digest(), digest: &digest(&secret), counted: &counted, now };
    let session = second_factor::complete(platform, given, completion).await?;
    given_session(&secret, session.me(platform.now()))
}

/// The secret of a session: 256 bits.
pub(super) fn new_secret(platform: &impl Platform) -> Result<String, Refusal> {
    let mut bits = [0; 32];
    platform.randomise(&mut bits)?;
    Ok(BASE64URL_NOPAD.encode(&bits))
}

/// An answer that gives the browser a session's secret.
pub(super) fn given_session(secret: &str, answer: impl Serialize) -> Result<Response, Refusal> {
    let cookie = cookie::given(secret).map_err(|_| Refusal::internal("a session's secret is no header value"))?;
    Ok(([(SET_COOKIE, cookie)], Json(answer)).into_response())
}

/// What a member's app and we share.
pub(super) fn app_secret(secrets: &Secrets, sealed: &str, member: &str) -> Result<Secret, Refusal> {
    let opened = Secret::from_slice(&secrets.second_factor().open(sealed, member)?);
    opened.ok_or_else(|| Refusal::internal("an app's secret has another length"))
}
