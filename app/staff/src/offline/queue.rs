//! Marks on their way to the server. Each is kept on the phone before it is sent and until the server has taken it. The queue is a
//! member's: another one who signs in on the same phone doesn't send it.

use super::phone;
use app::dom;
use domain::error::FaultCode;
use domain::staff::attendance::{KeptMark, Mark};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

/// How often what waits is sent again, in milliseconds.
const EVERY: i32 = 15_000;

/// How long marks wait for others that follow at once, in milliseconds.
const TOGETHER: u32 = 250;

/// A mark that the server hasn't taken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Waiting {
    /// The mark.
    pub mark: Mark,
    /// Why the server refused it, in its word; empty while it is on its way.
    refused: String,
}

impl Waiting {
    /// Why the server refused it; none while it is on its way.
    pub fn refused(&self) -> Option<FaultCode> {
        (!self.refused.is_empty()).then(|| FaultCode::parse(&self.refused).unwrap_or(FaultCode::WrongType))
    }
}

/// What became of the last sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// The server has answered, or nothing was to be sent.
    Done,
    /// The server can't be reached.
    Offline,
    /// The session is over, or is somebody else's.
    SignedOut,
    /// The server couldn't take them now.
    Busy,
}

impl Sending {
    fn of(word: Option<&str>) -> Self {
        match word {
            Some("sent") => Self::Done,
            Some("offline") => Self::Offline,
            Some("signed_out") => Self::SignedOut,
            _ => Self::Busy,
        }
    }
}

/// The queue of whoever is signed in. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Queue {
    member: StoredValue<Option<String>>,
    /// What the server hasn't taken, in the order in which it was made.
    pub waiting: RwSignal<Vec<Waiting>>,
    /// What became of the last sending.
    pub sending: RwSignal<Sending>,
    /// How many marks of others wait on this phone.
    pub others: RwSignal<u32>,
    /// Whether marks are being sent, and whether others came meanwhile.
    under_way: StoredValue<(bool, bool)>,
    /// How many times something is being written to the phone: until it is there, what is read from it isn't the whole.
    writing: StoredValue<u32>,
}

impl Queue {
    /// Nobody's yet.
    pub fn start() -> Self {
        let queue = Self {
            member: StoredValue::new(None),
            waiting: RwSignal::new(Vec::new()),
            sending: RwSignal::new(Sending::Done),
            others: RwSignal::new(0),
            under_way: StoredValue::new((false, false)),
            writing: StoredValue::new(0),
        };
        dom::every(EVERY, move || queue.send_if_any());
        dom::on_window("online", move |_| queue.send_if_any());
        let sent = Closure::<dyn FnMut()>::new(move || spawn_local(queue.look()));
        phone::on_sent(&sent);
        sent.forget();
        queue
    }

    /// Is this member's from now on; sends what an earlier visit has left.
    pub fn belongs_to(self, member: &str) {
        if self.member.with_value(|known| known.as_deref() == Some(member)) {
            return self.send_if_any();
        }
        self.member.set_value(Some(member.to_owned()));
        self.waiting.set(Vec::new());
        self.sending.set(Sending::Done);
        spawn_local(async move {
            self.look().await;
            self.send_if_any();
        });
    }

    /// Keeps marks and sends them.
    pub fn add(self, marks: Vec<Mark>) {
        let Some(member) = self.member.get_value() else { return };
        let rows: Vec<serde_json::Value> = marks
            .iter()
            .map(|mark| {
                let text = serde_json::to_string(mark).unwrap_or_default();
                serde_json::json!({ "id": mark.id, "mark": text })
            })
            .collect();
        let rows = serde_json::Value::Array(rows).to_string();
        let new = marks.into_iter().map(|mark| Waiting { mark, refused: String::new() });
        self.waiting.update(|waiting| waiting.extend(new));
        self.writing.update_value(|times| *times += 1);
        spawn_local(async move {
            let _ = phone::queue(&member, &rows).await;
            self.writing.update_value(|times| *times -= 1);
            dom::later(TOGETHER, move || self.send());
        });
    }

    /// Lets go of refused marks that somebody has read about.
    pub fn let_go(self) {
        let (refused, waiting): (Vec<Waiting>, Vec<Waiting>) =
            self.waiting.get_untracked().into_iter().partition(|one| one.refused().is_some());
        self.waiting.set(waiting);
        let ids: Vec<String> = refused.into_iter().map(|one| one.mark.id).collect();
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        spawn_local(async move { drop(phone::let_go(&ids).await) });
    }

    fn send_if_any(self) {
        if self.waiting.with_untracked(|waiting| waiting.iter().any(|one| one.refused().is_none())) {
            self.send();
        }
    }

    /// Sends what waits. What is added meanwhile is sent right after.
    pub fn send(self) {
        let Some(member) = self.member.get_value() else { return };
        if self.under_way.with_value(|(busy, _)| *busy) {
            return self.under_way.set_value((true, true));
        }
        self.under_way.set_value((true, false));
        spawn_local(async move {
            let word = phone::send(&member).await.ok().and_then(|word| word.as_string());
            let sending = Sending::of(word.as_deref());
            self.look().await;
            self.sending.set(sending);
            if sending == Sending::Offline {
                let _ = phone::send_later().await;
            }
            let again = self.under_way.with_value(|(_, again)| *again);
            self.under_way.set_value((false, false));
            if again {
                self.send();
            }
        });
    }

    /// How many marks the server hasn't taken, by what is on the phone.
    pub async fn waits(self) -> u32 {
        self.look().await;
        self.waiting.with_untracked(|waiting| u32::try_from(waiting.len()).unwrap_or(u32::MAX))
    }

    /// Reads what is on the phone.
    async fn look(self) {
        let Some(member) = self.member.get_value() else { return };
        let others = phone::queued_by_others(&member).await.ok().and_then(|number| number.as_f64()).unwrap_or_default();
        let text = phone::queued(&member).await.ok().and_then(|text| text.as_string());
        if let Some(waiting) = text.and_then(|text| serde_json::from_str::<Vec<Waiting>>(&text).ok()) {
            let whole = self.writing.get_value() == 0;
            if whole && self.waiting.with_untracked(|known| *known != waiting) {
                self.waiting.set(waiting);
            }
            self.others.set(others as u32);
        }
    }
}

/// A mark as everybody will see it once it is kept.
pub fn as_kept(mark: &Mark, by: &str) -> KeptMark {
    KeptMark {
        id: mark.id.clone(),
        status: mark.status,
        minutes: mark.minutes,
        reason: Some(mark.reason.clone()).filter(|reason| !reason.is_empty()),
        marked_by: by.to_owned(),
        marked_at: mark.marked_at,
        instead_of: mark.instead_of.clone(),
    }
}
