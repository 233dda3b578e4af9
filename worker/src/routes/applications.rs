//! `POST /api/applications`: one request, one decision, one batch.

use crate::platform::Platform;
use crate::receipt::{DecidedRegistration, Decision};
use crate::refusal::Refusal;
use crate::routes::{Json, address, body};
use crate::secrets::digest;
use crate::state::Backend;
use crate::store::applications::{FAMILY, NewApplication, NewStudent, Outcome, apply, decided_before};
use crate::store::{self, outbox, seats};
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::application::{Applicant, Application, ApplicationForm, Fault, Guardian, Student, check, iin_disagrees};
use domain::catalogue::Phase;
use domain::contact::Phone;
use domain::date::Timestamp;
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::field::Field;
use domain::iin::Iin;
use domain::key::IdempotencyKey;
use domain::reference::Reference;
use domain::registration::{Confirmation, Decided, Warning};
use http::{HeaderMap, StatusCode};
use std::sync::Arc;

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
    let form: ApplicationForm = body::read(&headers, body).await?;
    let request = Request { keys: Keys::of(&backend, &key, &form)?, address: address::of_client::<P>(&headers), form };
    let (status, decision) = match decide(&backend, &request).await {
        Ok(decision) => (StatusCode::CREATED, decision),
        // Asking an overloaded store once more would only keep the family waiting: the phone asks again by itself.
        Err(refusal) if refusal.code == ErrorCode::Busy => return Err(refusal),
        // Whatever stands against the application now, one that was accepted before is answered as then.
        Err(refusal) => (StatusCode::OK, request.keys.decided_before(&backend, refusal).await?),
    };
    Ok((status, Json(confirmation(&backend, &request, &decision).await)).into_response())
}

struct Request {
    form: ApplicationForm,
    keys: Keys,
    address: String,
}

/// By what a repeated request is recognised.
pub(super) struct Keys {
    pub(super) key_digest: String,
    pub(super) body_digest: String,
}

impl Keys {
    /// Those of a form sent with this key.
    pub(super) fn of<P: Platform>(backend: &Backend<P>, key: &IdempotencyKey, form: &ApplicationForm) -> Result<Self, Refusal> {
        Ok(Self {
            key_digest: backend.secrets.idempotency(key.as_str()),
            body_digest: backend.secrets.body(&serde_json::to_string(form)?),
        })
    }

    /// The decision an earlier request got, instead of this refusal.
    pub(super) async fn decided_before<P: Platform>(
        &self,
        backend: &Backend<P>,
        refusal: Refusal,
    ) -> Result<Decision, Refusal> {
        match decided_before(&backend.platform, &self.key_digest).await? {
            Some(decision) if decision.body_digest == self.body_digest => Ok(decision),
            Some(_) => Err(ErrorCode::KeyReused.into()),
            None => Err(refusal),
        }
    }
}

/// The key that a request has to bring.
pub(super) fn read_key(headers: &HeaderMap) -> Result<IdempotencyKey, ErrorCode> {
    let mut sent = headers.get_all("idempotency-key").iter();
    let key = sent.next().map(|value| value.to_str().unwrap_or_default());
    // Two keys would leave open which one counts.
    if sent.next().is_some() { Err(ErrorCode::KeyMalformed) } else { IdempotencyKey::parse(key) }
}

async fn decide<P: Platform>(backend: &Backend<P>, request: &Request) -> Result<Decision, Refusal> {
    let platform = &backend.platform;
    let mut catalogue = backend.catalogue().await?;
    let now = platform.now();
    let wanted = request.form.cohort.as_str();
    if catalogue.cohort(wanted).is_none()
        && let Some(time) = seats::open_time(platform, wanted).await?
    {
        if now < time.opens_at {
            return Err(ErrorCode::NotOpenYet.into());
        }
        // One that was made since the catalogue was read; or one of another intake, on an old page.
        if now < time.closes_at {
            catalogue = Arc::new(store::catalogue::current(platform, now).await?);
        }
        if catalogue.cohort(wanted).is_none() {
            return Err(ErrorCode::Closed.into());
        }
    }
    match catalogue.intake.phase(now) {
        Phase::Open => {}
        Phase::NotOpenYet => return Err(ErrorCode::NotOpenYet.into()),
        Phase::Closed => return Err(ErrorCode::Closed.into()),
    }
    let application = check(&request.form, &catalogue, now).map_err(Refusal::faults)?;
    let contact = application.guardians.first().map_or("", |guardian| guardian.phone.e164());
    if !platform.allows(&backend.secrets.contact(&request.form.cohort, contact, &request.address)).await {
        return Err(ErrorCode::TooManyRequests.into());
    }
    match register(backend, &catalogue.intake.id, &application, &request.keys, FAMILY).await? {
        Registered::Decided(decision) => Ok(decision),
        Registered::Known { identities } => {
            outbox::queue_link_again(platform, &catalogue.intake.id, &identities, now).await?;
            Err(ErrorCode::AlreadyRegistered.into())
        }
    }
}

/// What became of an acceptable application.
pub(super) enum Registered {
    /// Decided.
    Decided(Decision),
    /// One of the students is registered already, recognised by one of these.
    Known {
        /// Keyed hashes.
        identities: Vec<String>,
    },
}

/// Adds what an application needs, stores it and decides.
///
/// # Errors
/// When it can't be decided; nothing was stored then.
pub(super) async fn register<P: Platform>(
    backend: &Backend<P>,
    intake: &str,
    application: &Application,
    keys: &Keys,
    author: &str,
) -> Result<Registered, Refusal> {
    let platform = &backend.platform;
    for _ in 0..DRAWS {
        let added = Added::to(backend, application)?;
        let new = added.joined(application, intake, keys, author, platform.now());
        match apply(platform, &new).await? {
            Outcome::Decided(decision) => return Ok(Registered::Decided(decision)),
            Outcome::ReferenceUsed => {}
            // The caller looks the earlier decision up.
            Outcome::KeyUsed => return Err(ErrorCode::KeyReused.into()),
            Outcome::AlreadyRegistered => {
                let identities = new.students.iter().flat_map(|student| student.identities.clone()).collect();
                return Ok(Registered::Known { identities });
            }
            Outcome::CohortClosed => return Err(closed_since(platform, application).await?),
            Outcome::NotOffered => return Err(ErrorCode::Closed.into()),
        }
    }
    Err(Refusal::internal("every reference number drawn was taken"))
}

/// What the backend adds to an application.
pub(super) struct Added {
    id: String,
    students: Vec<NewStudent>,
    reference: Reference,
    link_digest: String,
}

impl Added {
    /// Drawn and derived anew.
    pub(super) fn to<P: Platform>(backend: &Backend<P>, application: &Application) -> Result<Self, Refusal> {
        let id = backend.platform.ulid()?;
        let students = application.students.iter().map(|applicant| new_student(backend, application, applicant));
        Ok(Self {
            students: students.collect::<Result<_, _>>()?,
            reference: reference(backend)?,
            link_digest: digest(&backend.secrets.link_token(&id)),
            id,
        })
    }

    /// Together with the application: what is stored.
    pub(super) fn joined<'a>(
        &'a self,
        application: &'a Application,
        intake: &'a str,
        keys: &'a Keys,
        author: &'a str,
        now: Timestamp,
    ) -> NewApplication<'a> {
        NewApplication {
            application,
            intake,
            key_digest: &keys.key_digest,
            body_digest: &keys.body_digest,
            id: &self.id,
            students: &self.students,
            reference: self.reference.as_str(),
            link_digest: &self.link_digest,
            now,
            author,
        }
    }
}

/// A cohort was closed since the catalogue was read: a new one says whose.
async fn closed_since(platform: &impl Platform, application: &Application) -> Result<Refusal, Refusal> {
    let catalogue = store::catalogue::current(platform, platform.now()).await?;
    let closed = |applicant: &Applicant| catalogue.cohort(&applicant.cohort).is_none_or(|cohort| cohort.closed);
    let whose = application.students.iter().enumerate().filter(|(_, applicant)| closed(applicant));
    let fault = |student| Fault { student, field: Field::Cohort, code: FaultCode::UnknownCohort };
    Ok(Refusal::faults(whose.map(|(student, _)| fault(student)).collect()))
}

fn reference<P: Platform>(backend: &Backend<P>) -> Result<Reference, Refusal> {
    let mut bits = [0; 8];
    backend.platform.randomise(&mut bits)?;
    Ok(Reference::from_random(u64::from_be_bytes(bits)))
}

/// What is drawn and derived for one student.
fn new_student<P: Platform>(
    backend: &Backend<P>,
    application: &Application,
    applicant: &Applicant,
) -> Result<NewStudent, Refusal> {
    let mut nonce = [0; 24];
    backend.platform.randomise(&mut nonce)?;
    let id = backend.platform.ulid()?;
    let sealed = |iin: &Iin| backend.secrets.seal_iin(iin.reveal(), &id, nonce);
    Ok(NewStudent {
        iin_sealed: applicant.student.iin.as_ref().map(sealed).transpose()?,
        identities: identities(backend, &application.guardians, &applicant.student),
        registration: backend.platform.ulid()?,
        id,
    })
}

/// By what the same student is recognised: the identification number; and name, birth date and telephone of any guardian, so that
/// the other parent's application is recognised too.
pub(super) fn identities<P: Platform>(backend: &Backend<P>, guardians: &[Guardian], student: &Student) -> Vec<String> {
    let (surname, given_name) = (student.name.surname.folded(), student.name.given_name.folded());
    let born = student.born_on.to_string();
    let by_phone = |phone: &Phone| backend.secrets.identity(&["person", &surname, &given_name, &born, phone.e164()]);
    let by_number = student.iin.as_ref().map(|iin| backend.secrets.identity(&["iin", iin.reveal()]));
    by_number.into_iter().chain(guardians.iter().map(|guardian| by_phone(&guardian.phone))).collect()
}

async fn confirmation<P: Platform>(backend: &Backend<P>, request: &Request, decision: &Decision) -> Confirmation {
    let mut registrations = Vec::with_capacity(decision.registrations.len());
    for one in &decision.registrations {
        registrations.push(decided(backend, &decision.reference, one).await);
    }
    Confirmation {
        reference: decision.reference.clone(),
        decided_at: decision.decided_at,
        token: backend.secrets.link_token(&decision.application_id),
        registrations,
        warnings: disagrees(&request.form).then_some(Warning::IinBirthDate).into_iter().collect(),
    }
}

async fn decided<P: Platform>(backend: &Backend<P>, reference: &str, one: &DecidedRegistration) -> Decided {
    Decided {
        registration: one.registration.clone(),
        cohort: one.cohort.clone(),
        state: one.state,
        position: one.position,
        receipt: one.receipt(reference, &backend.secrets, &backend.platform).await,
    }
}

/// Whether a number and a birth date of the form contradict each other.
pub(super) fn disagrees(form: &ApplicationForm) -> bool {
    let siblings = form.siblings.iter().map(|sibling| &sibling.student);
    std::iter::once(&form.student).chain(siblings).any(iin_disagrees)
}
