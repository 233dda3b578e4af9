//! A CSV file as a Russian Excel opens it with a double click: UTF-8 with a byte order mark, semicolons, CRLF, quotes (RFC 4180).
//!
//! Excel asks nobody before it takes a text for something else: `=1+1` and `+7701…` for formulas, `007` for 7, `7-8` for the
//! seventh of August. What is written here stays what it is, and a program can read it back:
//!
//! - A text that Excel would take for something else gets an apostrophe in front (OWASP, CSV injection); so does one that
//!   begins with an apostrophe itself. Whoever reads the file takes one leading apostrophe away and has the text.
//! - A telephone number is written as its URI (RFC 3966), `tel:+77011234567`. Bare, Excel makes the number 77 011 234 567 of it,
//!   and loses the plus; `="+7…"` is a formula, which is what has to be kept out; an apostrophe or a blank in front is a rule of
//!   this file alone, while the URI is a standard, says to people what it is, and keeps every sign of the number.
//! - Days are `YYYY-MM-DD`, times `HH:MM`, moments both with a blank between: Excel reads them as such in every language.

mod guard;

use super::{Cell, Column};
pub use guard::unguarded;
use std::fmt::Write;

/// The scheme of a telephone number's URI.
pub const TELEPHONE: &str = "tel:";

/// A CSV file being written.
pub struct CsvFile {
    out: String,
}

impl CsvFile {
    /// A file that begins with these headings.
    pub fn new(columns: &[Column]) -> Self {
        let mut file = Self { out: String::from("\u{feff}") };
        file.row(columns.iter().map(|column| Cell::Text(&column.heading)));
        file
    }

    /// A row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.out.push(';');
            }
            self.cell(cell);
        }
        self.out.push_str("\r\n");
    }

    /// How many bytes are ready.
    pub fn waiting(&self) -> usize {
        self.out.len()
    }

    /// The bytes since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out).into_bytes()
    }

    fn cell(&mut self, cell: Cell<'_>) {
        let out = &mut self.out;
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        // A string takes whatever is written to it.
        let _ = match cell {
            Cell::Empty => Ok(()),
            Cell::Text(text) => {
                push_quoted(out, &guard::guarded(text));
                Ok(())
            }
            Cell::Phone(number) => {
                push_quoted(out, &[TELEPHONE, number].concat());
                Ok(())
            }
            Cell::Integer(number) => write!(out, "{number}"),
            Cell::Date(date) => write!(out, "{date}"),
            Cell::Time(minute) => write!(out, "{}", time(minute)),
            Cell::Moment(moment) => write!(out, "{} {}", moment.local_date(), time(moment.local_minute())),
        };
    }
}

/// A field; in quotes when it holds a mark that ends one here or in a program set to another separator.
fn push_quoted(out: &mut String, text: &str) {
    let outer = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    if outer || text.contains([';', ',', '"', '\n', '\t', '\'']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests;
