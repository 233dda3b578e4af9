//! The private link of an application: how a request shows it, how it is written in a letter.

use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The secret a request shows as `Authorization: Bearer …`. It never travels in a URL: on the page it is in the fragment.
pub fn shown(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())?;
    (!token.is_empty() && token.len() <= 64).then_some(token)
}

/// The address of the private page.
pub fn address(origin: &str, language: &str, token: &str) -> String {
    format!("{origin}/{language}/my#{token}")
}
