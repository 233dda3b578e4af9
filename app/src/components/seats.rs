//! How many places a cohort has.

use crate::app::{App, Loaded};
use crate::el::{El, el};
use crate::format;
use crate::text::{Text, fill, plural, t};
use leptos::prelude::*;

/// Up to how many places the number warns.
const FEW: u32 = 10;

/// Places free now, or the length of the waiting list.
pub fn seats_badge(app: App, cohort: &str) -> El {
    let counted = cohort.to_owned();
    let seats = Memo::new(move |_| {
        app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => seats.of(&counted).cloned(),
            Loaded::Loading | Loaded::Failed(_) => None,
        })
    });
    let class = move || match seats.get().map(|seats| seats.open()) {
        None => "",
        Some(0) => "seats seats--full",
        Some(1..=FEW) => "seats seats--few",
        Some(_) => "seats seats--free",
    };
    let words = move || match seats.get() {
        None => String::new(),
        Some(seats) if seats.open() == 0 => fill(t(Text::SeatsWaiting), &[("n", &format::number(seats.waiting))]),
        Some(seats) => plural(Text::SeatsFree, seats.open()),
    };
    el("span").live_class(class).live_text(words)
}
