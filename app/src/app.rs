//! What all pages share: where we are, what was loaded, what was answered.

use crate::apart::Apart;
use crate::api::{self, Change, Failure};
use crate::draft::{self, Draft};
use crate::links::{self, SavedLink};
use crate::pages::my::Told;
use crate::router::{Page, Router};
use crate::send::Sending;
use crate::step::Step;
use crate::text::{Text, t};
use crate::{clock, dom, last_visit, storage};
use domain::application::ApplicationForm;
use domain::catalogue::{Catalogue, LiveSeats, Phase};
use domain::date::Timestamp;
use domain::language::Language;
use domain::registration::{Confirmation, MyApplication};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::mem::{replace, take};
use std::sync::Arc;

/// Something that comes from the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded<T> {
    /// On its way.
    Loading,
    /// Here.
    Ready(T),
    /// Not to be had now.
    Failed(Failure),
}

/// The state of the app. A copy is a few numbers; all copies are one.
#[derive(Clone, Copy)]
pub struct App {
    /// Where we are.
    pub router: Router,
    /// What families choose from.
    pub catalogue: RwSignal<Loaded<Arc<Catalogue>>>,
    /// The seats, as of the last count that came through.
    pub seats: RwSignal<Loaded<Arc<LiveSeats>>>,
    /// The answers so far.
    pub draft: RwSignal<Draft>,
    /// Whether the phone has yet to keep what was answered last.
    unkept: StoredValue<bool>,
    /// How the sending of the answers goes.
    pub sending: RwSignal<Sending>,
    /// The application made a moment ago.
    pub fresh: RwSignal<Option<Confirmation>>,
    /// The application of the private page, with its token.
    pub mine: RwSignal<(String, Loaded<Arc<MyApplication>>)>,
    /// The change of it that is under way.
    pub changing: RwSignal<Option<Change>>,
    /// What became of the last change.
    pub told: RwSignal<Option<Told>>,
    /// Whether the browser believes to be connected.
    pub online: RwSignal<bool>,
    /// The server's clock, a few seconds late.
    pub now: RwSignal<Timestamp>,
    /// A short message over the page, until the next one or the next page.
    pub toast: RwSignal<Option<&'static str>>,
    /// The pages that come apart.
    pub apart: Apart,
}

/// How often clocks on the page move, in milliseconds.
const TICK: i32 = 5_000;

/// How long a short message stays, in milliseconds.
const TOAST: u32 = 5_000;

/// How many ticks the numbers of seats stay as they are.
const TICKS_TO_SEATS: u32 = 6;

/// How many ticks a private page that is looked at stays as it is; a multiple of [`TICKS_TO_SEATS`].
const TICKS_TO_MINE: u32 = 24;

impl App {
    /// Reads the address and what the phone has kept, and begins to load.
    pub fn start(fallback: Language) -> Self {
        let draft = storage::read::<Draft>(draft::STORED_AS).unwrap_or_default();
        let app = Self {
            router: Router::start(fallback),
            catalogue: RwSignal::new(last_visit::catalogue().map_or(Loaded::Loading, |known| Loaded::Ready(Arc::new(known)))),
            seats: RwSignal::new(Loaded::Loading),
            sending: RwSignal::new(Sending::default()),
            draft: RwSignal::new(draft),
            unkept: StoredValue::new(false),
            fresh: RwSignal::new(None),
            mine: RwSignal::new((String::new(), Loaded::Loading)),
            changing: RwSignal::new(None),
            told: RwSignal::new(None),
            online: RwSignal::new(dom::is_online()),
            now: RwSignal::new(clock::now()),
            toast: RwSignal::new(None),
            apart: Apart::unasked(),
        };
        Effect::new(move |before: Option<()>| {
            app.draft.track();
            // The first run only looks on: what it would keep is what was read.
            if before.is_some() && !app.unkept.try_update_value(|unkept| replace(unkept, true)).unwrap_or(true) {
                // The answer to the tap first.
                dom::after_paint(move || app.keep_draft());
            }
        });
        dom::on_window("pagehide", move |_| app.keep_draft());
        dom::on_window("online", move |_| app.connected());
        dom::on_window("offline", move |_| app.online.set(false));
        dom::on_document("visibilitychange", move |_| {
            // A page that can't be seen may be ended at any moment.
            app.keep_draft();
            app.tick(0);
        });
        let mut ticks = 0;
        dom::every(TICK, move || {
            ticks += 1;
            app.tick(ticks);
        });
        app.load_catalogue();
        app.resume_sending();
        app
    }

    /// Keeps on the phone what was answered since the last time.
    fn keep_draft(self) {
        if !self.unkept.try_update_value(take).unwrap_or_default() {
            return;
        }
        self.draft.with_untracked(|draft| {
            if *draft == Draft::default() {
                storage::remove(draft::STORED_AS);
            } else {
                storage::write(draft::STORED_AS, draft);
            }
        });
    }

    /// The catalogue, once it is here.
    pub fn known_catalogue(self) -> Option<Arc<Catalogue>> {
        self.catalogue.with_untracked(|catalogue| match catalogue {
            Loaded::Ready(catalogue) => Some(catalogue.clone()),
            Loaded::Loading | Loaded::Failed(_) => None,
        })
    }

    /// Whether applications are taken now; none as long as the catalogue isn't here. Reactive: the form opens by itself.
    pub fn phase(self) -> Option<Phase> {
        self.catalogue.with(|catalogue| match catalogue {
            Loaded::Ready(catalogue) => Some(catalogue.intake.phase(self.now.get())),
            Loaded::Loading | Loaded::Failed(_) => None,
        })
    }

    /// Loads the catalogue. One that is here stays until a newer one has come.
    pub fn load_catalogue(self) {
        if self.known_catalogue().is_none() {
            self.catalogue.set(Loaded::Loading);
        }
        spawn_local(async move {
            match last_visit::news(self.known_catalogue().is_some()).await {
                Ok(news) => {
                    self.now.set(clock::now());
                    if let Some(catalogue) = news {
                        self.catalogue.set(Loaded::Ready(Arc::new(catalogue)));
                    }
                }
                Err(failure) if self.known_catalogue().is_none() => self.catalogue.set(Loaded::Failed(failure)),
                Err(_) => {}
            }
        });
    }

    /// Asks the server for what a page shows of it, as the page begins; the tap that led to it is answered first.
    pub fn begin(self, page: Page) {
        if page == Page::Home {
            self.load_seats();
        } else if shows_seats(page) {
            dom::after_paint(move || self.load_seats());
        }
    }

    /// Counts the seats anew. Old numbers stay until new ones have come; they bear their time.
    pub fn load_seats(self) {
        if self.seats.with_untracked(|seats| matches!(seats, Loaded::Failed(_))) {
            self.seats.set(Loaded::Loading);
        }
        spawn_local(async move {
            match api::seats().await {
                Ok(seats) => self.seats.set(Loaded::Ready(Arc::new(seats))),
                Err(_) if self.seats.with_untracked(|seats| matches!(seats, Loaded::Ready(_))) => {}
                Err(failure) => self.seats.set(Loaded::Failed(failure)),
            }
        });
    }

    /// Says something over the page for a few seconds.
    pub fn say(self, text: Text) {
        self.toast.set(Some(t(text)));
        dom::later(TOAST, move || self.toast.set(None));
    }

    /// Forgets the answers.
    pub fn start_anew(self) {
        self.sending.set(Sending::default());
        self.draft.set(Draft::default());
    }

    /// Keeps a registration made on this phone, and shows its page.
    pub fn registered(self, confirmation: Confirmation) {
        let link = SavedLink {
            reference: confirmation.reference.clone(),
            token: confirmation.token.clone(),
            given_name: self.draft.with_untracked(|draft| given_names(&draft.form)),
            seen: String::new(),
        };
        links::keep(link);
        self.start_anew();
        let token = confirmation.token.clone();
        self.fresh.set(Some(confirmation));
        self.told.set(None);
        self.router.replace_with_mine(&token);
    }

    fn connected(self) {
        self.online.set(true);
        if matches!(self.catalogue.get_untracked(), Loaded::Failed(_)) {
            self.load_catalogue();
        }
        // What the page shows of the server may be old by now, or missing.
        self.tick(0);
        self.resume_sending();
    }

    fn tick(self, ticks: u32) {
        self.now.set(clock::now());
        if !dom::is_visible() || !ticks.is_multiple_of(TICKS_TO_SEATS) {
            return;
        }
        match self.router.page.get_untracked() {
            page if shows_seats(page) => self.load_seats(),
            // Seen again after a while, and now and then while it is looked at: an offer may have come or gone.
            Page::My if ticks.is_multiple_of(TICKS_TO_MINE) => self.apart.refresh(self),
            _ => {}
        }
    }
}

/// Whether what a page shows depends on the seats there are now.
fn shows_seats(page: Page) -> bool {
    matches!(page, Page::Home | Page::Question { step: Step::Schedule | Step::Check, .. } | Page::Join)
}

/// The given names of all students, as a family calls them.
fn given_names(form: &ApplicationForm) -> String {
    let students = std::iter::once(&form.student).chain(form.siblings.iter().map(|sibling| &sibling.student));
    students.map(|student| student.given_name.trim()).collect::<Vec<_>>().join(", ")
}
