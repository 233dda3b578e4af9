//! A page that explains why there is nothing to fill in, and offers the next step.

use crate::api::Failure;
use crate::components::heading::heading;
use crate::el::{El, div, el, p};
use crate::fault_text;
use crate::text::{Text, t};

/// The drawing of a state, by its file in `public/art`.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub enum Art {
    Calendar,
    Done,
    Lost,
    Offline,
    Young,
}

impl Art {
    const fn path(self) -> &'static str {
        match self {
            Art::Calendar => "/art/state-calendar.svg",
            Art::Done => "/art/state-done.svg",
            Art::Lost => "/art/state-lost.svg",
            Art::Offline => "/art/state-offline.svg",
            Art::Young => "/art/state-young.svg",
        }
    }
}

/// A drawing that says nothing the words don't say.
pub fn art(path: &str, width: &str, height: &str) -> El {
    el("img").attr("src", path).attr("alt", "").attr("width", width).attr("height", height)
}

/// Drawing, heading, paragraphs, and whatever leads on.
pub fn page_state(drawing: Art, title: &str, said: &[String], on: Vec<El>) -> El {
    let said = said.iter().map(|line| p(line)).collect();
    div("page-state").child(art(drawing.path(), "160", "160")).child(heading(title)).all(said).all(on)
}

/// The page while its data is on the way.
pub fn loading() -> El {
    let lines = div("cohort-list").child(div("skeleton")).child(div("skeleton"));
    div("question").attr("aria-busy", "true").child(heading(t(Text::SiteLoading))).child(lines)
}

/// The page when its data can't be had now.
pub fn failed(failure: &Failure, retry: impl Fn() + 'static) -> El {
    let said = t(fault_text::failure(failure)).to_owned();
    page_state(Art::Offline, t(Text::ErrorNotLoaded), &[said], vec![retry_button(retry)])
}

/// The button that tries again.
pub fn retry_button(retry: impl Fn() + 'static) -> El {
    button("button button--primary", "retry", t(Text::ActionRetry), retry)
}

/// A button that acts at once.
pub fn button(class: &str, test: &str, text: &str, act: impl Fn() + 'static) -> El {
    el("button").class(class).attr("type", "button").test(test).text(text).on("click", move |_| act())
}

/// A link that looks like a button.
pub fn button_link(class: &str, test: &str, text: &str, href: &str) -> El {
    el("a").class(class).attr("href", href).test(test).text(text)
}
