//! A list that is built beforehand, of nobody, and thrown away. What a list is made of is compiled when it runs for the first time, on a
//! cheap phone for some ten milliseconds; done while nothing else is to do, whoever waits for the list doesn't wait for that too.

use app::dom;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::sync::Once;

/// Once in the life of the console, and when nothing else is to do: reads `answer` as the server's would be read, builds with it, and takes
/// everything away again.
pub fn rehearse<T: DeserializeOwned>(done: &'static Once, answer: &'static str, build: impl FnOnce(T) + 'static) {
    done.call_once(|| {
        dom::when_idle(move || {
            let Ok(answer) = serde_json::from_str(answer) else { return };
            let stage = Owner::new();
            stage.with(|| untrack(|| build(answer)));
            stage.cleanup();
        });
    });
}
