//! The family's private page, opened by the secret in the fragment: what each student has, and what can be done about it.

mod actions;
mod code;
mod confirm;
mod door;
mod join;
mod overview;
mod seen;
mod ticket;
mod told;

pub use told::Told;

use crate::api::{self, Change, Failure, Refusal};
use crate::app::{App, Loaded};
use crate::components::page_state::{Art, failed, loading, page_state};
use crate::dom;
use crate::el::{El, div, el};
use crate::fault_text;
use crate::pages::lost::home_link;
use crate::router::{Page, private_fragment, private_path};
use crate::text::{Text, language, t};
use domain::error::ErrorCode;
use domain::registration::{MyApplication, MyRegistration, MyStudent, RegistrationState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::mem::discriminant;
use std::sync::Arc;

/// The page, or why it can't be shown.
pub fn view(app: App, page: Page) -> El {
    let (token, id) = private_fragment();
    load(app, token.clone());
    // The page on which something is chosen isn't taken away from under the finger when a position changes.
    let arrival = Memo::new(move |_| app.mine.with(|(token, loaded)| (token.clone(), discriminant(loaded))));
    el("div").live(move || {
        if page == Page::My {
            app.mine.track();
        }
        let _ = arrival.get();
        untrack(|| {
            let mine = match app.mine.get().1 {
                Loaded::Loading => return vec![loading()],
                Loaded::Failed(failure) if is_unknown(&failure) => return vec![unknown()],
                Loaded::Failed(failure) => {
                    let again = token.clone();
                    let retry = move || {
                        app.mine.set((again.clone(), Loaded::Loading));
                        load(app, again.clone());
                    };
                    return vec![match seen::on(page, &token) {
                        Some(mine) => door::view(&Private { app, token: token.clone(), mine: Arc::new(mine) }, &failure, retry),
                        None => failed(&failure, retry),
                    }];
                }
                Loaded::Ready(mine) => mine,
            };
            let private = Private { app, token: token.clone(), mine };
            let shown = match page {
                Page::Join => join::view(&private, &id),
                Page::Decline | Page::Withdraw => confirm::view(&private, &id, page),
                _ => None,
            };
            vec![shown.unwrap_or_else(|| overview::view(&private))]
        })
    })
}

/// What every private page needs.
struct Private {
    app: App,
    token: String,
    mine: Arc<MyApplication>,
}

impl Private {
    /// The address of another private page.
    fn path(&self, page: Page, id: &str) -> String {
        private_path(page, language(), &self.token, id)
    }

    /// The way back to the overview.
    fn back(&self) -> El {
        el("a").class("back-link").attr("href", &self.path(Page::My, "")).test("back").text(t(Text::ActionBack))
    }

    /// A button that makes a change; it shows when it is under way.
    fn button(&self, class: &str, test: &str, words: &str, change: Change) -> El {
        let (app, token, known) = (self.app, self.token.clone(), change.clone());
        let button = crate::components::page_state::button(class, test, words, move || {
            make(app, token.clone(), change.clone());
        });
        button.live_busy(move || app.changing.with(|changing| *changing == Some(known.clone())))
    }

    /// What became of the last change, for screen readers as soon as it is known.
    fn told(&self) -> El {
        let (app, mine) = (self.app, Arc::clone(&self.mine));
        el("div").id(TOLD).attr("tabindex", "-1").attr("role", "status").live(move || {
            let told = app.told.get().map(|told| {
                let class = if told.done { "notice notice--done" } else { "notice notice--bad" };
                div(class).test(if told.done { "done" } else { "not-done" }).text(&told.words(&mine))
            });
            told.into_iter().collect()
        })
    }
}

/// A registration that isn't over, and whose it is.
fn live<'a>(mine: &'a MyApplication, id: &str) -> Option<(&'a MyStudent, &'a MyRegistration)> {
    let mut all = mine.students.iter().flat_map(|student| student.registrations.iter().map(move |one| (student, one)));
    all.find(|(_, one)| one.id == id && one.state.is_live())
}

/// Id of the place where it is told what became of a change.
const TOLD: &str = "told";

/// How long a weak network may take before what was seen last is shown, in milliseconds; the answer may still come.
const PATIENCE: u32 = 3_000;

/// Asks for the application. What is shown of it already stays until something about it has changed.
fn load(app: App, token: String) {
    let seen = seen::on(app.router.page.get_untracked(), &token).is_some();
    let stays = app.mine.with_untracked(|(known, loaded)| {
        *known == token
            && match loaded {
                Loaded::Ready(_) => true,
                Loaded::Failed(_) => seen,
                Loaded::Loading => false,
            }
    });
    if !stays {
        app.told.set(None);
        app.mine.set((token.clone(), Loaded::Loading));
        if seen {
            let token = token.clone();
            dom::later(PATIENCE, move || {
                if app.mine.with_untracked(|(known, loaded)| *known == token && matches!(loaded, Loaded::Loading)) {
                    fail(app, Failure::Timeout);
                }
            });
        }
    }
    spawn_local(ask(app, token));
}

/// Asks for the application, and shows what comes.
async fn ask(app: App, token: String) {
    let answer = if token.is_empty() { Err(Failure::Refused(no_link())) } else { api::my(&token).await };
    // Another link may have been opened meanwhile.
    if app.mine.with_untracked(|mine| mine.0 != token) {
        return;
    }
    let before = app.mine.with_untracked(|(_, loaded)| match loaded {
        Loaded::Ready(mine) => Some(states(mine)),
        Loaded::Loading | Loaded::Failed(_) => None,
    });
    match answer {
        Ok((answer, mine)) => {
            // An answer may be overtaken by that to a change.
            if app.mine.with_untracked(|(_, loaded)| matches!(loaded, Loaded::Ready(shown) if shown.at > mine.at)) {
                return;
            }
            let after = states(&mine);
            show(app, mine.clone());
            match before {
                None => dom::later(0, dom::begin_page),
                // Somebody may be looking at the page: what was said before is no longer the news.
                Some(before) if before != after && app.told.with_untracked(|told| told.is_none_or(|told| told.done)) => {
                    app.told.set(Some(Told::to_all(true, Text::MyChanged)));
                }
                Some(_) => {}
            }
            seen::keep(token, answer, mine).await;
        }
        Err(failure) => {
            if is_unknown(&failure) {
                seen::put(&token, String::new());
            }
            // What the family has seen before is better than a page that says there is no network.
            if before.is_none() {
                fail(app, failure);
            }
        }
    }
}

/// Says that there is no answer, and why. What is shown at the door stays, whatever else fails.
fn fail(app: App, failure: Failure) {
    if is_unknown(&failure) || app.mine.with_untracked(|(_, loaded)| matches!(loaded, Loaded::Loading)) {
        app.mine.update(|mine| mine.1 = Loaded::Failed(failure));
        dom::later(0, dom::begin_page);
    }
}

/// Looks whether anything has changed about the page that is shown.
pub fn refresh(app: App) {
    if app.changing.with_untracked(Option::is_none) {
        load(app, private_fragment().0);
    }
}

/// Shows how things stand; a page that says so already stays, with whatever has the focus on it.
fn show(app: App, mine: MyApplication) {
    let known = app.mine.with_untracked(|(_, loaded)| match loaded {
        Loaded::Ready(known) => Some(known.clone()),
        Loaded::Loading | Loaded::Failed(_) => None,
    });
    let same = known.is_some_and(|known| *known == MyApplication { at: known.at, ..mine.clone() });
    if !same {
        app.mine.update(|shown| shown.1 = Loaded::Ready(Arc::new(mine)));
    }
}

/// The states of all registrations, in the order of the page.
fn states(mine: &MyApplication) -> Vec<RegistrationState> {
    mine.students.iter().flat_map(|student| &student.registrations).map(|one| one.state).collect()
}

/// Makes a change. A second tap while one is under way does nothing.
fn make(app: App, token: String, change: Change) {
    if app.changing.with_untracked(Option::is_some) {
        return;
    }
    app.changing.set(Some(change.clone()));
    app.told.set(None);
    let whom = app.mine.with_untracked(|(_, loaded)| match loaded {
        Loaded::Ready(mine) => told::whom(&change, mine),
        Loaded::Loading | Loaded::Failed(_) => None,
    });
    spawn_local(async move {
        let answer = api::change(&change, &token).await;
        app.changing.set(None);
        if app.mine.with_untracked(|mine| mine.0 != token) {
            return;
        }
        if let Change::Settings(_) = change {
            return settled(app, answer.map(|(_, mine)| mine));
        }
        let (done, said, leave) = match answer {
            Ok((answer, mine)) => {
                // From now on it is no longer about the application as it was sent.
                app.fresh.set(None);
                let said = told::done(&change, &mine);
                show(app, mine.clone());
                spawn_local(seen::keep(token.clone(), answer, mine));
                (true, said, true)
            }
            Err(Failure::Refused(refused)) if is_over(refused.code) => {
                load(app, token.clone());
                (false, fault_text::refusal(refused.code), refused.code != ErrorCode::NotOffered)
            }
            Err(Failure::Refused(refused)) => (false, fault_text::refusal(refused.code), false),
            Err(_) => (false, Text::MyNoAnswer, false),
        };
        if leave && app.router.page.get_untracked() != Page::My {
            app.router.replace_with_mine(&token);
        }
        // A page begins without what was said on the one before.
        dom::later(0, move || {
            app.told.set(Some(Told { done, said, whom }));
            // Once it stands there: what comes in above the place that is looked at moves it.
            dom::later(0, || dom::begin_with(&["#", TOLD].concat()));
        });
    });
}

/// Says what became of a box that was ticked: whoever ticks it goes on where they are. What wasn't kept isn't ticked any more.
fn settled(app: App, answer: Result<MyApplication, Failure>) {
    let said = answer.as_ref().map_or_else(fault_text::failure, |_| Text::MyDoneSettings);
    app.mine.update(|shown| {
        if let Ok(mine) = answer {
            shown.1 = Loaded::Ready(Arc::new(mine));
        }
    });
    app.say(said);
    dom::focus_in_place(overview::TAKE_AT_ONCE.to_owned());
}

/// Whether a refusal means that things are no longer as they were shown.
fn is_over(code: ErrorCode) -> bool {
    use ErrorCode::{AlreadyRegistered, Closed, NotOffered, OfferOver, RegistrationOver, TooManyPlaces};
    matches!(code, AlreadyRegistered | Closed | NotOffered | OfferOver | RegistrationOver | TooManyPlaces)
}

/// Whether the server knows no such link.
fn is_unknown(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(refusal) if refusal.code == ErrorCode::UnknownLink)
}

/// The answer to an address without a secret, known without asking.
fn no_link() -> Refusal {
    Refusal { code: ErrorCode::UnknownLink, fields: Vec::new(), retry_after: None }
}

fn unknown() -> El {
    page_state(Art::Lost, t(Text::MyUnknownTitle), &[t(Text::MyUnknownText).to_owned()], vec![home_link()])
}
