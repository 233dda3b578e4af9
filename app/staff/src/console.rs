//! What all pages share: where we are, who is signed in, which centre is looked at, what was said.

use crate::components::dialog::{self, Content};
use crate::components::toast::Toast;
use crate::offline::queue::{Queue, Sending};
use crate::offline::{kept, phone};
use crate::router::{Page, Router};
use crate::session::{Account, Session};
use crate::text::language;
use app::api::{self, Failure, Refusal};
use app::app::Loaded;
use app::{clock, dom, storage};
use domain::catalogue::Catalogue;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::language::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who is before the screen.
#[derive(Clone, Copy)]
pub enum Who {
    /// Not asked yet.
    Unknown,
    /// Nobody.
    Nobody,
    /// Somebody whose signing in isn't finished.
    Halfway(Account),
    /// Somebody who is signed in.
    Somebody(Session),
}

/// How often the server is asked about somebody who is only remembered, in milliseconds.
const ASKED_AGAIN: i32 = 15_000;

/// Where the browser keeps the centre that is looked at.
const CENTRE: &str = "staff-centre";

/// Where the browser keeps that somebody has left without network: the server is told as soon as it can be.
const LEAVING: &str = "staff-leaving";

/// How often clocks on the page move, in milliseconds.
const TICK: i32 = 5_000;

/// The state of the console. A copy is a few numbers; all copies are one.
#[derive(Clone, Copy)]
pub struct Console {
    /// Where we are.
    pub router: Router,
    /// The language of the page.
    pub language: RwSignal<Language>,
    /// Who is before the screen.
    pub who: RwSignal<Who>,
    /// Whether that is only remembered: the server couldn't be asked.
    pub remembered: RwSignal<bool>,
    /// Marks of attendance on their way to the server.
    pub marks: Queue,
    /// Why it isn't known who that is.
    pub unreachable: RwSignal<Option<Failure>>,
    /// Centres and tracks with their names. Pages wait for the answer, whatever it is.
    pub catalogue: RwSignal<Loaded<Arc<Catalogue>>>,
    /// What staff call the cohorts, by their identifiers; none before anybody has asked for the cohorts.
    pub labels: RwSignal<Option<BTreeMap<String, String>>>,
    /// The centre that is looked at by those who reach every centre; none for all of them.
    pub centre: RwSignal<Option<String>>,
    /// Whether the browser believes to be connected.
    pub online: RwSignal<bool>,
    /// The server's clock, a few seconds late.
    pub now: RwSignal<Timestamp>,
    /// Which student is looked for: kept here alone, so that the way back from a cohort leads to what was found, and no address
    /// holds a name.
    pub looked_for: RwSignal<String>,
    /// What is said over the page.
    pub toast: RwSignal<Option<Toast>>,
    /// The dialog that lies over the page.
    pub dialog: RwSignal<Option<Content>, LocalStorage>,
}

impl Console {
    /// Reads the address and what the browser has kept, and asks who is signed in.
    pub fn start(language: Language) -> Self {
        let console = Self {
            router: Router::start(),
            language: RwSignal::new(language),
            who: RwSignal::new(Who::Unknown),
            remembered: RwSignal::new(false),
            marks: Queue::start(),
            unreachable: RwSignal::new(None),
            catalogue: RwSignal::new(Loaded::Loading),
            labels: RwSignal::new(None),
            centre: RwSignal::new(storage::read::<String>(CENTRE)),
            online: RwSignal::new(dom::is_online()),
            now: RwSignal::new(clock::now()),
            looked_for: RwSignal::new(String::new()),
            toast: RwSignal::new(None),
            dialog: RwSignal::new_local(None),
        };
        dom::on_window("online", move |_| {
            console.online.set(true);
            if console.unreachable.get_untracked().is_some() {
                console.who_is_it();
            }
            if matches!(console.catalogue.get_untracked(), Loaded::Failed(_)) {
                console.load_catalogue();
            }
        });
        dialog::watch(console);
        dom::on_window("offline", move |_| console.online.set(false));
        dom::on_window("online", move |_| console.ask_again());
        dom::every(ASKED_AGAIN, move || console.ask_again());
        spawn_local(async { drop(phone::serve().await) });
        dom::every(TICK, move || console.now.set(clock::now()));
        console.who_is_it();
        console.load_catalogue();
        console
    }

    /// Asks the server who is signed in.
    pub fn who_is_it(self) {
        self.unreachable.set(None);
        spawn_local(async move {
            if let Err(failure) = self.finish_leaving().await {
                return self.unreachable.set(Some(failure));
            }
            match self.ask_who().await {
                Ok(account) => self.entered(account),
                Err(Failure::Refused(Refusal { code: ErrorCode::NotSignedIn, .. })) => {
                    self.who.set(Who::Nobody);
                    // The session may have been ended elsewhere, because the phone is lost.
                    kept::forget().await;
                }
                Err(failure) => match kept::account().await {
                    // Without network the roll call goes on.
                    Some(me) if matches!(failure, Failure::Network | Failure::Timeout) => {
                        self.remembered.set(true);
                        self.entered(Account::remembered(self, me));
                    }
                    _ => self.unreachable.set(Some(failure)),
                },
            }
        });
    }

    /// Somebody has left and the server can't be told now.
    pub fn leaves_later(self) {
        storage::write(LEAVING, &String::new());
    }

    /// Tells the server that somebody has left, if it doesn't know yet.
    ///
    /// # Errors
    /// As [`Failure`] says: it still doesn't know.
    pub async fn finish_leaving(self) -> Result<(), Failure> {
        if storage::read::<String>(LEAVING).is_none() {
            return Ok(());
        }
        match self.sign_out().await {
            Ok(()) | Err(Failure::Refused(Refusal { code: ErrorCode::NotSignedIn, .. })) => storage::remove(LEAVING),
            Err(failure) => return Err(failure),
        }
        Ok(())
    }

    /// Asks the server again about somebody who is only remembered. Nobody is sent away from a roll call: marks wait, and the page says
    /// for what.
    fn ask_again(self) {
        if storage::read::<String>(LEAVING).is_some() {
            return spawn_local(async move { drop(self.finish_leaving().await) });
        }
        if !self.remembered.get_untracked() {
            return;
        }
        spawn_local(async move {
            match self.ask_who().await {
                Ok(account) => {
                    self.remembered.set(false);
                    match self.who.get_untracked() {
                        Who::Somebody(session) if session.me().id == account.me().id && account.pending().is_none() => {
                            self.known(account);
                        }
                        _ => self.entered(account),
                    }
                }
                Err(Failure::Refused(Refusal { code: ErrorCode::NotSignedIn, .. })) => {
                    self.marks.sending.set(Sending::SignedOut);
                }
                Err(_) => {}
            }
        });
    }

    /// The phone remembers whom the server knows, and sends what waited for them.
    fn known(self, account: Account) {
        spawn_local(async move { kept::remember(account.me()).await });
        self.marks.belongs_to(&account.me().id);
    }

    /// Somebody has come one step further in signing in; the page they wanted is shown when nothing is missing.
    pub fn entered(self, account: Account) {
        match account.session() {
            Some(session) => {
                if self.remembered.get_untracked() {
                    self.marks.belongs_to(&session.me().id);
                } else {
                    self.known(account);
                }
                if matches!(self.router.page.get_untracked(), Page::SignIn | Page::Organisation) {
                    self.router.replace(&Page::Home);
                }
                self.who.set(Who::Somebody(session));
            }
            None => self.who.set(Who::Halfway(account)),
        }
    }

    /// The session is over. The address stays, so that signing in leads back to where one was.
    pub fn signed_out(self) {
        self.remembered.set(false);
        self.dialog.set(None);
        self.looked_for.set(String::new());
        self.labels.set(None);
        self.who.set(Who::Nobody);
    }

    /// Loads the names of centres and tracks.
    pub fn load_catalogue(self) {
        self.catalogue.set(Loaded::Loading);
        spawn_local(async move {
            let answer = api::catalogue().await;
            self.catalogue.set(answer.map_or_else(Loaded::Failed, |catalogue| Loaded::Ready(Arc::new(catalogue))));
        });
    }

    /// Looks at this centre alone, or at all of them.
    pub fn look_at(self, centre: Option<String>) {
        match &centre {
            Some(id) => {
                storage::write(CENTRE, id);
            }
            None => storage::remove(CENTRE),
        }
        self.centre.set(centre);
    }
}

impl Session {
    /// The centre whose things are shown: one's own, or the one looked at; none for every centre. Reactive.
    pub fn centre(self) -> Option<String> {
        self.me().centre.clone().or_else(|| self.console().centre.get())
    }

    /// What a centre is called.
    pub fn centre_name(self, id: &str) -> String {
        let named = |catalogue: &Catalogue| Some(catalogue.centre(id)?.name.get(language()).to_owned());
        self.in_catalogue(named).unwrap_or_else(|| id.to_owned())
    }

    /// What a track is called.
    pub fn track_name(self, id: &str) -> String {
        let named = |catalogue: &Catalogue| Some(catalogue.track(id)?.name.get(language()).to_owned());
        self.in_catalogue(named).unwrap_or_else(|| id.to_owned())
    }

    /// Every centre with its name, in the order of display.
    pub fn centres(self) -> Vec<(String, String)> {
        let all = |catalogue: &Catalogue| {
            catalogue.centres.iter().map(|centre| (centre.id.clone(), centre.name.get(language()).to_owned())).collect()
        };
        self.in_catalogue(|catalogue| Some(all(catalogue))).unwrap_or_default()
    }

    /// Every track with its name, in the order of display.
    pub fn tracks(self) -> Vec<(String, String)> {
        let all = |catalogue: &Catalogue| {
            catalogue.tracks.iter().map(|track| (track.id.clone(), track.name.get(language()).to_owned())).collect()
        };
        self.in_catalogue(|catalogue| Some(all(catalogue))).unwrap_or_default()
    }

    /// What is found in the catalogue; none as well when it could not be had.
    pub fn in_catalogue<T>(self, find: impl Fn(&Catalogue) -> Option<T>) -> Option<T> {
        self.console().catalogue.with_untracked(|catalogue| match catalogue {
            Loaded::Ready(catalogue) => find(catalogue),
            Loaded::Loading | Loaded::Failed(_) => None,
        })
    }
}
