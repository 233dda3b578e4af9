//! Addresses: which page they mean, how the app goes from one to another.
//!
//! Links are ordinary `<a href>`; one listener on the document follows those that stay in the app, without loading.

#[cfg(test)]
mod tests;

use crate::dom;
use crate::step::Step;
use domain::application::STUDENTS_MAX;
use domain::language::Language;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// A page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What TUMO is, and the one big button.
    Home,
    /// The first question that has no answer yet.
    Register,
    /// One question. `change` says that the family came from the check page and wants to go back there.
    Question {
        /// Which.
        step: Step,
        /// About which student: 0 is the first, 1 the first sibling.
        student: usize,
        /// Whether only this answer is being changed.
        change: bool,
    },
    /// The explanation for those outside the intake's ages.
    OutsideAges {
        /// Which student.
        student: usize,
    },
    /// What to do when the student is registered already.
    Already,
    /// The family's private page, opened by the secret in the fragment.
    My,
    /// Whether to give up the offer of the registration named behind the secret.
    Decline,
    /// Whether to give up the registration named there.
    Withdraw,
    /// Another schedule for the student named there.
    Join,
    /// Whether what is promised to every family holds.
    Invariants,
    /// Nothing known.
    Lost,
}

/// The query by which a Change link says that it leads back to the check page.
const CHANGE: &str = "?change";

impl Page {
    /// Reads an address. No language means that the address leaves the choice to the app.
    pub fn parse(path: &str, query: &str) -> (Option<Language>, Page) {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let first = parts.next();
        let language = first.and_then(Language::parse);
        let mut rest = [parts.next(), parts.next(), parts.next()];
        // Questions about the second student and further ones have its number in front.
        let student = match rest {
            [Some("register"), Some(number), Some(slug)] => {
                let student = (1..STUDENTS_MAX).find(|student| number.as_bytes() == [digit(*student) as u8]);
                if student.is_some() {
                    rest = [Some("register"), Some(slug), parts.next()];
                }
                student.unwrap_or_default()
            }
            _ => 0,
        };
        let page = match (first, language, rest) {
            (None, _, _) | (Some(_), Some(_), [None, ..]) => Page::Home,
            (_, Some(_), [Some("register"), None, _]) => Page::Register,
            (_, Some(_), [Some("register"), Some("age"), None]) => Page::OutsideAges { student },
            (_, Some(_), [Some("register"), Some("already"), None]) => Page::Already,
            (_, Some(_), [Some("register"), Some(slug), None]) => match Step::parse(slug) {
                Some(step) => Page::Question { step, student, change: query == CHANGE },
                None => Page::Lost,
            },
            (_, Some(_), [Some("my"), None, _]) => Page::My,
            (_, Some(_), [Some("my"), Some("decline"), None]) => Page::Decline,
            (_, Some(_), [Some("my"), Some("withdraw"), None]) => Page::Withdraw,
            (_, Some(_), [Some("my"), Some("join"), None]) => Page::Join,
            (_, Some(_), [Some("invariants"), None, _]) => Page::Invariants,
            _ => Page::Lost,
        };
        (language, page)
    }

    /// The address of the page.
    pub fn path(self, language: Language) -> String {
        let mut path = String::from("/");
        path.push_str(language.as_str());
        match self {
            Page::Home | Page::Lost => {}
            Page::Register => path.push_str("/register"),
            Page::OutsideAges { student } => push_question(&mut path, student, "age"),
            Page::Already => path.push_str("/register/already"),
            Page::My => path.push_str("/my"),
            Page::Decline => path.push_str("/my/decline"),
            Page::Withdraw => path.push_str("/my/withdraw"),
            Page::Join => path.push_str("/my/join"),
            Page::Invariants => path.push_str("/invariants"),
            Page::Question { step, student, change } => {
                push_question(&mut path, student, step.slug());
                if change {
                    path.push_str(CHANGE);
                }
            }
        }
        path
    }

    /// The page of a question on the first student's ordinary way.
    pub const fn question(step: Step) -> Self {
        Page::Question { step, student: 0, change: false }
    }
}

fn push_question(path: &mut String, student: usize, slug: &str) {
    path.push_str("/register/");
    if student > 0 {
        path.push(digit(student));
        path.push('/');
    }
    path.push_str(slug);
}

/// The number of a student as a family counts, from 1; there are no more of them than digits.
fn digit(student: usize) -> char {
    char::from(b'1' + student as u8)
}

/// The address the browser shows, as a signal; cheap to copy.
#[derive(Clone, Copy)]
pub struct Router {
    /// Where we are. Set anew by every navigation, also to the same page.
    pub page: RwSignal<Page>,
    /// The language named in the address; it is the language of the page.
    pub language: RwSignal<Language>,
}

impl Router {
    /// Reads the present address; `fallback` is the language when the address names none.
    pub fn start(fallback: Language) -> Self {
        let (language, page) = here();
        let router = Self { page: RwSignal::new(page), language: RwSignal::new(language.unwrap_or(fallback)) };
        if language.is_none() && page == Page::Home {
            dom::replace_address(&page.path(fallback));
        }
        dom::on_return(move || router.look());
        dom::on_document("click", move |event| {
            if let Some(href) = followed(&event, "/") {
                router.go_to(&href);
            }
        });
        router
    }

    /// Goes to a page, keeping the present one in the history.
    pub fn go(self, page: Page) {
        self.go_to(&page.path(self.language.get_untracked()));
    }

    /// Goes to a page that takes the place of the present one in the history: redirects, and pages not to come back to.
    pub fn replace(self, page: Page) {
        dom::replace_address(&page.path(self.language.get_untracked()));
        self.look();
    }

    /// Takes another page than the address asked for, in its place, before anything is built for it.
    pub fn take(self, page: Page) {
        dom::replace_address(&page.path(self.language.get_untracked()));
        // Who asks is about to show it.
        *self.page.write_untracked() = page;
    }

    /// Goes to an address of the app.
    pub fn go_to(self, path: &str) {
        dom::push_address(path);
        self.look();
    }

    /// Opens a family's private page in place of the present page, so that “back” can't send anything twice.
    pub fn replace_with_mine(self, token: &str) {
        dom::replace_address(&private_path(Page::My, self.language.get_untracked(), token, ""));
        self.look();
    }

    fn look(self) {
        let (language, page) = here();
        if let Some(language) = language
            && language != self.language.get_untracked()
        {
            self.language.set(language);
        }
        self.page.set(page);
    }
}

/// Where a click on a link below `root` leads, which then need not load anything; links to a place on the page are followed at
/// once. None for whatever asks for a new tab, a download or another part of the world.
pub fn followed(event: &web_sys::Event, root: &str) -> Option<String> {
    let click = event.dyn_ref::<MouseEvent>()?;
    let other_meaning = click.button() != 0 || click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
    if other_meaning || event.default_prevented() {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target?.closest("a[href]").ok().flatten()?.dyn_into::<HtmlAnchorElement>().ok()?;
    let href = link.get_attribute("href").unwrap_or_default();
    if let Some(id) = href.strip_prefix('#') {
        event.prevent_default();
        dom::focus_field(id);
        return None;
    }
    if !href.starts_with(root) || link.has_attribute("download") || !link.target().is_empty() {
        return None;
    }
    event.prevent_default();
    Some(href)
}

/// What parts the secret from the identifier behind it; neither holds one.
const BEHIND: char = '.';

/// The address of a private page: the secret is in the fragment, which browsers don't send, and behind it the identifier of what
/// the page is about, if it is about a part.
pub fn private_path(page: Page, language: Language, token: &str, id: &str) -> String {
    let mut path = page.path(language);
    path.push('#');
    path.push_str(token);
    if !id.is_empty() {
        path.push(BEHIND);
        path.push_str(id);
    }
    path
}

/// The secret in the present address, and the identifier behind it; each empty when there is none.
pub fn private_fragment() -> (String, String) {
    let fragment = dom::fragment();
    let (token, id) = fragment.split_once(BEHIND).unwrap_or((&fragment, ""));
    (token.to_owned(), id.to_owned())
}

fn here() -> (Option<Language>, Page) {
    let (path, query) = dom::address();
    Page::parse(&path, &query)
}
