//! What surrounds every page: who one is, which centre is looked at, where one may go.

use crate::components::choose::choose;
use crate::components::{dialog, toast};
use crate::console::Console;
use crate::fault_text::role_name;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, language, t};
use app::dom;
use app::el::{El, div, el};
use domain::language::Language;
use leptos::prelude::*;

/// The word mark, drawn in the text colour of the page, which an `<img>` could not be.
const WORDMARK: &str = include_str!("../../../../public/art/wordmark.svg");

/// The way to every screen, in order; shown to those who may go there.
const NAVIGATION: [(Page, Text); 8] = [
    (Page::Overview, Text::NavOverview),
    (Page::RollCall, Text::NavRollCall),
    (Page::Cohorts, Text::NavCohorts),
    (Page::Students, Text::NavStudents),
    (Page::Exports, Text::NavExports),
    (Page::Import, Text::NavImport),
    (Page::Journal, Text::NavJournal),
    (Page::Members, Text::NavMembers),
];

/// Header, page and what lies over it, where nobody is signed in.
pub fn outside(console: Console, content: Vec<El>) -> Vec<El> {
    let header = el("header").class("top").child(logo()).child(languages(console));
    let page = console.router.page.get_untracked();
    framed(console, &page, header, None, content)
}

/// The same with navigation, for those who are signed in.
pub fn inside(session: Session, page: &Page, content: Vec<El>) -> Vec<El> {
    let console = session.console();
    let open = RwSignal::new(false);
    let menu = el("button")
        .class("menu-button")
        .attr("type", "button")
        .test("menu")
        .attr("aria-controls", "navigation")
        .live_attr("aria-expanded", move || Some(if open.get() { "true" } else { "false" }.to_owned()))
        .text(t(Text::NavMenu))
        .on("click", move |_| open.update(|open| *open = !*open));
    let header = el("header").class("top").child(menu).child(logo()).child(centre(session)).child(languages(console));
    let links = NAVIGATION.iter().filter(|(page, _)| page.right().is_none_or(|right| session.may(right)));
    let links = links.map(|(to, text)| entry(to, t(*text), is_below(page, to))).collect();
    let navigation = el("nav")
        .id("navigation")
        .attr("aria-label", t(Text::NavLabel))
        .live_class(move || if open.get() { "side side--open" } else { "side" })
        .child(el("ul").class("side-list").all(links))
        .child(own_account(session, *page == Page::Account));
    framed(console, page, header, Some(navigation), content)
}

fn framed(console: Console, page: &Page, header: El, navigation: Option<El>, content: Vec<El>) -> Vec<El> {
    // The roll call works without network, and says so itself.
    let without = matches!(page, Page::RollCall | Page::Session { .. });
    let class = if navigation.is_some() { "main" } else { "main main--narrow" };
    let offline = move || {
        let offline = !console.online.get() && !without;
        offline.then(|| div("banner").text(t(Text::FrameOffline))).into_iter().collect()
    };
    vec![
        el("a").class("skip-link").attr("href", "#main").text(t(Text::FrameSkip)),
        el("div").attr("role", "status").live(offline),
        header,
        div(if navigation.is_some() { "desk" } else { "desk desk--outside" })
            .maybe(navigation)
            .child(el("main").class(class).id("main").attr("tabindex", "-1").all(content)),
        toast::host(console),
        dialog::host(console),
    ]
}

/// Whether a page belongs under this entry: a roster is one of the cohorts.
fn is_below(page: &Page, entry: &Page) -> bool {
    match page {
        Page::Cohort { .. } | Page::Roster { .. } | Page::AddStudent { .. } => *entry == Page::Cohorts,
        Page::Session { .. } => *entry == Page::RollCall,
        _ => page == entry,
    }
}

fn entry(to: &Page, name: &str, current: bool) -> El {
    let current = current.then_some("page");
    el("li").child(el("a").class("side-link").attr("href", &to.path()).maybe_attr("aria-current", current).text(name))
}

fn own_account(session: Session, current: bool) -> El {
    let me = session.me();
    let current = current.then_some("page");
    let place = me.centre.as_ref().map_or_else(String::new, |centre| [" · ", &session.centre_name(centre)].concat());
    let role = [role_name(me.role), &place].concat();
    el("a")
        .class("side-link side-account")
        .test("account")
        .attr("href", &Page::Account.path())
        .maybe_attr("aria-current", current)
        .child(el("span").class("side-name").text(&me.name))
        .child(el("span").class("side-role").text(&role))
}

/// The centre of whoever has one; a choice for those who reach all of them.
fn centre(session: Session) -> El {
    if let Some(own) = &session.me().centre {
        return el("span").class("top-centre").text(&session.centre_name(own));
    }
    let console = session.console();
    let chosen = RwSignal::new(console.centre.get_untracked().unwrap_or_default());
    let all = (String::new(), t(Text::FrameEveryCentre).to_owned());
    let choices = [all].into_iter().chain(session.centres()).collect();
    choose("frame-centre", Text::FrameCentre, chosen, choices).live_with(move |_| {
        let centre = Some(chosen.get()).filter(|centre| !centre.is_empty());
        if console.centre.get_untracked() != centre {
            console.look_at(centre);
        }
    })
}

fn logo() -> El {
    let name = el("span").class("top-name").text(t(Text::FrameName));
    let mark = el("span").class("site-logo").markup(WORDMARK);
    el("a").class("top-logo").attr("href", &Page::Home.path()).child(mark).child(name)
}

fn languages(console: Console) -> El {
    let choice = |choice: &Language| {
        let (choice, word) = (*choice, choice.as_str());
        let name = match choice {
            Language::Kazakh => "Қаз",
            Language::Russian => "Рус",
            Language::English => "Eng",
        };
        el("button")
            .attr("type", "button")
            .attr("lang", word)
            .attr("aria-pressed", if choice == language() { "true" } else { "false" })
            .text(name)
            .on("click", move |_| {
                console.language.set(choice);
                // The button that was pressed is gone with its page.
                dom::later(0, dom::begin_page);
            })
    };
    let choices = Language::ALL.iter().map(choice).collect();
    div("lang-switch no-print").attr("role", "group").attr("aria-label", t(Text::FrameLanguage)).all(choices)
}
