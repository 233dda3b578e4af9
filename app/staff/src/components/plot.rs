//! Bars: one thing in one row, its number as a length. Every plot has the numbers as a table behind it.

use crate::text::{Text, t};
use app::el::{El, div, el, svg};

/// One row of a plot.
pub struct Bar {
    name: String,
    note: Option<String>,
    href: Option<String>,
    /// The parts of the bar, one behind the other.
    parts: Vec<u32>,
    /// How much a full bar is; none for the longest bar of the plot.
    of: Option<u32>,
    said: Option<String>,
}

impl Bar {
    /// A bar of one part.
    pub fn new(name: &str, value: u32) -> Self {
        Self::stacked(name, vec![value])
    }

    /// A bar of several parts: seats taken, offered, free.
    pub fn stacked(name: &str, parts: Vec<u32>) -> Self {
        Self { name: name.to_owned(), note: None, href: None, parts, of: None, said: None }
    }

    /// How much a full bar is, where every row has its own measure.
    pub fn of(mut self, whole: u32) -> Self {
        self.of = Some(whole);
        self
    }

    /// What is said below its name, smaller.
    pub fn noting(mut self, note: String) -> Self {
        self.note = Some(note);
        self
    }

    /// Its name leads to this address.
    pub fn link(mut self, href: String) -> Self {
        self.href = Some(href);
        self
    }

    /// What stands behind the bar, instead of the sum of its parts.
    pub fn saying(mut self, said: String) -> Self {
        self.said = Some(said);
        self
    }

    fn sum(&self) -> u32 {
        self.parts.iter().sum()
    }
}

/// Bars of one part each.
pub fn bars(title: Text, what: Text, rows: Vec<Bar>) -> El {
    stacked_bars(title, what, &[title], rows)
}

/// Bars of several parts; `parts` names them, in the order of [`Bar::stacked`], at most four of them.
pub fn stacked_bars(title: Text, what: Text, parts: &[Text], rows: Vec<Bar>) -> El {
    stacked_bars_titled(t(title), what, parts, rows)
}

/// The same under a title of the moment.
pub fn stacked_bars_titled(title: &str, what: Text, parts: &[Text], rows: Vec<Bar>) -> El {
    let longest = rows.iter().map(Bar::sum).max().unwrap_or_default();
    let shown = rows.iter().map(|row| bar(row, longest)).collect();
    let legend = (parts.len() > 1).then(|| {
        let part = |(place, part): (usize, &Text)| {
            el("li").child(el("span").class(PARTS[place.min(PARTS.len() - 1)]).attr("aria-hidden", "true")).text(t(*part))
        };
        el("ul").class("plot-legend").attr("aria-hidden", "true").all(parts.iter().enumerate().map(part).collect())
    });
    let cells = rows.iter().map(|row| {
        let numbers = row.parts.iter().map(|part| app::format::number(*part));
        let name = row.note.as_ref().map_or_else(|| row.name.clone(), |note| [&row.name, "\u{a0}· ", note].concat());
        [name].into_iter().chain(numbers).collect()
    });
    let heads: Vec<&str> = [what].iter().chain(parts).map(|part| t(*part)).collect();
    figure(title, vec![el("ul").class("bars").all(shown)].into_iter().chain(legend).collect(), &heads, cells.collect())
}

/// The classes of the parts of a bar, which are also those of their legend.
const PARTS: [&str; 4] = ["share share--0", "share share--1", "share share--2", "share share--3"];

fn bar(row: &Bar, longest: u32) -> El {
    let whole = f64::from(row.of.unwrap_or(longest).max(row.sum()).max(1));
    let mut before = 0.0;
    let parts = row.parts.iter().enumerate().map(|(place, part)| {
        let width = f64::from(*part) / whole * 100.0;
        let drawn = svg("rect")
            .class(PARTS[place.min(PARTS.len() - 1)])
            .attr("x", &percent(before))
            .attr("width", &percent(width))
            .attr("height", "100%");
        before += width;
        drawn
    });
    let drawing = svg("svg").class("bar").attr("aria-hidden", "true").all(parts.collect());
    let name = match &row.href {
        Some(href) => el("a").attr("href", href).text(&row.name),
        None => el("span").text(&row.name),
    };
    let note = row.note.as_ref().map(|note| el("span").class("bar-note").text(note));
    let name = div("bar-name").child(name).maybe(note);
    let said = row.said.clone().unwrap_or_else(|| app::format::number(row.sum()));
    el("li").class("bar-row").child(name).child(drawing).child(el("span").class("bar-value").text(&said))
}

fn percent(share: f64) -> String {
    // Two places are finer than any screen.
    [&((share * 100.0).round() / 100.0).to_string(), "%"].concat()
}

/// A drawing with its title and its numbers: every figure ends here.
pub fn figure(title: &str, drawing: Vec<El>, heads: &[&str], rows: Vec<Vec<String>>) -> El {
    let head = heads.iter().map(|head| el("th").attr("scope", "col").text(head)).collect();
    let row = |cells: Vec<String>| {
        let cell = |(place, text): (usize, String)| match place {
            0 => el("th").attr("scope", "row").text(&text),
            _ => el("td").class("number").text(&text),
        };
        el("tr").all(cells.into_iter().enumerate().map(cell).collect())
    };
    let table = el("table")
        .class("table table--plain")
        .child(el("caption").class("visually-hidden").text(title))
        .child(el("thead").child(el("tr").all(head)))
        .child(el("tbody").all(rows.into_iter().map(row).collect()));
    let details =
        el("details").class("details").child(el("summary").text(t(Text::PlotTable))).child(div("table-scroll").child(table));
    el("figure").class("figure").child(el("figcaption").text(title)).all(drawing).child(details)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_short() {
        assert_eq!([0.0, 33.333_333, 100.0].map(percent), ["0%", "33.33%", "100%"]);
    }
}
