//! The cookie of a staff session.

use domain::staff::access::SESSION_MAX_DAYS;
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

/// Its name. With this prefix a browser takes it only from this host, over TLS, for every path: no neighbouring host can plant one.
pub const NAME: &str = "__Host-staff";

/// The rest of it: never sent by a page of another site, never seen by a script.
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// The secret a request shows.
pub fn shown(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find_map(|(name, secret)| (name == NAME).then_some(secret))
}

/// Gives the browser a session's secret. It is kept as long as a session can live: how long this one does, the server knows.
///
/// # Errors
/// Never for a secret of ours.
pub fn given(secret: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let seconds = SESSION_MAX_DAYS * 24 * 60 * 60;
    HeaderValue::from_str(&format!("{NAME}={secret}; Max-Age={seconds}; {ATTRIBUTES}"))
}

/// Takes it away.
///
/// # Errors
/// Never.
pub fn taken() -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    HeaderValue::from_str(&format!("{NAME}=; Max-Age=0; {ATTRIBUTES}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_found_among_other_cookies() {
        let shown_by = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(COOKIE, HeaderValue::from_static(line));
            }
            shown(&headers).map(str::to_owned)
        };
        assert_eq!(shown_by(&["__Host-staff=abc"]).as_deref(), Some("abc"));
        assert_eq!(shown_by(&["a=b; __Host-staff=abc; c=d"]).as_deref(), Some("abc"));
        assert_eq!(shown_by(&["a=b", "__Host-staff=abc"]).as_deref(), Some("abc"));
        assert_eq!(shown_by(&["staff=abc; __Host-staffer=x"]), None);
        assert_eq!(shown_by(&[]), None);
    }
}
