//! A table of rows: sorted by its headers, searched, filtered, ticked; on a phone each row is a card.
//!
//! ```ignore
//! let table = Table::<StaffMember>::new("members", Text::NavMembers)
//!     .name("name", Text::FieldName, |member| member.name.clone()).linked(|member| path_of(member))
//!     .text("email", Text::FieldEmail, |member| member.email.clone()).wide_only()
//!     .number("marks", Text::MembersMarks, |member| member.marks)
//!     .element("state", Text::FieldState, |member| state_chip(member))
//!     .sorted_by(0, false)
//!     .search()
//!     .filter(Text::FieldRole, Role::ALL.iter().map(|role| Choice::new(role_name(*role), |member| member.role == *role)));
//! table.view(members, |members| members)
//! ```

mod body;
mod column;
mod tools;

pub use tools::Choice;

use crate::components::state;
use crate::names::Wanted;
use crate::remote::Remote;
use crate::text::{Text, t};
use app::app::Loaded;
use app::components::by_and_by::by_and_by;
use app::el::{El, div, el};
use column::Column;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::rc::Rc;
use tools::Filter;
use web_sys::Element;

/// How many rows are shown at first, and how many more each time somebody asks for them.
const ROWS: usize = 100;

/// How many rows are built at a time: below head and tools a phone has no room for more of the cards that they are there.
const ROWS_AT_A_TIME: usize = 2;

/// Whether a row is shown.
type Condition<T> = Rc<dyn Fn(&T) -> bool>;

/// A table that is being described.
pub struct Table<T: 'static> {
    name: &'static str,
    caption: Text,
    columns: Vec<Column<T>>,
    filters: Vec<Filter<T>>,
    empty: Text,
    counted: Text,
    search: bool,
    ticked: Option<Ticked<T>>,
    only: Option<Condition<T>>,
    view: View,
}

/// The rows somebody has ticked, by their ids.
struct Ticked<T> {
    rows: RwSignal<BTreeSet<String>>,
    id: Rc<dyn Fn(&T) -> String>,
    name: Rc<dyn Fn(&T) -> String>,
}

/// How the rows are looked at just now. A copy is a few numbers.
#[derive(Clone, Copy)]
struct View {
    /// By which column, and whether from the end; none leaves the order in which rows came.
    sort: RwSignal<Option<(usize, bool)>>,
    typed: RwSignal<String>,
    /// The chosen choice of each filter.
    chosen: RwSignal<Vec<Option<usize>>>,
    shown: RwSignal<usize>,
}

impl<T: 'static> Table<T> {
    /// A table of this name, which its ids begin with; the caption is read out.
    pub fn new(name: &'static str, caption: Text) -> Self {
        let view = View {
            sort: RwSignal::new(None),
            typed: RwSignal::new(String::new()),
            chosen: RwSignal::new(Vec::new()),
            shown: RwSignal::new(ROWS),
        };
        let (columns, filters, empty, counted) = (Vec::new(), Vec::new(), Text::TableEmpty, Text::TableCount);
        Self { name, caption, columns, filters, empty, counted, search: false, ticked: None, only: None, view }
    }

    /// Sorted by this column (counted from 0) at first.
    pub fn sorted_by(self, column: usize, from_the_end: bool) -> Self {
        self.view.sort.set(Some((column, from_the_end)));
        self
    }

    /// With a box to search all columns that are text.
    pub fn search(mut self) -> Self {
        self.search = true;
        self
    }

    /// With a group of choices of which one or none holds.
    pub fn filter(mut self, label: Text, choices: impl IntoIterator<Item = Choice<T>>) -> Self {
        self.filters.push(Filter { label, choices: choices.into_iter().collect() });
        self.view.chosen.update(|chosen| chosen.push(None));
        self
    }

    /// With this choice of a filter (both counted from 0) at first.
    pub fn filtered_by(self, filter: usize, choice: usize) -> Self {
        self.view.chosen.update(|chosen| {
            if let Some(chosen) = chosen.get_mut(filter) {
                *chosen = Some(choice);
            }
        });
        self
    }

    /// What is said when there are no rows at all.
    pub fn empty(mut self, said: Text) -> Self {
        self.empty = said;
        self
    }

    /// What the number of rows is called, when they aren't merely rows.
    pub fn counting(mut self, counted: Text) -> Self {
        self.counted = counted;
        self
    }

    /// Of all rows only these: those of the centre that is looked at. Reactive.
    pub fn only(mut self, holds: impl Fn(&T) -> bool + 'static) -> Self {
        self.only = Some(Rc::new(holds));
        self
    }

    /// With a box to tick before each row; `rows` holds the ids of the ticked ones, `name` says which row a box is of.
    pub fn ticked(
        mut self,
        rows: RwSignal<BTreeSet<String>>,
        id: impl Fn(&T) -> String + 'static,
        name: impl Fn(&T) -> String + 'static,
    ) -> Self {
        self.ticked = Some(Ticked { rows, id: Rc::new(id), name: Rc::new(name) });
        self
    }

    /// The table of what was fetched.
    pub fn view<D>(self, remote: Remote<D>, rows: impl Fn(&D) -> &[T] + 'static) -> El
    where
        D: DeserializeOwned + Send + Sync + 'static,
    {
        let (tools, head, id) = (self.tools(), self.head(), [self.name, "-caption"].concat());
        let (caption, table, rows) = (t(self.caption), Rc::new(self), Rc::new(rows));
        // The places of the wanted rows, found once for all that shows them; none as long as nothing has come.
        let wanted = RwSignal::new_local(None::<Vec<usize>>);
        let found = {
            let (table, rows) = (Rc::clone(&table), Rc::clone(&rows));
            move |_: &Element| {
                wanted.set(remote.value.with(|value| match value {
                    Loaded::Ready(value) => Some(table.wanted(rows(value))),
                    Loaded::Loading | Loaded::Failed(_) => None,
                }));
            }
        };
        let body = {
            let (table, rows) = (Rc::clone(&table), Rc::clone(&rows));
            move |body: &Element| {
                let (Some(wanted), Loaded::Ready(value)) = (wanted.get(), remote.value.get_untracked()) else {
                    return body.set_text_content(None);
                };
                let (table, rows) = (Rc::clone(&table), Rc::clone(&rows));
                let shown = wanted.len().min(table.view.shown.get());
                by_and_by(body, ROWS_AT_A_TIME, shown, move |number| {
                    rows(&value).get(*wanted.get(number)?).map(|row| table.row(row))
                });
            }
        };
        // What `show` makes of the rows and the places of the wanted ones.
        let shown = move |show: fn(&Self, &[T], &[usize]) -> Vec<El>| {
            let (table, rows) = (Rc::clone(&table), Rc::clone(&rows));
            move || {
                wanted.with(|wanted| {
                    let Some(wanted) = wanted else { return Vec::new() };
                    remote.value.with_untracked(|value| match value {
                        Loaded::Ready(value) => show(&table, rows(value), wanted),
                        Loaded::Loading | Loaded::Failed(_) => Vec::new(),
                    })
                })
            }
        };
        let grid = el("table")
            .class("table")
            .attr("role", "table")
            .attr("aria-labelledby", &id)
            .live_attr("aria-busy", move || remote.busy.get().then(|| "true".to_owned()))
            .live_with(found)
            .child(el("caption").class("visually-hidden").id(&id).text(caption))
            .child(head)
            .child(el("tbody").attr("role", "rowgroup").live_with(body));
        let trouble = move || {
            remote.value.with(|value| match value {
                Loaded::Loading => vec![state::loading()],
                Loaded::Failed(failure) => vec![state::failed(failure, move || remote.reload())],
                Loaded::Ready(_) => Vec::new(),
            })
        };
        div("table-block")
            .maybe(tools)
            .child(
                div("table-count")
                    .attr("role", "status")
                    .test("count")
                    .live(shown(|table, rows, wanted| vec![el("span").text(&table.count(rows, wanted))])),
            )
            .child(
                div("tick-all no-print").live(shown(|table, rows, wanted| table.tick_all(rows, wanted).into_iter().collect())),
            )
            .child(div("table-scroll").child(grid))
            .child(el("div").live(shown(Self::foot)))
            .child(el("div").live(trouble))
    }

    /// The places of the rows that are wanted, in the order that is wanted. Reactive.
    fn wanted(&self, rows: &[T]) -> Vec<usize> {
        let looked_for = Wanted::new(&self.view.typed.get());
        let chosen = self.view.chosen.get();
        let fits = |row: &T| {
            let filters = self.filters.iter().zip(&chosen);
            let mut filters = filters.filter_map(|(filter, chosen)| filter.choices.get((*chosen)?));
            filters.all(|choice| (choice.holds)(row)) && self.only.as_ref().is_none_or(|holds| holds(row))
        };
        let found = |row: &T| looked_for.is_nothing() || looked_for.is_in(&self.searched(row));
        let keep = |place: &usize| rows.get(*place).is_some_and(|row| fits(row) && found(row));
        match self.view.sort.get().and_then(|(column, back)| Some((self.columns.get(column)?, back))) {
            Some((column, back)) => {
                let mut order = column.order(rows);
                if back {
                    order.reverse();
                }
                order.into_iter().filter(keep).collect()
            }
            None => (0..rows.len()).filter(keep).collect(),
        }
    }

    /// The text in which a row is looked for.
    fn searched(&self, row: &T) -> String {
        let texts = self.columns.iter().filter_map(|column| column.searched(row));
        texts.collect::<Vec<_>>().join(" ")
    }
}
