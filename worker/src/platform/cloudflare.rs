//! The home at Cloudflare's edge: D1, KV, the rate-limit and e-mail bindings, and the two entry points of the Worker.

mod database;
mod exchange;
mod pieces;
mod randomness;
mod runtime;
mod task;

use crate::access::Access;
use crate::due_work::run_due_work;
use crate::platform::{DatabaseError, DeliveryError, Letter, Platform, RandomnessError, Statement, tell_panics_by_place};
use crate::routes::router;
use crate::secrets::Secrets;
use crate::state::Backend;
use axum::Router;
use axum::body::Body;
use domain::date::Timestamp;
use ed25519_dalek::{Signer, SigningKey};
use http::Response;
use js_sys::Uint8Array;
use std::sync::OnceLock;
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};
use tower::Service;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use worker::send::SendFuture;
use worker::{Env, SendEmailBuilder, console_error, event};

/// An application makes some thousand pieces of memory; the allocator that comes with the target takes twice as long for them.
#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

/// The bindings of `wrangler.toml`; those of the database and of the rate limit are named in `runtime.js`.
const CATALOGUE: &str = "CATALOGUE";
const MAIL: &str = "MAIL";
const MASTER_KEY: &str = "MASTER_KEY";
const MAIL_FROM: &str = "MAIL_FROM";
const SITE_ORIGIN: &str = "SITE_ORIGIN";
const ACCESS_TEAM: &str = "ACCESS_TEAM";
const ACCESS_AUDIENCE: &str = "ACCESS_AUDIENCE";

/// How long the published catalogue lives in KV, in seconds; KV takes no less.
const CATALOGUE_TTL: u64 = 60;

/// The key under which it lives.
const CATALOGUE_KEY: &str = "catalogue";

/// Cloudflare, seen through the bindings of one isolate.
#[derive(Clone)]
struct Cloudflare {
    env: Env,
}

impl Platform for Cloudflare {
    const ADDRESS_HEADER: &'static str = "cf-connecting-ip";

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Option<String>>, DatabaseError> {
        SendFuture::new(database::batch(&self.env, &statements)).await
    }

    async fn published_catalogue(&self) -> Option<String> {
        let store = self.env.kv(CATALOGUE).ok()?;
        SendFuture::new(async move { store.get(CATALOGUE_KEY).text().await.ok().flatten() }).await
    }

    async fn publish_catalogue(&self, catalogue: &str) {
        let published = async {
            let put = self.env.kv(CATALOGUE)?.put(CATALOGUE_KEY, catalogue)?;
            put.expiration_ttl(CATALOGUE_TTL).execute().await?;
            Ok::<(), worker::Error>(())
        };
        if let Err(error) = SendFuture::new(published).await {
            self.log(&format!("the catalogue was not published: {error}"));
        }
    }

    fn now(&self) -> Timestamp {
        // Whole milliseconds far below 2^53.
        Timestamp(js_sys::Date::now() as i64)
    }

    fn randomise(&self, buffer: &mut [u8]) -> Result<(), RandomnessError> {
        randomness::fill(buffer).map_err(|_| RandomnessError)
    }

    async fn sign(&self, key: &SigningKey, text: &str) -> [u8; 64] {
        let signed = SendFuture::new(task::settled(&runtime::sign(key.as_bytes(), text.as_bytes()))).await;
        let bytes = signed.ok().map(|bytes| bytes.unchecked_into::<Uint8Array>().to_vec());
        // A runtime without Ed25519 leaves it to us.
        bytes.and_then(|bytes| bytes.try_into().ok()).unwrap_or_else(|| key.sign(text.as_bytes()).to_bytes())
    }

    async fn fetch(&self, address: &str) -> Option<String> {
        let text = SendFuture::new(task::settled(&runtime::fetch_text(address))).await;
        text.ok().and_then(|text| text.as_string())
    }

    async fn send(&self, letter: &Letter) -> Result<(), DeliveryError> {
        let failed = |_| DeliveryError("the e-mail binding or the sender's address is not set".to_owned());
        let from = self.env.var(MAIL_FROM).map_err(failed)?.to_string();
        let binding = self.env.send_email(MAIL).map_err(failed)?;
        let message = SendEmailBuilder::builder(&from, &letter.to, &letter.subject).text(&letter.body).build();
        let sent = SendFuture::new(async move { binding.send_with_builder(&message).await }).await;
        // The error's name only: its message can hold the address.
        sent.map(drop).map_err(|error| DeliveryError(String::from(error.name())))
    }

    async fn allows(&self, contact: &str) -> bool {
        let allowed = SendFuture::new(task::settled(&runtime::allows(&self.env, contact))).await;
        // A fence that doesn't answer must not keep families out.
        allowed.ok().and_then(|word| word.as_bool()).unwrap_or(true)
    }

    fn log(&self, line: &str) {
        console_error!("{line}");
    }
}

fn backend(env: Env) -> worker::Result<Backend<Cloudflare>> {
    let master = env.secret(MASTER_KEY)?.to_string();
    let secrets = Secrets::from_base64(&master).map_err(|error| worker::Error::RustError(error.to_string()))?;
    let origin = env.var(SITE_ORIGIN)?.to_string();
    let optional = |name| env.var(name).map(|value| value.to_string()).unwrap_or_default();
    let access = Access::new(&optional(ACCESS_TEAM), &optional(ACCESS_AUDIENCE));
    Ok(Backend::new(Cloudflare { env }, secrets, &origin).behind(access))
}

/// Runs when an instance of the module starts.
#[event(start)]
fn start() {
    tell_panics_by_place(|line| console_error!("{line}"));
    task::listen();
}

/// Answers a request: see [`exchange::request`]. A call is settled by one of the two functions of a promise that it has: `resolve` and
/// `reject`.
#[wasm_bindgen]
pub fn fetch(head: String, body: JsValue, env: Env, call: JsValue) {
    task::begin(&call.clone(), async move {
        let answered = match answer(&head, body, env).await {
            Ok(response) => exchange::respond(&call, response).await,
            Err(error) => Err(error),
        };
        if let Err(error) = answered {
            runtime::fail(&call, &error.to_string());
        }
    });
}

/// Routes and keys are made once for an isolate: its bindings never change.
async fn answer(head: &str, body: JsValue, env: Env) -> worker::Result<Response<Body>> {
    static ROUTER: OnceLock<Router> = OnceLock::new();
    let mut routes = match ROUTER.get() {
        Some(routes) => routes.clone(),
        None => {
            let routes = router(backend(env)?);
            ROUTER.get_or_init(|| routes).clone()
        }
    };
    Ok(routes.call(exchange::request(head, body)?).await?)
}

/// Runs every minute.
#[wasm_bindgen]
pub fn scheduled(env: Env, call: JsValue) {
    task::begin(&call.clone(), async move {
        let done = match backend(env) {
            Ok(backend) => run_due_work(&backend).await,
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = done {
            console_error!("scheduled: {error}");
        }
        runtime::done(&call);
    });
}
