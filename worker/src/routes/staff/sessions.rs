//! Sessions by their dates.

use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::routes::staff::Signed;
use crate::routes::staff::forms::reason;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use crate::store::capacity::sessions::{self, Within};
use crate::store::staff::Act;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::date::Date;
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::staff::Acted;
use domain::staff::attendance::{SessionForm, SessionKey, StaffSessions};
use domain::staff::sessions::{SPAN_DAYS_MAX, SPAN_OF_COHORT_DAYS_MAX};
use http::HeaderMap;
use serde::Deserialize;
use std::ops::RangeInclusive;
use utoipa::IntoParams;

/// Which sessions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The first day, `YYYY-MM-DD`.
    from: String,
    /// The last day; at most 45 days in all, or 400 with a cohort.
    to: String,
    /// Only this centre's.
    centre: Option<String>,
    /// Only this cohort's.
    cohort: Option<String>,
}

impl Wanted {
    fn days(&self) -> Result<RangeInclusive<Date>, Refusal> {
        let day = |field: &str, text: &str| {
            let fault = || Refusal::field(ErrorCode::BadQuery, field.to_owned(), FaultCode::NotADate);
            Date::parse(text).ok_or_else(fault)
        };
        let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
        let most = if self.cohort().is_some() { SPAN_OF_COHORT_DAYS_MAX } else { SPAN_DAYS_MAX };
        if to < from || to >= from.plus_days(most) {
            return Err(Refusal::field(ErrorCode::BadQuery, "to".to_owned(), FaultCode::OutOfRange));
        }
        Ok(from..=to)
    }

    fn cohort(&self) -> Option<&str> {
        self.cohort.as_deref().filter(|cohort| !cohort.is_empty())
    }
}

/// Sessions within reach, those that don't take place included, with their numbers of marks.
#[utoipa::path(
    get,
    path = "/api/staff/sessions",
    params(Wanted),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = StaffSessions),
        (status = 400, body = ErrorBody, description = "`bad_query`: `from`, `to`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`"),
        (status = 404, body = ErrorBody, description = "`unknown`: a centre out of reach"),
    )
)]
pub async fn list<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<StaffSessions>, Refusal> {
    let Query(wanted) = wanted.map_err(|_| Refusal::new(ErrorCode::BadQuery))?;
    let scope = signed.scope().narrowed(wanted.centre.as_deref().filter(|centre| !centre.is_empty()))?;
    let Within { sessions, cohorts } = sessions::within(&backend.platform, wanted.days()?, wanted.cohort(), &scope).await?;
    Ok(Json(StaffSessions { at: backend.platform.now(), sessions, cohorts }))
}

/// Moves a session, calls it off, or brings it back to the plan. Day and start in the address are those first planned.
#[utoipa::path(
    put,
    path = "/api/staff/sessions/{cohort}/{date}/{start}",
    params(
        ("cohort" = String, Path, description = "identifier of a cohort within reach"),
        ("date" = String, Path, description = "the planned day, `YYYY-MM-DD`"),
        ("start" = u16, Path, description = "the planned start, in minutes after local midnight"),
    ),
    request_body = SessionForm,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = Acted),
        (status = 400, body = ErrorBody, description = "`invalid_form`: `date`, `start`, `reason`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`changed_meanwhile`; `wrong_state`: nothing changes, or it has marks"),
    )
)]
pub async fn change<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path((cohort, date, start)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acted>, Refusal> {
    let form: SessionForm = body::read(&headers, body).await?;
    let reason = reason(&form.reason)?;
    let (Some(date), Ok(start)) = (Date::parse(&date), start.parse()) else { return Err(ErrorCode::Unknown.into()) };
    let key = SessionKey { cohort, date, start };
    let act = Act { author: signed.author(), reason: &reason, now: backend.platform.now() };
    Ok(Json(sessions::change(&backend.platform, &key, &form, &signed.scope(), act).await?))
}
