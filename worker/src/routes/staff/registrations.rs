//! What is done to one registration.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::staff::forms::{fault, reason};
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::console::tracks::OtherTracks;
use crate::store::console::transfer::Transfer;
use crate::store::console::{contacts, order, removal, tracks, transfer};
use crate::store::staff::Act;
use axum::body::Body;
use axum::extract::State;
use domain::application::chosen_tracks;
use domain::error::{ErrorBody, FaultCode};
use domain::staff::roster::{Contacts, MoveForm, PlaceForm, TracksForm};
use domain::staff::{Acted, ReasonForm};
use http::HeaderMap;

/// How a student's family is reached. Each look leaves an entry in the journal.
#[utoipa::path(
    post,
    path = "/api/staff/registrations/{registration}/contacts",
    params(("registration" = String, Path, description = "identifier of a registration within reach")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Contacts),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
    )
)]
pub async fn look_at_contacts<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(registration): Path<String>,
) -> Result<Json<Contacts>, Refusal> {
    let platform = &backend.platform;
    Ok(Json(contacts::look(platform, &registration, &signed.scope(), signed.author(), platform.now()).await?))
}

/// A seat or place in another cohort for that in this one. Who has a seat needs an open one there; who waits gets one where it is open,
/// and the last place of the list otherwise.
#[utoipa::path(
    post,
    path = "/api/staff/registrations/{registration}/move",
    params(("registration" = String, Path, description = "identifier of an enrolled or waiting registration within reach")),
    request_body = MoveForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `cohort`, `tracks`, `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`no_open_seat`, `already_registered`, `offer_stands`, `wrong_state`, `too_many_places`"),
    )
)]
pub async fn move_to_cohort<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(registration): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: MoveForm = body::read(&headers, body).await?;
    let reason = reason(&form.reason)?;
    // What the cohort offers is asked by the schema, when the rows are written.
    let tracks = if form.tracks.is_empty() { Ok(vec![]) } else { chosen_tracks(&form.tracks, |_| true) };
    let tracks = tracks.map_err(|code| fault("tracks", code))?;
    let new = backend.platform.ulid()?;
    let wish = Transfer { registration: &registration, new: &new, cohort: &form.cohort, tracks: &tracks };
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(transfer::transfer(&backend.platform, wish, &signed.scope(), act).await?))
}

/// Other tracks in the same cohort. Seat, state and place stay; the family gets a letter.
#[utoipa::path(
    put,
    path = "/api/staff/registrations/{registration}/tracks",
    params(("registration" = String, Path, description = "identifier of a registration within reach that isn't over")),
    request_body = TracksForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `tracks`, `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`changed_meanwhile`; `wrong_state`: it is over, or has these tracks already"),
    )
)]
pub async fn change_tracks<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(registration): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: TracksForm = body::read(&headers, body).await?;
    let reason = reason(&form.reason)?;
    // What the cohort offers is asked by the schema, when the rows are written.
    let tracks = chosen_tracks(&form.tracks, |_| true).map_err(|code| fault("tracks", code))?;
    let wish = OtherTracks { registration: &registration, tracks: &tracks, instead_of: &form.instead_of };
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(tracks::change(&backend.platform, wish, &signed.scope(), act).await?))
}

/// Another place on the waiting list, together with the party it belongs to.
#[utoipa::path(
    post,
    path = "/api/staff/registrations/{registration}/place",
    params(("registration" = String, Path, description = "identifier of a waiting registration within reach")),
    request_body = PlaceForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `place`, `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`"),
    )
)]
pub async fn place<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(registration): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: PlaceForm = body::read(&headers, body).await?;
    if form.place == 0 {
        return Err(fault("place", FaultCode::OutOfRange));
    }
    let reason = reason(&form.reason)?;
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(order::place(&backend.platform, &registration, form.place, &signed.scope(), act).await?))
}

/// The end of a registration; its seat goes on.
#[utoipa::path(
    post,
    path = "/api/staff/registrations/{registration}/remove",
    params(("registration" = String, Path, description = "identifier of a registration within reach that isn't over")),
    request_body = ReasonForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`wrong_state`"),
    )
)]
pub async fn remove<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(registration): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: ReasonForm = body::read(&headers, body).await?;
    let reason = reason(&form.reason)?;
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(removal::remove(&backend.platform, &registration, &signed.scope(), act).await?))
}
