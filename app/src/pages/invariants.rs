//! What is promised to every family, counted from the tables: anybody may look whether it holds.

use crate::api::{self, Failure};
use crate::app::Loaded;
use crate::components::heading::heading;
use crate::components::page_state::{failed, loading};
use crate::dom;
use crate::el::{El, div, el, p};
use crate::format;
use crate::text::{Text, fill, plural, t};
use domain::invariants::{Check, CheckResult, Invariants};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
pub fn view() -> El {
    let counted = RwSignal::new(Loaded::Loading);
    load(counted);
    el("div").live(move || {
        vec![match counted.get() {
            Loaded::Loading => loading(),
            Loaded::Failed(failure) => failed(&failure, move || load(counted)),
            Loaded::Ready(counted) => report(&counted),
        }]
    })
}

fn load(counted: RwSignal<Loaded<Invariants>>) {
    counted.set(Loaded::Loading);
    spawn_local(async move {
        let answer: Result<Invariants, Failure> = api::invariants().await;
        // The page may have been left meanwhile.
        let _ = counted.try_set(answer.map_or_else(Loaded::Failed, Loaded::Ready));
        dom::later(0, dom::begin_page);
    });
}

fn report(counted: &Invariants) -> El {
    let title = t(if counted.holds { Text::InvariantsHold } else { Text::InvariantsBroken });
    let at = fill(t(Text::InvariantsAt), &[("date", &format::moment(counted.at))]);
    let totals = [
        (Text::InvariantsSeats, counted.totals.seats),
        (Text::InvariantsEnrolled, counted.totals.enrolled),
        (Text::InvariantsOffered, counted.totals.offered),
        (Text::InvariantsWaiting, counted.totals.waiting),
        (Text::InvariantsRegistrations, counted.totals.registrations),
        (Text::InvariantsJournal, counted.totals.journal_entries),
    ];
    let totals = totals.map(|(name, number)| row(t(name), &format::number(number), ""));
    div("question")
        .child(heading(title))
        .child(el("p").class("hint").test("at").text(&at))
        .child(p(t(Text::InvariantsLead)))
        .child(el("dl").class("summary-list summary-list--counts").all(counted.checks.iter().map(check).collect()))
        .child(el("h2").text(t(Text::InvariantsTotals)))
        .child(el("dl").class("summary-list summary-list--counts").all(totals.into()))
}

fn check(check: &CheckResult) -> El {
    let sentence = match check.name {
        Check::TakenEqualsRows => Text::InvariantsTakenEqualsRows,
        Check::WaitingEqualsRows => Text::InvariantsWaitingEqualsRows,
        Check::TakenWithinSeats => Text::InvariantsTakenWithinSeats,
        Check::OneSeatAStudent => Text::InvariantsOneSeatAStudent,
        Check::EveryRegistrationIsJournalled => Text::InvariantsEveryRegistrationIsJournalled,
        Check::EveryApplicationIsDecided => Text::InvariantsEveryApplicationIsDecided,
        Check::NobodyEligibleWaits => Text::InvariantsNobodyEligibleWaits,
        Check::NobodyPassedTheList => Text::InvariantsNobodyPassedTheList,
        Check::RanksAreDistinct => Text::InvariantsRanksAreDistinct,
        Check::OffersHaveDeadlines => Text::InvariantsOffersHaveDeadlines,
        Check::LettersAreTold => Text::InvariantsLettersAreTold,
    };
    let (said, class) = match check.violations {
        0 => (t(Text::InvariantsKept).to_owned(), "seats seats--free"),
        number => (plural(Text::InvariantsViolations, number), "seats seats--broken"),
    };
    row(t(sentence), &said, class).attr("data-check", check.name.as_str())
}

fn row(name: &str, value: &str, class: &str) -> El {
    el("div").child(el("dt").text(name)).child(el("dd").child(el("span").class(class).text(value)))
}
