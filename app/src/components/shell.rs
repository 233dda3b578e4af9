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

/// Header, page, footer.
pub fn shell(app: App, page: Page, content: Vec<El>) -> Vec<El> {
    let home = Page::Home.path(language());
    let languages = Language::ALL.iter().map(|choice| language_link(page, *choice)).collect();
    let offline = move || {
        let offline = !app.online.get();
        offline.then(|| div("banner").text(t(Text::SiteOffline))).into_iter().collect()
    };
    let said = move || app.toast.get().map(|said| div("toast").text(said)).into_iter().collect();
    let promises = el("a").attr("href", &Page::Invariants.path(language())).test("invariants").text(t(Text::InvariantsLink));
    vec![
        el("a").class("skip-link").attr("href", "#main").text(t(Text::SiteSkip)),
        el("div").attr("role", "status").live(offline),
        el("header")
            .class("site-header")
            .child(el("a").class("site-logo").attr("href", &home).markup(WORDMARK))
            .child(el("nav").class("lang-switch").attr("aria-label", t(Text::SiteLanguage)).all(languages)),
        el("main").class("site-main").id("main").attr("tabindex", "-1").all(content),
        el("footer").class("site-footer").child(p(t(Text::SiteFooter))).child(el("p").child(promises)),
        el("div").attr("role", "status").live(said),
    ]
}

/// A link to the same page in another language.
fn language_link(page: Page, choice: Language) -> El {
    let mut href = page.path(choice);
    if matches!(page, Page::My | Page::Decline | Page::Withdraw | Page::Join) {
        href.push('#');
        href.push_str(&dom::fragment());
    }
    let name = match choice {
        Language::Kazakh => "Қаз",
        Language::Russian => "Рус",
        Language::English => "Eng",
    };
    let current = (choice == language()).then_some("true");
    let word = choice.as_str();
    el("a").attr("href", &href).attr("hreflang", word).attr("lang", word).maybe_attr("aria-current", current).text(name)
}
