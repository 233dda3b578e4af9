//! Requests as programs and phones send them, the broken ones included, and what came back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use domain::application::ApplicationForm;
use domain::error::{ErrorBody, ErrorCode, FaultCode};
use domain::registration::{Confirmation, Decided, MyApplication, MyRegistration};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::RwLock;

use crate::personal;

/// The longest anybody waits for an answer: a busy machine's slowest, far above any real one.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends requests to one server.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base_url: String,
    storing: Option<Arc<RwLock<()>>>,
}

impl Api {
    /// Requests to the server at this address. What may store something waits while another test holds `storing` for itself.
    pub fn new(base_url: &str, storing: Option<Arc<RwLock<()>>>) -> Result<Self> {
        // The server is on this machine, whatever proxies the environment names.
        // A connection for each request: one kept open can be closed by the server just as the next request sets out.
        let client = Client::builder().no_proxy().pool_max_idle_per_host(0).timeout(PATIENCE).build()?;
        Ok(Self { client, base_url: base_url.to_owned(), storing })
    }

    /// `GET path`.
    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// Any method, no header, no body.
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request { api: self.clone(), method, path: path.to_owned(), headers: HeaderMap::new(), body: Vec::new() }
    }

    /// `POST /api/applications` with this body and a fresh key, declared as JSON.
    pub fn post(&self, body: impl Into<Vec<u8>>) -> Request {
        let mut request = self.request(Method::POST, "/api/applications").key(&fresh_key());
        request = request.header(CONTENT_TYPE.as_str(), "application/json");
        request.body = body.into();
        request
    }

    /// Sends an application with a fresh key.
    pub fn apply(&self, form: &ApplicationForm) -> Request {
        personal::note(form);
        self.post(serde_json::to_vec(form).expect("a form has a JSON form"))
    }
}

/// A key that no other request has.
pub fn fresh_key() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("test-{now}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A request that is not sent yet.
#[derive(Clone)]
pub struct Request {
    api: Api,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Request {
    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's value");
        self.headers.insert(name.parse::<HeaderName>().expect("a header's name"), value);
        self
    }

    /// Takes a header away.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Sets the `Idempotency-Key`.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Sets the body, declared as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_vec(body).expect("a JSON form");
        self.header(CONTENT_TYPE.as_str(), "application/json")
    }

    /// Sets the body: a file.
    pub fn file(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.body = bytes.into();
        self.header(CONTENT_TYPE.as_str(), "application/octet-stream")
    }

    /// Shows the secret of a private link.
    pub fn token(self, token: &str) -> Self {
        self.header(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// For a test that holds the time of storing for itself, and so must not wait for it.
    pub fn alone(mut self) -> Self {
        self.api.storing = None;
        self
    }

    /// What this request does, for messages.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Sends it.
    pub async fn send(self) -> Answer {
        let name = self.name();
        self.attempt().await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Sends it to a server that may not be there, or not for long enough to answer.
    ///
    /// # Errors
    /// When no whole answer came.
    pub async fn attempt(self) -> reqwest::Result<Answer> {
        let name = self.name();
        let storing = match &self.api.storing {
            // A file that is taken out is told in the journal.
            Some(lock) if self.method != Method::GET || self.path.starts_with("/api/staff/export?") => Some(lock.read().await),
            _ => None,
        };
        let answer = loop {
            let request = self.api.client.request(self.method.clone(), format!("{}{}", self.api.base_url, self.path));
            let response = request.headers(self.headers.clone()).body(self.body.clone()).send().await?;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let bytes = response.bytes().await?.to_vec();
            let body = String::from_utf8_lossy(&bytes).into_owned();
            let answer = Answer { name: name.clone(), status, headers, body, bytes };
            if !answer.was_lost_in_the_local_proxy() {
                break answer;
            }
        };
        drop(storing);
        Ok(answer)
    }
}

/// The decision about an application of one student.
pub trait OneStudent {
    /// What was decided about the student.
    fn one(&self) -> &Decided;
}

impl OneStudent for Confirmation {
    fn one(&self) -> &Decided {
        assert_eq!(self.registrations.len(), 1, "one student, one decision: {self:?}");
        &self.registrations[0]
    }
}

/// The page of an application of one student with one registration.
pub trait OneRegistration {
    /// That registration.
    fn one(&self) -> &MyRegistration;
}

impl OneRegistration for MyApplication {
    fn one(&self) -> &MyRegistration {
        assert_eq!(self.students.len(), 1, "one student: {self:?}");
        assert_eq!(self.students[0].registrations.len(), 1, "one registration: {self:?}");
        &self.students[0].registrations[0]
    }
}

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The request, for messages.
    pub name: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as a text.
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// A header's text; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// wrangler's proxy, which nobody has in production, sent the request on over a connection that the Worker was just closing as
    /// unused: it was never read. Judging a password keeps the Worker busy for long enough that this happens.
    fn was_lost_in_the_local_proxy(&self) -> bool {
        self.status == 503 && self.body.starts_with("Your worker restarted mid-request.")
    }

    /// The body of an answer 200.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        self.json_of(200)
    }

    /// The decision about an application that was new.
    pub fn created(&self) -> Confirmation {
        self.confirmation(201)
    }

    /// The decision about an application that was repeated.
    pub fn repeated(&self) -> Confirmation {
        self.confirmation(200)
    }

    fn confirmation(&self, status: u16) -> Confirmation {
        let confirmation: Confirmation = self.json_of(status);
        personal::note_secret(&confirmation.token);
        confirmation
    }

    fn json_of<T: DeserializeOwned>(&self, status: u16) -> T {
        let Self { name, body, .. } = self;
        assert_eq!((self.status, self.header("content-type")), (status, "application/json"), "{name}: {body}");
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{name}: {error}: {body}"))
    }

    /// The answer is this refusal, for the whole request, and says nothing else.
    pub fn assert_refused(&self, status: u16, code: ErrorCode) {
        self.assert_faults(status, code, &[]);
    }

    /// The answer is this refusal and names exactly these answers, in this order.
    pub fn assert_faults(&self, status: u16, code: ErrorCode, faults: &[(&str, FaultCode)]) {
        let told = self.json_of::<ErrorBody>(status).error;
        let fields: Vec<_> = told.fields.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!((told.code, fields.as_slice()), (code, faults), "{}", self.name);
    }
}
