//! Students in lists: of a cohort, and those whom a search finds.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::routes::staff::Signed;
use crate::state::Backend;
use crate::store::console::roster;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::staff::roster::{Roster, Search};
use serde::Deserialize;
use utoipa::IntoParams;

/// Everybody who has or had a seat or a place in a cohort.
#[utoipa::path(
    get,
    path = "/api/staff/cohorts/{cohort}/roster",
    params(("cohort" = String, Path, description = "identifier of a cohort within reach")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Roster),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
    )
)]
pub async fn of_cohort<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(cohort): Path<String>,
) -> Result<Json<Roster>, Refusal> {
    let platform = &backend.platform;
    Ok(Json(roster::of_cohort(platform, &cohort, &signed.scope(), platform.now()).await?))
}

/// Whom somebody searches for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Parts of a name, whatever its case and keyboard; or a whole reference number; or a whole telephone number.
    search: String,
    /// Only this centre's.
    centre: Option<String>,
}

/// The registrations of the current intake that a search finds, the first hundred.
#[utoipa::path(
    get,
    path = "/api/staff/students",
    params(Wanted),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Roster),
        (status = 400, body = ErrorBody, description = "`bad_query`: too short to search for"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre out of reach"),
    )
)]
pub async fn search<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<Roster>, Refusal> {
    let Query(wanted) = wanted.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let search = Search::parse(&wanted.search);
    let search = search.ok_or_else(|| Refusal::field(ErrorCode::BadQuery, "search".to_owned(), FaultCode::Required))?;
    let scope = signed.scope().narrowed(wanted.centre.as_deref().filter(|centre| !centre.is_empty()))?;
    let catalogue = backend.catalogue().await?;
    let platform = &backend.platform;
    Ok(Json(roster::search(platform, &catalogue.intake.id, &search, &scope, platform.now()).await?))
}
