//! What stands where there is nothing to show: on its way, not to be had, empty, unknown, not allowed.

use crate::components::button::{Weight, button};
use crate::fault_text;
use crate::text::{Text, t};
use app::api::Failure;
use app::el::{El, div, el, p};

/// While something is on its way.
pub fn loading() -> El {
    let lines = (0..3).map(|_| div("skeleton")).collect();
    div("waiting").attr("role", "status").child(el("span").class("visually-hidden").text(t(Text::StateLoading))).all(lines)
}

/// When it can't be had now.
pub fn failed(failure: &Failure, retry: impl Fn() + 'static) -> El {
    div("state state--failed").attr("role", "alert").child(p(&fault_text::failure(failure))).child(button(
        Text::ActionRetry,
        Weight::Plain,
        "retry",
        retry,
    ))
}

/// When there is nothing.
pub fn empty(said: &str) -> El {
    div("state").child(p(said))
}

/// Something to be known before going on.
pub fn notice(said: &str) -> El {
    div("note").child(p(said))
}
