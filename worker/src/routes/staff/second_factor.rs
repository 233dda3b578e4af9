//! Setting an authenticator app up.

use crate::platform::Platform;
use crate::qr;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::staff::account::going_on;
use crate::routes::staff::sign_in::{app_secret, given_session, new_secret};
use crate::routes::{Json, body};
use crate::secrets::digest;
use crate::state::Backend;
use crate::store::second_factor::setup::{self, Confirmation};
use crate::store::sign_in::Reopening;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use credentials::totp::Secret;
use credentials::words;
use domain::date::Timestamp;
use domain::error::{ErrorBody, ErrorCode};
use domain::staff::access::{CodeForm, RecoveryCodes, SecondFactorSetup};
use http::HeaderMap;

/// What an authenticator app calls us.
const ISSUER: &str = "TUMO";

/// Recovery codes given at once, and the letters of each: fifty bits, as tries are few.
const RECOVERY_CODES: usize = 10;
const RECOVERY_LETTERS: usize = 10;

/// Offers a secret for an authenticator app; it counts once a code of it is confirmed. To replace an app, the session has to be
/// fresh.
#[utoipa::path(
    post,
    path = "/api/staff/second-factor",
    security(("staff_session" = [])),
    responses(
        (status = 200, body = SecondFactorSetup),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `sign_in_anew`"),
    )
)]
pub async fn offer<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Json<SecondFactorSetup>, Refusal> {
    let (platform, member) = (&backend.platform, signed.author());
    may_replace(&signed, platform.now())?;
    let (mut bytes, mut nonce) = ([0; 20], [0; 24]);
    platform.randomise(&mut bytes)?;
    platform.randomise(&mut nonce)?;
    let secret = Secret::new(bytes);
    setup::offer(platform, member, &backend.secrets.second_factor().seal(secret.as_bytes(), member, nonce)?).await?;
    let address = secret.address(ISSUER, &signed.session().email);
    let qr_svg = qr::svg(&address)?;
    Ok(Json(SecondFactorSetup { secret: secret.base32(), address, qr_svg }))
}

fn may_replace(signed: &Signed, now: Timestamp) -> Result<(), ErrorCode> {
    let standing = &signed.session().standing;
    if standing.second_factor_set && !standing.is_fresh(now) { Err(ErrorCode::SignInAnew) } else { Ok(()) }
}

/// Confirms the app by a code of it. Every other session of the member ends; this one gets another secret. The recovery codes are
/// shown this once.
#[utoipa::path(
    post,
    path = "/api/staff/second-factor/confirm",
    request_body = CodeForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = RecoveryCodes, description = "with a new cookie"),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`, `wrong_code`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `sign_in_anew`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: no secret is offered, or another one by now"),
    )
)]
pub async fn confirm<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form: CodeForm = body::read(&headers, body).await?;
    let (platform, secrets, member) = (&backend.platform, &backend.secrets, signed.author());
    let now = platform.now();
    may_replace(&signed, now)?;
    let sealed = setup::offered(platform, member).await?;
    let shared = app_secret(secrets, &sealed, member)?;
    let step = shared.step_of(form.code.trim(), now.0, 0).ok_or(ErrorCode::WrongCode)?;
    let codes = recovery_codes(platform)?;
    let recovery: Vec<String> = codes.iter().map(|code| secrets.recovery(member, &words::meant(code))).collect();
    let secret = new_secret(platform)?;
    let digest = digest(&secret);
    let session = Reopening { second_factor: true, ..going_on(&signed, &digest, now) };
    setup::confirm(platform, Confirmation { sealed: &sealed, step, recovery: &recovery, session }).await?;
    given_session(&secret, RecoveryCodes { codes })
}

fn recovery_codes(platform: &impl Platform) -> Result<Vec<String>, Refusal> {
    let drawn = |_| {
        let mut bits = [0; RECOVERY_LETTERS];
        platform.randomise(&mut bits)?;
        Ok(words::drawn(&bits))
    };
    (0..RECOVERY_CODES).map(drawn).collect()
}
