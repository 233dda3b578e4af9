//! The pages that nobody needs before a registration is made: the private pages and the promises. They come apart from the app, in a
//! file of their own with texts of its own, while the first question is read, or with the first page that needs them.
//!
//! The cut is made by xtask, through the program as a whole: what only `entry` leads to goes into the second file. Whatever else
//! names something of theirs brings it back into the first one.

mod entry;

use crate::api::{self, Failure};
use crate::app::{App, Loaded};
use crate::components::page_state::{Art, loading, page_state, retry_button};
use crate::dom;
use crate::el::{El, el};
use crate::fault_text;
use crate::format;
use crate::router::Page;
use crate::text::{self, Text, fill, language, t};
use crate::wire::member;
use domain::language::Language;
use futures_util::future::join;
use js_sys::{Function, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::hint::black_box;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// How these pages are called, once they are here; before, a call would find nothing.
struct Entry {
    view: fn(App, Page) -> El,
    refresh: fn(App),
}

static ENTRY: Entry = Entry { view: entry::view, refresh: entry::refresh };

/// The compiler must not look through it: a direct call would hold the parts together.
fn entry() -> &'static Entry {
    black_box(&ENTRY)
}

/// How far these pages are.
#[derive(Clone, Copy)]
pub struct Apart {
    /// None as long as nobody has asked.
    pages: RwSignal<Option<Loaded<()>>>,
    /// How often they could not be had.
    failed: RwSignal<u32>,
}

impl Apart {
    /// Not here yet, and not asked for.
    pub fn unasked() -> Self {
        Self { pages: RwSignal::new(None), failed: RwSignal::new(0) }
    }

    /// Brings them with their texts in the present language, unless they are here or coming.
    pub fn fetch(self) {
        let language = language();
        let settled = self.pages.with_untracked(|pages| match pages {
            Some(Loaded::Loading) => true,
            Some(Loaded::Ready(())) => text::is_loaded_apart(language),
            Some(Loaded::Failed(_)) | None => false,
        });
        if settled {
            return;
        }
        self.pages.set(Some(Loaded::Loading));
        spawn_local(async move {
            let (pages, texts) = join(pages(), texts(language)).await;
            self.pages.set(Some(pages.and(texts).map_or_else(Loaded::Failed, Loaded::Ready)));
        });
    }

    /// Tries again. What stays away belongs perhaps to another version of the site than this: then the page is loaded anew.
    fn retry(self) {
        self.failed.update(|failed| *failed += 1);
        if self.failed.get_untracked() > 1 && dom::is_online() {
            dom::reload();
        } else {
            self.fetch();
        }
    }

    /// Looks whether anything has changed about the private page that is shown.
    pub fn refresh(self, app: App) {
        if let Some(Loaded::Ready(())) = self.pages.get_untracked() {
            (entry().refresh)(app);
        }
    }
}

/// One of these pages, as soon as it can be shown.
pub fn view(app: App, page: Page) -> El {
    app.apart.fetch();
    if let Some(Loaded::Ready(())) = app.apart.pages.get_untracked() {
        return (entry().view)(app, page);
    }
    let built = Cell::new(false);
    el("div").live(move || {
        let pages = app.apart.pages.get();
        if built.replace(true) {
            dom::later(0, dom::begin_page);
        }
        untrack(|| {
            vec![match pages {
                Some(Loaded::Ready(())) => (entry().view)(app, page),
                Some(Loaded::Failed(failure)) => not_here(app, &failure),
                Some(Loaded::Loading) | None => loading(),
            }]
        })
    })
}

/// Says so; who has just registered learns that all the same.
fn not_here(app: App, failure: &Failure) -> El {
    let fresh = app.fresh.with_untracked(|fresh| fresh.as_ref().map(|fresh| fresh.reference.clone()));
    let received = fresh.map(|number| fill(t(Text::MyReceived), &[("number", &format::unbroken(&number))]));
    let said: Vec<String> = received.into_iter().chain([t(fault_text::failure(failure)).to_owned()]).collect();
    page_state(Art::Offline, t(Text::ErrorNotLoaded), &said, vec![retry_button(move || app.apart.retry())])
}

/// Has boot.js bring the second file.
async fn pages() -> Result<(), Failure> {
    let bring: Function = member(&member(&js_sys::global(), "tumo"), "apart").unchecked_into();
    let coming: Promise = bring.call0(&bring).map_err(|_| Failure::Unreadable)?.unchecked_into();
    JsFuture::from(coming).await.map(|_| ()).map_err(|_| Failure::Network)
}

async fn texts(language: Language) -> Result<(), Failure> {
    if text::is_loaded_apart(language) {
        return Ok(());
    }
    let url = text::url(&[language.as_str(), "Apart"].concat());
    let texts = api::texts(&url).await?;
    if text::load_apart(language, texts) { Ok(()) } else { Err(Failure::Unreadable) }
}
