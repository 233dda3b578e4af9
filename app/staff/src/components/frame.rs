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

/// Header, navigation, place for the pages, what lies over them. It stands as long as the language stays and the same one is signed in:
/// what a phone has to build and to lay out for another page is that page alone.
pub struct Frame {
    main: El,
    /// The ways to the screens that somebody may see, and to their own account.
    entries: Vec<(Page, El)>,
    menu_is_open: RwSignal<bool>,
    tells_offline: RwSignal<bool>,
}

impl Frame {
    /// The frame where nobody is signed in, and its parts for the document.
    pub fn outside(console: Console) -> (Self, Vec<El>) {
        let header = el("header").class("top").child(logo()).child(languages(console));
        Self::around(console, header, None)
    }

    /// The same with navigation, for those who are signed in.
    pub fn inside(session: Session) -> (Self, Vec<El>) {
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
        let allowed = NAVIGATION.iter().filter(|(page, _)| page.right().is_none_or(|right| session.may(right)));
        let links: Vec<(Page, El)> = allowed.map(|(to, text)| (to.clone(), entry(to, t(*text)))).collect();
        let list = links.iter().map(|(_, link)| el("li").child(El::of(link.element()))).collect();
        let account = own_account(session);
        let navigation = el("nav")
            .id("navigation")
            .attr("aria-label", t(Text::NavLabel))
            .live_class(move || if open.get() { "side side--open" } else { "side" })
            .child(el("ul").class("side-list").all(list))
            .child(El::of(account.element()));
        let (mut frame, parts) = Self::around(console, header, Some(navigation));
        frame.entries = links;
        frame.entries.push((Page::Account, account));
        frame.menu_is_open = open;
        (frame, parts)
    }

    fn around(console: Console, header: El, navigation: Option<El>) -> (Self, Vec<El>) {
        let tells_offline = RwSignal::new(true);
        let offline = move || {
            let offline = !console.online.get() && tells_offline.get();
            offline.then(|| div("banner").text(t(Text::FrameOffline))).into_iter().collect()
        };
        let inside = navigation.is_some();
        let main = el("main").class(if inside { "main" } else { "main main--narrow" }).id("main").attr("tabindex", "-1");
        let place = El::of(main.element());
        let parts = vec![
            el("a").class("skip-link").attr("href", "#main").text(t(Text::FrameSkip)),
            el("div").attr("role", "status").live(offline),
            header,
            div(if inside { "desk" } else { "desk desk--outside" }).maybe(navigation).child(main),
            toast::host(console),
            dialog::host(console),
        ];
        (Self { main: place, entries: Vec::new(), menu_is_open: RwSignal::new(false), tells_offline }, parts)
    }

    /// Puts a page in the place of the one before.
    pub fn show(&self, page: &Page, content: Vec<El>) {
        for (entry, link) in &self.entries {
            link.set_maybe_attr("aria-current", is_below(page, entry).then_some("page"));
        }
        self.menu_is_open.set(false);
        // The roll call works without network, and says so itself.
        self.tells_offline.set(!matches!(page, Page::RollCall | Page::Session { .. }));
        self.main.alone(content);
    }
}

/// Whether a page belongs under this entry: a roster is one of the cohorts.
fn is_below(page: &Page, entry: &Page) -> bool {
    match page {
        Page::Cohort { .. } | Page::Roster { .. } | Page::AddStudent { .. } => *entry == Page::Cohorts,
        Page::Session { .. } => *entry == Page::RollCall,
        _ => page == entry,
    }
}

fn entry(to: &Page, name: &str) -> El {
    el("a").class("side-link").attr("href", &to.path()).text(name)
}

fn own_account(session: Session) -> El {
    let me = session.me();
    let place = me.centre.as_ref().map_or_else(String::new, |centre| [" · ", &session.centre_name(centre)].concat());
    let role = [role_name(me.role), &place].concat();
    el("a")
        .class("side-link side-account")
        .test("account")
        .attr("href", &Page::Account.path())
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
