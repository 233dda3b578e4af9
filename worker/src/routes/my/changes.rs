//! What the holder of the private link may change: offers, seats, places, the schedule. The secret travels in a header, so no page of
//! another site can ride on it. Every change may be repeated; all of them answer with the page as it is then.

use super::{page, shown_digest};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::changes::{self, Change, Join};
use crate::store::my::by_link;
use axum::body::Body;
use axum::extract::State;
use domain::application::chosen_tracks;
use domain::error::{ErrorBody, ErrorCode};
use domain::registration::{JoinForm, MyApplication, SettingsForm};
use http::HeaderMap;

/// Takes the offered seat, of a party all its seats; a seat the student has elsewhere is released.
#[utoipa::path(
    post,
    path = "/api/my/registrations/{registration}/accept",
    params(("registration" = String, Path, description = "identifier of a registration of this application")),
    security(("private_link" = [])),
    responses(
        (status = 200, body = MyApplication, description = "as it is now; a repeated change gets the same"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown_link`"),
        (status = 409, body = ErrorBody, description = "`offer_over`"),
        (status = 503, body = ErrorBody, description = "`busy`: nothing was changed, try again"),
    )
)]
pub async fn accept<P: Platform>(
    State(backend): State<Backend<P>>,
    Path(registration): Path<String>,
    headers: HeaderMap,
) -> Result<Json<MyApplication>, Refusal> {
    let change = Change { link_digest: &shown_digest(&headers)?, registration: &registration, now: backend.platform.now() };
    page(&backend, changes::accept(&backend.platform, change).await?).await
}

/// Gives the offered seat up, of a party all its seats.
#[utoipa::path(
    post,
    path = "/api/my/registrations/{registration}/decline",
    params(("registration" = String, Path, description = "identifier of a registration of this application")),
    security(("private_link" = [])),
    responses(
        (status = 200, body = MyApplication, description = "as it is now; a repeated change gets the same"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown_link`"),
        (status = 409, body = ErrorBody, description = "`offer_over`"),
        (status = 503, body = ErrorBody, description = "`busy`: nothing was changed, try again"),
    )
)]
pub async fn decline<P: Platform>(
    State(backend): State<Backend<P>>,
    Path(registration): Path<String>,
    headers: HeaderMap,
) -> Result<Json<MyApplication>, Refusal> {
    let change = Change { link_digest: &shown_digest(&headers)?, registration: &registration, now: backend.platform.now() };
    page(&backend, changes::decline(&backend.platform, change).await?).await
}

/// Gives a seat or a place on a waiting list up.
#[utoipa::path(
    post,
    path = "/api/my/registrations/{registration}/withdraw",
    params(("registration" = String, Path, description = "identifier of a registration of this application")),
    security(("private_link" = [])),
    responses(
        (status = 200, body = MyApplication, description = "as it is now; a repeated change gets the same"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown_link`"),
        (status = 409, body = ErrorBody, description = "`registration_over`"),
        (status = 503, body = ErrorBody, description = "`busy`: nothing was changed, try again"),
    )
)]
pub async fn withdraw<P: Platform>(
    State(backend): State<Backend<P>>,
    Path(registration): Path<String>,
    headers: HeaderMap,
) -> Result<Json<MyApplication>, Refusal> {
    let change = Change { link_digest: &shown_digest(&headers)?, registration: &registration, now: backend.platform.now() };
    page(&backend, changes::withdraw(&backend.platform, change).await?).await
}

/// Another schedule: where a seat is free it is taken and the old one released; otherwise the student waits there and keeps what
/// there is.
#[utoipa::path(
    post,
    path = "/api/my/students/{student}/registrations",
    params(("student" = String, Path, description = "identifier of a student of this application")),
    request_body = JoinForm,
    security(("private_link" = [])),
    responses(
        (status = 200, body = MyApplication, description = "as it is now; a repeated change gets the same"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown_link`"),
        (status = 409, body = ErrorBody, description = "`too_many_places`, `not_offered`, `already_registered`"),
        (status = 503, body = ErrorBody, description = "`busy`: nothing was changed, try again"),
    )
)]
pub async fn join<P: Platform>(
    State(backend): State<Backend<P>>,
    Path(student): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<MyApplication>, Refusal> {
    let link_digest = shown_digest(&headers)?;
    let form: JoinForm = body::read(&headers, body).await?;
    let platform = &backend.platform;
    let stored = by_link(platform, &link_digest).await?.ok_or(ErrorCode::UnknownLink)?;
    if stored.students.iter().all(|own| own.id != student) {
        return Err(ErrorCode::UnknownLink.into());
    }
    // What the cohort offers is asked by the schema, when the rows are written.
    let tracks = chosen_tracks(&form.tracks, |_| true).map_err(|_| ErrorCode::NotOffered)?;
    // Every change leaves a row for ever: who changes all day long is slowed down.
    if !platform.allows(&backend.secrets.contact(&form.cohort, &link_digest, "")).await {
        return Err(ErrorCode::TooManyRequests.into());
    }
    let registration = platform.ulid()?;
    let join = Join {
        link_digest: &link_digest,
        student: &student,
        registration: &registration,
        cohort: &form.cohort,
        tracks: &tracks,
        now: platform.now(),
    };
    page(&backend, changes::join(platform, join).await?).await
}

/// Whether a seat from the waiting list shall be taken without asking first.
#[utoipa::path(
    put,
    path = "/api/my/settings",
    request_body = SettingsForm,
    security(("private_link" = [])),
    responses(
        (status = 200, body = MyApplication),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown_link`"),
        (status = 503, body = ErrorBody, description = "`busy`: nothing was changed, try again"),
    )
)]
pub async fn settings<P: Platform>(
    State(backend): State<Backend<P>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<MyApplication>, Refusal> {
    let link_digest = shown_digest(&headers)?;
    let form: SettingsForm = body::read(&headers, body).await?;
    page(&backend, changes::take_at_once(&backend.platform, &link_digest, form.take_at_once).await?).await
}
