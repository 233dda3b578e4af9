//! What the journal is searched by.

use super::Entries;
use crate::components::choose::choose;
use crate::components::fold::fold;
use crate::components::form::Form;
use crate::names::sort_cohorts;
use crate::router::parameter;
use crate::session::Session;
use crate::text::{Text, t};
use app::app::Loaded;
use app::el::{El, div, el};
use domain::date::Date;
use domain::staff::access::Right;
use domain::staff::journal::{ActGroup, JournalCohort};
use leptos::prelude::*;

/// What is chosen; nothing narrows nothing. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Search {
    session: Session,
    group: RwSignal<String>,
    author: RwSignal<String>,
    cohort: RwSignal<String>,
    registration: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    /// Whether the page shown is not the newest one.
    older: RwSignal<bool>,
}

impl Search {
    /// What the address asks for: other pages lead here with `?cohort=` or `?registration=`.
    pub fn from_address(session: Session) -> Self {
        let nothing = || RwSignal::new(String::new());
        Self {
            session,
            group: nothing(),
            author: nothing(),
            cohort: RwSignal::new(parameter("cohort")),
            registration: RwSignal::new(parameter("registration")),
            from: nothing(),
            to: nothing(),
            older: RwSignal::new(false),
        }
    }

    /// Where the entries before this one are to be had. Not reactive.
    pub fn path(self, before: Option<u64>) -> String {
        let day = |typed: RwSignal<String>| {
            let day = typed.get_untracked();
            Date::parse(&day).map(|_| day).unwrap_or_default()
        };
        let parts = [
            ("centre", untrack(|| self.session.centre()).unwrap_or_default()),
            ("group", self.group.get_untracked()),
            ("author", self.author.get_untracked()),
            ("cohort", self.cohort.get_untracked()),
            ("registration", self.registration.get_untracked()),
            ("from", day(self.from)),
            ("to", day(self.to)),
            ("before", before.map(|entry| entry.to_string()).unwrap_or_default()),
        ];
        let mut path = String::from("/api/staff/journal");
        for (place, (name, value)) in parts.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
            path.push(if place == 0 { '?' } else { '&' });
            path.push_str(name);
            path.push('=');
            path.push_str(value);
        }
        path
    }

    /// Goes to the entries before this one, or to the newest.
    pub fn turn(self, entries: Entries, before: Option<u64>) {
        self.older.set(before.is_some());
        entries.go(&self.path(before));
        app::dom::begin_page();
    }

    /// Whether the page shown is not the newest one. Reactive.
    pub fn is_older(self) -> bool {
        self.older.get()
    }

    /// The line above the journal. Whatever is chosen holds at once.
    pub fn view(self, entries: Entries) -> El {
        let form = Form::new("search");
        let groups = ActGroup::ALL.iter().filter(|group| **group != ActGroup::Members || self.session.may(Right::ManageStaff));
        let groups = groups.map(|group| (group.as_str().to_owned(), group_name(*group).to_owned())).collect();
        let chosen = [self.group, self.author, self.cohort, self.from, self.to];
        let set = move || chosen.iter().filter(|chosen| chosen.with(|value| !value.is_empty())).count();
        let named = move || vec![choose("search-cohort", Text::JournalCohort, self.cohort, cohorts(self.session, entries))];
        let line = div("search-line")
            .child(choose("search-group", Text::JournalGroup, self.group, with_all(groups)))
            // Whom and which cohorts there are comes with the first page.
            .child(el("div").live(move || vec![choose("search-author", Text::JournalWho, self.author, authors(entries))]))
            .child(el("div").live(named))
            .child(form.field("from", Text::JournalFrom).date(self.from))
            .child(form.field("to", Text::JournalTo).date(self.to));
        let folded = fold("search-filters", [Text::JournalFilters, Text::JournalFiltersSet], set, vec![line]);
        let line = div("journal-search no-print").all(folded.into());
        let first = StoredValue::new(true);
        line.live_with(move |_| {
            self.session.centre();
            for chosen in chosen {
                chosen.track();
            }
            // What was asked for first is on its way already.
            if first.get_value() {
                first.set_value(false);
            } else {
                self.registration.set(String::new());
                self.older.set(false);
                entries.go(&self.path(None));
            }
        })
    }
}

fn with_all(choices: Vec<(String, String)>) -> Vec<(String, String)> {
    [(String::new(), t(Text::TableAll).to_owned())].into_iter().chain(choices).collect()
}

fn authors(entries: Entries) -> Vec<(String, String)> {
    let families = [("family", Text::JournalFamily), ("system", Text::JournalSystem)];
    let families = families.map(|(word, text)| (word.to_owned(), t(text).to_owned()));
    let staff = entries.value.with(|page| match page {
        Loaded::Ready(page) => page.authors.iter().map(|author| (author.id.clone(), author.name.clone())).collect(),
        Loaded::Loading | Loaded::Failed(_) => Vec::new(),
    });
    with_all(families.into_iter().chain(staff).collect())
}

fn cohorts(session: Session, entries: Entries) -> Vec<(String, String)> {
    let cohorts = entries.value.with(|page| match page {
        Loaded::Ready(page) => {
            let mut all: Vec<&JournalCohort> = page.cohorts.iter().collect();
            sort_cohorts(&mut all, |cohort| (cohort.centre.clone(), cohort.label.clone()));
            all.into_iter().map(|cohort| (cohort.id.clone(), super::cohort_name(session, cohort).line())).collect()
        }
        Loaded::Loading | Loaded::Failed(_) => Vec::new(),
    });
    with_all(cohorts)
}

fn group_name(group: ActGroup) -> &'static str {
    t(match group {
        ActGroup::Families => Text::JournalGroupFamilies,
        ActGroup::Registrations => Text::JournalGroupRegistrations,
        ActGroup::Cohorts => Text::JournalGroupCohorts,
        ActGroup::Sessions => Text::JournalGroupSessions,
        ActGroup::Data => Text::JournalGroupData,
        ActGroup::Members => Text::JournalGroupMembers,
    })
}
