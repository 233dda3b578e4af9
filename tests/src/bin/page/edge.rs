//! The edge of a network, in front of a home: TLS, HTTP/2, and answers that are compressed.
//!
//! What is static is asked of the home once, with the headers of `public/_headers`, compressed as well as it gets, and kept; pages
//! are answered with 304 to who has them. What the API says is passed on, compressed as fast as an edge has to.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use data_encoding::{BASE64, HEXLOWER};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, PublicKeyData};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use xtask::build_app::brotli;

/// Brotli as an edge has it at hand for files.
const BEST: i32 = 11;

/// Brotli as an edge compresses what it passes on.
const FAST: i32 = 5;

/// Where an edge answers.
const HOST: &str = "127.0.0.1";

/// What concerns a connection and not the answer, or what the edge says anew.
const OF_THE_CONNECTION: [HeaderName; 5] =
    [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::ACCEPT_RANGES];

/// A certificate that nobody but the browsers of this bench trusts.
pub struct Identity {
    acceptor: TlsAcceptor,
    /// By this flag Chromium trusts it.
    pub flag: String,
}

impl Identity {
    /// A new one.
    pub fn draw() -> Result<Self> {
        let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed([HOST.to_owned()])?;
        let fingerprint = BASE64.encode(&Sha256::digest(signing_key.subject_public_key_info()));
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key.into())?;
        config.alpn_protocols = vec![b"h2".to_vec()];
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            flag: format!("--ignore-certificate-errors-spki-list={fingerprint}"),
        })
    }
}

/// An edge. Dropping it ends it.
pub struct Edge {
    /// Where it answers, without a slash at the end.
    pub base_url: String,
    shared: Arc<Shared>,
    listening: JoinHandle<()>,
}

struct Shared {
    home: String,
    client: reqwest::Client,
    kept: tokio::sync::Mutex<HashMap<String, Arc<Kept>>>,
    asked: Mutex<Vec<String>>,
}

/// A static answer.
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    etag: HeaderValue,
}

impl Edge {
    /// An edge before the home at this address.
    pub async fn before(home: &str, identity: &Identity) -> Result<Self> {
        let listener = TcpListener::bind((HOST, 0)).await?;
        let base_url = format!("https://{}", listener.local_addr()?);
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
        let shared = Arc::new(Shared { home: home.to_owned(), client, kept: HashMap::new().into(), asked: Mutex::default() });
        let (acceptor, serving) = (identity.acceptor.clone(), Arc::clone(&shared));
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).ok();
                let (acceptor, shared) = (acceptor.clone(), Arc::clone(&serving));
                tokio::spawn(async move {
                    // Browsers open connections that they never use.
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    let service = service_fn(move |request| answer(Arc::clone(&shared), request));
                    http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await.ok();
                });
            }
        });
        Ok(Self { base_url, shared, listening })
    }

    /// What it was asked for since this was called last.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let answer = if request.method() == Method::GET && !request.uri().path().starts_with("/api/") {
        kept(&shared, &request).await
    } else {
        passed_on(&shared, request).await
    };
    Ok(answer.unwrap_or_else(|error| {
        let mut failed = Response::new(Full::from(format!("{error:#}")));
        *failed.status_mut() = StatusCode::BAD_GATEWAY;
        failed
    }))
}

impl Shared {
    /// Notes what is asked for, and gives back where the home has it.
    fn note(&self, request: &Request<Incoming>) -> String {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        format!("{}{path}", self.home)
    }
}

/// A static answer.
async fn kept(shared: &Shared, request: &Request<Incoming>) -> Result<Response<Full<Bytes>>> {
    let address = shared.note(request);
    let mut all = shared.kept.lock().await;
    let kept = match all.get(&address) {
        Some(kept) => Arc::clone(kept),
        None => {
            let kept = Arc::new(fetched(shared, &address).await?);
            all.insert(address, Arc::clone(&kept));
            kept
        }
    };
    let known = request.headers().get(header::IF_NONE_MATCH) == Some(&kept.etag);
    let mut answer = Response::new(if known { Full::default() } else { Full::from(kept.body.clone()) });
    *answer.status_mut() = if known { StatusCode::NOT_MODIFIED } else { kept.status };
    *answer.headers_mut() = kept.headers.clone();
    answer.headers_mut().insert(header::ETAG, kept.etag.clone());
    Ok(answer)
}

async fn fetched(shared: &Shared, address: &str) -> Result<Kept> {
    let answer = shared.client.get(address).send().await?;
    let (status, mut headers) = (answer.status(), end_to_end(answer.headers()));
    headers.remove(header::LAST_MODIFIED);
    let body = answer.bytes().await?;
    let etag = format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(&body))).parse()?;
    let body = smaller(body, &mut headers, BEST)?;
    Ok(Kept { status, headers, body, etag })
}

/// What is not static.
async fn passed_on(shared: &Shared, request: Request<Incoming>) -> Result<Response<Full<Bytes>>> {
    let address = shared.note(&request);
    let (parts, body) = request.into_parts();
    let mut headers = end_to_end(&parts.headers);
    headers.remove(header::ACCEPT_ENCODING);
    let body = body.collect().await?.to_bytes();
    let answer = shared.client.request(parts.method, address).headers(headers).body(body).send().await?;
    let (status, mut headers) = (answer.status(), end_to_end(answer.headers()));
    let body = smaller(answer.bytes().await?, &mut headers, FAST)?;
    let mut answer = Response::new(Full::from(body));
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Ok(answer)
}

fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in OF_THE_CONNECTION {
        headers.remove(name);
    }
    headers
}

/// The body compressed, if that makes it smaller, and the header that says so. Every browser of this bench takes Brotli.
fn smaller(body: Bytes, headers: &mut HeaderMap, quality: i32) -> Result<Bytes> {
    let compressed = brotli(&body, quality).context("an answer can't be compressed")?;
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if compressed.len() >= body.len() {
        return Ok(body);
    }
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    Ok(compressed.into())
}
