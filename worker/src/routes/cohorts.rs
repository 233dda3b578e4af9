//! `GET /api/cohorts`.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::state::Backend;
use crate::store::seats;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use domain::application::TRACKS_MAX;
use domain::catalogue::LiveSeats;
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which cohorts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only this centre's.
    centre: Option<String>,
    /// Only those that offer all of these tracks: identifiers with commas between.
    tracks: String,
}

/// Live seats: how many there are, are taken, and how many students wait.
#[utoipa::path(
    get,
    path = "/api/cohorts",
    params(Wanted),
    responses(
        (status = 200, body = LiveSeats),
        (status = 400, body = ErrorBody, description = "`bad_query`"),
        (status = 503, body = ErrorBody, description = "`busy`"),
    )
)]
pub async fn show<P: Platform>(
    State(backend): State<Backend<P>>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<LiveSeats>, Refusal> {
    let Query(wanted) = wanted.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let catalogue = backend.catalogue().await?;
    let unknown = |field: &str| Refusal::field(ErrorCode::BadQuery, field.to_owned(), FaultCode::UnknownChoice);
    let centre = wanted.centre.as_deref().filter(|centre| !centre.is_empty());
    if centre.is_some_and(|centre| catalogue.centre(centre).is_none()) {
        return Err(unknown("centre"));
    }
    let tracks: Vec<String> = wanted.tracks.split(',').filter(|track| !track.is_empty()).map(str::to_owned).collect();
    if tracks.len() > TRACKS_MAX || tracks.iter().any(|track| catalogue.track(track).is_none()) {
        return Err(unknown("tracks"));
    }
    let cohorts = seats::live(&backend.platform, &catalogue.intake, centre, &tracks).await?;
    Ok(Json(LiveSeats { at: backend.platform.now(), cohorts }))
}
