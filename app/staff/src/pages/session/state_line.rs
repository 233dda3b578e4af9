//! Where the marks are: with the server, or on this phone, and what they wait for. Nothing is lost without a word.

use super::refused;
use crate::components::button::{Weight, button};
use crate::offline::phone;
use crate::offline::queue::Sending;
use crate::session::Session;
use crate::text::{Text, plural, t};
use app::el::{El, div, el, p};
use leptos::prelude::*;

/// The line; it is read out when it changes.
pub fn state_line(session: Session) -> El {
    let queue = session.console().marks;
    let said = move || {
        let (number, refused) = queue.waiting.with(|waiting| {
            let refused = waiting.iter().filter(|one| one.refused().is_some()).count();
            (u32::try_from(waiting.len() - refused).unwrap_or(u32::MAX), refused > 0)
        });
        let (class, words) = match queue.sending.get() {
            // Not all is well as long as the server lacks one.
            _ if number == 0 && refused => ("call-state", t(Text::QueueOthersTaken).to_owned()),
            _ if number == 0 => ("call-state call-state--good", t(Text::QueueEmpty).to_owned()),
            Sending::Offline => ("call-state call-state--warn", plural(Text::QueueOffline, number)),
            Sending::SignedOut => ("call-state call-state--bad", plural(Text::QueueSignedOut, number)),
            Sending::Busy => ("call-state call-state--warn", plural(Text::QueueBusy, number)),
            Sending::Done => ("call-state", plural(Text::QueueSending, number)),
        };
        let waits = number > 0;
        let sign_in = (waits && queue.sending.get() == Sending::SignedOut)
            .then(|| button(Text::QueueSignIn, Weight::Plain, "sign-in-again", move || session.console().signed_out()));
        let alone = (waits && !phone::keeps()).then(|| p(t(Text::QueueNotKept)));
        let others = queue.others.get();
        let others = (others > 0).then(|| p(&plural(Text::QueueOthers, others)).test("others-wait"));
        let line = div(class).test("state-line").attr("data-waiting", &number.to_string());
        vec![line.child(p(&words)).maybe(sign_in).maybe(alone).maybe(others)]
    };
    el("div").child(div("").attr("role", "status").live(said)).child(refused::view(session))
}
