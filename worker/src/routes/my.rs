//! `GET /api/my` and `GET /api/my/calendar.ics`: what the holder of the private link sees.

use crate::link;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::secrets::digest;
use crate::state::Backend;
use crate::store::my::{Stored, by_link};
use crate::store::{applications, catalogue};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::calendar::{CalendarText, calendar as write_calendar};
use domain::catalogue::{Catalogue, Centre, Cohort};
use domain::error::{ErrorBody, ErrorCode};
use domain::language::Language;
use domain::registration::MyRegistration;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// The registration behind the private link: state, place, schedule, receipt.
#[utoipa::path(
    get,
    path = "/api/my",
    security(("private_link" = [])),
    responses((status = 200, body = MyRegistration), (status = 404, body = ErrorBody, description = "`unknown_link`"))
)]
pub async fn show<P: Platform>(State(backend): State<Backend<P>>, headers: HeaderMap) -> Result<Json<MyRegistration>, Refusal> {
    let mine = Mine::find(&backend, &headers).await?;
    let decision = applications::decision(&backend.platform, &mine.stored.application_id).await?;
    let decision = decision.ok_or_else(|| Refusal::internal("a registration without a journal entry"))?;
    let tracks = mine.stored.tracks.iter().filter_map(|id| mine.catalogue.track(id).cloned()).collect();
    Ok(Json(MyRegistration {
        reference: decision.reference.clone(),
        given_name: mine.stored.given_name,
        state: mine.stored.state,
        position: mine.stored.position,
        waiting: mine.stored.waiting,
        decided_at: decision.decided_at,
        first_session: mine.catalogue.first_session(&mine.cohort),
        intake: mine.catalogue.intake.clone(),
        centre: mine.centre,
        cohort: mine.cohort,
        tracks,
        receipt: decision.receipt(&backend.secrets),
    }))
}

/// The language of the calendar's texts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarLanguage {
    /// `kk`, `ru` or `en`; the family's language when missing.
    lang: Option<String>,
}

/// The sessions as a calendar file.
#[utoipa::path(
    get,
    path = "/api/my/calendar.ics",
    params(CalendarLanguage),
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
    query: Result<Query<CalendarLanguage>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let mine = Mine::find(&backend, &headers).await?;
    let language = match query.lang.as_deref() {
        None => mine.stored.language,
        Some(word) => Language::parse(word).ok_or(ErrorCode::BadQuery)?,
    };
    let text = CalendarText {
        uid: &mine.stored.registration_id,
        summary: mine.centre.name.get(language),
        location: mine.centre.address.get(language),
    };
    let file = write_calendar(text, &mine.catalogue.sessions(&mine.cohort), backend.platform.now());
    let headers = [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"tumo.ics\"")];
    Ok((headers, file).into_response())
}

/// A registration with the catalogue of its intake, which may be long over.
struct Mine {
    stored: Stored,
    catalogue: Arc<Catalogue>,
    centre: Centre,
    cohort: Cohort,
}

impl Mine {
    async fn find<P: Platform>(backend: &Backend<P>, headers: &HeaderMap) -> Result<Self, Refusal> {
        let token = link::shown(headers).ok_or(ErrorCode::UnknownLink)?;
        let stored = by_link(&backend.platform, &digest(token)).await?.ok_or(ErrorCode::UnknownLink)?;
        let mut catalogue = backend.catalogue().await?;
        if catalogue.intake.id != stored.intake {
            catalogue = Arc::new(catalogue::of_intake(&backend.platform, &stored.intake).await?);
        }
        let cohort = catalogue.cohort(&stored.cohort).cloned();
        let cohort = cohort.ok_or_else(|| Refusal::internal("a registration in a cohort outside its intake"))?;
        let centre = catalogue.centre(&cohort.centre).cloned();
        let centre = centre.ok_or_else(|| Refusal::internal("a cohort without a centre"))?;
        Ok(Self { stored, catalogue, centre, cohort })
    }
}
