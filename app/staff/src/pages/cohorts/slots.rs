//! The weekly meetings of a cohort, as they are edited: rows of a day and two times.

use super::parts::weekday;
use crate::components::button::{Weight, button, button_saying};
use crate::components::choose::select;
use crate::components::form::Form;
use crate::components::time_input::{minute, time_input};
use crate::text::{Text, fill, t};
use app::el::{El, div, el};
use domain::schedule::Slot;
use domain::staff::cohort::SLOTS_MAX;
use leptos::prelude::*;

/// One row. A copy is a few numbers.
#[derive(Clone, Copy)]
struct Line {
    weekday: RwSignal<String>,
    start: RwSignal<String>,
    end: RwSignal<String>,
}

/// All rows there can be, and how many of them are shown. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Slots {
    lines: [Line; SLOTS_MAX],
    shown: RwSignal<usize>,
}

/// What the contract calls each row.
const PATHS: [&str; SLOTS_MAX] = ["slots.0", "slots.1", "slots.2", "slots.3", "slots.4", "slots.5", "slots.6"];

impl Slots {
    /// With these meetings; one empty row when there is none.
    pub fn new(slots: &[Slot]) -> Self {
        let lines = std::array::from_fn(|place| {
            let slot = slots.get(place);
            let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
            Line {
                weekday: RwSignal::new(slot.map_or_else(|| "1".to_owned(), |slot| slot.weekday.to_string())),
                start: text(slot.map(|slot| app::format::time(slot.start))),
                end: text(slot.map(|slot| app::format::time(slot.end))),
            }
        });
        Self { lines, shown: RwSignal::new(slots.len().clamp(1, SLOTS_MAX)) }
    }

    /// The meetings, in order of weekday and time; one whose time isn't whole stands at the edge of the day, where no centre is open.
    /// Reactive.
    pub fn read(self) -> Vec<Slot> {
        let lines = self.lines.iter().take(self.shown.get());
        lines
            .map(|line| Slot {
                weekday: line.weekday.get().parse().unwrap_or_default(),
                start: minute(&line.start.get()).unwrap_or_default(),
                end: minute(&line.end.get()).unwrap_or_default(),
            })
            .collect()
    }

    /// The rows, with a button for one more.
    pub fn view(self, form: Form) -> El {
        let error = el("div")
            .live(move || form.fault("slots").map(|said| el("span").class("error-text").text(&said)).into_iter().collect());
        let rows = div("slot-lines").live(move || (0..self.shown.get()).filter_map(|place| self.line(form, place)).collect());
        let add = el("div").live(move || {
            let room = self.shown.get() < SLOTS_MAX;
            room.then(|| button(Text::CohortsSlotAdd, Weight::Quiet, "slot-add", move || self.add())).into_iter().collect()
        });
        el("fieldset")
            .class("field")
            .id(&form.id("slots"))
            .child(el("legend").class("label").text(t(Text::CohortsSlots)))
            .child(el("p").class("hint").text(t(Text::CohortsSlotsHint)))
            .child(error)
            .child(rows)
            .child(add)
    }

    fn line(self, form: Form, place: usize) -> Option<El> {
        let (line, path) = (self.lines.get(place)?, *PATHS.get(place)?);
        let days = (1..=7u8).map(|day| (day.to_string(), weekday(day).to_owned())).collect();
        let number = (place + 1).to_string();
        let named = |text: Text| fill(t(text), &[("n", &number)]);
        let time = |signal: RwSignal<String>, name: &str, label: Text| {
            time_input(signal).attr("aria-label", &named(label)).id(&[&form.id(path), "-", name].concat())
        };
        let day = select(&form.id(path), line.weekday, days).attr("aria-label", &named(Text::CohortsSlotDay));
        let remove = button_saying("×", Weight::Quiet, "slot-remove", move || self.remove(place))
            .attr("aria-label", &named(Text::CohortsSlotRemove))
            .attr("title", &named(Text::CohortsSlotRemove));
        let remove = (self.shown.get_untracked() > 1).then_some(remove);
        let error = el("div")
            .live(move || form.fault(path).map(|said| el("span").class("error-text").text(&said)).into_iter().collect());
        let fields = div("slot-line")
            .child(day)
            .child(time(line.start, "start", Text::CohortsSlotStart))
            .child(el("span").attr("aria-hidden", "true").text("–"))
            .child(time(line.end, "end", Text::CohortsSlotEnd))
            .maybe(remove);
        Some(el("div").child(error).child(fields))
    }

    /// One more row: the hours of the last one, a day later.
    fn add(self) {
        let shown = self.shown.get_untracked();
        if let (Some(last), Some(next)) = (shown.checked_sub(1).and_then(|place| self.lines.get(place)), self.lines.get(shown))
        {
            let day = last.weekday.get_untracked().parse::<u8>().unwrap_or_default() % 7 + 1;
            next.weekday.set(day.to_string());
            next.start.set(last.start.get_untracked());
            next.end.set(last.end.get_untracked());
            self.shown.set(shown + 1);
        }
    }

    /// Takes a row away; those below move up.
    fn remove(self, place: usize) {
        for (line, next) in self.lines.iter().zip(self.lines.iter().skip(1)).skip(place) {
            line.weekday.set(next.weekday.get_untracked());
            line.start.set(next.start.get_untracked());
            line.end.set(next.end.get_untracked());
        }
        self.shown.update(|shown| *shown -= 1);
    }
}
