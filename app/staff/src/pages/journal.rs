//! Who did what, when and why; and taking it back.

mod search;
mod sentence;
mod undo;

use crate::cohort_words::CohortName;
use crate::components::button::{Weight, button};
use crate::components::heading::heading;
use crate::components::table::Table;
use crate::remote::Remote;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::app::Loaded;
use app::el::{El, div, el};
use domain::staff::journal::{JournalCohort, JournalEntry, JournalPage};
use leptos::prelude::*;
use search::Search;

/// A page of the journal, as fetched.
type Entries = Remote<JournalPage>;

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let search = Search::from_address(session);
    let entries = Entries::get(session, &search.path(None));
    let table = Table::<JournalEntry>::new("journal", Text::NavJournal)
        .element("at", Text::JournalWhen, |entry| el("span").class("told-at").text(&when::moment(entry.at)))
        .text("author", Text::JournalWho, |entry| author(entry).to_owned())
        .element("what", Text::JournalWhat, move |entry| what(session, entries, entry))
        .text("why", Text::JournalWhy, |entry| entry.reason.clone().unwrap_or_default())
        .element("undo", Text::FieldActs, move |entry| state(session, entries, entry))
        .empty(Text::JournalEmpty);
    vec![
        heading(t(Text::NavJournal), Vec::new()),
        search.view(entries),
        div("told-table").child(table.view(entries, |page| &page.entries)),
        pages(search, entries),
    ]
}

/// Who did it, in the words of the page.
fn author(entry: &JournalEntry) -> &str {
    match entry.author.as_str() {
        "family" => t(Text::JournalFamily),
        "system" => t(Text::JournalSystem),
        name => name,
    }
}

fn what(session: Session, entries: Entries, entry: &JournalEntry) -> El {
    div("told")
        .child(el("span").text(&sentence::of(entry, |tracks| session.track_names(tracks))))
        .maybe(about(session, entries, entry))
}

/// The cohort, or at least the centre, and the number of the application.
fn about(session: Session, entries: Entries, entry: &JournalEntry) -> Option<El> {
    let named = entry.subject.as_deref().and_then(|subject| subject.strip_prefix("cohort:"));
    let cohort = entry.cohort.as_deref().or(named);
    let cohort = cohort.and_then(|id| {
        let name = entries.value.with_untracked(|page| match page {
            Loaded::Ready(page) => {
                page.cohorts.iter().find(|cohort| cohort.id == id).map(|cohort| cohort_name(session, cohort))
            }
            Loaded::Loading | Loaded::Failed(_) => None,
        })?;
        Some(name.below_each_other(el("a").attr("href", &Page::Roster { cohort: id.to_owned() }.path())))
    });
    // Who has one centre knows which, and a cohort says it too.
    let centre = entry.centre.as_ref().filter(|_| cohort.is_none() && session.me().centre.is_none());
    let centre = centre.map(|id| el("span").text(&session.centre_name(id)));
    let reference = entry.reference.as_ref().map(|reference| fill(t(Text::JournalReference), &[("reference", reference)]));
    let parts: Vec<El> = [cohort, centre, reference.map(|said| el("span").text(&said))].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| div("told-about").all(parts))
}

/// What a cohort of the journal is called; it may be of an intake long past.
fn cohort_name(session: Session, cohort: &JournalCohort) -> CohortName {
    session.cohort(&cohort.id, cohort.label.as_deref(), &cohort.centre, &cohort.slots)
}

/// What became of it, where others have a button: plain words, which nobody tries to press.
fn told(text: Text) -> El {
    el("span").class("told-state").text(t(text))
}

/// Whether it was undone, is an undoing, or can be undone.
fn state(session: Session, entries: Entries, entry: &JournalEntry) -> El {
    if entry.undone_by.is_some() {
        return told(Text::JournalUndone);
    }
    if entry.undoes.is_some() {
        return told(Text::JournalUndoing);
    }
    undo::offer(session, entries, entry).unwrap_or_else(|| el("span"))
}

/// The ways to older entries, and back to the newest.
fn pages(search: Search, entries: Entries) -> El {
    div("pages no-print").live(move || {
        let next = entries.value.with(|page| match page {
            Loaded::Ready(page) => page.next,
            Loaded::Loading | Loaded::Failed(_) => None,
        });
        let older =
            next.map(|before| button(Text::JournalOlder, Weight::Plain, "older", move || search.turn(entries, Some(before))));
        let newest =
            search.is_older().then(|| button(Text::JournalNewest, Weight::Quiet, "newest", move || search.turn(entries, None)));
        older.into_iter().chain(newest).collect()
    })
}
