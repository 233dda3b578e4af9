//! How many places a cohort has.

use crate::el::{El, el};
use crate::format;
use crate::text::{Text, fill, plural, t};
use domain::catalogue::CohortSeats;

/// Up to how many places the number warns.
const FEW: u32 = 10;

/// Places free, or the length of the waiting list.
pub fn seats_badge(seats: &CohortSeats) -> El {
    let (class, words) = match seats.open() {
        0 => ("seats seats--full", fill(t(Text::SeatsWaiting), &[("n", &format::number(seats.waiting))])),
        few @ 1..=FEW => ("seats seats--few", plural(Text::SeatsFree, few)),
        many => ("seats seats--free", plural(Text::SeatsFree, many)),
    };
    el("span").class(class).text(&words)
}
