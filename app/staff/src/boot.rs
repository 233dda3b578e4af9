//! From the shell to the first page, and from each page to the next.

use crate::components::frame::Frame;
use crate::console::{Console, Who};
use crate::router::Page;
use crate::session::Session;
use crate::{pages, text};
use app::app::Loaded;
use app::el::El;
use app::wire::{FromJs, member};
use app::{api, dom, storage};
use domain::language::Language;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Where the browser keeps the chosen language; the families' app keeps it there too.
const LANGUAGE: &str = "lang";

/// The element of the shell in which the app lives.
const ROOT: &str = "app";

/// Starts the console in the shell. What boot.js has left in `globalThis.tumo`: `{ lang, texts, urls }`.
pub fn start() {
    let left = member(&js_sys::global(), "tumo");
    let language = member(&left, "lang").as_string().and_then(|word| Language::parse(&word)).unwrap_or(Language::Kazakh);
    let loaded = FromJs::from_js(&member(&left, "texts")).is_some_and(|texts| text::load(language, texts));
    let Some(root) = dom::element(ROOT).and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    if !loaded {
        // Texts of another version: boot.js shows its Retry.
        wasm_bindgen::throw_str("the texts do not fit the app");
    }
    app::text::speak(language);
    mount_to(root.clone(), move || show_pages(Console::start(language), root)).forget();
}

/// Puts a fresh page into `root` whenever there is reason to.
fn show_pages(console: Console, root: HtmlElement) {
    let lasting = Owner::new();
    let standing = StoredValue::new_local(None::<Standing>);
    let texts_arrived = RwSignal::new(());
    let catalogue_asked = Memo::new(move |_| console.catalogue.with(|catalogue| *catalogue != Loaded::Loading));
    let cohorts_named = Memo::new(move |_| console.labels.with(Option::is_some));
    Effect::new(move |begun: Option<Option<Begun>>| {
        let begun = begun.flatten();
        let (page, language) = (console.router.page.get(), console.language.get());
        texts_arrived.track();
        if !app::text::is_loaded(language) {
            fetch_texts(console, language, texts_arrived);
            return begun;
        }
        app::text::speak(language);
        let (who, unreachable) = (console.who.get(), console.unreachable.get());
        if page.names_cohorts() {
            // Read, not only tracked: a memo that nobody has read yet follows nothing.
            let _ = cohorts_named.get();
        }
        let waits = !catalogue_asked.get() && matches!(who, Who::Somebody(_));
        let current = Some(Begun { page: page.clone(), language, step: step_of(who) });
        if begun != current {
            console.dialog.set(None);
        }

        let on_heading = dom::heading_has_focus();
        // What was live in the former page ended when this effect began to run again.
        let shown = untrack(|| pages::view(console, who, unreachable, waits, page));
        standing.update_value(|standing| {
            if standing.as_ref().is_none_or(|standing| !standing.fits(language, shown.session)) {
                if let Some(former) = standing.take() {
                    former.owner.cleanup();
                }
                *standing = Some(Standing::begin(console, language, shown.session, &root, lasting.child()));
            }
            if let Some(standing) = standing {
                standing.frame.show(&shown.page, shown.content);
            }
        });
        // The first page leaves the focus where the browser starts; one that only filled up keeps the place of whoever reads it.
        if begun.is_some_and(|begun| begun.step > 0 && current.as_ref() != Some(&begun)) || on_heading {
            dom::begin_page();
        }
        current
    });
}

/// What surrounds the pages, and for whom.
struct Standing {
    language: Language,
    session: Option<Session>,
    frame: Frame,
    owner: Owner,
}

impl Standing {
    /// Puts a frame into `root`, in the place of its own words or of what stood there for somebody else.
    fn begin(console: Console, language: Language, session: Option<Session>, root: &HtmlElement, owner: Owner) -> Self {
        dom::set_language(language.as_str());
        storage::write_text(LANGUAGE, language.as_str());
        let build = || session.map_or_else(|| Frame::outside(console), Frame::inside);
        let (frame, parts) = owner.with(|| untrack(build));
        El::of(root).alone(parts);
        Self { language, session, frame, owner }
    }

    fn fits(&self, language: Language, session: Option<Session>) -> bool {
        let same = match (self.session, session) {
            (Some(former), Some(session)) => former.is(session),
            (former, session) => former.is_none() && session.is_none(),
        };
        same && self.language == language
    }
}

/// The page that was begun: when one of these changes, another one begins.
#[derive(PartialEq, Eq)]
struct Begun {
    page: Page,
    language: Language,
    step: u8,
}

/// How far signing in has come; 0 as long as that isn't known.
fn step_of(who: Who) -> u8 {
    match who {
        Who::Unknown => 0,
        Who::Nobody => 1,
        Who::Halfway(account) => 2 + account.pending().map_or(0, |pending| pending as u8),
        Who::Somebody(_) => 9,
    }
}

/// Brings the texts of a language; without network the page stays in the language it has.
fn fetch_texts(console: Console, language: Language, arrived: RwSignal<()>) {
    let urls = member(&member(&js_sys::global(), "tumo"), "urls");
    let url = member(&urls, language.as_str()).as_string().unwrap_or_default();
    spawn_local(async move {
        let texts = api::texts(&url).await;
        if texts.is_ok_and(|texts| text::load(language, texts)) {
            arrived.set(());
        } else {
            console.say(text::t(text::Text::ErrorNetwork));
            console.language.set(text::language());
        }
    });
}
