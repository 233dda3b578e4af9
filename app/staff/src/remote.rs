//! Something a page fetches, and shows once it is here.

use crate::components::state;
use crate::fault_text;
use crate::session::Session;
use app::app::Loaded;
use app::dom;
use app::el::{El, el};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The answer of a `GET`, or of a question that is asked in a body, as a signal. A copy is a few numbers.
///
/// ```ignore
/// let members = Remote::<Vec<StaffMember>>::get(session, "/api/staff/members");
/// members.view(|members| p(&members.len().to_string()))
/// ```
pub struct Remote<T: Send + Sync + 'static> {
    session: Session,
    path: RwSignal<String>,
    /// What is asked, where it isn't said by the path.
    body: RwSignal<Option<String>>,
    /// What came.
    pub value: RwSignal<Loaded<Arc<T>>>,
    /// Which request is the newest: an older one may answer last.
    asked: RwSignal<u32>,
    /// Whether one is under way.
    pub busy: RwSignal<bool>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: DeserializeOwned + Send + Sync + 'static> Remote<T> {
    /// Fetches it from this path.
    pub fn get(session: Session, path: &str) -> Self {
        let remote = Self::of(session, path);
        remote.reload();
        remote
    }

    /// What is at this path, not asked for yet: [`Remote::reload`] does.
    pub fn of(session: Session, path: &str) -> Self {
        let remote = Self::later(session);
        remote.path.set(path.to_owned());
        remote
    }

    /// Asks for nothing yet: [`Remote::ask`] does.
    pub fn later(session: Session) -> Self {
        Self {
            session,
            path: RwSignal::new(String::new()),
            body: RwSignal::new(None),
            value: RwSignal::new(Loaded::Loading),
            asked: RwSignal::new(0),
            busy: RwSignal::new(false),
        }
    }

    /// Asks by `POST` when nothing else was asked for `pause` milliseconds: somebody is typing.
    pub fn ask(self, path: &str, body: &impl Serialize, pause: u32) {
        let Ok(body) = serde_json::to_string(body) else { return };
        let Some(number) = self.next() else { return };
        self.busy.set(true);
        self.path.set(path.to_owned());
        self.body.set(Some(body));
        dom::later(pause, move || {
            if self.asked.try_get_untracked() == Some(number) {
                self.reload();
            }
        });
    }

    /// Nothing is asked any more, and what came is of no use.
    pub fn forget(self) {
        if self.next().is_some() {
            self.busy.set(false);
            self.value.set(Loaded::Loading);
        }
    }

    /// The number of the next request, which makes the earlier ones of no use; none when the page was left.
    fn next(self) -> Option<u32> {
        self.asked.try_update_untracked(|asked| {
            *asked += 1;
            *asked
        })
    }

    /// What is here already, to be shown like what was fetched.
    pub fn here(session: Session, value: T) -> Self {
        let remote = Self::later(session);
        remote.put(value);
        remote
    }

    /// Fetches it again. What is here stays until the answer has come.
    pub fn reload(self) {
        // The page may have been left meanwhile, here and below.
        let Some(number) = self.next() else { return };
        self.busy.set(true);
        if self.value.with_untracked(|value| matches!(value, Loaded::Failed(_))) {
            self.value.set(Loaded::Loading);
        }
        let (path, body) = (self.path.get_untracked(), self.body.get_untracked());
        spawn_local(async move {
            let answer = match body {
                None => self.session.get::<T>(&path).await,
                Some(body) => self.session.post_json::<T>(&path, body).await,
            };
            if self.asked.try_get_untracked() != Some(number) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(value) => self.value.set(Loaded::Ready(Arc::new(value))),
                Err(failure) if self.value.with_untracked(|value| matches!(value, Loaded::Ready(_))) => {
                    self.session.console().say(fault_text::failure(&failure));
                }
                Err(failure) => self.value.set(Loaded::Failed(failure)),
            }
        });
    }

    /// Fetches from another path from now on, such as the same with another filter.
    pub fn go(self, path: &str) {
        self.path.set(path.to_owned());
        self.reload();
    }

    /// Puts a value in the place of the one that came: the answer to a change holds how things stand now.
    pub fn put(self, value: T) {
        self.value.set(Loaded::Ready(Arc::new(value)));
    }

    /// Shows what `content` makes of it; until then that it is on its way, or why it isn't to be had, with a way to try again.
    pub fn view(self, content: impl Fn(&T) -> Vec<El> + 'static) -> El {
        el("div").live_attr("aria-busy", move || self.busy.get().then(|| "true".to_owned())).live(move || {
            match self.value.get() {
                Loaded::Loading => vec![state::loading()],
                Loaded::Failed(failure) => vec![state::failed(&failure, move || self.reload())],
                Loaded::Ready(value) => content(&value),
            }
        })
    }
}
