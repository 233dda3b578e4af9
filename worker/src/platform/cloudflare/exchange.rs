//! Requests and responses between the runtime's objects and the router's. Most bodies of the API are small, so they cross whole: a
//! stream for each would cost more than the rest of an exchange. An answer whose length isn't known crosses in [pieces].

use crate::platform::cloudflare::{pieces, runtime};
use axum::body::{Body, HttpBody, to_bytes};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use js_sys::Uint8Array;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// The request as the router takes it, from its head in lines (method, address, name and value of each header by turns) and its body:
/// bytes, a stream or nothing.
pub fn request(head: &str, body: JsValue) -> worker::Result<Request<Body>> {
    let mut lines = head.split('\n');
    let mut request = Request::builder().method(lines.next().unwrap_or_default()).uri(lines.next().unwrap_or_default());
    if let Some(headers) = request.headers_mut() {
        while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
            // One that HTTP doesn't know (RFC 9110, 5.5) is none.
            if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
            {
                headers.append(name, value);
            }
        }
    }
    let body = match body.dyn_into::<Uint8Array>() {
        Ok(bytes) => Body::from(bytes.to_vec()),
        Err(other) => other.dyn_into().map_or_else(|_| Body::empty(), |stream| Body::new(worker::Body::new(stream))),
    };
    Ok(request.body(body)?)
}

/// Answers the runtime's call with this response.
pub async fn respond(call: &JsValue, response: Response<Body>) -> worker::Result<()> {
    let (mut head, body) = response.into_parts();
    let status = head.status.as_u16();
    if body.size_hint().exact().is_none() {
        let lines = lines(&head.headers)?;
        pieces::respond(call, status, unless_told(&lines), body);
        return Ok(());
    }
    let body = to_bytes(body, usize::MAX).await.map_err(|error| worker::Error::RustError(error.to_string()))?;
    if !body.is_empty() {
        // The runtime counts the bytes itself; without it, one answer's headers are those of the next.
        head.headers.remove(CONTENT_LENGTH);
    }
    let lines = lines(&head.headers)?;
    Ok(runtime::respond(call, status, unless_told(&lines), &body).inspect_err(|_| TOLD.with_borrow_mut(String::clear))?)
}

thread_local! {
    /// The headers the runtime was told last, in lines.
    static TOLD: RefCell<String> = const { RefCell::new(String::new()) };
}

/// These headers, unless they are those the runtime was told last.
fn unless_told(lines: &str) -> Option<&str> {
    TOLD.with_borrow_mut(|told| {
        if told == lines && !lines.is_empty() {
            return None;
        }
        lines.clone_into(told);
        Some(lines)
    })
}

/// Name and value of each header by turns, a line each.
fn lines(headers: &HeaderMap) -> worker::Result<String> {
    let mut lines = String::with_capacity(512);
    for (name, value) in headers {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(name.as_str());
        lines.push('\n');
        lines.push_str(value.to_str().map_err(|error| worker::Error::RustError(error.to_string()))?);
    }
    Ok(lines)
}
