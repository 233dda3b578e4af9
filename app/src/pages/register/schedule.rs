//! The schedule: which cohort, with the places it has now.

use crate::app::Loaded;
use crate::components::page_state::{art, button, retry_button};
use crate::components::question::{Question, continue_button};
use crate::el::{El, div, el, p};
use crate::fault_text::{self, element_id};
use crate::format;
use crate::pages::register::cohort_list::{Card, Offer, cohort_card, offer, offer_below};
use crate::text::{Text, fill, language, plural, t};
use domain::catalogue::Cohort;
use domain::field::Field;
use domain::schedule::DayPart;
use leptos::prelude::*;

/// The page at work.
#[derive(Clone, Copy)]
pub struct Schedule {
    /// The question.
    pub question: Question,
    /// The cohort that is chosen; empty for none.
    pub chosen: RwSignal<String>,
    /// The cohort last chosen from the list itself: for a full one the alternatives are shown, also after one of them is chosen.
    pub wanted: RwSignal<String>,
    /// The parts of the week to show; none for all.
    parts: RwSignal<Vec<DayPart>>,
}

impl Schedule {
    /// Chooses a cohort; in another city the centre follows.
    pub fn choose(self, cohort: &Cohort) {
        self.question.write(|form| {
            form.cohort.clone_from(&cohort.id);
            form.centre.clone_from(&cohort.centre);
        });
        self.chosen.set(cohort.id.clone());
    }

    /// Whether a cohort has no place for a newcomer now. Reactive.
    pub fn is_full(self, cohort: &str) -> bool {
        self.question.app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => seats.of(cohort).is_some_and(|seats| seats.open() == 0),
            Loaded::Loading | Loaded::Failed(_) => false,
        })
    }

    fn shows(self, part: DayPart) -> bool {
        self.parts.with(|parts| parts.is_empty() || parts.contains(&part))
    }
}

/// The question.
pub fn view(question: Question) -> El {
    let catalogue = question.catalogue();
    let (centre, tracks, cohort) = question.read(|form| (form.centre.clone(), form.tracks.clone(), form.cohort.clone()));
    let schedule = Schedule {
        question,
        chosen: RwSignal::new(cohort.clone()),
        wanted: RwSignal::new(cohort),
        parts: RwSignal::new(Vec::new()),
    };
    let offered: Vec<Cohort> =
        catalogue.cohorts.iter().filter(|cohort| cohort.centre == centre && cohort.offers(&tracks)).cloned().collect();
    question.app.load_seats();

    let city = catalogue.centre(&centre).map(|centre| centre.city.get(language()).to_owned()).unwrap_or_default();
    let offer = offer(schedule, tracks);
    let arrival = Memo::new(move |_| question.app.seats.with(std::mem::discriminant));
    let cohorts = move || {
        let _ = arrival.get();
        untrack(|| match question.app.seats.get() {
            Loaded::Loading => skeleton(),
            Loaded::Failed(failure) => {
                let retry = retry_button(move || question.app.load_seats());
                vec![div("empty").attr("role", "alert").child(p(t(fault_text::failure(&failure)))).child(retry)]
            }
            Loaded::Ready(_) => list(schedule, offer, &offered),
        })
    };
    let hint = fill(t(Text::ScheduleHint), &[("centre", &city)]);
    let body = vec![chips(schedule), el("div").live(cohorts)];
    let group = question.group(&element_id(Field::Cohort), t(Text::ScheduleTitle), &hint, body);
    let words = move || {
        let full = schedule.is_full(&schedule.chosen.get());
        t(if full { Text::ScheduleJoin } else { Text::ActionContinue }).to_owned()
    };
    question.page_with(vec![group], continue_button().live_text(words), move || question.proceed())
}

fn chips(schedule: Schedule) -> El {
    let parts = [
        (DayPart::Morning, Text::ScheduleMorning),
        (DayPart::Afternoon, Text::ScheduleAfternoon),
        (DayPart::Saturday, Text::ScheduleSaturday),
    ];
    let chips = parts.into_iter().map(|(part, name)| {
        let pressed = move || {
            let pressed = schedule.parts.with(|parts| parts.contains(&part));
            Some(if pressed { "true" } else { "false" }.to_owned())
        };
        let toggle = move || {
            schedule.parts.update(|parts| match parts.iter().position(|known| *known == part) {
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

fn list(schedule: Schedule, offer: Memo<Option<Offer>>, offered: &[Cohort]) -> Vec<El> {
    let parts: Vec<DayPart> = offered.iter().map(Cohort::day_part).collect();
    let shown = Memo::new(move |_| parts.iter().filter(|part| schedule.shows(**part)).count());
    let cards = offered.iter().map(|cohort| {
        let (part, kept) = (cohort.day_part(), cohort.clone());
        let card = cohort_card(schedule, cohort, Card { name: "cohort", city: false }, move || {
            schedule.choose(&kept);
            schedule.wanted.set(kept.id.clone());
        });
        let card = el("div").child(card).child(offer_below(schedule, offer, cohort));
        card.live_attr("hidden", move || (!schedule.shows(part)).then(String::new))
    });
    let count = move || plural(Text::ScheduleCount, u32::try_from(shown.get()).unwrap_or_default());
    let counted = move || {
        schedule.question.app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => fill(t(Text::ScheduleUpdated), &[("time", &format::time(seats.at.local_minute()))]),
            Loaded::Loading | Loaded::Failed(_) => String::new(),
        })
    };
    let empty = move || {
        if shown.get() > 0 {
            return Vec::new();
        }
        let all = button("button button--secondary", "filter-clear", t(Text::ScheduleAll), move || {
            schedule.parts.set(Vec::new());
        });
        vec![div("empty").child(art("/art/state-lost.svg", "120", "120")).child(p(t(Text::ScheduleEmpty))).child(all)]
    };
    vec![
        el("p").class("visually-hidden").attr("role", "status").live_text(count),
        div("cohort-list").all(cards.collect()),
        el("div").live(empty),
        el("p").class("hint").live_text(counted),
    ]
}
