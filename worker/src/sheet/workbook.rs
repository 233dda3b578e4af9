//! An XLSX file (ECMA-376) written row by row.
//!
//! Memory stays the same whatever the number of rows: a row is compressed as soon as it is written, and what was compressed is
//! [taken](Workbook::take) in between. Only texts that repeat are remembered, up to a bound (see `strings`); later ones stand in
//! their cells.

mod names;
mod parts;
mod strings;

use super::zip::Archive;
use super::{Cell, Column};
use domain::date::{Date, Timestamp, ZONE_OFFSET_MINUTES};
use domain::staff::exchange::size::SHEET_ROWS_MAX;
use names::SheetNames;
use parts::Style;
use std::fmt::{Arguments, Write};
use strings::SharedStrings;

/// Where a sheet ends before that, in bytes: sizes in the archive have 32 bits.
const SHEET_MAX: u64 = 3 << 30;

/// How much of a sheet is collected before it is compressed, in bytes.
const PIECE: usize = 16 * 1024;

/// How a sheet begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What its tab says; made fit for a tab, and unlike the others.
    pub name: String,
    /// Its columns, whose headings are the first row.
    pub columns: Vec<Column>,
    /// How many of them stay in view.
    pub frozen_columns: u32,
}

/// A workbook being written.
pub struct Workbook {
    archive: Archive,
    strings: SharedStrings,
    names: SheetNames,
    /// What is known of each sheet, the present one last.
    sheets: Vec<Written>,
    present: Sheet,
    /// Letters of the present sheet's columns.
    letters: Vec<String>,
    /// XML not compressed yet.
    piece: String,
}

/// What the workbook's own part says about a sheet.
struct Written {
    name: String,
    columns: u32,
    rows: u32,
    /// Rows that can be filtered; none while they are still being written.
    filtered: Option<u32>,
}

impl Workbook {
    /// A workbook that begins with this sheet. Title and moment are told to whoever asks for the file's properties.
    pub fn new(title: &str, made_at: Timestamp, first: Sheet) -> Self {
        let mut archive = Archive::new();
        archive.add("_rels/.rels", parts::RELATIONSHIPS);
        archive.add("docProps/core.xml", &parts::properties(title, made_at));
        archive.add("xl/styles.xml", parts::STYLES);
        let mut workbook = Self {
            archive,
            strings: SharedStrings::default(),
            names: SheetNames::default(),
            sheets: Vec::new(),
            present: first,
            letters: Vec::new(),
            piece: String::with_capacity(2 * PIECE),
        };
        workbook.begin();
        workbook
    }

    /// Ends the present sheet and begins this one.
    pub fn next_sheet(&mut self, sheet: Sheet) {
        self.end();
        self.present = sheet;
        self.begin();
    }

    /// A row of the table.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let full = self.sheets.last().is_some_and(|sheet| sheet.rows >= SHEET_ROWS_MAX) || self.archive.length() > SHEET_MAX;
        if full {
            self.next_sheet(self.present.clone());
        }
        self.write(cells, Style::of);
    }

    /// A row below the table: it is not filtered, and no row of the table comes after it.
    pub fn remark<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.filtered.get_or_insert(sheet.rows);
        }
        self.write(cells, Style::of);
    }

    /// How many bytes are ready.
    pub fn waiting(&self) -> usize {
        self.archive.waiting()
    }

    /// The bytes of the file since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        self.archive.take()
    }

    /// The last bytes of the file.
    pub fn finish(mut self) -> Vec<u8> {
        self.end();
        self.archive.begin("xl/sharedStrings.xml");
        self.strings.write(|piece| self.archive.write(piece.as_bytes()));
        self.archive.add("xl/workbook.xml", &parts::workbook(&self.sheets));
        self.archive.add("xl/_rels/workbook.xml.rels", &parts::workbook_relationships(self.sheets.len()));
        self.archive.add("[Content_Types].xml", &parts::content_types(self.sheets.len()));
        self.archive.finish()
    }

    fn begin(&mut self) {
        let columns = u32::try_from(self.present.columns.len()).unwrap_or(u32::MAX);
        let name = self.names.unlike_the_others(&self.present.name);
        self.sheets.push(Written { name, columns, rows: 0, filtered: None });
        self.letters = (0..columns).map(parts::letters).collect();
        self.archive.begin(&parts::sheet_path(self.sheets.len()));
        parts::push_sheet_head(&mut self.piece, &self.present, self.sheets.len() == 1);
        let headings = std::mem::take(&mut self.present.columns);
        self.write(headings.iter().map(|column| Cell::Text(&column.heading)), |_| Style::Heading);
        self.present.columns = headings;
    }

    fn end(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            let filtered = *sheet.filtered.get_or_insert(sheet.rows);
            parts::push_sheet_tail(&mut self.piece, sheet.columns, filtered);
        }
        self.compress();
    }

    fn compress(&mut self) {
        self.archive.write(self.piece.as_bytes());
        self.piece.clear();
    }

    fn write<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>, style: fn(&Cell<'_>) -> Style) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        sheet.rows += 1;
        let row = sheet.rows;
        push(&mut self.piece, format_args!("<row r=\"{row}\">"));
        for (letters, cell) in self.letters.iter().zip(cells) {
            let place = format_args!("<c r=\"{letters}{row}\" s=\"{}\"", style(&cell) as u8);
            let out = &mut self.piece;
            match cell {
                Cell::Empty => {}
                Cell::Text(text) | Cell::Phone(text) => push_text(out, place, &mut self.strings, text),
                Cell::Integer(number) => push(out, format_args!("{place}><v>{number}</v></c>")),
                Cell::Date(date) if day_number(date) < FIRST_DAY => {
                    push_text(out, place, &mut self.strings, &date.to_string());
                }
                Cell::Date(date) => push(out, format_args!("{place}><v>{}</v></c>", day_number(date))),
                Cell::Time(minute) => push(out, format_args!("{place}><v>{}</v></c>", part_of_day(minute))),
                Cell::Moment(moment) => {
                    let day = f64::from(day_number(moment.local_date()));
                    push(out, format_args!("{place}><v>{}</v></c>", day + part_of_day(moment.local_minute())));
                }
            }
        }
        self.piece.push_str("</row>");
        if self.piece.len() >= PIECE {
            self.compress();
        }
    }
}

/// A text: by its number, or in the cell when there is none for it.
fn push_text(out: &mut String, place: Arguments<'_>, strings: &mut SharedStrings, text: &str) {
    match strings.number(text) {
        Some(number) => push(out, format_args!("{place} t=\"s\"><v>{number}</v></c>")),
        None => {
            push(out, format_args!("{place} t=\"inlineStr\">"));
            strings::push_item(out, "is", text);
            out.push_str("</c>");
        }
    }
}

/// 1 March 1900: what is earlier has no right number in Excel's calendar.
const FIRST_DAY: i32 = 61;

/// Days as Excel counts them: 1 is the first of January 1900, and there is a 29 February 1900.
fn day_number(date: Date) -> i32 {
    const OF_1970: i64 = 25_569;
    let since_1970 = (Timestamp::of_local(date, 0).0 + ZONE_OFFSET_MINUTES * 60_000).div_euclid(24 * 60 * 60 * 1000);
    // Years have four digits.
    i32::try_from(since_1970 + OF_1970).unwrap_or_default()
}

fn part_of_day(minute: u16) -> f64 {
    f64::from(minute) / (24.0 * 60.0)
}

fn push(out: &mut String, arguments: Arguments<'_>) {
    // A string takes whatever is written to it.
    let _ = out.write_fmt(arguments);
}

#[cfg(test)]
mod tests;
