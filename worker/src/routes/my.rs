//! `GET /api/my`, the calendar file and the receipt's QR code: what the holder of the private link sees.

pub mod changes;

use crate::link;
use crate::platform::Platform;
use crate::qr;
use crate::refusal::Refusal;
use crate::routes::{Json, Path, attachment};
use crate::secrets::digest;
use crate::state::Backend;
use crate::store::my::{Stored, StoredRegistration, by_link};
use crate::store::{catalogue, plans};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::calendar::{CalendarText, calendar as write_calendar, events};
use domain::catalogue::{Catalogue, Centre, Cohort};
use domain::error::{ErrorBody, ErrorCode};
use domain::language::Language;
use domain::registration::{MyApplication, MyRegistration, MyStudent};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// The application behind the private link: every student with every registration, its state, place, deadline, schedule, receipt.
#[utoipa::path(
    get,
    path = "/api/my",
    security(("private_link" = [])),
    responses((status = 200, body = MyApplication), (status = 404, body = ErrorBody, description = "`unknown_link`"))
)]
pub async fn show<P: Platform>(State(backend): State<Backend<P>>, headers: HeaderMap) -> Result<Json<MyApplication>, Refusal> {
    let stored = by_link(&backend.platform, &shown_digest(&headers)?).await?.ok_or(ErrorCode::UnknownLink)?;
    page(&backend, stored).await
}

/// What is stored of the secret the request shows.
fn shown_digest(headers: &HeaderMap) -> Result<String, ErrorCode> {
    link::shown(headers).map(digest).ok_or(ErrorCode::UnknownLink)
}

/// The page of an application.
async fn page<P: Platform>(backend: &Backend<P>, stored: Stored) -> Result<Json<MyApplication>, Refusal> {
    let catalogue = catalogue_of(backend, &stored).await?;
    let mut students = Vec::with_capacity(stored.students.len());
    for student in stored.students {
        let mut registrations = Vec::with_capacity(student.registrations.len());
        for registration in student.registrations {
            registrations.push(shown(backend, &catalogue, &stored.reference, registration).await?);
        }
        students.push(MyStudent { id: student.id, given_name: student.given_name, registrations });
    }
    Ok(Json(MyApplication {
        students,
        reference: stored.reference,
        decided_at: stored.received_at,
        at: backend.platform.now(),
        intake: catalogue.intake.clone(),
        together: stored.together,
        take_at_once: stored.take_at_once,
        letters: stored.letters,
    }))
}

/// A registration as its family sees it.
async fn shown<P: Platform>(
    backend: &Backend<P>,
    catalogue: &Catalogue,
    reference: &str,
    registration: StoredRegistration,
) -> Result<MyRegistration, Refusal> {
    let (cohort, centre) = place(catalogue, &registration)?;
    Ok(MyRegistration {
        state: registration.state,
        position: registration.position,
        waiting: registration.waiting,
        odds: registration.odds,
        held_until: registration.held_until,
        returned: registration.returned != 0,
        moved: registration.moved,
        declined: registration.declined,
        decided_at: registration.decision.decided_at,
        changed_at: registration.changed_at,
        centre: centre.clone(),
        cohort: cohort.clone(),
        tracks: registration.tracks.iter().filter_map(|id| catalogue.track(id).cloned()).collect(),
        receipt: registration.decision.receipt(reference, &backend.secrets, &backend.platform).await,
        id: registration.id,
    })
}

/// The catalogue of the application's intake, which may be long over, with each of its cohorts: the one that is kept does not know a
/// cohort that was made a moment ago.
async fn catalogue_of<P: Platform>(backend: &Backend<P>, stored: &Stored) -> Result<Arc<Catalogue>, Refusal> {
    let current = backend.catalogue().await?;
    let mut registrations = stored.students.iter().flat_map(|student| &student.registrations);
    if current.intake.id == stored.intake && registrations.all(|registration| current.cohort(&registration.cohort).is_some()) {
        return Ok(current);
    }
    Ok(Arc::new(catalogue::of_intake(&backend.platform, &stored.intake, backend.platform.now()).await?))
}

fn place<'a>(catalogue: &'a Catalogue, registration: &StoredRegistration) -> Result<(&'a Cohort, &'a Centre), Refusal> {
    let cohort = catalogue.cohort(&registration.cohort);
    let cohort = cohort.ok_or_else(|| Refusal::internal("a registration in a cohort outside its intake"))?;
    let centre = catalogue.centre(&cohort.centre).ok_or_else(|| Refusal::internal("a cohort without a centre"))?;
    Ok((cohort, centre))
}

/// Which calendar.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarQuery {
    /// Language of the texts: `kk`, `ru` or `en`; the family's when missing.
    lang: Option<String>,
    /// The registration's identifier; the first student's foremost one when missing.
    registration: Option<String>,
}

/// The sessions of a registration as a calendar file.
#[utoipa::path(
    get,
    path = "/api/my/calendar.ics",
    params(CalendarQuery),
    security(("private_link" = [])),
    responses(
        (status = 200, body = String, content_type = "text/calendar"),
        (status = 400, body = ErrorBody, description = "`bad_query`"),
        (status = 404, body = ErrorBody, description = "`unknown_link`"),
    )
)]
pub async fn calendar<P: Platform>(
    State(backend): State<Backend<P>>,
    headers: HeaderMap,
    query: Result<Query<CalendarQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let stored = by_link(&backend.platform, &shown_digest(&headers)?).await?.ok_or(ErrorCode::UnknownLink)?;
    let language = match query.lang.as_deref() {
        None => stored.language,
        Some(word) => Language::parse(word).ok_or(ErrorCode::BadQuery)?,
    };
    let registration = match &query.registration {
        None => stored.students.first().and_then(|student| student.registrations.first()),
        Some(id) => stored.registration(id),
    };
    let registration = registration.ok_or(ErrorCode::UnknownLink)?;
    let catalogue = catalogue_of(&backend, &stored).await?;
    let (cohort, centre) = place(&catalogue, registration)?;
    let plans::CohortPlan { plan, days } = plans::of_cohort(&backend.platform, &cohort.id).await?;
    let text =
        CalendarText { uid: &registration.id, summary: centre.name.get(language), location: centre.address.get(language) };
    let file = write_calendar(text, &events(&plan, &days), backend.platform.now());
    Ok((attachment("text/calendar; charset=utf-8", "tumo.ics"), file).into_response())
}

/// The receipt of a registration as a QR code, for the door of the centre. It holds nothing personal.
#[utoipa::path(
    get,
    path = "/api/my/registrations/{registration}/receipt.svg",
    params(("registration" = String, Path, description = "identifier of a registration of this application")),
    security(("private_link" = [])),
    responses(
        (status = 200, body = String, content_type = "image/svg+xml"),
        (status = 404, body = ErrorBody, description = "`unknown_link`"),
    )
)]
pub async fn receipt<P: Platform>(
    State(backend): State<Backend<P>>,
    Path(registration): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let stored = by_link(&backend.platform, &shown_digest(&headers)?).await?.ok_or(ErrorCode::UnknownLink)?;
    let registration = stored.registration(&registration).ok_or(ErrorCode::UnknownLink)?;
    let receipt = registration.decision.receipt(&stored.reference, &backend.secrets, &backend.platform).await;
    let drawing = qr::svg(&receipt)?;
    Ok(([(CONTENT_TYPE, "image/svg+xml")], drawing).into_response())
}
