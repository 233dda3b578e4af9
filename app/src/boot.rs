//! From the shell to the first page, and from each page to the next.

use crate::app::{App, Loaded};
use crate::components::shell::Shell;
use crate::el::El;
use crate::router::Page;
use crate::wire::{FromJs, member};
use crate::{api, dom, pages, storage, text};
use domain::language::Language;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Where the phone keeps the chosen language; boot.js reads it too.
const LANGUAGE: &str = "lang";

/// The element of the shell in which the app lives.
const ROOT: &str = "app";

/// Starts the app in the shell. What boot.js has left in `globalThis.tumo`: `{ lang, texts, urls }`.
pub fn start() {
    let left = member(&js_sys::global(), "tumo");
    let language = member(&left, "lang").as_string().and_then(|word| Language::parse(&word)).unwrap_or(Language::Kazakh);
    let loaded = FromJs::from_js(&member(&left, "texts")).is_some_and(|texts| text::load(language, texts));
    let Some(root) = dom::element(ROOT).and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    if !loaded {
        // Texts of another version: boot.js shows its Retry.
        wasm_bindgen::throw_str("the texts do not fit the app");
    }
    text::speak(language);
    // Nothing is ever unmounted but pages: the state lives as long as the tab.
    mount_to(root.clone(), move || show_pages(App::start(language), root)).forget();
}

/// What surrounds the pages, with what keeps it up to date.
struct Frame {
    language: Language,
    shell: Shell,
    owner: Owner,
}

/// Puts a fresh page into `root` whenever there is reason to.
fn show_pages(app: App, root: HtmlElement) {
    let lasting = Owner::new();
    let frame = StoredValue::new_local(None::<Frame>);
    let texts_arrived = RwSignal::new(());
    let arrival = Memo::new(move |_| {
        app.catalogue.with(|catalogue| match catalogue {
            Loaded::Loading => 0,
            Loaded::Failed(_) => 1,
            // Another one than was known makes another page.
            Loaded::Ready(catalogue) => Arc::as_ptr(catalogue).addr(),
        })
    });
    let phase = Memo::new(move |_| app.phase());
    Effect::new(move |shown: Option<Option<(Page, Language)>>| {
        let shown = shown.flatten();
        let (asked, language) = (app.router.page.get(), app.router.language.get());
        texts_arrived.track();
        // Read, not only tracked: a memo that nobody reads learns nothing.
        let _ = (arrival.get(), phase.get());
        if !text::is_loaded(language) {
            fetch_texts(app, language, texts_arrived);
            return shown;
        }
        let page = untrack(|| pages::instead_of(app, asked));
        if page != asked {
            app.router.take(page);
        }
        text::speak(language);
        if shown.is_none() && page == Page::Home && arrival.get() == 0 && is_front_page(language) {
            return None;
        }
        if shown != Some((page, language)) {
            app.toast.set(None);
            app.begin(page);
        }
        if shown.is_some_and(|(shown, _)| shown != page) {
            app.told.set(None);
        }

        let on_heading = dom::heading_has_focus();
        // What was live in the former page ended when this effect began to run again.
        let content = untrack(|| pages::view(app, page));
        frame.update_value(|frame| {
            if frame.as_ref().is_none_or(|frame| frame.language != language) {
                if let Some(former) = frame.take() {
                    former.owner.cleanup();
                }
                *frame = Some(begin(app, language, &root, lasting.child()));
            }
            if let Some(frame) = frame {
                frame.shell.show(page, content);
            }
        });
        // The first page leaves the focus where the browser starts; one that only filled up or opened keeps the place of
        // whoever is reading it.
        if shown.is_some_and(|shown| shown != (page, language)) || on_heading {
            dom::begin_page();
        }
        Some((page, language))
    });
}

/// Puts the shell into `root`, in the place of its own words or of what stood there in another language.
fn begin(app: App, language: Language, root: &HtmlElement, owner: Owner) -> Frame {
    dom::set_language(language.as_str());
    storage::write_text(LANGUAGE, language.as_str());
    let (shell, parts) = owner.with(|| untrack(|| Shell::new(app)));
    El::of(root).alone(parts);
    Frame { language, shell, owner }
}

/// Whether the shell already shows the front page in this language. It stays as it is until there is more to say; its links work as soon as
/// the app listens.
fn is_front_page(language: Language) -> bool {
    dom::element("main").is_some_and(|main| main.get_attribute("lang").as_deref() == Some(language.as_str()))
}

/// Brings the texts of a language; without network the page stays in the language it has.
fn fetch_texts(app: App, language: Language, arrived: RwSignal<()>) {
    let url = text::url(language.as_str());
    spawn_local(async move {
        let texts = api::texts(&url).await;
        if texts.is_ok_and(|texts| text::load(language, texts)) {
            arrived.set(());
        } else {
            app.say(text::Text::ErrorNetwork);
            let stays = text::language();
            dom::replace_address(&app.router.page.get_untracked().path(stays));
            app.router.language.set(stays);
        }
    });
}
