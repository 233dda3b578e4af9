//! The journal: reading it, and undoing what can be undone.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::console::entries::{self, Search};
use crate::store::console::undo;
use crate::store::staff;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::date::{Date, Timestamp};
use domain::error::{ErrorBody, ErrorCode};
use domain::staff::journal::{Act, ActGroup, JournalPage};
use domain::staff::{Acted, ReasonForm, reason};
use http::HeaderMap;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which entries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Within this centre.
    centre: Option<String>,
    /// Before this entry: the `next` of a page.
    before: Option<u64>,
    /// Of this kind.
    #[param(inline)]
    group: Option<ActGroup>,
    /// Only this act.
    #[param(inline)]
    act: Option<Act>,
    /// By `family`, `system` or this staff member.
    author: Option<String>,
    /// About this cohort.
    cohort: Option<String>,
    /// About this registration.
    registration: Option<String>,
    /// From this day on.
    #[param(inline)]
    from: Option<Date>,
    /// To this day.
    #[param(inline)]
    to: Option<Date>,
}

impl Wanted {
    fn search(self) -> Search {
        let acts = match (self.act, self.group) {
            (Some(act), _) => vec![act],
            (None, Some(group)) => group.acts().collect(),
            (None, None) => Vec::new(),
        };
        Search {
            before: self.before,
            acts,
            author: self.author,
            cohort: self.cohort,
            registration: self.registration,
            from: self.from.map(|day| Timestamp::of_local(day, 0)),
            to: self.to.map(|day| Timestamp::of_local(day.plus_days(1), 0)),
        }
    }
}

/// The journal within reach, the newest entries first.
#[utoipa::path(
    get,
    path = "/api/staff/journal",
    params(Wanted),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = JournalPage),
        (status = 400, body = ErrorBody, description = "`bad_query`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre out of reach"),
    )
)]
pub async fn list<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<JournalPage>, Refusal> {
    let Query(wanted) = wanted.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let scope = signed.scope().narrowed(wanted.centre.as_deref())?;
    let now = backend.platform.now();
    Ok(Json(entries::page(&backend.platform, &wanted.search(), &scope, now).await?))
}

/// Takes an act back, within a day and once. Beside this right it takes the one of whoever did it.
#[utoipa::path(
    post,
    path = "/api/staff/journal/{entry}/undo",
    params(("entry" = u64, Path, description = "number of an entry within reach")),
    request_body = ReasonForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`not_undoable`: too late, undone before, or later changes stand in the way"),
    )
)]
pub async fn undo<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(entry): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let entry = entry.parse().map_err(|_| Refusal::new(ErrorCode::Unknown))?;
    let form: ReasonForm = body::read(&headers, body).await?;
    let reason = reason(&form.reason).map_err(|code| Refusal::field(ErrorCode::InvalidForm, "reason".to_owned(), code))?;
    let act = staff::Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(undo::undo(&backend.platform, entry, &signed.scope(), signed.role(), act).await?))
}
