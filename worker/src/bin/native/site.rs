//! The static files as the edge serves them, by the same two files of rules: `_headers` and `_redirects`.

use crate::headers::{HeaderRules, matches, with_headers};
use anyhow::Context;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use domain::language::Language;
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// Routes for everything in `folder`. An address that is no file is a page with status 200 if `_redirects` says of which shell, and
/// the app's own page for unknown addresses with status 404 otherwise; a missing file under `/assets` is just missing.
pub fn routes(folder: &Path) -> anyhow::Result<Router> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).context("the site is not built");
    let pages: Arc<[(String, PathBuf)]> = pages(&read("_redirects")?).into();
    let folder = folder.to_owned();
    let root = folder.clone();
    let page = tower::service_fn(move |mut request: Request| {
        let path = request.uri().path();
        let page = file_named(&root, path).or_else(|| Some(root.join(shell_of(&pages, path)?)));
        let known = page.is_some();
        let file = page.unwrap_or_else(|| root.join(shell_of_lost(path)));
        if !known {
            // There is nothing of which a part, or what has changed, could be asked for.
            for name in [IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE] {
                request.headers_mut().remove(name);
            }
        }
        async move {
            let mut response: Response =
                ServeFile::new(file).precompressed_br().oneshot(request).await?.map(axum::body::Body::new);
            if !known && response.status() == StatusCode::OK {
                *response.status_mut() = StatusCode::NOT_FOUND;
            }
            Ok::<_, std::convert::Infallible>(response)
        }
    });
    let files = ServeDir::new(&folder).precompressed_br().append_index_html_on_directories(true).fallback(page);
    let assets = ServeDir::new(folder.join("assets")).precompressed_br();
    let routes = Router::new().nest_service("/assets", assets).fallback_service(files).layer(from_fn(hide));
    Ok(with_headers(routes, HeaderRules::parse(&read("_headers")?)))
}

/// The app's own page for addresses that nobody has: in the language that they name, or the one that asks for none.
fn shell_of_lost(path: &str) -> String {
    let language = path.split('/').nth(1).and_then(Language::parse);
    language.map_or_else(|| "index.html".to_owned(), |language| format!("page-{}.html", language.as_str()))
}

/// The page that is a file of this name: as at the edge, without its ending.
fn file_named(root: &Path, path: &str) -> Option<PathBuf> {
    let name = path.strip_prefix('/')?;
    let plain = !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'-');
    let file = root.join(name).with_extension("html");
    (plain && file.is_file()).then_some(file)
}

async fn hide(request: Request, next: Next) -> Response {
    if is_hidden(request.uri().path()) { StatusCode::NOT_FOUND.into_response() } else { next.run(request).await }
}

/// The rules, and the compressed copies under their own names, are no pages; nor is what is too long to be one, and
/// to be looked for.
fn is_hidden(path: &str) -> bool {
    let path: Vec<u8> = percent_decode_str(path).collect();
    let hidden = path.ends_with(b".br") || path.starts_with(b"/_") || path.windows(2).any(|two| two == b"/.");
    hidden || path.len() > LONGEST
}

/// How long the path of a page can be, in bytes: less than what a disk takes for a file's name, with `.html.br` behind it.
const LONGEST: usize = 240;

/// The patterns that `_redirects` answers with a shell, and its file: lines `pattern shell 200`. As at the edge, a shell is named
/// without its ending.
fn pages(rules: &str) -> Vec<(String, PathBuf)> {
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let (pattern, shell) = (words.next()?.to_owned(), words.next()?.trim_start_matches('/'));
        (words.next() == Some("200")).then_some((pattern, shell.to_owned()))
    };
    let page = |(pattern, shell): (String, String)| (pattern, PathBuf::from(shell).with_extension("html"));
    rules.lines().filter_map(line).map(page).collect()
}

fn shell_of<'a>(pages: &'a [(String, PathBuf)], path: &str) -> Option<&'a Path> {
    pages.iter().find(|(pattern, _)| matches(pattern, path)).map(|(_, file)| file.as_path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_rules_name_are_pages_each_of_its_shell() {
        let pages = pages("/kk/ /page-kk 200\n/kk/register /page-kk 200\n/staff/* /staff 200\n");
        let shell = |path| shell_of(&pages, path).map(|file| file.display().to_string());
        for page in ["/kk/", "/kk/register"] {
            assert_eq!(shell(page).as_deref(), Some("page-kk.html"), "{page}");
        }
        for page in ["/staff/", "/staff/cohorts/a"] {
            assert_eq!(shell(page).as_deref(), Some("staff.html"), "{page}");
        }
        for nothing in ["/kkk", "/kk/nothing", "/wp-login.php", "/staffer"] {
            assert_eq!(shell(nothing), None, "{nothing}");
        }
        for (lost, page) in [("/kk/nothing", "page-kk.html"), ("/ru/my/a", "page-ru.html"), ("/wp-login.php", "index.html")] {
            assert_eq!(shell_of_lost(lost), page);
        }
    }

    #[test]
    fn what_is_no_page_is_hidden_however_it_is_written() {
        for hidden in
            ["/_headers", "/%5fheaders", "/kk.html.br", "/kk.html%2Ebr", "/.assetsignore", "/%2eassetsignore", "/kk%2F.x"]
        {
            assert!(is_hidden(hidden), "{hidden}");
        }
        let longest = ["/kk/", &"a".repeat(LONGEST - 4)].concat();
        assert!(is_hidden(&[&longest, "a"].concat()), "longer than any page");
        for shown in ["/", "/kk", "/assets/app.js", "/kk/%D1%82%D1%96", &longest] {
            assert!(!is_hidden(shown), "{shown}");
        }
    }

    #[test]
    fn a_page_that_is_a_file_is_found_without_its_ending() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("kk.html"), "").expect("a file");
        assert_eq!(file_named(folder.path(), "/kk"), Some(folder.path().join("kk.html")));
        for nothing in ["/", "/ru", "/kk/", "/kk.html", "/../kk"] {
            assert_eq!(file_named(folder.path(), nothing), None, "{nothing}");
        }
    }
}
