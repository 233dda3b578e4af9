//! What surrounds every page.

use crate::app::App;
use crate::dom;
use crate::el::{El, div, el, p};
use crate::router::Page;
use crate::text::{Text, language, t};
use domain::language::Language;
use leptos::prelude::*;

/// The word mark, drawn in the text colour of the page, which an `<img>` could not be.
const WORDMARK: &str = include_str!("../../../public/art/wordmark.svg");

/// Header, place for the pages, footer. It stands as long as the language stays: what a phone has to build and to lay out for
/// another page is that page alone.
pub struct Shell {
    main: El,
    languages: Vec<(Language, El)>,
}

impl Shell {
    /// The shell in the present language, and its parts for the document.
    pub fn new(app: App) -> (Self, Vec<El>) {
        let home = Page::Home.path(language());
        let links: Vec<(Language, El)> = Language::ALL.iter().map(|choice| (*choice, language_link(*choice))).collect();
        // On a private page nothing is typed that could be kept.
        let typed = Memo::new(move |_| app.router.page.get() != Page::My);
        let offline = move || {
            let (offline, typed) = (!app.online.get(), typed.get());
            let kept = typed.then(|| el("span").text(t(Text::SiteOfflineKept)));
            offline.then(|| div("banner").text(t(Text::SiteOffline)).maybe(kept)).into_iter().collect()
        };
        let said = move || app.toast.get().map(|said| div("toast").text(said)).into_iter().collect();
        let promises =
            el("a").attr("href", &Page::Invariants.path(language())).test("invariants").text(t(Text::InvariantsLink));
        let languages = links.iter().map(|(_, link)| El::of(link.element())).collect();
        let main = el("main").class("site-main").id("main").attr("tabindex", "-1");
        let place = El::of(main.element());
        let parts = vec![
            el("a").class("skip-link").attr("href", "#main").text(t(Text::SiteSkip)),
            el("div").attr("role", "status").live(offline),
            el("header")
                .class("site-header")
                .child(el("a").class("site-logo").attr("href", &home).markup(WORDMARK))
                .child(el("nav").class("lang-switch").attr("aria-label", t(Text::SiteLanguage)).all(languages)),
            main,
            el("footer").class("site-footer").child(p(t(Text::SiteFooter))).child(el("p").child(promises)),
            el("div").attr("role", "status").live(said),
        ];
        (Self { main: place, languages: links }, parts)
    }

    /// Puts a page in the place of the one before.
    pub fn show(&self, page: Page, content: Vec<El>) {
        for (choice, link) in &self.languages {
            link.set_attr("href", &address(page, *choice));
        }
        self.main.alone(content);
    }
}

/// A link to the same page in another language; [`Shell::show`] says where that is.
fn language_link(choice: Language) -> El {
    let name = match choice {
        Language::Kazakh => "Қаз",
        Language::Russian => "Рус",
        Language::English => "Eng",
    };
    let current = (choice == language()).then_some("true");
    let word = choice.as_str();
    el("a")
        .attr("href", &Page::Home.path(choice))
        .attr("hreflang", word)
        .attr("lang", word)
        .maybe_attr("aria-current", current)
        .text(name)
}

/// The address of the present page in this language.
fn address(page: Page, language: Language) -> String {
    let mut href = page.path(language);
    if matches!(page, Page::My | Page::Decline | Page::Withdraw | Page::Join) {
        href.push('#');
        href.push_str(&dom::fragment());
    }
    href
}
