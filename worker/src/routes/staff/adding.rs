//! Students registered by hand, for a family that came or called. Their consent is on paper; everything else is as if they had
//! applied themselves: the same checks, the same batch, the same waiting list, the same letter with their private link.

use crate::platform::Platform;
use crate::receipt::{DecidedRegistration, Decision};
use crate::refusal::Refusal;
use crate::routes::applications::{Keys, Registered, disagrees, read_key, register};
use crate::routes::staff::Signed;
use crate::routes::{Json, Path, body};
use crate::state::Backend;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::application::{ApplicationForm, check};
use domain::catalogue::Catalogue;
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::registration::Warning;
use domain::staff::roster::{AddedStudent, AddedStudents};
use http::{HeaderMap, StatusCode};

/// Registers the students of a form; the first of them in this cohort. A seat where one is free and nobody waits; the list otherwise.
#[utoipa::path(
    post,
    path = "/api/staff/cohorts/{cohort}/students",
    params(
        ("cohort" = String, Path, description = "identifier of a cohort within reach"),
        ("Idempotency-Key" = String, Header, description = "16 to 64 letters, digits, `-`, `_`, drawn at random by the client"),
    ),
    request_body = ApplicationForm,
    security(("staff_session" = [])),
    responses(
        (status = 201, body = AddedStudents, description = "decided now"),
        (status = 200, body = AddedStudents, description = "decided before, with this key"),
        (status = 400, body = ErrorBody, description = "`invalid_application`, `idempotency_key_…`"),
        (status = 401, body = ErrorBody, description = "`not_signed_in`"),
        (status = 403, body = ErrorBody, description = "`sign_in_pending`, `not_allowed`, `cross_site`"),
        (status = 404, body = ErrorBody, description = "`unknown`"),
        (status = 409, body = ErrorBody, description = "`already_registered`, `intake_not_open_yet`, `intake_closed`"),
        (status = 422, body = ErrorBody, description = "`idempotency_key_reused`"),
    )
)]
pub async fn add<P: Platform>(
    State(backend): State<Backend<P>>,
    signed: Signed,
    Path(cohort): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let key = read_key(&headers)?;
    let form: ApplicationForm = body::read(&headers, body).await?;
    let catalogue = backend.catalogue().await?.for_staff();
    if !within(&catalogue, &cohort, &signed) {
        return Err(ErrorCode::Unknown.into());
    }
    if form.cohort != cohort {
        return Err(Refusal::field(ErrorCode::InvalidApplication, "cohort".to_owned(), FaultCode::UnknownChoice));
    }
    let keys = Keys::of(&backend, &key, &form)?;
    let (status, decision) = match decide(&backend, &catalogue, &form, &keys, &signed).await {
        Ok(decision) => (StatusCode::CREATED, decision),
        Err(refusal) => (StatusCode::OK, keys.decided_before(&backend, refusal).await?),
    };
    let student = |one: DecidedRegistration| AddedStudent {
        registration: one.registration,
        cohort: one.cohort,
        state: one.state,
        position: one.position,
    };
    let answer = AddedStudents {
        reference: decision.reference,
        registrations: decision.registrations.into_iter().map(student).collect(),
        warnings: disagrees(&form).then_some(Warning::IinBirthDate).into_iter().collect(),
    };
    Ok((status, Json(answer)).into_response())
}

async fn decide<P: Platform>(
    backend: &Backend<P>,
    catalogue: &Catalogue,
    form: &ApplicationForm,
    keys: &Keys,
    signed: &Signed,
) -> Result<Decision, Refusal> {
    let now = backend.platform.now();
    let application = check(form, catalogue, now).map_err(Refusal::faults)?;
    if !application.students.iter().all(|student| within(catalogue, &student.cohort, signed)) {
        return Err(ErrorCode::Unknown.into());
    }
    if now < catalogue.intake.opens_at {
        return Err(ErrorCode::NotOpenYet.into());
    }
    match register(backend, &catalogue.intake.id, &application, keys, signed.author()).await? {
        Registered::Decided(decision) => Ok(decision),
        Registered::Known { .. } => Err(ErrorCode::AlreadyRegistered.into()),
    }
}

/// Whether there is such a cohort in this intake, at a centre that the member reaches.
fn within(catalogue: &Catalogue, cohort: &str, signed: &Signed) -> bool {
    let scope = signed.scope();
    catalogue.cohort(cohort).is_some_and(|cohort| scope.centre().is_none_or(|centre| centre == cohort.centre))
}
