//! The choice of a cohort, with the places each has now: in the form, and on the private page for another schedule.

use crate::app::{App, Loaded};
use crate::components::by_and_by::{AT_A_TIME, by_and_by};
use crate::components::cohort_card::{Card, Offer, cohort_card, offer, offer_below};
use crate::components::page_state::{art, button, retry_button};
use crate::el::{El, div, el, p};
use crate::fault_text;
use crate::format;
use crate::text::{Text, fill, plural, t};
use domain::catalogue::{Catalogue, Cohort};
use domain::schedule::DayPart;
use leptos::prelude::*;
use std::sync::Arc;

/// What is done with a chosen cohort.
type Keep = Arc<dyn Fn(&Cohort) + Send + Sync>;

/// The choice at work. A copy is a few numbers; all copies are one.
#[derive(Clone, Copy)]
pub struct CohortChoice {
    /// The app.
    pub app: App,
    /// The cohort that is chosen; empty for none.
    pub chosen: RwSignal<String>,
    /// The cohort last chosen from the list itself: for a full one the alternatives are shown, also after one of them is chosen.
    pub wanted: RwSignal<String>,
    catalogue: StoredValue<Arc<Catalogue>>,
    /// The parts of the week to show; none for all.
    parts: RwSignal<Vec<DayPart>>,
    keep: StoredValue<Keep>,
}

impl CohortChoice {
    /// A choice that begins with `chosen`; `keep` is told of every other one.
    pub fn new(app: App, catalogue: Arc<Catalogue>, chosen: String, keep: impl Fn(&Cohort) + Send + Sync + 'static) -> Self {
        Self {
            app,
            chosen: RwSignal::new(chosen.clone()),
            wanted: RwSignal::new(chosen),
            catalogue: StoredValue::new(catalogue),
            parts: RwSignal::new(Vec::new()),
            keep: StoredValue::new(Arc::new(keep)),
        }
    }

    /// What families choose from.
    pub fn catalogue(self) -> Arc<Catalogue> {
        self.catalogue.get_value()
    }

    /// Chooses a cohort.
    pub fn choose(self, cohort: &Cohort) {
        self.keep.get_value()(cohort);
        self.chosen.set(cohort.id.clone());
    }

    /// Chooses nothing.
    pub fn clear(self) {
        self.chosen.set(String::new());
        self.wanted.set(String::new());
    }

    /// Whether a cohort has no place for a newcomer now. Reactive.
    pub fn is_full(self, cohort: &str) -> bool {
        self.app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => seats.of(cohort).is_some_and(|seats| seats.open() == 0),
            Loaded::Loading | Loaded::Failed(_) => false,
        })
    }

    /// The filter, and the `offered` cohorts below it; in place of a full one others with the same `tracks` are shown.
    pub fn view(self, offered: Vec<Cohort>, tracks: Vec<String>) -> Vec<El> {
        let offer = offer(self, tracks);
        let app = self.app;
        let arrival = Memo::new(move |_| app.seats.with(std::mem::discriminant));
        let cohorts = move || {
            let _ = arrival.get();
            untrack(|| match app.seats.get() {
                Loaded::Loading => skeleton(),
                Loaded::Failed(failure) => {
                    let retry = retry_button(move || app.load_seats());
                    vec![div("empty").attr("role", "alert").child(p(t(fault_text::failure(&failure)))).child(retry)]
                }
                Loaded::Ready(_) => list(self, offer, &offered),
            })
        };
        vec![chips(self), el("div").live(cohorts)]
    }

    fn shows(self, part: DayPart) -> bool {
        self.parts.with(|parts| parts.is_empty() || parts.contains(&part))
    }
}

fn chips(choice: CohortChoice) -> El {
    let parts = [
        (DayPart::Morning, Text::ScheduleMorning),
        (DayPart::Afternoon, Text::ScheduleAfternoon),
        (DayPart::Saturday, Text::ScheduleSaturday),
    ];
    let chips = parts.into_iter().map(|(part, name)| {
        let pressed = move || {
            let pressed = choice.parts.with(|parts| parts.contains(&part));
            Some(if pressed { "true" } else { "false" }.to_owned())
        };
        let toggle = move || {
            choice.parts.update(|parts| match parts.iter().position(|known| *known == part) {
                Some(place) => drop(parts.remove(place)),
                None => parts.push(part),
            });
        };
        button("chip", &["filter-", part.as_str()].concat(), t(name), toggle).live_attr("aria-pressed", pressed)
    });
    div("filter-bar").attr("role", "group").attr("aria-label", t(Text::ScheduleFilter)).all(chips.collect())
}

fn skeleton() -> Vec<El> {
    let waiting = el("span").class("visually-hidden").text(t(Text::SiteLoading));
    let lines = [0, 1, 2].map(|_| div("skeleton")).into();
    vec![div("cohort-list").attr("aria-busy", "true").child(waiting).all(lines)]
}

fn list(choice: CohortChoice, offer: Memo<Option<Offer>>, offered: &[Cohort]) -> Vec<El> {
    let parts: Vec<DayPart> = offered.iter().map(Cohort::day_part).collect();
    let shown = Memo::new(move |_| parts.iter().filter(|part| choice.shows(**part)).count());
    let cards = div("cohort-list");
    let cohorts = offered.to_vec();
    by_and_by(cards.element(), AT_A_TIME, cohorts.len(), move |number| {
        let cohort = cohorts.get(number)?;
        let (part, kept) = (cohort.day_part(), cohort.clone());
        let card = cohort_card(choice, cohort, Card { name: "cohort", city: false }, move || {
            choice.choose(&kept);
            choice.wanted.set(kept.id.clone());
        });
        let card = el("div").child(card).child(offer_below(choice, offer, cohort));
        Some(card.live_attr("hidden", move || (!choice.shows(part)).then(String::new)))
    });
    let count = move || plural(Text::ScheduleCount, u32::try_from(shown.get()).unwrap_or_default());
    let counted = move || {
        choice.app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => fill(t(Text::ScheduleUpdated), &[("time", &format::time(seats.at.local_minute()))]),
            Loaded::Loading | Loaded::Failed(_) => String::new(),
        })
    };
    let empty = move || {
        if shown.get() > 0 {
            return Vec::new();
        }
        let all = button("button button--secondary", "filter-clear", t(Text::ScheduleAll), move || {
            choice.parts.set(Vec::new());
        });
        vec![div("empty").child(art("/art/state-lost.svg", "120", "120")).child(p(t(Text::ScheduleEmpty))).child(all)]
    };
    vec![
        el("p").class("visually-hidden").attr("role", "status").live_text(count),
        cards,
        el("div").live(empty),
        el("p").class("hint").live_text(counted),
    ]
}
