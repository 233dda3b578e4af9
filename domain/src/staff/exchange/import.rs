//! From the rows of a file to a report: the heading row names the columns, every row below says what it says by them.

use super::columns::Column;
use crate::error::FaultCode;
use crate::word::words;
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes: ten thousand rows with every column filled are below three million.
pub const FILE_MAX: usize = 5_000_000;

/// The most rows a file has, headings included.
pub const ROWS_MAX: usize = 10_000;

/// The most columns a row has.
pub const COLUMNS_MAX: usize = 100;

words! {
    /// Why a file can't be read at all.
    FileFault {
        /// Larger than [`FILE_MAX`].
        TooLarge = "too_large",
        /// Neither XLSX nor a text with columns.
        NotASheet = "not_a_sheet",
        /// Of Excel before 2007, or with a password.
        OldOrProtected = "old_or_protected",
        /// It begins like an XLSX and doesn't go on like one.
        Broken = "broken",
        /// It unpacks to far more than its rows could need.
        Overblown = "overblown",
        /// More than [`ROWS_MAX`] rows.
        TooManyRows = "too_many_rows",
        /// More than [`COLUMNS_MAX`] columns.
        TooManyColumns = "too_many_columns",
        /// Nothing but headings, or not even those.
        Empty = "empty",
    }
}

/// One row of a file that came in, as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its cells, without outer spaces. Days are `YYYY-MM-DD`, times `HH:MM`, whole numbers have no point.
    pub cells: Vec<String>,
}

/// The answer to an import, be it a dry run or the real one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Why the file can't be read; none when it can.
    pub file: Option<FileFault>,
    /// How many rows there are below the headings.
    pub rows: u32,
    /// How many of them have no fault.
    pub ready: u32,
    /// How many rows were taken in: all of them or, in a dry run or with any fault, none.
    pub stored: u32,
    /// Every fault of every row, in the order of the file. A column that is missing is a fault of the heading row.
    pub faults: Vec<RowFault>,
    /// Headings that say nothing to this import: their columns are not read.
    pub ignored: Vec<String>,
}

impl ImportReport {
    /// The report of a file that can't be read.
    pub fn unreadable(file: FileFault) -> Self {
        Self { file: Some(file), ..Self::default() }
    }

    /// Whether it may be done: there are rows, and none has a fault.
    pub fn is_clean(&self) -> bool {
        self.file.is_none() && self.faults.is_empty() && self.ready == self.rows && self.rows > 0
    }
}

/// A fault of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowFault {
    /// Number of the row in the file, from 1.
    pub row: u32,
    /// Machine word of the column, such as `born_on`.
    pub column: String,
    /// What is wrong.
    pub code: FaultCode,
}

/// A file whose headings were understood.
#[derive(Debug)]
pub(super) struct Table<'a, C> {
    /// Which cell belongs to which column.
    places: Vec<(C, usize)>,
    rows: &'a [SheetRow],
    /// What is known of the report so far.
    pub report: ImportReport,
}

impl<'a, C: Column> Table<'a, C> {
    /// Reads the headings: the first row. `required` columns have to be there.
    ///
    /// # Errors
    /// The report, when there is nothing below the headings, or a column is missing or there twice.
    pub fn read(rows: &'a [SheetRow], required: &[C]) -> Result<Self, ImportReport> {
        let Some((headings, rows)) = rows.split_first().filter(|(_, rows)| !rows.is_empty()) else {
            return Err(ImportReport::unreadable(FileFault::Empty));
        };
        let mut report = ImportReport { rows: u32::try_from(rows.len()).unwrap_or(u32::MAX), ..ImportReport::default() };
        let mut places: Vec<(C, usize)> = Vec::new();
        let mut fault = |column: C, code| {
            report.faults.push(RowFault { row: headings.number, column: column.word().to_owned(), code });
        };
        let mut ignored = Vec::new();
        for (place, heading) in headings.cells.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            match C::recognise(heading) {
                None => ignored.push(heading.clone()),
                Some(column) if places.iter().any(|(known, _)| *known == column) => fault(column, FaultCode::Taken),
                Some(column) => places.push((column, place)),
            }
        }
        for column in required.iter().filter(|column| places.iter().all(|(known, _)| known != *column)) {
            fault(*column, FaultCode::Required);
        }
        report.ignored = ignored;
        if report.faults.is_empty() { Ok(Self { places, rows, report }) } else { Err(report) }
    }

    /// The rows below the headings.
    pub fn rows(&self) -> &'a [SheetRow] {
        self.rows
    }

    /// What a row says in a column; nothing when the file has no such column.
    pub fn cell(&self, row: &'a SheetRow, column: C) -> &'a str {
        let place = self.places.iter().find(|(known, _)| *known == column);
        place.and_then(|(_, place)| row.cells.get(*place)).map_or("", String::as_str)
    }

    /// Notes the faults of a row; one without any is ready.
    pub fn note(&mut self, row: &SheetRow, faults: impl IntoIterator<Item = (C, FaultCode)>) {
        let before = self.report.faults.len();
        let fault = |(column, code): (C, _)| RowFault { row: row.number, column: column.word().to_owned(), code };
        self.report.faults.extend(faults.into_iter().map(fault));
        self.report.ready += u32::from(self.report.faults.len() == before);
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::CohortColumn;
    use super::*;

    fn rows(texts: &[&[&str]]) -> Vec<SheetRow> {
        let row =
            |(number, cells): (u32, &&[&str])| SheetRow { number, cells: cells.iter().map(|cell| (*cell).into()).collect() };
        (1..).zip(texts).map(row).collect()
    }

    #[test]
    fn headings_of_any_language_in_any_order_name_the_columns() {
        let rows = rows(&[&["Число мест", "ОРТАЛЫҚ", "", "Заметки"], &["20", "astana"]]);
        let table = Table::read(&rows, &[CohortColumn::Centre, CohortColumn::Seats]).expect("known headings");
        assert_eq!(table.cell(&rows[1], CohortColumn::Seats), "20");
        assert_eq!(table.cell(&rows[1], CohortColumn::Centre), "astana");
        assert_eq!(table.cell(&rows[1], CohortColumn::Label), "");
        assert_eq!(table.report.ignored, ["Заметки"]);
    }

    #[test]
    fn a_missing_column_is_a_fault_of_the_heading_row() {
        let rows = rows(&[&["Centre", "Центр"], &["astana"]]);
        let report = Table::read(&rows, &[CohortColumn::Seats]).expect_err("faults");
        let fault = |column: &str, code| RowFault { row: 1, column: column.into(), code };
        assert_eq!(report.faults, [fault("centre", FaultCode::Taken), fault("seats", FaultCode::Required)]);
        assert_eq!((report.rows, report.ready, report.is_clean()), (1, 0, false));
    }

    #[test]
    fn headings_alone_are_nothing_to_import() {
        for texts in [&[][..], &[&["Centre"][..]][..]] {
            let report = Table::<CohortColumn>::read(&rows(texts), &[]).expect_err("a fault");
            assert_eq!(report.file, Some(FileFault::Empty));
            assert!(!report.is_clean());
        }
    }
}
