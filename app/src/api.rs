//! The way to the server: each call of the contract, with what can go wrong as a type.

use crate::clock;
use crate::dom;
use crate::wire::{FromJs, from_json, to_json};
use domain::application::ApplicationForm;
use domain::catalogue::{Catalogue, LiveSeats};
use domain::error::{ErrorBody, ErrorCode, FieldFault};
use domain::invariants::Invariants;
use domain::language::Language;
use domain::registration::{Confirmation, JoinForm, MyApplication, SettingsForm};
use gloo_net::http::{Request, RequestBuilder, Response};
use wasm_bindgen::JsValue;

/// How long a weak connection may take before the family is told, in milliseconds.
const PATIENCE: u32 = 20_000;

/// Why there is no answer to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server couldn't be reached.
    Network,
    /// It was silent for too long.
    Timeout,
    /// It answered something that isn't in the contract.
    Unreadable,
    /// It refused, and said why.
    Refused(Refusal),
}

/// A refusal of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: ErrorCode,
    /// The faults of single answers.
    pub fields: Vec<FieldFault>,
    /// After how many seconds to try again, when the server says so.
    pub retry_after: Option<u32>,
}

/// What families choose from.
///
/// # Errors
/// As [`Failure`] says.
pub async fn catalogue() -> Result<Catalogue, Failure> {
    from_json(&catalogue_text().await?).ok_or(Failure::Unreadable)
}

/// The same as it is written.
///
/// # Errors
/// As [`Failure`] says.
pub async fn catalogue_text() -> Result<String, Failure> {
    text(send(Request::get("/api/catalogue"), None).await?).await
}

/// The seats of all cohorts now.
///
/// # Errors
/// As [`Failure`] says.
pub async fn seats() -> Result<LiveSeats, Failure> {
    let seats: LiveSeats = read(send(Request::get("/api/cohorts"), None).await?).await?;
    clock::set(seats.at);
    Ok(seats)
}

/// Sends an application. The same key may be sent again and again: it makes one registration.
///
/// # Errors
/// As [`Failure`] says.
pub async fn apply(form: &ApplicationForm, key: &str) -> Result<Confirmation, Failure> {
    let body = to_json(form).ok_or(Failure::Unreadable)?;
    let request = Request::post("/api/applications").header("Idempotency-Key", key).header("Content-Type", "application/json");
    read(send(request, Some(body)).await?).await
}

/// The application that belongs to a private link, as it is written and as it is.
///
/// # Errors
/// As [`Failure`] says.
pub async fn my(token: &str) -> Result<(String, MyApplication), Failure> {
    mine(Request::get("/api/my"), token, None).await
}

/// A change a family makes on its private page. Each may be sent again and again: what is done already stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Takes the seat offered to this registration.
    Accept(String),
    /// Gives up that offer.
    Decline(String),
    /// Gives up this registration's seat or place on the list.
    Withdraw(String),
    /// Another schedule for this student.
    Join(String, JoinForm),
    /// Whether a seat is taken without asking first.
    Settings(SettingsForm),
}

/// Makes a change and gives back how things stand after it, as it is written and as it is.
///
/// # Errors
/// As [`Failure`] says.
pub async fn change(change: &Change, token: &str) -> Result<(String, MyApplication), Failure> {
    let of = |registration: &str, what: &str| Request::post(&["/api/my/registrations/", registration, what].concat());
    let (request, body) = match change {
        Change::Accept(id) => (of(id, "/accept"), None),
        Change::Decline(id) => (of(id, "/decline"), None),
        Change::Withdraw(id) => (of(id, "/withdraw"), None),
        Change::Join(student, form) => {
            (Request::post(&["/api/my/students/", student, "/registrations"].concat()), to_json(form))
        }
        Change::Settings(form) => (Request::put("/api/my/settings"), to_json(form)),
    };
    mine(request, token, body).await
}

async fn mine(request: RequestBuilder, token: &str, body: Option<String>) -> Result<(String, MyApplication), Failure> {
    let request = if body.is_some() { request.header("Content-Type", "application/json") } else { request };
    let answer = text(send(authorised(request, token), body).await?).await?;
    let mine: MyApplication = from_json(&answer).ok_or(Failure::Unreadable)?;
    clock::set(mine.at);
    Ok((answer, mine))
}

/// What is promised to every family, counted.
///
/// # Errors
/// As [`Failure`] says.
pub async fn invariants() -> Result<Invariants, Failure> {
    read(send(Request::get("/api/invariants"), None).await?).await
}

/// The calendar file of a registration.
///
/// # Errors
/// As [`Failure`] says.
pub async fn calendar(token: &str, registration: &str, language: Language) -> Result<String, Failure> {
    let path = ["/api/my/calendar.ics?registration=", registration, "&lang=", language.as_str()].concat();
    text(send(authorised(Request::get(&path), token), None).await?).await
}

/// The receipt of a registration as a QR code: an SVG drawing.
///
/// # Errors
/// As [`Failure`] says.
pub async fn receipt_code(token: &str, registration: &str) -> Result<String, Failure> {
    let path = ["/api/my/registrations/", registration, "/receipt.svg"].concat();
    let code = text(send(authorised(Request::get(&path), token), None).await?).await?;
    // It is kept: something else that came in its place would stay.
    if code.ends_with("</svg>") { Ok(code) } else { Err(Failure::Unreadable) }
}

/// The app's texts in another language.
///
/// # Errors
/// As [`Failure`] says.
pub async fn texts(url: &str) -> Result<Vec<String>, Failure> {
    read(send(Request::get(url), None).await?).await
}

/// The token goes into a header, never into the address, which servers write down.
fn authorised(request: RequestBuilder, token: &str) -> RequestBuilder {
    request.header("Authorization", &["Bearer ", token].concat())
}

/// Sends a request, within the time a weak connection is given.
///
/// # Errors
/// When there is no answer.
pub async fn send(request: RequestBuilder, body: Option<String>) -> Result<Response, Failure> {
    send_within(PATIENCE, request, body.map(JsValue::from)).await
}

/// Sends a request with a body of any kind, within so many milliseconds.
///
/// # Errors
/// When there is no answer.
pub async fn send_within(patience: u32, request: RequestBuilder, body: Option<JsValue>) -> Result<Response, Failure> {
    let controller = web_sys::AbortController::new().ok();
    let signal = controller.as_ref().map(web_sys::AbortController::signal);
    let request = request.abort_signal(signal.as_ref());
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    let request = request.map_err(|_| Failure::Network)?;
    if let Some(controller) = controller {
        // Too late for an answer that has come, the call does nothing.
        dom::later(patience, move || controller.abort());
    }
    match request.send().await {
        Ok(response) => Ok(response),
        Err(_) if signal.is_some_and(|signal| signal.aborted()) => Err(Failure::Timeout),
        Err(_) => Err(Failure::Network),
    }
}

/// The text of an answer, or the refusal it carries.
///
/// # Errors
/// As [`Failure`] says.
pub async fn text(response: Response) -> Result<String, Failure> {
    if let Some(date) = response.headers().get("date") {
        clock::set_from_header(&date);
    }
    let retry_after = response.headers().get("retry-after").and_then(|seconds| seconds.trim().parse().ok());
    let status = response.status();
    let text = response.text().await.map_err(|_| Failure::Network)?;
    if response.ok() {
        return Ok(text);
    }
    let told = from_json::<ErrorBody>(&text).map(|body| (body.error.code, body.error.fields));
    // A proxy on the way answers in its own words; the status still says what to do.
    let (code, fields) = match (told, status) {
        (Some(told), _) => told,
        (None, 429) => (ErrorCode::TooManyRequests, Vec::new()),
        (None, 502..=504) => (ErrorCode::Busy, Vec::new()),
        (None, 500..) => (ErrorCode::Internal, Vec::new()),
        (None, _) => return Err(Failure::Unreadable),
    };
    Err(Failure::Refused(Refusal { code, fields, retry_after }))
}

async fn read<T: FromJs>(response: Response) -> Result<T, Failure> {
    let text = text(response).await?;
    from_json(&text).ok_or(Failure::Unreadable)
}
