//! Addresses: which page they mean, how the app goes from one to another.
//!
//! Links are ordinary `<a href>`; one listener on the document follows those that stay in the app, without loading.

use crate::dom;
use crate::step::Step;
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
        /// Whether only this answer is being changed.
        change: bool,
    },
    /// The explanation for those outside the intake's ages.
    OutsideAges,
    /// What to do when the student is registered already.
    Already,
    /// The page of one registration, opened by the secret in the fragment.
    My,
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
        let rest = [parts.next(), parts.next(), parts.next()];
        let page = match (first, language, rest) {
            (None, _, _) | (Some(_), Some(_), [None, ..]) => Page::Home,
            (_, Some(_), [Some("register"), None, _]) => Page::Register,
            (_, Some(_), [Some("register"), Some("age"), None]) => Page::OutsideAges,
            (_, Some(_), [Some("register"), Some("already"), None]) => Page::Already,
            (_, Some(_), [Some("register"), Some(slug), None]) => match Step::parse(slug) {
                Some(step) => Page::Question { step, change: query == CHANGE },
                None => Page::Lost,
            },
            (_, Some(_), [Some("my"), None, _]) => Page::My,
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
            Page::OutsideAges => path.push_str("/register/age"),
            Page::Already => path.push_str("/register/already"),
            Page::My => path.push_str("/my"),
            Page::Question { step, change } => {
                path.push_str("/register/");
                path.push_str(step.slug());
                if change {
                    path.push_str(CHANGE);
                }
            }
        }
        path
    }

    /// The page of a question on the ordinary way.
    pub const fn question(step: Step) -> Self {
        Page::Question { step, change: false }
    }
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
        dom::on_window("popstate", move |_| router.look());
        dom::on_document("click", move |event| router.follow(&event));
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

    /// Goes to an address of the app.
    pub fn go_to(self, path: &str) {
        dom::push_address(path);
        self.look();
    }

    /// Opens the page of a registration in place of the present page, so that “back” can't send anything twice.
    pub fn replace_with_registration(self, token: &str) {
        dom::replace_address(&registration_path(self.language.get_untracked(), token));
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

    /// Follows a link of the app without loading; leaves alone whatever asks for a new tab, a download or another site.
    fn follow(self, event: &web_sys::Event) {
        let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
        let other_meaning = click.button() != 0 || click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
        if other_meaning || event.default_prevented() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(link) = target.and_then(|target| target.closest("a[href]").ok().flatten()) else { return };
        let Ok(link) = link.dyn_into::<HtmlAnchorElement>() else { return };
        let href = link.get_attribute("href").unwrap_or_default();
        if let Some(id) = href.strip_prefix('#') {
            event.prevent_default();
            dom::focus_field(id);
        } else if href.starts_with('/') && !link.has_attribute("download") && link.target().is_empty() {
            event.prevent_default();
            self.go_to(&href);
        }
    }
}

/// The address of a registration's private page: the secret is in the fragment, which browsers don't send.
pub fn registration_path(language: Language, token: &str) -> String {
    let mut path = Page::My.path(language);
    path.push('#');
    path.push_str(token);
    path
}

fn here() -> (Option<Language>, Page) {
    let (path, query) = dom::address();
    Page::parse(&path, &query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_mean_pages() {
        let read = |path| Page::parse(path, "");
        assert_eq!(read("/"), (None, Page::Home));
        assert_eq!(read("/ru"), (Some(Language::Russian), Page::Home));
        assert_eq!(read("/kk/register"), (Some(Language::Kazakh), Page::Register));
        assert_eq!(read("/kk/register/iin/"), (Some(Language::Kazakh), Page::question(Step::Iin)));
        assert_eq!(read("/en/my"), (Some(Language::English), Page::My));
        assert_eq!(read("/en/register/age").1, Page::OutsideAges);
    }

    #[test]
    fn anything_else_is_lost_but_keeps_its_language() {
        assert_eq!(Page::parse("/register", ""), (None, Page::Lost));
        assert_eq!(Page::parse("/kk/register/price", ""), (Some(Language::Kazakh), Page::Lost));
        assert_eq!(Page::parse("/ru/register/who/more", ""), (Some(Language::Russian), Page::Lost));
        assert_eq!(Page::parse("/de", ""), (None, Page::Lost));
    }

    #[test]
    fn every_page_is_found_at_its_own_address() {
        let questions = Step::ALL.into_iter().flat_map(|step| [false, true].map(|change| Page::Question { step, change }));
        for page in [Page::Home, Page::Register, Page::OutsideAges, Page::Already, Page::My].into_iter().chain(questions) {
            let path = page.path(Language::Russian);
            let (path, query) = path.split_once('?').map_or((path.as_str(), ""), |(path, _)| (path, CHANGE));
            assert_eq!(Page::parse(path, query), (Some(Language::Russian), page));
        }
    }

    #[test]
    fn the_secret_stays_in_the_fragment() {
        assert_eq!(registration_path(Language::Kazakh, "abc"), "/kk/my#abc");
    }
}
