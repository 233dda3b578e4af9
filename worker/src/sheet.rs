//! Spreadsheets: written row by row for exports, read with bounds for imports. Pure: no HTTP, no SQL, no clock.
//!
//! A [`workbook::Workbook`] or a [`csv::CsvFile`] is fed rows and hands out bytes as it goes, so that a file of any length passes
//! through little memory. [`reading::rows`] takes whatever file staff have and gives rows of texts, or says why it can't.
//!
//! Why by hand: the well-kept writers keep the whole workbook in memory or need a file to seek in, and the well-kept reader keeps
//! every sheet it unpacks and would add two thirds to the Worker (325 KB compressed). What is left is DEFLATE, CRC-32, XML and
//! CSV, each from its library. The tests read what is written here with that reader, and the other way round.

pub mod csv;
pub mod reading;
pub mod workbook;

mod xml;
mod zip;

use domain::date::{Date, Timestamp};

/// One cell to be written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text, whatever it looks like.
    Text(&'a str),
    /// A telephone number in the form of E.164.
    Phone(&'a str),
    /// A whole number.
    Integer(i64),
    /// A day.
    Date(Date),
    /// A time of the day, in minutes after local midnight.
    Time(u16),
    /// A moment, shown by the clocks of the cities.
    Moment(Timestamp),
}

impl<'a> Cell<'a> {
    /// A text that may be missing.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

/// One column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub heading: String,
    /// How wide it is, in characters.
    pub width: u8,
}
