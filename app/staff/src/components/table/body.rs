//! The rows themselves, and their headers.

use super::{ROWS, Table};
use crate::components::button::{Weight, button, button_saying};
use crate::components::state;
use crate::text::{Text, fill, plural, t};
use app::el::{El, el};
use leptos::prelude::*;

impl<T: 'static> Table<T> {
    pub(super) fn head(&self) -> El {
        let view = self.view;
        let cells = self.columns.iter().enumerate().map(|(place, column)| {
            let title = t(column.title);
            let cell = el("th").class(column.class()).attr("scope", "col").attr("role", "columnheader");
            if !column.is_sortable() {
                return cell.text(title);
            }
            let sorted = move || match view.sort.get() {
                Some((column, back)) if column == place => Some(if back { "descending" } else { "ascending" }.to_owned()),
                _ => Some("none".to_owned()),
            };
            let press = move |_| {
                view.sort.update(|sort| *sort = Some((place, *sort == Some((place, false)))));
            };
            let sort = el("button").class("sort").attr("type", "button").test(&["sort-", column.id].concat()).text(title);
            cell.live_attr("aria-sort", sorted).child(sort.on("click", press))
        });
        let tick = self.ticked.as_ref().map(|_| {
            let name = el("span").class("visually-hidden").text(t(Text::TableTick));
            el("th").class("tick").attr("scope", "col").attr("role", "columnheader").child(name)
        });
        let row = el("tr").attr("role", "row").maybe(tick).all(cells.collect());
        el("thead").attr("role", "rowgroup").child(row)
    }

    pub(super) fn row(&self, row: &T) -> El {
        let cells = self.columns.iter().enumerate().map(|(place, column)| {
            let cell = if place == 0 {
                el("th").attr("scope", "row").attr("role", "rowheader")
            } else {
                el("td").attr("role", "cell").attr("data-label", t(column.title))
            };
            cell.class(column.class()).attr("data-column", column.id).child(column.content(row))
        });
        el("tr").attr("role", "row").maybe(self.tick(row)).all(cells.collect())
    }

    fn tick(&self, row: &T) -> Option<El> {
        let ticked = self.ticked.as_ref()?;
        let (rows, id, name) = (ticked.rows, (ticked.id)(row), (ticked.name)(row));
        let shown = id.clone();
        let input = el("input")
            .attr("type", "checkbox")
            .attr("aria-label", &name)
            .live_checked(move || rows.with(|rows| rows.contains(&shown)))
            .on_input("change", move |input| {
                rows.update(|rows| {
                    if input.checked() {
                        rows.insert(id.clone());
                    } else {
                        rows.remove(&id);
                    }
                });
            });
        Some(el("td").class("tick").attr("role", "cell").child(el("label").class("tick-box").child(input)))
    }

    /// What stands below the rows: that there are none, or that there are more. Reactive.
    pub(super) fn foot(&self, rows: &[T], wanted: &[usize]) -> Vec<El> {
        let view = self.view;
        if rows.is_empty() {
            return vec![state::empty(t(self.empty))];
        }
        if wanted.is_empty() {
            let clear = button(Text::TableClear, Weight::Plain, "clear", move || {
                view.typed.set(String::new());
                view.chosen.update(|chosen| chosen.fill(None));
            });
            return vec![state::empty(t(Text::TableNoneFound)).child(clear)];
        }
        let hidden = wanted.len().saturating_sub(view.shown.get());
        let more = (hidden > 0).then(|| {
            let said = fill(t(Text::TableMore), &[("n", &hidden.min(ROWS).to_string())]);
            button_saying(&said, Weight::Plain, "more", move || view.shown.update(|shown| *shown += ROWS))
        });
        more.into_iter().collect()
    }

    /// A box that ticks all rows that are wanted, or none. Reactive.
    pub(super) fn tick_all(&self, rows: &[T], wanted: &[usize]) -> Option<El> {
        let ticked = self.ticked.as_ref()?;
        let ids: Vec<String> = wanted.iter().filter_map(|place| rows.get(*place)).map(|row| (ticked.id)(row)).collect();
        let (signal, count) = (ticked.rows, ids.len() as u32);
        if count == 0 {
            return None;
        }
        let all = signal.with(|rows| ids.iter().all(|id| rows.contains(id)));
        let input = el("input").attr("type", "checkbox").checked(all).on_input("change", move |input| {
            signal.update(|rows| {
                for id in &ids {
                    if input.checked() {
                        rows.insert(id.clone());
                    } else {
                        rows.remove(id);
                    }
                }
            });
        });
        let said = plural(Text::TableTickAll, count);
        Some(el("label").class("option option--line").child(input).child(el("span").text(&said)))
    }
}
