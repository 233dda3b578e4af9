//! Looking for a student in all cohorts within reach.

use super::roster;
use crate::components::heading::heading;
use crate::components::state;
use crate::components::table::Table;
use crate::registration;
use crate::remote::Remote;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, t};
use app::app::Loaded;
use app::dom;
use app::el::{El, div, el};
use domain::staff::access::Right;
use domain::staff::roster::{Roster, RosterRow, Search, SearchForm};
use leptos::prelude::*;

/// How long nobody types before something is looked for, in milliseconds.
const PAUSE: u32 = 250;

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let found = Remote::<Roster>::later(session);
    let typed = session.console().looked_for;
    let asks = el("div").live_with(move |_| look(session, found, &typed.get()));
    // Before anything is looked for there is neither a table nor anything to wait for.
    let something = Memo::new(move |_| is_something(&typed.get()));
    let shown = el("div").live(move || if something.get() { vec![table(session, found)] } else { Vec::new() });
    let more = el("div").live(move || {
        let more = found.value.with(|found| matches!(found, Loaded::Ready(found) if found.more));
        more.then(|| state::notice(t(Text::StudentsMore))).into_iter().collect()
    });
    vec![heading(t(Text::NavStudents), Vec::new()), asks, search_box(session, typed), shown, more]
}

fn table(session: Session, found: Remote<Roster>) -> El {
    Table::<RosterRow>::new("found", Text::NavStudents)
        .name("name", Text::FieldName, roster::name)
        .element("state", Text::FieldState, registration::state)
        .name("cohort", Text::RosterCohort, move |row| session.cohort_name(&row.cohort))
        .shown_as(move |row| {
            let link = el("a").attr("href", &Page::Roster { cohort: row.cohort.clone() }.path());
            session.cohort_known(&row.cohort).below_each_other(link)
        })
        .text("tracks", Text::RosterTracks, move |row| session.track_names(&row.tracks))
        .wide_only()
        .text("reference", Text::RosterReference, |row| row.reference.clone())
        .element("acts", Text::FieldActs, move |row| roster::cell(session, found, row, None))
        // Those who are nearest to what was typed come first.
        .empty(Text::StudentsNone)
        .view(found, |roster| &roster.rows)
}

fn is_something(typed: &str) -> bool {
    Search::parse(typed).is_some()
}

fn look(session: Session, found: Remote<Roster>, typed: &str) {
    let form = SearchForm { search: typed.trim().to_owned(), centre: session.centre() };
    if !is_something(typed) {
        found.forget();
        return;
    }
    found.ask("/api/staff/students/search", &form, PAUSE);
}

fn search_box(session: Session, typed: RwSignal<String>) -> El {
    // By a telephone number nobody else would find anybody.
    let by_phone = session.may(Right::SeeContacts);
    let (named, explained) = if by_phone {
        (Text::StudentsSearch, Text::StudentsHint)
    } else {
        (Text::StudentsSearchNames, Text::StudentsHintNames)
    };
    let id = "students-search";
    let label = el("label").class("label").attr("for", id).text(t(named));
    let hint = el("p").class("hint").id("students-hint").text(t(explained));
    let input = el("input")
        .class("input")
        .id(id)
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "students-hint")
        .value(&typed.get_untracked())
        .on_input("input", move |input| typed.set(input.value()));
    dom::later(0, move || {
        if let Some(input) = dom::element(id) {
            dom::focus(&input);
        }
    });
    div("field search").child(label).child(hint).child(input)
}
