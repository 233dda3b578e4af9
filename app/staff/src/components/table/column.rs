//! Columns: what stands in them, and by what they are sorted.

use super::Table;
use crate::names;
use crate::text::Text;
use app::el::{El, el};
use std::cmp::Ordering;
use std::rc::Rc;

/// What is made of a row.
type Of<T, R> = Rc<dyn Fn(&T) -> R>;

/// What stands in a cell.
enum What<T> {
    /// A name of a person or thing: in the order of the Kazakh alphabet.
    Name(Of<T, String>),
    /// Other text, as it is written.
    Text(Of<T, String>),
    /// A number.
    Number(Of<T, u32>),
    /// What is a number underneath, and how it is written.
    Measure(Of<T, Option<f64>>, Of<T, String>),
    /// An element of its own.
    Element(Of<T, El>),
}

/// One column.
pub(super) struct Column<T> {
    pub(super) id: &'static str,
    pub(super) title: Text,
    what: What<T>,
    sort_by: Option<Of<T, f64>>,
    link: Option<Of<T, String>>,
    search: Option<Of<T, String>>,
    shown: Option<Of<T, El>>,
    /// On paper and on a desk only.
    pub(super) wide_only: bool,
}

/// Columns. The first one names the row.
impl<T: 'static> Table<T> {
    fn add(mut self, id: &'static str, title: Text, what: What<T>) -> Self {
        self.columns.push(Column { id, title, what, sort_by: None, link: None, search: None, shown: None, wide_only: false });
        self
    }

    fn last(mut self, change: impl FnOnce(&mut Column<T>)) -> Self {
        self.columns.last_mut().map(change);
        self
    }

    /// A column of names, sorted by the Kazakh alphabet; numbers in them count as numbers.
    pub fn name(self, id: &'static str, title: Text, text: impl Fn(&T) -> String + 'static) -> Self {
        self.add(id, title, What::Name(Rc::new(text)))
    }

    /// A column of other text: found, but not sorted unless [`Table::sorted`] says by what.
    pub fn text(self, id: &'static str, title: Text, text: impl Fn(&T) -> String + 'static) -> Self {
        self.add(id, title, What::Text(Rc::new(text)))
    }

    /// A column of whole numbers.
    pub fn number(self, id: &'static str, title: Text, number: impl Fn(&T) -> u32 + 'static) -> Self {
        self.add(id, title, What::Number(Rc::new(number)))
    }

    /// A column of anything that is a number underneath: a moment, a share; a row that has none comes last.
    pub fn measure(
        self,
        id: &'static str,
        title: Text,
        value: impl Fn(&T) -> Option<f64> + 'static,
        written: impl Fn(&T) -> String + 'static,
    ) -> Self {
        self.add(id, title, What::Measure(Rc::new(value), Rc::new(written)))
    }

    /// A column of elements: chips, buttons. Neither found nor sorted unless [`Table::found_by`] and [`Table::sorted`] say how.
    pub fn element(self, id: &'static str, title: Text, element: impl Fn(&T) -> El + 'static) -> Self {
        self.add(id, title, What::Element(Rc::new(element)))
    }

    /// By what the column before is sorted.
    pub fn sorted(self, by: impl Fn(&T) -> f64 + 'static) -> Self {
        self.last(|column| column.sort_by = Some(Rc::new(by)))
    }

    /// By what the column before is found.
    pub fn found_by(self, text: impl Fn(&T) -> String + 'static) -> Self {
        self.last(|column| column.search = Some(Rc::new(text)))
    }

    /// What stands in the cells of the column before, where its text alone isn't enough; it is sorted and found by that.
    pub fn shown_as(self, element: impl Fn(&T) -> El + 'static) -> Self {
        self.last(|column| column.shown = Some(Rc::new(element)))
    }

    /// The text of the column before leads to this address.
    pub fn linked(self, path: impl Fn(&T) -> String + 'static) -> Self {
        self.last(|column| column.link = Some(Rc::new(path)))
    }

    /// The column before is left out on a phone.
    pub fn wide_only(self) -> Self {
        self.last(|column| column.wide_only = true)
    }
}

impl<T> Column<T> {
    pub(super) fn is_sortable(&self) -> bool {
        self.sort_by.is_some() || matches!(self.what, What::Name(_) | What::Number(_) | What::Measure(..))
    }

    /// The classes of its cells.
    pub(super) fn class(&self) -> &'static str {
        match (matches!(self.what, What::Number(_)), self.wide_only) {
            (true, false) => "number",
            (true, true) => "number wide-only",
            (false, true) => "wide-only",
            (false, false) => "",
        }
    }

    pub(super) fn searched(&self, row: &T) -> Option<String> {
        match (&self.search, &self.what) {
            (Some(text), _) | (None, What::Name(text) | What::Text(text)) => Some(text(row)),
            (None, What::Number(_) | What::Measure(..) | What::Element(_)) => None,
        }
    }

    /// What stands in the cell of a row.
    pub(super) fn content(&self, row: &T) -> El {
        if let Some(element) = &self.shown {
            return element(row);
        }
        let text = match &self.what {
            What::Element(element) => return element(row),
            What::Number(number) => app::format::number(number(row)),
            What::Name(text) | What::Text(text) | What::Measure(_, text) => text(row),
        };
        match &self.link {
            Some(path) => el("a").attr("href", &path(row)).text(&text),
            None => el("span").text(&text),
        }
    }

    /// The places of the rows, sorted by this column.
    pub(super) fn order(&self, rows: &[T]) -> Vec<usize> {
        match (&self.sort_by, &self.what) {
            (Some(by), _) => by_number(rows, |row| Some(by(row))),
            (None, What::Number(number)) => by_number(rows, |row| Some(f64::from(number(row)))),
            (None, What::Measure(value, _)) => by_number(rows, |row| value(row)),
            (None, What::Name(text) | What::Text(text)) => names::order(rows, |row| text(row)),
            (None, What::Element(_)) => (0..rows.len()).collect(),
        }
    }
}

fn by_number<T>(rows: &[T], value: impl Fn(&T) -> Option<f64>) -> Vec<usize> {
    let values: Vec<f64> = rows.iter().map(|row| value(row).unwrap_or(f64::INFINITY)).collect();
    let mut places: Vec<usize> = (0..rows.len()).collect();
    places.sort_by(|one, other| match (values.get(*one), values.get(*other)) {
        (Some(one), Some(other)) => one.total_cmp(other),
        _ => Ordering::Equal,
    });
    places
}

#[cfg(test)]
mod tests {
    use super::by_number;

    #[test]
    fn what_has_no_number_comes_last_and_equals_keep_their_order() {
        assert_eq!(by_number(&[Some(3.0), None, Some(1.0), Some(3.0)], |row| *row), [2, 0, 3, 1]);
    }
}
