//! The static files as the edge serves them, by the same two files of rules: `_headers` and `_redirects`.

use crate::headers::{HeaderRules, matches, with_headers};
use anyhow::Context;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// Routes for everything in `folder`. An address that is no file is a page of the app with status 200 if `_redirects` says so, and
/// the app's own page for unknown addresses with status 404 otherwise; a missing file under `/assets` is just missing.
pub fn routes(folder: &Path) -> anyhow::Result<Router> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).context("the site is not built");
    let pages: Arc<[String]> = pages(&read("_redirects")?).into();
    let shell = ServeFile::new(folder.join("index.html")).precompressed_br();
    let page = tower::service_fn(move |request: Request| {
        let (pages, shell) = (Arc::clone(&pages), shell.clone());
        async move {
            let known = is_page(&pages, request.uri().path());
            let mut response: Response = shell.oneshot(request).await?.map(axum::body::Body::new);
            if !known && response.status() == StatusCode::OK {
                *response.status_mut() = StatusCode::NOT_FOUND;
            }
            Ok::<_, std::convert::Infallible>(response)
        }
    });
    let files = ServeDir::new(folder).precompressed_br().append_index_html_on_directories(true).fallback(page);
    let assets = ServeDir::new(folder.join("assets")).precompressed_br();
    let routes = Router::new().nest_service("/assets", assets).fallback_service(files).layer(from_fn(hide));
    Ok(with_headers(routes, HeaderRules::parse(&read("_headers")?)))
}

/// The rules, and the compressed copies under their own names, are no pages.
async fn hide(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.ends_with(".br") || path.starts_with("/_") || path.contains("/.") {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(request).await
}

/// The patterns that `_redirects` answers with the shell: lines `pattern / 200`.
fn pages(rules: &str) -> Vec<String> {
    rules.lines().filter_map(|line| line.strip_suffix(" / 200")).map(str::to_owned).collect()
}

fn is_page(patterns: &[String], path: &str) -> bool {
    patterns.iter().any(|pattern| matches(pattern, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_languages_are_pages() {
        let pages = pages("/kk / 200\n/kk/* / 200\n");
        assert!(is_page(&pages, "/kk") && is_page(&pages, "/kk/register"));
        assert!(!is_page(&pages, "/kkk") && !is_page(&pages, "/wp-login.php"));
    }
}
