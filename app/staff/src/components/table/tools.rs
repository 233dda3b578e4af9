//! What stands above the rows: the search box, the filters, and on a phone the choice of the order.

use super::Table;
use crate::components::choose::{choose, select};
use crate::components::fold::fold;
use crate::text::{Text, fill, plural, t};
use app::el::{El, div, el};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// One choice of a filter.
pub struct Choice<T> {
    name: String,
    pub(super) holds: Rc<dyn Fn(&T) -> bool>,
}

impl<T> Choice<T> {
    /// The rows for which something holds.
    pub fn new(name: &str, holds: impl Fn(&T) -> bool + 'static) -> Self {
        Self { name: name.to_owned(), holds: Rc::new(holds) }
    }
}

/// How many choices of a filter can all be seen; more are a list that opens.
const CHIPS_MAX: usize = 5;

pub(super) struct Filter<T> {
    pub(super) label: Text,
    pub(super) choices: Vec<Choice<T>>,
}

impl<T: 'static> Table<T> {
    pub(super) fn tools(&self) -> Option<El> {
        let orders = self.orders();
        if !self.search && self.filters.is_empty() && orders.is_none() {
            return None;
        }
        let search = self.search.then(|| self.search_box());
        let filters = self.filters.iter().enumerate().map(|(place, filter)| {
            if filter.choices.len() > CHIPS_MAX { self.list(place, filter) } else { self.chips(place, filter) }
        });
        let filters: Vec<El> = filters.collect();
        let tools = div("table-tools no-print").maybe(search);
        // On a phone several of them would push the rows off the screen.
        if filters.len() < 2 {
            return Some(tools.all(filters).maybe(orders));
        }
        let (chosen, id) = (self.view.chosen, [self.name, "-filters"].concat());
        let set = move || chosen.with(|chosen| chosen.iter().flatten().count());
        let folded = filters.into_iter().chain(orders).collect();
        Some(tools.all(fold(&id, [Text::TableFilters, Text::TableFiltersSet], set, folded).into()))
    }

    fn search_box(&self) -> El {
        let (view, id) = (self.view, [self.name, "-search"].concat());
        let label = el("label").class("choose-label").attr("for", &id).text(t(Text::TableSearch));
        let input = el("input")
            .class("input")
            .id(&id)
            .attr("type", "search")
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .live_with(move |input| {
                let typed = view.typed.get();
                if let Some(input) = input.dyn_ref::<HtmlInputElement>().filter(|input| input.value() != typed) {
                    input.set_value(&typed);
                }
            })
            .on_input("input", move |input| {
                view.typed.set(input.value());
                view.shown.set(super::ROWS);
            });
        div("choose choose--search").child(label).child(input)
    }

    fn chips(&self, place: usize, filter: &Filter<T>) -> El {
        let view = self.view;
        let chip = |choice: Option<usize>, name: &str| {
            let chosen = move || view.chosen.with(|chosen| chosen.get(place).copied().flatten() == choice);
            el("button")
                .class("filter-chip")
                .attr("type", "button")
                .live_attr("aria-pressed", move || Some(if chosen() { "true" } else { "false" }.to_owned()))
                .text(name)
                .on("click", move |_| {
                    view.chosen.update(|chosen| {
                        if let Some(chosen) = chosen.get_mut(place) {
                            *chosen = choice;
                        }
                    });
                    view.shown.set(super::ROWS);
                })
        };
        let all = chip(None, t(Text::TableAll));
        let choices = filter.choices.iter().enumerate().map(|(number, choice)| chip(Some(number), &choice.name));
        let label = t(filter.label);
        let group = div("filter-chips").attr("role", "group").attr("aria-label", label);
        div("choose")
            .child(el("span").class("choose-label").attr("aria-hidden", "true").text(label))
            .child(group.child(all).all(choices.collect()))
    }

    fn list(&self, place: usize, filter: &Filter<T>) -> El {
        let view = self.view;
        let chosen = RwSignal::new(String::new());
        let choices = filter.choices.iter().enumerate().map(|(number, choice)| (number.to_string(), choice.name.clone()));
        let all = (String::new(), t(Text::TableAll).to_owned());
        let list = choose(
            &[self.name, "-filter-", &place.to_string()].concat(),
            filter.label,
            chosen,
            [all].into_iter().chain(choices).collect(),
        );
        let list = list.on("change", move |_| {
            view.chosen.update(|all| {
                if let Some(here) = all.get_mut(place) {
                    *here = chosen.get_untracked().parse().ok();
                }
            });
            view.shown.set(super::ROWS);
        });
        // The button that clears all filters clears this one too.
        list.live_with(move |_| {
            let number = view.chosen.with(|chosen| chosen.get(place).copied().flatten());
            chosen.set(number.map(|number| number.to_string()).unwrap_or_default());
        })
    }

    /// Headers can't be pressed where rows are cards: there the order is chosen from a list.
    fn orders(&self) -> Option<El> {
        let view = self.view;
        let sortable = self.columns.iter().enumerate().filter(|(_, column)| column.is_sortable());
        let directions = [(false, Text::TableUpwards), (true, Text::TableDownwards)];
        let choices: Vec<(String, String)> = sortable
            .flat_map(|(place, column)| {
                directions.map(|(back, text)| {
                    let value = [place.to_string().as_str(), direction(back)].concat();
                    (value, fill(t(text), &[("column", t(column.title))]))
                })
            })
            .collect();
        if choices.is_empty() {
            return None;
        }
        let written = |sort: Option<(usize, bool)>| {
            sort.map(|(place, back)| [place.to_string().as_str(), direction(back)].concat()).unwrap_or_default()
        };
        let chosen = RwSignal::new(written(view.sort.get_untracked()));
        let first = (String::new(), t(Text::TableUnsorted).to_owned());
        let id = [self.name, "-order"].concat();
        let list = select(&id, chosen, [first].into_iter().chain(choices).collect());
        let list = list.on("change", move |_| {
            let value = chosen.get_untracked();
            let column = value.get(..value.len().saturating_sub(1)).and_then(|place| place.parse().ok());
            view.sort.set(column.map(|column: usize| (column, value.ends_with('-'))));
        });
        // Headers sort too.
        let list = list.live_with(move |_| chosen.set(written(view.sort.get())));
        let label = el("label").class("choose-label").attr("for", &id).text(t(Text::TableOrder));
        Some(div("choose choose--order").child(label).child(list))
    }

    /// How many rows there are, and how many of them are looked at.
    pub(super) fn count(&self, rows: &[T], wanted: &[usize]) -> String {
        let (all, wanted) = (rows.len() as u32, wanted.len() as u32);
        if all == wanted {
            return plural(self.counted, all);
        }
        let numbers = [("n", app::format::number(wanted)), ("all", app::format::number(all))];
        fill(t(Text::TableCountOf), &numbers.each_ref().map(|(name, number)| (*name, number.as_str())))
    }
}

fn direction(back: bool) -> &'static str {
    if back { "-" } else { "+" }
}
