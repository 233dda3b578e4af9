//! Files as those read them who get them: a workbook by a reader that has nothing to do with ours, a text by the rules of a Russian
//! Excel.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use csv::ReaderBuilder;

/// A cell of a workbook, with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
    /// A day, `YYYY-MM-DD`.
    Day(String),
    /// A time of the day, `HH:MM`.
    Time(String),
    /// A moment, `YYYY-MM-DD HH:MM`.
    Moment(String),
}

impl Cell {
    /// What is read in it.
    pub fn words(&self) -> &str {
        match self {
            Self::Empty | Self::Number(_) => "",
            Self::Text(words) | Self::Day(words) | Self::Time(words) | Self::Moment(words) => words,
        }
    }
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Its rows, headings first.
    pub rows: Vec<Vec<Cell>>,
}

/// The sheets of a workbook; none when it isn't a whole one.
pub fn workbook(bytes: &[u8]) -> Option<Vec<Sheet>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).ok()?;
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).ok()?;
        Some(Sheet { name, rows: range.rows().map(|row| row.iter().map(cell).collect()).collect() })
    };
    names.into_iter().map(sheet).collect()
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(text.clone()),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            if moment.as_f64() < 1.0 {
                Cell::Time(format!("{hour:02}:{minute:02}"))
            } else if moment.as_f64().fract() == 0.0 {
                Cell::Day(format!("{year}-{month:02}-{day:02}"))
            } else {
                Cell::Moment(format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"))
            }
        }
        Data::Float(number) if number.fract() == 0.0 => Cell::Number(*number as i64),
        Data::Int(number) => Cell::Number(*number),
        other => panic!("no cell of ours is {other:?}"),
    }
}

/// The rows of a text as a Russian Excel opens it by itself: the mark of UTF-8 at the beginning, semicolons, lines that end in CRLF.
pub fn excel_of_russia(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("without the mark Excel takes it for Windows-1251");
    assert!(text.ends_with(b"\r\n"), "a line ends in CRLF");
    let mut reader = ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(false).from_reader(text);
    let rows = reader.records().map(|row| row.expect("a row as long as the others").iter().map(str::to_owned).collect());
    rows.collect()
}

/// Whether a spreadsheet would work this cell out instead of showing it.
pub fn is_a_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
