//! What the page has shown last, for the door of the centre, where there may be no network: beside the link of a registration made on
//! this phone, as long as there is a seat, and gone with it. It says nothing that the link, which is kept there, wouldn't open.
//!
//! The first line is the server's answer. Each other one is a registration with a seat, and its code behind the identifier.

use crate::api;
use crate::links;
use crate::router::Page;
use crate::wire::from_json;
use domain::registration::{MyApplication, MyRegistration, RegistrationState};

/// What was seen of the application of this secret, if it was made on this phone.
fn seen(token: &str) -> Option<String> {
    Some(links::all().into_iter().find(|link| link.token == token)?.seen)
}

/// What there is to show on this page without network.
pub fn on(page: Page, token: &str) -> Option<MyApplication> {
    if page == Page::My { from_json(seen(token)?.split('\n').next()?) } else { None }
}

/// The code of a registration, if it has come already. It never changes.
pub fn code(token: &str, registration: &str) -> Option<String> {
    let seen = seen(token)?;
    let code = seen.split('\n').find_map(|line| line.strip_prefix(registration))?;
    code.ends_with("</svg>").then(|| code.to_owned())
}

/// Whether it is a seat that is taken.
pub fn is_seat(one: &MyRegistration) -> bool {
    one.state == RegistrationState::Enrolled
}

/// Keeps what the server has answered, and the codes of the seats as they come.
pub async fn keep(token: String, answer: String, mine: MyApplication) {
    if seen(&token).is_none() {
        return;
    }
    let seats = mine.students.iter().flat_map(|student| &student.registrations).filter(|one| is_seat(one));
    let mut codes: Vec<(&str, String)> =
        seats.map(|one| (one.id.as_str(), code(&token, &one.id).unwrap_or_default())).collect();
    put(&token, written(&answer, &codes));
    for place in 0..codes.len() {
        let (id, known) = &codes[place];
        if !known.is_empty() {
            continue;
        }
        let Ok(code) = api::receipt_code(&token, id).await else { continue };
        // The seat may have been given up meanwhile.
        if seen(&token).is_none_or(|seen| seen.split('\n').next() != Some(&answer)) {
            return;
        }
        codes[place].1 = code;
        put(&token, written(&answer, &codes));
    }
}

/// An answer with seats and their codes; nothing without seats.
fn written(answer: &str, codes: &[(&str, String)]) -> String {
    let mut written = String::new();
    for (id, code) in codes {
        if written.is_empty() {
            written.push_str(answer);
        }
        for part in ["\n", id, code] {
            written.push_str(part);
        }
    }
    written
}

/// Writes down what was seen; nothing, when the server knows no such registration.
pub fn put(token: &str, seen: String) {
    let mut links = links::all();
    if let Some(link) = links.iter_mut().find(|link| link.token == token) {
        link.seen = seen;
        links::write(links);
    }
}
