//! A state in a word.

use app::el::{El, el};

/// How a state is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// To be looked at.
    Warn,
    /// Wrong, or over.
    Bad,
    /// Neither.
    Calm,
}

/// The word on its colour; the word alone says everything, the colour only repeats it.
pub fn chip(tone: Tone, text: &str) -> El {
    let class = match tone {
        Tone::Good => "mark mark--good",
        Tone::Warn => "mark mark--warn",
        Tone::Bad => "mark mark--bad",
        Tone::Calm => "mark",
    };
    el("span").class(class).text(text)
}
