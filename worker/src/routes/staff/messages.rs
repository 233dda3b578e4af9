//! Letters of staff to the families of a cohort.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::console::messages;
use axum::body::Body;
use axum::extract::State;
use domain::error::ErrorBody;
use domain::staff::roster::{MessageAnswer, MessageForm, check_message};
use http::HeaderMap;

/// Writes to the families of a cohort, or counts how many letters that would be.
#[utoipa::path(
    post,
    path = "/api/staff/cohorts/{cohort}/messages",
    params(("cohort" = String, Path, description = "identifier of a cohort within reach")),
    request_body = MessageForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = MessageAnswer, description = "the letters are queued; the same message again gets the same answer"),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `id`, `subject`, `body`, `states`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 422, body = ErrorBody, description = "`idempotency_key_reused`: another message has this id"),
        (status = 429, body = ErrorBody, description = "`too_many_requests`: one message a cohort and minute"),
    )
)]
pub async fn send<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(cohort): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<MessageAnswer>, Refusal> {
    let form: MessageForm = body::read(&headers, body).await?;
    let faults = check_message(&form);
    if !faults.is_empty() {
        return Err(Refusal::form(faults));
    }
    let (platform, scope) = (&backend.platform, signed.scope());
    Ok(Json(if form.preview {
        messages::count(platform, &cohort, &form, &scope).await?
    } else {
        messages::send(platform, &cohort, &form, &scope, signed.author(), platform.now()).await?
    }))
}
