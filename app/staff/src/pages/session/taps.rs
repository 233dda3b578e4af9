//! What can be taken back.

use super::said::Said;
use leptos::prelude::*;

/// How many taps can be taken back.
const MOST: usize = 50;

/// A tap: in words, and what it changed.
struct Tap {
    said: String,
    before: Vec<(String, Said)>,
}

/// The taps that can be taken back, the last one first. A copy is a number.
#[derive(Clone, Copy)]
pub struct Taps(RwSignal<Vec<Tap>>);

impl Taps {
    /// None yet.
    pub fn none() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// One more, in words; `before` is what stood before it of each registration it marked.
    pub fn add(self, said: &str, before: Vec<(String, Said)>) {
        self.0.update(|taps| {
            if taps.len() == MOST {
                taps.remove(0);
            }
            taps.push(Tap { said: said.to_owned(), before });
        });
    }

    /// What the last tap was; none when there was none.
    pub fn last(self) -> Option<String> {
        self.0.with(|taps| taps.last().map(|tap| tap.said.clone()))
    }

    /// What stood before the last tap, which is none any more.
    pub fn take_last(self) -> Option<Vec<(String, Said)>> {
        Some(self.0.try_update(Vec::pop).flatten()?.before)
    }
}
