//! One cohort as a card, and what to offer in place of a full one.

use crate::app::Loaded;
use crate::components::cohort_choice::CohortChoice;
use crate::components::radio::title_and_note;
use crate::components::seats::{odds_line, seats_badge};
use crate::el::{El, div, el, p};
use crate::format;
use crate::text::{Text, fill, language, t};
use domain::alternatives::alternatives;
use domain::catalogue::{Catalogue, Cohort, Odds};
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
pub fn cohort_card(choice: CohortChoice, cohort: &Cohort, card: Card, chosen: impl Fn() + 'static) -> El {
    let note = note(&choice.catalogue(), cohort, card);
    let checked = cohort.id.clone();
    let id = [card.name, "-", &cohort.id].concat();
    let input = el("input")
        .attr("type", "radio")
        .id(&id)
        .test(&id)
        .attr("name", card.name)
        .attr("value", &cohort.id)
        .live_checked(move || choice.chosen.with(|chosen| *chosen == checked))
        .on("change", move |_| chosen());
    let text = el("span").class("choice-text").all(title_and_note(&format::slots(&cohort.slots), &note));
    let body = el("span").class("choice-body").child(text).child(seats_badge(choice.app, &cohort.id));
    el("label").class("choice choice--cohort").child(input).child(body)
}

/// City where it matters, first session, and for a lab its one track.
fn note(catalogue: &Catalogue, cohort: &Cohort, card: Card) -> String {
    let mut parts = Vec::new();
    if card.city
        && let Some(centre) = catalogue.centre(&cohort.centre)
    {
        parts.push(centre.city.get(language()).to_owned());
    }
    if let Some(session) = cohort.first_session {
        parts.push(fill(t(Text::ScheduleFirst), &[("date", &format::short_date(session.date))]));
    }
    if let [only] = cohort.tracks.as_slice()
        && let Some(track) = catalogue.track(only)
    {
        parts.push(fill(t(Text::ScheduleLab), &[("track", track.name.get(language()))]));
    }
    parts.join(" · ")
}

/// What to offer to somebody who wants a full cohort.
#[derive(Clone, PartialEq)]
pub struct Offer {
    wanted: String,
    /// The place a newcomer would have on its waiting list.
    place: u32,
    /// How waiting there has gone for others.
    odds: Odds,
    /// Open cohorts with the same tracks.
    nearby: Vec<Cohort>,
}

/// The offer for the wanted cohort; none while it has places. A count that changes nothing of it leaves the page alone.
pub fn offer(choice: CohortChoice, tracks: Vec<String>) -> Memo<Option<Offer>> {
    Memo::new(move |_| {
        let wanted = choice.wanted.get();
        choice.app.seats.with(|seats| {
            let Loaded::Ready(live) = seats else { return None };
            let catalogue = choice.catalogue();
            let cohort = catalogue.cohort(&wanted)?;
            let seats = live.of(&wanted).filter(|seats| seats.open() == 0)?;
            let nearby = alternatives(&catalogue, live, cohort, &tracks).into_iter().cloned().collect();
            Some(Offer { place: seats.waiting + 1, odds: seats.odds, nearby, wanted })
        })
    })
}

/// The offer right below the card of the full cohort it is for; nothing below any other.
pub fn offer_below(choice: CohortChoice, offer: Memo<Option<Offer>>, cohort: &Cohort) -> El {
    let below = cohort.id.clone();
    el("div").attr("aria-live", "polite").live(move || {
        let Some(offer) = offer.get().filter(|offer| offer.wanted == below) else { return Vec::new() };
        let title = el("h2").text(t(Text::ScheduleFullTitle));
        let join = fill(t(Text::ScheduleFullText), &[("n", &format::number(offer.place))]);
        let others = if offer.nearby.is_empty() { Text::ScheduleAlternativesNone } else { Text::ScheduleAlternatives };
        let cards = offer.nearby.into_iter().map(|cohort| {
            let kept = cohort.clone();
            let card = Card { name: "alternative", city: true };
            cohort_card(choice, &cohort, card, move || choice.choose(&kept))
        });
        let odds = p(&odds_line(offer.odds)).test("odds");
        vec![div("alternatives").child(title).child(p(&join)).child(odds).child(p(t(others))).all(cards.collect())]
    })
}
