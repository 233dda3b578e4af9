//! The rules of `public/_headers`, so that both homes send static files with the same headers.

use axum::Router;
use axum::extract::Request;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use std::sync::Arc;

/// Which headers a path gets: blocks of a path (`*` at its end stands for anything) and indented lines `Name: value`, or
/// `! Name` to take back what an earlier block set.
#[derive(Debug, Default, PartialEq)]
pub struct HeaderRules(Vec<(String, Vec<Change>)>);

#[derive(Debug, PartialEq)]
enum Change {
    Set(HeaderName, HeaderValue),
    Remove(HeaderName),
}

impl HeaderRules {
    /// Reads the file; lines that say nothing are passed over.
    pub fn parse(text: &str) -> Self {
        let mut rules: Vec<(String, Vec<Change>)> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            if line.starts_with(char::is_whitespace) {
                if let (Some((_, changes)), Some(change)) = (rules.last_mut(), change(line.trim())) {
                    changes.push(change);
                }
            } else {
                rules.push((line.trim().to_owned(), Vec::new()));
            }
        }
        Self(rules)
    }

    fn apply(&self, path: &str, headers: &mut HeaderMap) {
        for (_, changes) in self.0.iter().filter(|(pattern, _)| matches(pattern, path)) {
            for change in changes {
                match change {
                    Change::Set(name, value) => drop(headers.insert(name, value.clone())),
                    Change::Remove(name) => drop(headers.remove(name)),
                }
            }
        }
    }
}

fn change(line: &str) -> Option<Change> {
    if let Some(name) = line.strip_prefix('!') {
        return Some(Change::Remove(name.trim().parse().ok()?));
    }
    let (name, value) = line.split_once(':')?;
    Some(Change::Set(name.trim().parse().ok()?, HeaderValue::from_str(value.trim()).ok()?))
}

/// Whether a path is meant by a pattern; a `*` at its end stands for anything.
pub fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => pattern == path,
    }
}

/// The routes with the headers of the rules.
pub fn with_headers(routes: Router, rules: HeaderRules) -> Router {
    let rules = Arc::new(rules);
    routes.layer(from_fn(move |request: Request, next: Next| {
        let rules = Arc::clone(&rules);
        async move {
            let path = request.uri().path().to_owned();
            let mut response = next.run(request).await;
            rules.apply(&path, response.headers_mut());
            // A missing file may be there in the next release.
            if !response.status().is_success() && response.status() != StatusCode::NOT_MODIFIED {
                response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
            response
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_blocks_take_back_and_set_anew() {
        let rules = HeaderRules::parse(
            "/*\n  X-A: one\n  Cache-Control: no-cache\n\n/assets/*\n  ! Cache-Control\n  Cache-Control: immutable\n",
        );
        let headers = |path| {
            let mut headers = HeaderMap::new();
            rules.apply(path, &mut headers);
            headers
        };
        assert_eq!(headers("/kk")["cache-control"], "no-cache");
        assert_eq!(headers("/assets/app.js")["cache-control"], "immutable");
        assert_eq!(headers("/assets/app.js")["x-a"], "one");
    }
}
