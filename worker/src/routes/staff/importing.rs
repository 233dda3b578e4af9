//! Files of cohorts and students taken in. A row is checked, stored and told like a form that somebody filled in: see
//! [`domain::staff::exchange`]. A file with any fault stores nothing.

mod cohorts;
mod students;
mod template;

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::applications::read_key;
use crate::routes::staff::Signed;
use crate::routes::staff::forms::fault;
use crate::routes::{Json, attachment};
use crate::secrets::digest_of;
use crate::sheet::reading;
use crate::state::Backend;
use axum::body::{Body, to_bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::key::IdempotencyKey;
use domain::staff::exchange::import::FILE_MAX;
use domain::staff::exchange::{ImportKind, ImportQuery, ImportReport, SheetRow, TemplateQuery};
use http::HeaderMap;

/// How often a piece is tried that others came in between of.
const TRIES: usize = 3;

/// A file that is to be taken in.
struct Import<'a, P> {
    backend: &'a Backend<P>,
    signed: &'a Signed,
    query: ImportQuery,
    /// None in a dry run.
    key: Option<IdempotencyKey>,
    /// Hash of the file, and of what else decides about its rows.
    digest: String,
    rows: Vec<SheetRow>,
}

/// Takes a file in, or tells every fault of it. The body is the file: XLSX, or CSV in UTF-8 or Windows-1251. Cohorts are made all at
/// once or not at all. Students come in piece by piece, each piece whole or not at all: as long as fewer rows are stored than there
/// are and there is no fault, the same request with the same key goes on where the last one ended; no row is ever stored twice.
#[utoipa::path(
    post,
    path = "/api/staff/import",
    params(
        ("kind" = String, Query, description = "`cohorts` or `students`"),
        ("dry_run" = bool, Query, description = "only tell what would come of it"),
        ("language" = String, Query, description = "`kk`, `ru` or `en`: of the letters to the families"),
        ("consent_on_paper" = Option<bool>, Query, description = "the families' consents are there on paper"),
        ("Idempotency-Key" = Option<String>, Header, description = "16 to 64 letters, digits, `-`, `_`; not needed in a dry run"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ImportReport, description = "what came, or would come, of it; with every fault"),
        (status = 400, body = ErrorBody, description = "`bad_query`, `idempotency_key_…`; `invalid_form`: `consent_on_paper`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 409, body = ErrorBody, description = "`intake_not_open_yet`, `intake_closed`"),
        (status = 413, body = ErrorBody, description = "`body_too_large`"),
        (status = 422, body = ErrorBody, description = "`idempotency_key_reused`"),
        (status = 503, body = ErrorBody, description = "`busy`: go on with the same key"),
    )
)]
pub async fn file<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    query: Result<Query<ImportQuery>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<ImportReport>, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let key = if query.dry_run { None } else { Some(read_key(&headers)?) };
    if query.kind == ImportKind::Students && !query.dry_run && !query.consent_on_paper {
        return Err(fault("consent_on_paper", FaultCode::ConsentNeeded));
    }
    let file = to_bytes(body, FILE_MAX).await.map_err(|_| ErrorCode::BodyTooLarge)?;
    let read = backend.platform.compute(move || (digest_of(&file), reading::rows(&file))).await;
    let (digest, rows) = read.ok_or_else(|| Refusal::internal("reading a file broke off"))?;
    let rows = match rows {
        Ok(rows) => rows,
        Err(fault) => return Ok(Json(ImportReport::unreadable(fault))),
    };
    let digest = [query.language.as_str(), &digest].join("/");
    let import = Import { backend: &backend, signed: &signed, query, key, digest, rows };
    Ok(Json(match query.kind {
        ImportKind::Cohorts => cohorts::run(&import).await?,
        ImportKind::Students => students::run(&import).await?,
    }))
}

/// A file to be filled in: the headings, and one row that shows how. That row may stay, it is not taken in.
#[utoipa::path(
    get,
    path = "/api/staff/import/template",
    params(
        ("kind" = String, Query, description = "`cohorts` or `students`"),
        ("format" = String, Query, description = "`xlsx` or `csv`"),
        ("language" = String, Query, description = "`kk`, `ru` or `en`"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 400, body = ErrorBody, description = "`bad_query`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
    )
)]
pub async fn template<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    query: Result<Query<TemplateQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let now = backend.platform.now();
    let here = crate::store::capacity::cohorts::all(&backend.platform, &signed.scope(), now).await?;
    let file = template::file(query, &here, now);
    let name = format!("tumo-{}-{}.{}", query.kind.as_str(), query.language.as_str(), query.format.as_str());
    Ok((attachment(query.format.media_type(), &name), file).into_response())
}
