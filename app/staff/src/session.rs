//! The way to the server. A call that needs a sign-in is a method of [`Session`], and only signing in gives one: such a call can't
//! be written where nobody is signed in. [`Account`] is what is there already when signing in isn't finished.

use crate::console::Console;
use app::api::{self, Failure, Refusal};
use app::{clock, dom};
use domain::error::ErrorCode;
use domain::staff::access::{CodeForm, Me, PasswordForm, Pending, RecoveryCodes, Right, SecondFactorSetup, SignInForm, Ways};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::Promise;
use leptos::prelude::Set;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, File};

/// How often a call is repeated that the server was too busy for.
const RETRIES: u32 = 3;

/// The longest wait before such a repetition, in seconds, whatever the server asks for: somebody is looking at the screen.
const RETRY_AFTER_MAX: u32 = 8;

/// How long a file may be under way, in milliseconds: the largest one over a weak connection.
const FILE_PATIENCE: u32 = 180_000;

/// What can be called before anybody is known.
impl Console {
    /// Who is signed in, by the cookie.
    ///
    /// # Errors
    /// As [`Failure`] says; nobody is a refusal.
    pub async fn ask_who(self) -> Result<Account, Failure> {
        Ok(Account::new(self, call(Method::GET, "/api/staff/me", None).await?))
    }

    /// The first step of signing in.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn sign_in(self, form: &SignInForm) -> Result<Account, Failure> {
        self.finish_leaving().await?;
        Ok(Account::new(self, call(Method::POST, "/api/staff/sign-in", Some(json(form)?)).await?))
    }

    /// How one may sign in besides e-mail and password.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn ways_in(self) -> Result<Ways, Failure> {
        call(Method::GET, "/api/staff/sign-in", None).await
    }

    /// Signs in whom the identity provider in front of the site vouches for.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn sign_in_by_access(self) -> Result<Account, Failure> {
        self.finish_leaving().await?;
        Ok(Account::new(self, call(Method::POST, "/api/staff/sign-in/access", None).await?))
    }
}

impl Console {
    /// Ends whatever session the cookie is of.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn sign_out(self) -> Result<(), Failure> {
        call(Method::POST, "/api/staff/sign-out", None).await
    }
}

/// A staff member who has shown a password; what may be missing is told by [`Account::pending`]. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Account {
    console: Console,
    // Kept for as long as the tab lives: people sign in a handful of times, and a plain reference goes everywhere.
    me: &'static Me,
}

impl Account {
    fn new(console: Console, me: Me) -> Self {
        clock::set(me.at);
        console.now.set(me.at);
        Self::remembered(console, me)
    }

    /// Somebody whom the phone remembers while the server can't be asked.
    pub fn remembered(console: Console, me: Me) -> Self {
        Self { console, me: Box::leak(Box::new(me)) }
    }

    /// Who it is.
    pub fn me(self) -> &'static Me {
        self.me
    }

    /// What is missing before anything else may be done.
    pub fn pending(self) -> Option<Pending> {
        self.me.pending
    }

    /// The whole session, once nothing is missing.
    pub fn session(self) -> Option<Session> {
        self.me.pending.is_none().then_some(Session { account: self })
    }

    /// Shows the code of the authenticator app.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn show_code(self, form: &CodeForm) -> Result<Account, Failure> {
        let me = self.watched(call(Method::POST, "/api/staff/sign-in/code", Some(json(form)?)).await)?;
        Ok(Self::new(self.console, me))
    }

    /// Takes a new password.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn change_password(self, form: &PasswordForm) -> Result<Account, Failure> {
        let me = self.watched(call(Method::PUT, "/api/staff/password", Some(json(form)?)).await)?;
        Ok(Self::new(self.console, me))
    }

    /// Begins to set up an authenticator app.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn begin_second_factor(self) -> Result<SecondFactorSetup, Failure> {
        self.watched(call(Method::POST, "/api/staff/second-factor", None).await)
    }

    /// Finishes it with the first code.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn confirm_second_factor(self, form: &CodeForm) -> Result<RecoveryCodes, Failure> {
        self.watched(call(Method::POST, "/api/staff/second-factor/confirm", Some(json(form)?)).await)
    }

    /// Signs out here, or everywhere.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn sign_out(self, everywhere: bool) -> Result<(), Failure> {
        let path = if everywhere { "/api/staff/sign-out-everywhere" } else { "/api/staff/sign-out" };
        self.watched(call(Method::POST, path, None).await)
    }

    /// Ends the session and shows the way in, at the address where one is.
    pub fn signs_in_anew(self) {
        spawn_local(async move {
            // Whatever came of it: the form is shown.
            let _ = self.sign_out(false).await;
            self.console.signed_out();
        });
    }

    /// An answer that says that the session is over, or was never finished, is told to the console.
    fn watched<T>(self, answer: Result<T, Failure>) -> Result<T, Failure> {
        match &answer {
            Err(Failure::Refused(Refusal { code: ErrorCode::NotSignedIn, .. })) => self.console.signed_out(),
            Err(Failure::Refused(Refusal { code: ErrorCode::SignInPending, .. })) => self.console.who_is_it(),
            _ => {}
        }
        answer
    }
}

/// A staff member who is signed in. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Session {
    account: Account,
}

impl Session {
    /// Who it is.
    pub fn me(self) -> &'static Me {
        self.account.me
    }

    /// Whether this is the same signing in of the same person.
    pub fn is(self, other: Self) -> bool {
        std::ptr::eq(self.me(), other.me())
    }

    /// Their own account.
    pub fn account(self) -> Account {
        self.account
    }

    /// What all pages share.
    pub fn console(self) -> Console {
        self.account.console
    }

    /// Whether they have this right, at the centres they reach.
    pub fn may(self, right: Right) -> bool {
        self.me().role.may(right)
    }

    /// `GET path`.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Failure> {
        self.account.watched(call(Method::GET, path, None).await)
    }

    /// `GET path`, of a page that goes on without an answer, also when nobody is signed in any more.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn look<T: DeserializeOwned>(self, path: &str) -> Result<T, Failure> {
        call(Method::GET, path, None).await
    }

    /// `GET path` for a file, whose bytes are left to be taken as they come; `signal` calls it off.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn open(self, path: &str, signal: &AbortSignal) -> Result<Response, Failure> {
        let request = RequestBuilder::new(path).abort_signal(Some(signal)).build().map_err(|_| Failure::Network)?;
        let response = request.send().await.map_err(|_| Failure::Network)?;
        if response.ok() {
            return Ok(response);
        }
        let refused = api::text(response).await.err().unwrap_or(Failure::Unreadable);
        self.account.watched(Err(refused))
    }

    /// `POST path` with a body; `&()` for none.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn post<T: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<T, Failure> {
        self.account.watched(call(Method::POST, path, body_of(body)?).await)
    }

    /// `POST path` with a body that is JSON already.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn post_json<T: DeserializeOwned>(self, path: &str, body: String) -> Result<T, Failure> {
        self.account.watched(call(Method::POST, path, Some(body)).await)
    }

    /// `POST path` with a key that makes repeating it harmless, however often it is sent.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn post_once<T: DeserializeOwned>(self, path: &str, key: &str, body: &impl Serialize) -> Result<T, Failure> {
        self.account.watched(call_with(Method::POST, path, Some(json(body)?), Some(key)).await)
    }

    /// `POST path` with a file as the body, and a key where repeating it has to be harmless.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn post_file<T: DeserializeOwned>(self, path: &str, key: Option<&str>, file: &File) -> Result<T, Failure> {
        let request = RequestBuilder::new(path).method(Method::POST).header("Content-Type", "application/octet-stream");
        let request = keyed(request, key);
        let answer = match api::send_within(FILE_PATIENCE, request, Some(file.into())).await {
            Ok(response) => api::text(response).await,
            Err(failure) => Err(failure),
        };
        serde_json::from_str(&self.account.watched(answer)?).map_err(|_| Failure::Unreadable)
    }

    /// `PUT path` with a body.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn put<T: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<T, Failure> {
        self.account.watched(call(Method::PUT, path, body_of(body)?).await)
    }

    /// `DELETE path`.
    ///
    /// # Errors
    /// As [`Failure`] says.
    pub async fn delete<T: DeserializeOwned>(self, path: &str) -> Result<T, Failure> {
        self.account.watched(call(Method::DELETE, path, None).await)
    }
}

fn json(body: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(|_| Failure::Unreadable)
}

fn body_of(body: &impl Serialize) -> Result<Option<String>, Failure> {
    Ok(Some(json(body)?).filter(|json| json != "null"))
}

/// One call of the contract. One the server was too busy for is repeated: it has stored nothing and says when to come back. An
/// answer without content is `()`.
async fn call<T: DeserializeOwned>(method: Method, path: &str, body: Option<String>) -> Result<T, Failure> {
    call_with(method, path, body, None).await
}

/// The request with the key that makes repeating it harmless, if there is one.
fn keyed(request: RequestBuilder, key: Option<&str>) -> RequestBuilder {
    match key {
        Some(key) => request.header("Idempotency-Key", key),
        None => request,
    }
}

async fn call_with<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
) -> Result<T, Failure> {
    let mut tries = 0;
    let text = loop {
        let request = RequestBuilder::new(path).method(method.clone());
        let request = if body.is_some() { request.header("Content-Type", "application/json") } else { request };
        let request = keyed(request, key);
        let answer = match api::send(request, body.clone()).await {
            Ok(response) => api::text(response).await,
            Err(failure) => Err(failure),
        };
        match (answer, tries) {
            (Ok(text), _) => break text,
            // Only our own server says when; a proxy that gave up may have passed the request on.
            (Err(Failure::Refused(Refusal { code: ErrorCode::Busy, retry_after: Some(seconds), .. })), 0..RETRIES) => {
                tries += 1;
                pause(seconds.clamp(1, RETRY_AFTER_MAX) * 1_000).await;
            }
            (Err(failure), _) => return Err(failure),
        }
    };
    let text = if text.is_empty() { "null" } else { &text };
    serde_json::from_str(text).map_err(|_| Failure::Unreadable)
}

async fn pause(milliseconds: u32) {
    let over = Promise::new(&mut |resolve, _| {
        dom::later(milliseconds, move || drop(resolve.call0(&JsValue::NULL)));
    });
    let _ = JsFuture::from(over).await;
}
