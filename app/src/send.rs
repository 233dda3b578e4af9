//! The answers on their way to the server, over a network that may break at any moment.
//!
//! The key of a try is stored with the draft before the first byte leaves, and the answers are locked until the try has an outcome:
//! so a reload, a second tap or a lost answer can only repeat the same application, and the same key makes one registration.
//! Only an outcome takes the key away: a confirmation, or a definite refusal, after which the answers may change and get a new key.

use crate::api::{self, Failure, Refusal};
use crate::app::App;
use crate::dom;
use crate::router::Page;
use crate::step::Step;
use crate::text;
use domain::error::{ErrorCode, FieldFault};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How the sending goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sending {
    /// Whether a try is under way.
    pub busy: bool,
    /// What came in between; the answers go out again by themselves.
    pub trouble: Option<Trouble>,
    /// Seconds until they do.
    pub left: u32,
    /// Why the server refused the answers as they are.
    pub refused: Option<ErrorCode>,
    /// Which answers it refused.
    pub faults: Vec<FieldFault>,
    /// How many tries in a row had no outcome.
    tries: u32,
    /// Counts the waits, so that a timer of a wait that is over does nothing.
    wait: u32,
}

/// Why a try had no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No answer came.
    Lost,
    /// The server has too much to do and asks to come back.
    Busy,
    /// This family's telephone was used too often within a minute.
    TooOften,
}

/// Seconds until the next try; the last one repeats.
const WAITS: [u32; 6] = [2, 4, 8, 15, 30, 60];

/// What is to be done after a try without success.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// The server may or may not have the application: try again with the same key after so many seconds.
    Again(Trouble, u32),
    /// It definitely has not taken it.
    Refused(Refusal),
}

/// `tries` without an outcome came before this failure.
fn judge(failure: Failure, tries: u32) -> Verdict {
    let pause = || WAITS.get(tries as usize).or(WAITS.last()).copied().unwrap_or(60);
    match failure {
        Failure::Network | Failure::Timeout | Failure::Unreadable => Verdict::Again(Trouble::Lost, pause()),
        Failure::Refused(refusal) => match refusal.code {
            ErrorCode::Busy | ErrorCode::TooManyRequests => {
                let trouble = if refusal.code == ErrorCode::Busy { Trouble::Busy } else { Trouble::TooOften };
                Verdict::Again(trouble, refusal.retry_after.unwrap_or_else(pause).clamp(1, 600))
            }
            ErrorCode::Internal => Verdict::Again(Trouble::Lost, pause()),
            _ => Verdict::Refused(refusal),
        },
    }
}

/// Whole seconds until the moment `due`, none when it has come. All are milliseconds by the phone's clock, which somebody may set
/// while we wait: more than the whole pause is never left.
fn left(due: f64, now: f64, pause: f64) -> u32 {
    if due - now > pause { 0 } else { ((due - now) / 1000.0).ceil() as u32 }
}

impl App {
    /// Sends the answers, or sends them again. A second tap while a try is under way does nothing.
    pub fn send(self) {
        if self.sending.with_untracked(|sending| sending.busy) {
            return;
        }
        self.draft.update(|draft| {
            // Language and key belong to the first try; every other one repeats it to the letter.
            if draft.key.is_none() {
                draft.form.language = text::language().as_str().to_owned();
                draft.key = Some(dom::random_key());
            }
        });
        let draft = self.draft.get_untracked();
        // Stored here and now, not when effects run: from the next line on the server may know the key.
        crate::storage::write(crate::draft::STORED_AS, &draft);
        self.sending.update(|sending| {
            sending.busy = true;
            sending.refused = None;
            sending.faults.clear();
            sending.wait += 1;
        });
        spawn_local(async move {
            let answer = api::apply(&draft.form, draft.key.as_deref().unwrap_or_default()).await;
            match answer {
                Ok(confirmation) => self.registered(confirmation),
                Err(failure) => self.unsent(failure),
            }
        });
    }

    /// Goes on with a try whose outcome isn't known: after a reload, and when the network is back.
    pub fn resume_sending(self) {
        if self.draft.with_untracked(|draft| draft.is_locked()) {
            let just_opened = self.sending.with_untracked(|sending| sending.wait == 0);
            if just_opened && self.router.page.get_untracked() == Page::Home {
                // Who comes back to the front door finds the application it left on its way.
                self.router.replace(Page::question(Step::Check));
            }
            self.send();
        }
    }

    /// Shows the seconds go by and sends when none is left, unless something else has ended this wait.
    fn count_down(self, wait: u32, due: f64, pause: f64) {
        if self.sending.with_untracked(|sending| sending.wait != wait || sending.busy) {
            return;
        }
        // By the clock, not by the number of calls: a page in the background is called less often.
        let left = left(due, js_sys::Date::now(), pause);
        if left == 0 {
            self.resume_sending();
        } else {
            self.sending.update(|sending| sending.left = left);
            dom::later(1_000, move || self.count_down(wait, due, pause));
        }
    }

    fn unsent(self, failure: Failure) {
        let tries = self.sending.with_untracked(|sending| sending.tries);
        match judge(failure, tries) {
            Verdict::Again(trouble, seconds) => {
                self.sending.update(|sending| {
                    sending.busy = false;
                    sending.trouble = Some(trouble);
                    sending.tries += 1;
                });
                let wait = self.sending.with_untracked(|sending| sending.wait);
                // Up to half as long again, by chance: thousands of phones must not come back in the same second.
                let pause = f64::from(seconds) * 1000.0 * (1.0 + js_sys::Math::random() / 2.0);
                self.count_down(wait, js_sys::Date::now() + pause, pause);
            }
            Verdict::Refused(refusal) => {
                self.draft.update(|draft| draft.key = None);
                let code = refusal.code;
                self.sending.set(Sending { refused: Some(code), faults: refusal.fields, ..Sending::default() });
                if code == ErrorCode::AlreadyRegistered {
                    self.router.replace(Page::Already);
                } else {
                    // Consent text, cohorts or the open time may have changed since they were loaded.
                    self.load_catalogue();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: ErrorCode, retry_after: Option<u32>) -> Failure {
        Failure::Refused(Refusal { code, fields: Vec::new(), retry_after })
    }

    #[test]
    fn a_lost_answer_is_asked_for_again_ever_more_slowly() {
        assert_eq!(judge(Failure::Network, 0), Verdict::Again(Trouble::Lost, 2));
        assert_eq!(judge(Failure::Timeout, 3), Verdict::Again(Trouble::Lost, 15));
        assert_eq!(judge(Failure::Unreadable, 99), Verdict::Again(Trouble::Lost, 60));
        assert_eq!(judge(refused(ErrorCode::Internal, None), 1), Verdict::Again(Trouble::Lost, 4));
    }

    #[test]
    fn a_busy_server_says_when_to_come_back() {
        assert_eq!(judge(refused(ErrorCode::Busy, Some(7)), 0), Verdict::Again(Trouble::Busy, 7));
        assert_eq!(judge(refused(ErrorCode::TooManyRequests, None), 1), Verdict::Again(Trouble::TooOften, 4));
        assert_eq!(judge(refused(ErrorCode::Busy, Some(0)), 0), Verdict::Again(Trouble::Busy, 1));
    }

    #[test]
    fn the_seconds_left_go_down_to_the_next_try() {
        let seconds = |now: f64| left(10_000.0, now, 4_500.0);
        assert_eq!(seconds(5_500.0), 5);
        assert_eq!(seconds(9_001.0), 1);
        assert_eq!(seconds(10_000.0), 0);
        assert_eq!(seconds(99_000.0), 0, "the phone slept");
        assert_eq!(seconds(-99_000.0), 0, "its clock was set back");
    }

    #[test]
    fn only_a_definite_refusal_frees_the_answers() {
        for code in [ErrorCode::InvalidApplication, ErrorCode::AlreadyRegistered, ErrorCode::Closed, ErrorCode::KeyReused] {
            assert!(matches!(judge(refused(code, None), 0), Verdict::Refused(_)));
        }
    }
}
