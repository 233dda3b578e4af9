//! Staff members: who may sign in, as what, where.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::acts::MemberAct;
use crate::store::members::{self, NewMember};
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use credentials::{password, words};
use domain::error::ErrorBody;
use domain::staff::Acted;
use domain::staff::access::{FirstPassword, StaffForm, StaffMember, account_name};
use domain::staff::journal::Act;
use http::{HeaderMap, StatusCode};

/// Letters of a first password: a hundred bits.
const PASSWORD_LETTERS: usize = 20;

/// All members.
#[utoipa::path(
    get,
    path = "/api/staff/members",
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Vec<StaffMember>),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn list<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Json<Vec<StaffMember>>, Refusal> {
    Ok(Json(members::all(&backend.platform, &signed.scope()).await?))
}

/// Adds a member. The first password is in the answer, this once, to be handed over; it has to be changed at the first sign-in.
#[utoipa::path(
    post,
    path = "/api/staff/members",
    request_body = StaffForm,
    security(("staff_session" = [])),
    responses(
        (status = 201, body = FirstPassword),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`, `invalid_form`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn add<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form: StaffForm = body::read(&headers, body).await?;
    let faults = form.faults();
    if !faults.is_empty() {
        return Err(Refusal::form(faults));
    }
    let platform = &backend.platform;
    let (password, password_hash) = first_password(platform).await?;
    let id = backend.platform.ulid()?;
    let new = NewMember {
        id: &id,
        email: &account_name(&form.email),
        name: form.name.trim(),
        role: form.role,
        centre: form.centre.as_deref(),
        language: form.language,
        password_hash: &password_hash,
    };
    members::add(platform, new, signed.author(), platform.now()).await?;
    Ok((StatusCode::CREATED, Json(FirstPassword { id, password })).into_response())
}

/// A password to be handed over, and what is stored of it.
async fn first_password(platform: &impl Platform) -> Result<(String, String), Refusal> {
    let (mut letters, mut salt) = ([0; PASSWORD_LETTERS], [0; 16]);
    platform.randomise(&mut letters)?;
    platform.randomise(&mut salt)?;
    let drawn = words::drawn(&letters);
    let password = drawn.clone();
    let hash = platform.compute(move || password::hash(&password, salt)).await.flatten();
    Ok((drawn, hash.ok_or_else(|| Refusal::internal("a password could not be hashed"))?))
}

fn act<'a, P: Platform>(backend: &Backend<P>, act: Act, signed: &'a Signed, member: &'a str) -> MemberAct<'a> {
    MemberAct { act, author: signed.author(), member, now: backend.platform.now() }
}

/// Changes what is known of a member. Another role or centre ends their sessions.
#[utoipa::path(
    put,
    path = "/api/staff/members/{member}",
    params(("member" = String, Path, description = "identifier of a staff member")),
    request_body = StaffForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`, `invalid_form`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: no administrator would remain"),
    )
)]
pub async fn change<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(member): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: StaffForm = body::read(&headers, body).await?;
    let faults = form.faults();
    if !faults.is_empty() {
        return Err(Refusal::form(faults));
    }
    let act = act(&backend, Act::MemberChanged, &signed, &member);
    Ok(Json(members::change(&backend.platform, act, &signed.scope(), &form).await?))
}

/// Closes a member's account, which ends their sessions.
#[utoipa::path(
    post,
    path = "/api/staff/members/{member}/disable",
    params(("member" = String, Path, description = "identifier of a staff member")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: closed already, or no administrator would remain"),
    )
)]
pub async fn disable<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(member): Path<String>,
) -> Result<Json<Acted>, Refusal> {
    let act = act(&backend, Act::MemberDisabled, &signed, &member);
    Ok(Json(members::disable(&backend.platform, act, &signed.scope(), true).await?))
}

/// Opens a closed account again.
#[utoipa::path(
    post,
    path = "/api/staff/members/{member}/enable",
    params(("member" = String, Path, description = "identifier of a staff member")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: it isn't closed"),
    )
)]
pub async fn enable<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(member): Path<String>,
) -> Result<Json<Acted>, Refusal> {
    let act = act(&backend, Act::MemberEnabled, &signed, &member);
    Ok(Json(members::disable(&backend.platform, act, &signed.scope(), false).await?))
}

/// Gives a member another first password, which ends their sessions.
#[utoipa::path(
    post,
    path = "/api/staff/members/{member}/reset-password",
    params(("member" = String, Path, description = "identifier of a staff member")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = FirstPassword),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
    )
)]
pub async fn reset_password<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(member): Path<String>,
) -> Result<Json<FirstPassword>, Refusal> {
    reset(&backend, &signed, member, false).await
}

/// Forgets a member's authenticator app and gives them another first password, which ends their sessions.
#[utoipa::path(
    post,
    path = "/api/staff/members/{member}/reset-second-factor",
    params(("member" = String, Path, description = "identifier of a staff member")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = FirstPassword),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`cross_site`, `sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
    )
)]
pub async fn reset_second_factor<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(member): Path<String>,
) -> Result<Json<FirstPassword>, Refusal> {
    reset(&backend, &signed, member, true).await
}

async fn reset<P: Platform>(
    backend: &Backend<P>,
    signed: &Signed,
    member: String,
    second_factor: bool,
) -> Result<Json<FirstPassword>, Refusal> {
    let (password, hash) = first_password(&backend.platform).await?;
    let act = act(backend, Act::MemberReset, signed, &member);
    members::reset(&backend.platform, act, &signed.scope(), &hash, second_factor).await?;
    Ok(Json(FirstPassword { id: member, password }))
}
