//! Buttons.

use crate::text::{Text, t};
use app::el::{El, el};

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do on a page or in a dialog.
    Main,
    /// Everything else.
    Plain,
    /// Looks like a link: what is done rarely.
    Quiet,
    /// What can't be taken back easily.
    Danger,
}

impl Weight {
    /// The classes of such a button.
    pub const fn class(self) -> &'static str {
        match self {
            Weight::Main => "button button--primary",
            Weight::Plain => "button button--secondary",
            Weight::Quiet => "button button--quiet",
            Weight::Danger => "button button--danger",
        }
    }
}

/// A button that acts at once; `test` names it for the browser tests.
pub fn button(text: Text, weight: Weight, test: &str, act: impl Fn() + 'static) -> El {
    button_saying(t(text), weight, test, act)
}

/// The same with words of the moment.
pub fn button_saying(text: &str, weight: Weight, test: &str, act: impl Fn() + 'static) -> El {
    el("button").class(weight.class()).attr("type", "button").test(test).text(text).on("click", move |_| act())
}

/// A link that looks like a button.
pub fn button_link(text: Text, weight: Weight, test: &str, href: &str) -> El {
    el("a").class(weight.class()).attr("href", href).test(test).text(t(text))
}
