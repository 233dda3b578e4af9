//! Cohorts as coordinators run them.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::staff::forms::{fault, reason};
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::capacity::{bulk, closing, cohorts, edit, making, seats};
use crate::store::staff::Act;
use axum::body::Body;
use axum::extract::State;
use domain::error::{ErrorBody, FaultCode};
use domain::staff::cohort::{BulkAnswer, BulkForm, CohortChange, CohortForm, CohortMade, SEATS_MAX, SeatsForm, StaffCohorts};
use domain::staff::{Acted, ReasonForm};
use http::HeaderMap;

/// The cohorts of the intake within reach, with all that is needed to name them.
#[utoipa::path(
    get,
    path = "/api/staff/cohorts",
    security(("staff_session" = [])),
    responses(
        (status = 200, body = StaffCohorts),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn list<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Json<StaffCohorts>, Refusal> {
    let platform = &backend.platform;
    Ok(Json(cohorts::all(platform, &signed.scope(), platform.now()).await?))
}

/// A new cohort of the intake, last in the order of display.
#[utoipa::path(
    post,
    path = "/api/staff/cohorts",
    request_body = CohortForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = CohortMade),
        (status = 400, body = ErrorBody, description = "`invalid_form`: the fields of the form"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre out of reach"),
    )
)]
pub async fn make<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<CohortMade>, Refusal> {
    let form: CohortForm = body::read(&headers, body).await?;
    let (id, catalogue) = (backend.platform.ulid()?, backend.catalogue().await?);
    let act = Act { author: signed.author(), reason: "", now: backend.platform.now() };
    let acted = making::make(&backend.platform, &id, form, &catalogue, &signed.scope(), act).await?;
    Ok(Json(CohortMade { id, acted }))
}

/// Another label, other slots, tracks or trainers.
#[utoipa::path(
    put,
    path = "/api/staff/cohorts/{cohort}",
    params(("cohort" = String, Path, description = "identifier of a cohort within reach")),
    request_body = CohortChange,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: the fields of the form"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`changed_meanwhile`; `wrong_state`: nothing is changed by it"),
    )
)]
pub async fn change<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(cohort): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: CohortChange = body::read(&headers, body).await?;
    let reason = reason(&form.reason)?;
    let catalogue = backend.catalogue().await?;
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(edit::change(&backend.platform, &cohort, form, &catalogue, &signed.scope(), act).await?))
}

/// More or fewer seats; added ones go to the waiting list at once.
#[utoipa::path(
    put,
    path = "/api/staff/cohorts/{cohort}/seats",
    params(("cohort" = String, Path, description = "identifier of a cohort within reach")),
    request_body = SeatsForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `seats`, `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`below_taken`; `wrong_state`: there are as many already"),
    )
)]
pub async fn seats<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(cohort): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: SeatsForm = body::read(&headers, body).await?;
    if form.seats > SEATS_MAX {
        return Err(fault("seats", FaultCode::OutOfRange));
    }
    let reason = reason(&form.reason)?;
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(seats::set(&backend.platform, &cohort, form.seats, &signed.scope(), act).await?))
}

/// No newcomers any more. Freed seats still go to the waiting list.
#[utoipa::path(
    post,
    path = "/api/staff/cohorts/{cohort}/close",
    params(("cohort" = String, Path, description = "identifier of a cohort within reach")),
    request_body = ReasonForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: it is closed already"),
    )
)]
pub async fn close<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(cohort): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: ReasonForm = body::read(&headers, body).await?;
    let reason = reason(&form.reason)?;
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(closing::close(&backend.platform, &cohort, &signed.scope(), act).await?))
}

/// Newcomers again.
#[utoipa::path(
    post,
    path = "/api/staff/cohorts/{cohort}/reopen",
    params(("cohort" = String, Path, description = "identifier of a cohort within reach")),
    request_body = ReasonForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`: it is open already"),
    )
)]
pub async fn reopen<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(cohort): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: ReasonForm = body::read(&headers, body).await?;
    let reason = reason(&form.reason)?;
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(closing::reopen(&backend.platform, &cohort, &signed.scope(), act).await?))
}

/// One change to several cohorts: previewed, or made whole, or not at all.
#[utoipa::path(
    post,
    path = "/api/staff/cohorts/bulk",
    request_body = BulkForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = BulkAnswer, description = "a line a cohort, and whether it was done"),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `cohorts`, `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: one of the cohorts is out of reach"),
        (status = 409, body = ErrorBody, description = "`changed_meanwhile`, `below_taken`"),
    )
)]
pub async fn bulk<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<BulkAnswer>, Refusal> {
    let form: BulkForm = body::read(&headers, body).await?;
    if let Some(code) = form.check() {
        return Err(fault("cohorts", code));
    }
    // Looking needs no reason.
    let reason = if form.preview { String::new() } else { reason(&form.reason)? };
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(bulk::change(&backend.platform, &form, &signed.scope(), act).await?))
}
