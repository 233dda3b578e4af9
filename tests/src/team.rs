//! A team of Cloudflare Access: a server of its keys, and the tokens that Cloudflare would add to requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use data_encoding::BASE64URL_NOPAD;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use rsa::PrivateKey;
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The tag of the application that tokens are for.
pub const AUDIENCE: &str = "the-console-of-this-test";

/// A team that answers where its keys are; it ends when dropped.
pub struct Team {
    /// Its address, which its tokens name.
    pub issuer: String,
    key: PrivateKey,
    asked: Arc<AtomicUsize>,
    answering: JoinHandle<()>,
}

impl Team {
    /// Begins to answer, with a key of this moment.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn begin() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let issuer = format!("http://{}", listener.local_addr()?);
        let key = stranger();
        let part = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        let jwk = json!({ "kid": "one", "kty": "RSA", "alg": "RS256", "n": part(&key.n_bytes()), "e": part(&key.e_bytes()) });
        let asked = Arc::new(AtomicUsize::new(0));
        let answering = tokio::spawn(answer(listener, json!({ "keys": [jwk] }).to_string(), Arc::clone(&asked)));
        Ok(Self { issuer, key, asked, answering })
    }

    /// A token for an hour from `now` (milliseconds) that vouches for this e-mail.
    pub fn token(&self, email: &str, now: i64) -> String {
        signed(&self.key, &self.issuer, email, now)
    }

    /// The same as if Cloudflare had signed it, by somebody else.
    pub fn forged(&self, email: &str, now: i64) -> String {
        signed(&stranger(), &self.issuer, email, now)
    }

    /// How often its keys were asked for.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        self.answering.abort();
    }
}

fn stranger() -> PrivateKey {
    PrivateKey::new(&mut UnwrapErr(SysRng), 2048).expect("a key")
}

fn signed(key: &PrivateKey, issuer: &str, email: &str, now: i64) -> String {
    let seconds = now / 1000;
    let header = json!({ "alg": "RS256", "kid": "one", "typ": "JWT" });
    let claims = json!({ "iss": issuer, "aud": [AUDIENCE], "iat": seconds, "exp": seconds + 3600, "email": email });
    let text = [header, claims].map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes())).join(".");
    let signature = SigningKey::<Sha256>::new(key.clone()).sign(text.as_bytes());
    format!("{text}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
}

/// Answers every request for the keys, one a connection.
async fn answer(listener: TcpListener, keys: String, asked: Arc<AtomicUsize>) {
    while let Ok((mut connection, _)) = listener.accept().await {
        let mut head = vec![0; 4096];
        let length = connection.read(&mut head).await.unwrap_or_default();
        let known = head[..length].starts_with(b"GET /cdn-cgi/access/certs ");
        asked.fetch_add(1, Ordering::SeqCst);
        let (status, body) = if known { ("200 OK", keys.as_str()) } else { ("404 Not Found", "") };
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        connection.write_all(answer.as_bytes()).await.ok();
        connection.shutdown().await.ok();
    }
}
