//! Roll calls: one session with its students and marks, and marks as phones send them.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::console::attendance;
use axum::body::Body;
use axum::extract::State;
use domain::date::Date;
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::staff::attendance::{MARKS_MAX, MarksAnswer, MarksForm, RollCall, SessionKey};
use http::HeaderMap;

/// The most bytes of a body: [`MARKS_MAX`] marks with the longest reasons and names.
const BODY_MAX: usize = 512 * 1024;

/// A session with its students and all their marks.
#[utoipa::path(
    get,
    path = "/api/staff/sessions/{cohort}/{date}/{start}",
    params(
        ("cohort" = String, Path, description = "the cohort"),
        ("date" = String, Path, description = "the planned day, `YYYY-MM-DD`"),
        ("start" = u16, Path, description = "the planned start, in minutes after local midnight"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = RollCall),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
    )
)]
pub async fn roll_call<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path((cohort, date, start)): Path<(String, String, u16)>,
) -> Result<Json<RollCall>, Refusal> {
    let key = SessionKey { cohort, date: Date::parse(&date).ok_or(ErrorCode::Unknown)?, start };
    let now = backend.platform.now();
    Ok(Json(attendance::roll_call(&backend.platform, key, &signed.scope(), now).await?))
}

/// Keeps marks, of any sessions within reach, whenever they were made. What can't be kept is refused mark by mark; the rest is kept.
/// The same marks may be sent again and again.
#[utoipa::path(
    post,
    path = "/api/staff/marks",
    request_body = MarksForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = MarksAnswer),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`, `invalid_form`: too many marks"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`, or another one than made them: the phone keeps its marks until that one signs in"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 413, body = ErrorBody, description = "`body_too_large`"),
        (status = 503, body = ErrorBody, description = "`busy`: nothing was kept, send them again"),
    )
)]
pub async fn keep<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<MarksAnswer>, Refusal> {
    let form: MarksForm = body::read_up_to(BODY_MAX, &headers, body).await?;
    if form.member != signed.author() {
        return Err(ErrorCode::NotSignedIn.into());
    }
    if form.marks.len() > MARKS_MAX {
        return Err(Refusal::field(ErrorCode::InvalidForm, "marks".to_owned(), FaultCode::OutOfRange));
    }
    let platform = &backend.platform;
    Ok(Json(attendance::keep(platform, &form.marks, signed.author(), &signed.scope(), platform.now()).await?))
}
