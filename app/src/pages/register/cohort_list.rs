//! One cohort as a card, and what to offer in place of a full one.

use crate::app::Loaded;
use crate::components::radio::title_and_note;
use crate::components::seats::seats_badge;
use crate::el::{El, div, el, p};
use crate::format;
use crate::pages::register::schedule::Schedule;
use crate::text::{Text, fill, language, t};
use domain::alternatives::alternatives;
use domain::catalogue::{Catalogue, Cohort};
use leptos::prelude::*;

/// In which list a card stands.
#[derive(Clone, Copy)]
pub struct Card {
    /// Name of the group of choices.
    pub name: &'static str,
    /// Whether the cards of the list can be in different cities.
    pub city: bool,
}

/// Days, hours, first session, places.
pub fn cohort_card(schedule: Schedule, cohort: &Cohort, card: Card, chosen: impl Fn() + 'static) -> El {
    let note = note(&schedule.question.catalogue(), cohort, card);
    let (checked, counted) = (cohort.id.clone(), cohort.id.clone());
    let id = [card.name, "-", &cohort.id].concat();
    let seats = move || {
        schedule.question.app.seats.with(|seats| match seats {
            Loaded::Ready(seats) => seats.of(&counted).map(seats_badge).into_iter().collect(),
            Loaded::Loading | Loaded::Failed(_) => Vec::new(),
        })
    };
    let input = el("input")
        .attr("type", "radio")
        .id(&id)
        .test(&id)
        .attr("name", card.name)
        .attr("value", &cohort.id)
        .live_checked(move || schedule.chosen.with(|chosen| *chosen == checked))
        .on("change", move |_| chosen());
    let text = el("span").class("choice-text").all(title_and_note(&format::slots(&cohort.slots), &note));
    let body = el("span").class("choice-body").add(text).add(el("span").live(seats));
    el("label").class("choice choice--cohort").add(input).add(body)
}

/// City where it matters, first session, and for a lab its one track.
fn note(catalogue: &Catalogue, cohort: &Cohort, card: Card) -> String {
    let mut parts = Vec::new();
    if card.city && let Some(centre) = catalogue.centre(&cohort.centre) {
        parts.push(centre.city.get(language()).to_owned());
    }
    if let Some(session) = catalogue.first_session(cohort) {
        parts.push(fill(t(Text::ScheduleFirst), &[("date", &format::short_date(session.date))]));
    }
    if let [only] = cohort.tracks.as_slice()
        && let Some(track) = catalogue.track(only)
    {
        parts.push(fill(t(Text::ScheduleLab), &[("track", track.name.get(language()))]));
    }
    parts.join(" · ")
}

/// What is shown when the wanted cohort is full: the place a newcomer would have on its waiting list, and open cohorts nearby.
pub fn alternatives_block(schedule: Schedule, tracks: Vec<String>) -> El {
    let question = schedule.question;
    // The wanted cohort, its waiting list and what is open elsewhere; a count that changes none of it leaves the block alone.
    let offer = Memo::new(move |_| {
        let wanted = schedule.wanted.get();
        question.app.seats.with(|seats| {
            let Loaded::Ready(live) = seats else { return None };
            let catalogue = question.catalogue();
            let cohort = catalogue.cohort(&wanted)?;
            let seats = live.of(&wanted).filter(|seats| seats.open() == 0)?;
            let nearby = alternatives(&catalogue, live, cohort, &tracks);
            Some((seats.waiting + 1, nearby.into_iter().cloned().collect::<Vec<Cohort>>()))
        })
    });
    el("div").attr("aria-live", "polite").live(move || {
        let Some((place, nearby)) = offer.get() else { return Vec::new() };
        let title = el("h2").text(t(Text::ScheduleFullTitle));
        let join = fill(t(Text::ScheduleFullText), &[("n", &format::number(place))]);
        let others = t(if nearby.is_empty() { Text::ScheduleAlternativesNone } else { Text::ScheduleAlternatives });
        let cards = nearby.into_iter().map(|cohort| {
            let kept = cohort.clone();
            let card = Card { name: "alternative", city: true };
            cohort_card(schedule, &cohort, card, move || schedule.choose(&kept))
        });
        vec![div("alternatives").add(title).add(p(&join)).add(p(others)).all(cards.collect())]
    })
}
