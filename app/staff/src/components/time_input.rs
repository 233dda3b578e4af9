//! A time of the day in 24 hours, typed as text: the browser's own field follows the clock of the device, and on a 12-hour one
//! hides half of what stands in it.

use app::el::{El, el};
use leptos::prelude::*;

/// The input. Whatever was typed is written as `HH:MM` when it is left.
pub fn time_input(value: RwSignal<String>) -> El {
    el("input")
        .class("input input--time")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("maxlength", "5")
        .attr("placeholder", "--:--")
        .value(&value.get_untracked())
        .on_input("input", move |input| value.set(input.value()))
        .on_input("change", move |input| {
            if let Some(minute) = minute(&input.value()) {
                input.set_value(&app::format::time(minute));
                value.set(input.value());
            }
        })
}

/// The minute of the day from what somebody types: `9`, `930`, `9:30`, `09.30`.
pub fn minute(typed: &str) -> Option<u16> {
    let typed = typed.trim();
    let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = match typed.split_once([':', '.', ' ', '-']) {
        Some(parts) => parts,
        // A phone's keypad has no colon.
        None if digits && typed.len() > 2 => typed.split_at(typed.len() - 2),
        None => (typed, "00"),
    };
    let number = |part: &str| part.parse::<u16>().ok().filter(|_| part.len() <= 2);
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn a_time_is_read_however_it_is_typed() {
        for typed in ["09:05", "9:05", "9.05", "905", "0905", " 09:05 "] {
            assert_eq!(minute(typed), Some(545), "{typed}");
        }
        assert_eq!(["9", "18", "23:59", "0"].map(minute), [Some(540), Some(1080), Some(1439), Some(0)]);
    }

    #[test]
    fn what_is_no_time_is_none() {
        for typed in ["", ":", "9:", "9:5", "24:00", "2400", "12:60", "9:05 PM", "12345", "таң", "٩"] {
            assert_eq!(minute(typed), None, "{typed}");
        }
    }
}
