//! How far something has come.

use crate::percent::percent;
use app::el::{El, div, el};

/// A bar with its words; `come` gives how many of how many are done, none while that isn't known. It is read out by tens.
pub fn progress(label: &str, come: impl Fn() -> Option<(u32, u32)> + Clone + 'static) -> El {
    let share = move || come().map(|(done, all)| done.saturating_mul(100).checked_div(all).unwrap_or(100));
    let (shown, said) = (share.clone(), share.clone());
    let bar = el("progress")
        .class("progress")
        .attr("max", "100")
        .attr("aria-label", label)
        .live_attr("value", move || share().map(|share| share.to_string()));
    let number = el("span").attr("aria-hidden", "true").live_text(move || shown().map(percent).unwrap_or_default());
    let aloud = el("span")
        .class("visually-hidden")
        .attr("role", "status")
        .live_text(move || said().map(|share| percent(share / 10 * 10)).unwrap_or_default());
    div("progress-line").child(el("span").text(label)).child(number).child(bar).child(aloud)
}
