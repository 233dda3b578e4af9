//! Files of attendance and rosters, and the settings that members keep for them.

use crate::exports::Export;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::fence::is_cross_site;
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, attachment, body};
use crate::state::Backend;
use crate::store::exports::{self as store, saved as kept};
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::staff::exchange::{ExportQuery, SAVED_NAME_MAX, SavedExport, SavedExportForm};
use http::{HeaderMap, StatusCode};

/// A file of attendance or of a roster, made while it is sent: one that ends early was broken off. Told in the journal.
#[utoipa::path(
    get,
    path = "/api/staff/export",
    params(
        ("kind" = String, Query, description = "`attendance` or `roster`"),
        ("format" = String, Query, description = "`xlsx` or `csv`"),
        ("centre" = Option<String>, Query, description = "only this centre"),
        ("cohorts" = Option<String>, Query, description = "only these cohorts: identifiers with commas between them"),
        ("from" = String, Query, description = "the first day, YYYY-MM-DD"),
        ("to" = String, Query, description = "the last day"),
        ("language" = String, Query, description = "`kk`, `ru` or `en`"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 400, body = ErrorBody, description = "`bad_query`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre or cohort out of reach"),
    )
)]
pub async fn file<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    query: Result<Query<ExportQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    // A link on another site's page must not have its visitors write into the journal.
    if is_cross_site(&headers) {
        return Err(ErrorCode::CrossSite.into());
    }
    let Query(query) = query.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    if let Some(fault) = query.fault() {
        return Err(Refusal::field(ErrorCode::BadQuery, fault.field, fault.code));
    }
    let scope = signed.scope().narrowed(query.centre.as_deref())?;
    let platform = &backend.platform;
    let frame = store::begin(platform, &query, &scope, signed.author(), platform.now()).await?;
    let headers = attachment(query.format.media_type(), &query.file_name());
    let export = Export::new(platform.clone(), query, backend.catalogue().await?, frame);
    Ok((headers, Body::from_stream(export.pieces())).into_response())
}

/// The saved exports of the member who asks, by name.
#[utoipa::path(
    get,
    path = "/api/staff/exports/saved",
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Vec<SavedExport>),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn saved<P: Platform>(State(backend): State<Backend<P>>, signed: Signed) -> Result<Json<Vec<SavedExport>>, Refusal> {
    Ok(Json(kept::of_member(&backend.platform, signed.author()).await?))
}

/// Keeps an export to be used again.
#[utoipa::path(
    post,
    path = "/api/staff/exports/saved",
    request_body = SavedExportForm,
    security(("staff_session" = [])),
    responses(
        (status = 201, body = SavedExport),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `name`, `query.to`, `query.cohorts`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre out of reach"),
    )
)]
pub async fn save<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let form = read(&signed, &headers, body).await?;
    let platform = &backend.platform;
    let id = platform.ulid()?;
    kept::save(platform, &id, signed.author(), &form, platform.now()).await?;
    let SavedExportForm { name, period, query } = form;
    Ok((StatusCode::CREATED, Json(SavedExport { id, name, period, query })).into_response())
}

/// Gives a saved export another name, or other days and cohorts.
#[utoipa::path(
    put,
    path = "/api/staff/exports/saved/{export}",
    params(("export" = String, Path, description = "identifier of a saved export of one's own")),
    request_body = SavedExportForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = SavedExport),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `name`, `query.to`, `query.cohorts`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`: none of one's own, or a centre out of reach"),
    )
)]
pub async fn change<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<SavedExport>, Refusal> {
    let form = read(&signed, &headers, body).await?;
    kept::change(&backend.platform, &id, signed.author(), &form).await?;
    let SavedExportForm { name, period, query } = form;
    Ok(Json(SavedExport { id, name, period, query }))
}

/// The form of a saved export, whose name is one line.
async fn read(signed: &Signed, headers: &HeaderMap, body: Body) -> Result<SavedExportForm, Refusal> {
    let mut form: SavedExportForm = body::read(headers, body).await?;
    form.name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fault = |field: &str, code| Refusal::field(ErrorCode::InvalidForm, field.to_owned(), code);
    if form.name.is_empty() {
        return Err(fault("name", FaultCode::Required));
    }
    if form.name.chars().count() > SAVED_NAME_MAX {
        return Err(fault("name", FaultCode::TooLong));
    }
    if form.name.chars().any(char::is_control) {
        return Err(fault("name", FaultCode::LineCharacters));
    }
    if let Some(found) = form.query.fault() {
        return Err(fault(&format!("query.{}", found.field), found.code));
    }
    signed.scope().narrowed(form.query.centre.as_deref())?;
    Ok(form)
}

/// Lets a saved export go.
#[utoipa::path(
    delete,
    path = "/api/staff/exports/saved/{export}",
    params(("export" = String, Path, description = "identifier of a saved export of one's own")),
    security(("staff_session" = [])),
    responses(
        (status = 204, description = "it is gone"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
    )
)]
pub async fn remove<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(export): Path<String>,
) -> Result<StatusCode, Refusal> {
    kept::remove(&backend.platform, &export, signed.author()).await?;
    Ok(StatusCode::NO_CONTENT)
}
