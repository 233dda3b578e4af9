//! How far something has come.

use crate::text::{Text, fill, t};
use app::el::{El, div, el};

/// A bar with its words; `come` gives how many of how many are done, none while that isn't known. It is read out by tens.
pub fn progress(label: &str, come: impl Fn() -> Option<(u32, u32)> + Clone + 'static) -> El {
    let percent = move || come().map(|(done, all)| done.saturating_mul(100).checked_div(all).unwrap_or(100));
    let (shown, said) = (percent.clone(), percent.clone());
    let bar = el("progress")
        .class("progress")
        .attr("max", "100")
        .attr("aria-label", label)
        .live_attr("value", move || percent().map(|percent| percent.to_string()));
    let write = |percent: u32| fill(t(Text::ProgressPercent), &[("n", &percent.to_string())]);
    let number = el("span").attr("aria-hidden", "true").live_text(move || shown().map(write).unwrap_or_default());
    let aloud = el("span")
        .class("visually-hidden")
        .attr("role", "status")
        .live_text(move || said().map(|percent| write(percent / 10 * 10)).unwrap_or_default());
    div("progress-line").child(el("span").text(label)).child(number).child(bar).child(aloud)
}
