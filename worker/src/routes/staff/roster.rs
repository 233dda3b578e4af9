//! Students in lists: of a cohort, and those whom a search finds.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::console::roster;
use axum::body::Body;
use axum::extract::State;
use domain::error::{ErrorBody, FaultCode, FieldFault};
use domain::staff::roster::{Roster, Search, SearchForm};
use http::HeaderMap;

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

/// The registrations of the current intake that a search finds, the first hundred. By a telephone number only who has the right
/// `see_contacts` finds anybody.
#[utoipa::path(
    post,
    path = "/api/staff/students/search",
    request_body = SearchForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Roster),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `search` is too short"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre out of reach"),
    )
)]
pub async fn search<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Roster>, Refusal> {
    let form: SearchForm = body::read(&headers, body).await?;
    let fault = || vec![FieldFault { field: "search".to_owned(), code: FaultCode::TooShort }];
    let search = Search::parse(&form.search).ok_or_else(|| Refusal::form(fault()))?;
    let scope = signed.scope().narrowed(form.centre.as_deref())?;
    let catalogue = backend.catalogue().await?;
    let platform = &backend.platform;
    if !signed.role().may(search.right()) {
        return Ok(Json(Roster { at: platform.now(), rows: Vec::new(), more: false }));
    }
    Ok(Json(roster::search(platform, &catalogue.intake.id, &search, &scope, platform.now()).await?))
}
