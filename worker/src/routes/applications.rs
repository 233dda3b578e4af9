//! `POST /api/applications`: one request, one decision, one batch.

use crate::platform::Platform;
use crate::receipt::Decision;
use crate::refusal::Refusal;
use crate::routes::Json;
use crate::secrets::digest;
use crate::state::Backend;
use crate::store::applications::{NewApplication, Outcome, apply, decided_before};
use crate::store::{outbox, seats};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::application::{Application, ApplicationForm, BODY_MAX, Student, check, iin_disagrees};
use domain::catalogue::Phase;
use domain::contact::Phone;
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::key::IdempotencyKey;
use domain::reference::Reference;
use domain::registration::{Confirmation, Warning};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use ulid::Ulid;

/// How often a reference number is drawn before we give up: with a million applications a draw collides once in 30,000 times.
const DRAWS: usize = 3;

/// Takes an application: checks it, decides about the seat, stores everything, answers with the receipt. The same key with the
/// same answers gets the same answer again, with status 200.
#[utoipa::path(
    post,
    path = "/api/applications",
    params(("Idempotency-Key" = String, Header, description = "16 to 64 letters, digits, `-`, `_`, drawn at random by the client")),
    request_body = ApplicationForm,
    responses(
        (status = 201, body = Confirmation, description = "decided now"),
        (status = 200, body = Confirmation, description = "decided before, with this key"),
        (status = 400, body = ErrorBody, description = "`broken_json`, `wrong_type`, `invalid_application`, `idempotency_key_…`"),
        (status = 403, body = ErrorBody, description = "`cross_site`"),
        (status = 409, body = ErrorBody, description = "`already_registered`, `intake_not_open_yet`, `intake_closed`"),
        (status = 413, body = ErrorBody, description = "`body_too_large`"),
        (status = 415, body = ErrorBody, description = "`not_json`"),
        (status = 422, body = ErrorBody, description = "`idempotency_key_reused`"),
        (status = 429, body = ErrorBody, description = "`too_many_requests`"),
        (status = 503, body = ErrorBody, description = "`busy`: nothing was stored, try again with the same key"),
    )
)]
pub async fn create<P: Platform>(
    State(backend): State<Backend<P>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let key = read_key(&headers)?;
    let form = read_form(&headers, body).await?;
    let request = Request {
        key_digest: backend.secrets.idempotency(key.as_str()),
        body_digest: backend.secrets.body(&serde_json::to_string(&form)?),
        address: client_address(&headers).to_owned(),
        form,
    };
    let (status, decision) = match decide(&backend, &request).await {
        Ok(decision) => (StatusCode::CREATED, decision),
        // Whatever stands against the application now, one that was accepted before is answered as then.
        Err(refusal) => match decided_before(&backend.platform, &request.key_digest).await? {
            Some(decision) if decision.body_digest == request.body_digest => (StatusCode::OK, decision),
            Some(_) => return Err(ErrorCode::KeyReused.into()),
            None => return Err(refusal),
        },
    };
    Ok((status, Json(confirmation(&backend, &request, &decision))).into_response())
}

struct Request {
    form: ApplicationForm,
    key_digest: String,
    body_digest: String,
    address: String,
}

fn read_key(headers: &HeaderMap) -> Result<IdempotencyKey, ErrorCode> {
    let mut sent = headers.get_all("idempotency-key").iter();
    let key = sent.next().map(|value| value.to_str().unwrap_or_default());
    // Two keys would leave open which one counts.
    if sent.next().is_some() { Err(ErrorCode::KeyMalformed) } else { IdempotencyKey::parse(key) }
}

/// Where the request comes from, as the edge or the host's proxy says; empty when neither does.
fn client_address(headers: &HeaderMap) -> &str {
    let told = ["cf-connecting-ip", "x-real-ip"].into_iter().find_map(|name| headers.get(name)?.to_str().ok());
    told.unwrap_or_default()
}

async fn read_form(headers: &HeaderMap, body: Body) -> Result<ApplicationForm, Refusal> {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !declared.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return Err(ErrorCode::NotJson.into());
    }
    let body = to_bytes(body, BODY_MAX).await.map_err(|_| ErrorCode::BodyTooLarge)?;
    let mut reader = serde_json::Deserializer::from_slice(&body);
    let form = serde_path_to_error::deserialize(&mut reader).map_err(|error| match error.inner().classify() {
        serde_json::error::Category::Data => {
            Refusal::field(ErrorCode::WrongType, error.path().to_string(), FaultCode::WrongType)
        }
        _ => ErrorCode::BrokenJson.into(),
    })?;
    reader.end().map_err(|_| ErrorCode::BrokenJson)?;
    Ok(form)
}

async fn decide<P: Platform>(backend: &Backend<P>, request: &Request) -> Result<Decision, Refusal> {
    let platform = &backend.platform;
    let catalogue = backend.catalogue().await?;
    let now = platform.now();
    if catalogue.cohort(&request.form.cohort).is_none()
        && let Some(time) = seats::open_time(platform, &request.form.cohort).await?
    {
        // A cohort of another intake: an old page, or an early one.
        return Err(if now < time.opens_at { ErrorCode::NotOpenYet } else { ErrorCode::Closed }.into());
    }
    match catalogue.intake.phase(now) {
        Phase::Open => {}
        Phase::NotOpenYet => return Err(ErrorCode::NotOpenYet.into()),
        Phase::Closed => return Err(ErrorCode::Closed.into()),
    }
    let application = check(&request.form, &catalogue, now).map_err(Refusal::faults)?;
    let contact = application.guardians.first().map_or("", |guardian| guardian.phone.e164());
    if !platform.allows(&backend.secrets.contact(contact, &request.address)).await {
        return Err(ErrorCode::TooManyRequests.into());
    }
    let identities = identities(backend, &application);
    for _ in 0..DRAWS {
        let draw = Draw::new(backend, &application.student)?;
        let new = NewApplication {
            application: &application,
            intake: &catalogue.intake.id,
            key_digest: &request.key_digest,
            body_digest: &request.body_digest,
            id: &draw.application_id,
            student_id: &draw.student_id,
            registration_id: &draw.registration_id,
            reference: draw.reference.as_str(),
            link_digest: &digest(&backend.secrets.link_token(&draw.application_id)),
            iin_sealed: draw.iin_sealed.as_deref(),
            identities: &identities,
            now,
        };
        match apply(platform, &new).await? {
            Outcome::Decided(decision) => return Ok(decision),
            Outcome::ReferenceUsed => {}
            // The caller looks the earlier decision up.
            Outcome::KeyUsed => return Err(ErrorCode::KeyReused.into()),
            Outcome::AlreadyRegistered => {
                outbox::queue_link_again(platform, &catalogue.intake.id, &identities, now).await?;
                return Err(ErrorCode::AlreadyRegistered.into());
            }
            Outcome::NotOffered => return Err(ErrorCode::Closed.into()),
        }
    }
    Err(Refusal::internal("every reference number drawn was taken"))
}

/// What is drawn at random for one application.
struct Draw {
    application_id: String,
    student_id: String,
    registration_id: String,
    reference: Reference,
    iin_sealed: Option<String>,
}

impl Draw {
    fn new<P: Platform>(backend: &Backend<P>, student: &Student) -> Result<Self, Refusal> {
        let mut nonce = [0; 24];
        let mut bits = [0; 8];
        backend.platform.randomise(&mut nonce)?;
        backend.platform.randomise(&mut bits)?;
        let student_id = ulid(backend)?;
        let sealed = |iin: &domain::iin::Iin| backend.secrets.seal_iin(iin.reveal(), &student_id, nonce);
        Ok(Self {
            iin_sealed: student.iin.as_ref().map(sealed).transpose()?,
            application_id: ulid(backend)?,
            registration_id: ulid(backend)?,
            reference: Reference::from_random(u64::from_be_bytes(bits)),
            student_id,
        })
    }
}

/// An identifier that grows with time, so that new rows lie together.
fn ulid<P: Platform>(backend: &Backend<P>) -> Result<String, Refusal> {
    let mut random = [0; 16];
    backend.platform.randomise(&mut random)?;
    let at = u64::try_from(backend.platform.now().0).unwrap_or_default();
    Ok(Ulid::from_parts(at, u128::from_be_bytes(random)).to_string())
}

/// By what the same student is recognised: the identification number; and name, birth date and telephone of any guardian, so that
/// the other parent's application is recognised too.
fn identities<P: Platform>(backend: &Backend<P>, application: &Application) -> Vec<String> {
    let student = &application.student;
    let (surname, given_name) = (student.name.surname.folded(), student.name.given_name.folded());
    let born = student.born_on.to_string();
    let by_phone = |phone: &Phone| backend.secrets.identity(&["person", &surname, &given_name, &born, phone.e164()]);
    let by_number = student.iin.as_ref().map(|iin| backend.secrets.identity(&["iin", iin.reveal()]));
    by_number.into_iter().chain(application.guardians.iter().map(|guardian| by_phone(&guardian.phone))).collect()
}

fn confirmation<P: Platform>(backend: &Backend<P>, request: &Request, decision: &Decision) -> Confirmation {
    Confirmation {
        reference: decision.reference.clone(),
        state: decision.state,
        position: decision.position,
        decided_at: decision.decided_at,
        token: backend.secrets.link_token(&decision.application_id),
        receipt: decision.receipt(&backend.secrets),
        warnings: if iin_disagrees(&request.form.student) { vec![Warning::IinBirthDate] } else { Vec::new() },
    }
}
