//! What holds for every route: no request from other sites' pages, security headers on every answer, the log.

use crate::platform::Platform;
use crate::refusal::{LogLine, Refusal};
use crate::state::Backend;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use std::time::{Duration, UNIX_EPOCH};

/// Refuses what changes something and was started by a page of another site. There are no cookies to ride on; this also keeps
/// other sites from making their visitors send applications.
pub async fn refuse_cross_site(request: Request, next: Next) -> Response {
    if !request.method().is_safe() && is_cross_site(request.headers()) {
        return Refusal::new(ErrorCode::CrossSite).into_response();
    }
    next.run(request).await
}

/// Whether a page of another site started this. Browsers say where a request comes from in `Sec-Fetch-Site`; older ones only in
/// `Origin`. Programs send neither.
pub fn is_cross_site(headers: &HeaderMap) -> bool {
    // A header that can't be read is as good as a foreign one.
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match (text(HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_none() || host != text(header::HOST)
        }
        (None, None) => false,
    }
}

/// Sets the headers every answer has, and writes refusals that are our fault to the log: method, path and cause, nothing personal.
pub async fn finish<P: Platform>(State(backend): State<Backend<P>>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let mut response = next.run(request).await;
    if let Some(LogLine(line)) = response.extensions_mut().remove() {
        backend.platform.log(&format!("{method} {}: {line}", uri.path()));
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // The phone's clock may be wrong; the app goes by this one.
    let now = Duration::from_millis(u64::try_from(backend.platform.now().0).unwrap_or_default());
    if let Ok(date) = HeaderValue::from_str(&httpdate::fmt_http_date(UNIX_EPOCH + now)) {
        headers.insert(header::DATE, date);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).expect("a value")))
            .collect()
    }

    #[test]
    fn a_page_of_another_site_is_told_by_either_header() {
        assert!(is_cross_site(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(is_cross_site(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(is_cross_site(&headers(&[("origin", "https://elsewhere.example"), ("host", "tumo.example")])));
        assert!(is_cross_site(&headers(&[("origin", "https://tümo.example"), ("host", "tumo.example")])));
        assert!(is_cross_site(&headers(&[("origin", ""), ("host", "tumo.example")])));
        assert!(is_cross_site(&headers(&[("origin", "null"), ("host", "tumo.example")])));
        assert!(!is_cross_site(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_cross_site(&headers(&[("origin", "https://tumo.example"), ("host", "tumo.example")])));
        assert!(!is_cross_site(&headers(&[])));
    }
}
