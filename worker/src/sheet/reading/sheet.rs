//! The rows of one sheet.

use super::markup::{Markup, Piece, attribute};
use super::shared::SharedTexts;
use super::styles::Styles;
use super::{Rows, TEXTS_MAX};
use crate::sheet::xml;
use domain::date::Timestamp;
use domain::staff::exchange::FileFault;
use domain::staff::exchange::import::COLUMNS_MAX;
use quick_xml::events::BytesStart;
use std::io::BufRead;

/// What cells refer to.
pub struct Context {
    /// Texts.
    pub texts: SharedTexts,
    /// Looks.
    pub styles: Styles,
    /// Whether days are counted from 1904, as Excel for Macintosh once did.
    pub from_1904: bool,
}

/// A cell being read.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: String,
}

/// How many rows a sheet has at most, empty ones among them: programs write some for their look.
const ROWS_WRITTEN_MAX: usize = 100_000;

/// Reads the rows.
pub fn read(part: impl BufRead, context: &Context, rows: &mut Rows) -> Result<(), FileFault> {
    let mut markup = Markup::new(part);
    let mut row = 0u32;
    let mut cells: Vec<String> = Vec::new();
    let mut open = Open::default();
    let (mut within, mut phonetic) = (false, false);
    let (mut written, mut length) = (0, 0);
    loop {
        match markup.next()? {
            Piece::Open(element) => match element.local_name().into_inner() {
                "row" => {
                    written += 1;
                    if written > ROWS_WRITTEN_MAX {
                        return Err(FileFault::Overblown);
                    }
                    let number = attribute(&element, "r")?.and_then(|number| number.parse().ok());
                    row = number.unwrap_or(row.saturating_add(1));
                    cells.clear();
                }
                "c" => open = opened(&element, cells.len())?,
                "rPh" => phonetic = true,
                "v" | "t" => within = !phonetic,
                _ => {}
            },
            Piece::Text(text) if within => open.value.push_str(&text),
            Piece::Close(element) => match element.local_name().into_inner() {
                "rPh" => phonetic = false,
                "v" | "t" => within = false,
                "c" => {
                    // Each cell takes its time, also one that says nothing or stands where another one did.
                    length += context.written(&open)?.len();
                    if length > TEXTS_MAX {
                        return Err(FileFault::Overblown);
                    }
                    let text = context.text(&open)?;
                    // A cell that only looks somehow may stand anywhere.
                    if !text.is_empty() {
                        if open.column >= COLUMNS_MAX {
                            return Err(FileFault::TooManyColumns);
                        }
                        cells.resize(cells.len().max(open.column + 1), String::new());
                        if let Some(cell) = cells.get_mut(open.column) {
                            *cell = text;
                        }
                    }
                }
                "row" => rows.add(row, std::mem::take(&mut cells))?,
                "sheetData" => return Ok(()),
                _ => {}
            },
            Piece::Text(_) | Piece::Other => {}
            Piece::End => return Ok(()),
        }
    }
}

/// A cell begins; one that doesn't say where it is follows the one before.
fn opened(element: &BytesStart<'_>, next: usize) -> Result<Open, FileFault> {
    let place = attribute(element, "r")?.and_then(|place| column(&place));
    let style = attribute(element, "s")?.and_then(|style| style.parse().ok());
    Ok(Open {
        column: place.unwrap_or(next),
        kind: attribute(element, "t")?.unwrap_or_default().into_owned(),
        style: style.unwrap_or(0),
        value: String::new(),
    })
}

/// The column, from 0, of a place such as `AB12`.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |number, letter| 26 * number + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

impl Context {
    /// What is written in a cell, or where it refers to.
    fn written<'a>(&'a self, cell: &'a Open) -> Result<&'a str, FileFault> {
        if cell.kind != "s" {
            return Ok(&cell.value);
        }
        let number = cell.value.trim().parse().map_err(|_| FileFault::Broken)?;
        self.texts.get(number).ok_or(FileFault::Broken)
    }

    /// What a cell says.
    fn text(&self, cell: &Open) -> Result<String, FileFault> {
        let value = &cell.value;
        Ok(match cell.kind.as_str() {
            "s" | "inlineStr" | "str" => trimmed(&xml::unescaped(self.written(cell)?)),
            "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
            // A day in words: the time of midnight says nothing.
            "d" => value.trim().trim_end_matches("T00:00:00").to_owned(),
            "e" => value.clone(),
            _ => match value.trim().parse::<f64>() {
                Ok(number) if self.styles.is_time(cell.style) => self.moment(number).unwrap_or_else(|| plain_number(number)),
                Ok(number) => plain_number(number),
                Err(_) => trimmed(value),
            },
        })
    }

    /// A day, a time or both; none for a number that stands for none.
    fn moment(&self, number: f64) -> Option<String> {
        const MINUTES: f64 = 24.0 * 60.0;
        // What isn't between 1900 and 9999 is no day.
        if !(0.0..2_958_466.0).contains(&number) {
            return None;
        }
        // Whole and far below 2^63.
        let minutes = (number * MINUTES).round() as i64;
        let (day, minute) = (minutes.div_euclid(24 * 60), minutes.rem_euclid(24 * 60));
        let time = format!("{:02}:{:02}", minute / 60, minute % 60);
        if day == 0 {
            return Some(time);
        }
        // Excel has a 29 February 1900, before which its numbers are one too small.
        let since_1970 = if self.from_1904 { day - 24_107 } else { day - 25_569 + i64::from(day < 60) };
        let date = Timestamp(since_1970 * 24 * 60 * 60 * 1000).local_date();
        Some(if minute == 0 { date.to_string() } else { format!("{date} {time}") })
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// A number without a point where it has no fraction.
fn plain_number(number: f64) -> String {
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_columns() {
        let known = [("A1", 0), ("Z9", 25), ("AA10", 26), ("XFD1048576", 16_383), ("b2", 1)];
        for (place, number) in known {
            assert_eq!(column(place), Some(number), "{place}");
        }
        assert_eq!(column("12"), None);
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(plain_number(20.0), "20");
        assert_eq!(plain_number(87_011_234_567.0), "87011234567");
        assert_eq!(plain_number(20.5), "20.5");
        assert_eq!(plain_number(-3.0), "-3");
    }

    #[test]
    fn numbers_become_days_and_times_and_back() {
        let context = |from_1904| Context { texts: SharedTexts::default(), styles: Styles::default(), from_1904 };
        let moment = |number| context(false).moment(number);
        assert_eq!(moment(40_787.0).as_deref(), Some("2011-09-01"));
        assert_eq!(moment(0.375).as_deref(), Some("09:00"));
        assert_eq!(moment(0.416_666_666_666_666_7).as_deref(), Some("10:00"));
        assert_eq!(moment(40_787.375).as_deref(), Some("2011-09-01 09:00"));
        assert_eq!(moment(1.0).as_deref(), Some("1900-01-01"));
        assert_eq!(moment(61.0).as_deref(), Some("1900-03-01"));
        assert_eq!(context(true).moment(39_325.0).as_deref(), Some("2011-09-01"));
        assert_eq!((moment(-1.0), moment(3e6), moment(f64::NAN)), (None, None, None));
    }
}
