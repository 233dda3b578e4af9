//! From the rows of a file to a report: the heading row names the columns, every row below says what it says by them.

use super::columns::Column;
use super::wording::is_example;
use crate::error::FaultCode;
use crate::schedule::Slot;
use crate::staff::cohort::StaffCohort;
use crate::word::words;
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes: ten thousand rows with every column filled are below three million.
pub const FILE_MAX: usize = 5_000_000;

/// The most rows a file has, headings included.
pub const ROWS_MAX: usize = 10_000;

/// The most cohorts of one file: they are made in one batch, all or none.
pub const COHORTS_MAX: usize = 100;

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
        /// More than [`ROWS_MAX`] rows, or than [`COHORTS_MAX`] cohorts.
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
    /// Number of the row of headings; a fault of this row is of the headings themselves.
    pub headings: u32,
    /// How many rows there are below the headings.
    pub rows: u32,
    /// How many of them have no fault.
    pub ready: u32,
    /// How many rows were taken in so far; in a dry run none. Students come in piece by piece: as long as this is less than `rows`
    /// and there is no fault, the same request with the same key goes on.
    pub stored: u32,
    /// Every fault of every row, in the order of the file. A column that is missing is a fault of the heading row.
    pub faults: Vec<RowFault>,
    /// Headings that say nothing to this import: their columns are not read.
    pub ignored: Vec<String>,
    /// Seats of all new cohorts together; only of an import of cohorts.
    pub seats: u32,
    /// What comes of the students, cohort by cohort: in a dry run what would, by the seats of the moment.
    pub outcomes: Vec<ImportOutcome>,
}

/// What comes of the students of one cohort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportOutcome {
    /// The cohort.
    pub cohort: String,
    /// What staff call it.
    pub label: Option<String>,
    /// Its weekly meetings.
    pub slots: Vec<Slot>,
    /// How many get a seat.
    pub enrolled: u32,
    /// How many wait.
    pub waiting: u32,
}

impl ImportOutcome {
    /// Nobody yet.
    pub fn of(cohort: &StaffCohort) -> Self {
        let StaffCohort { id, label, slots, .. } = cohort;
        Self { cohort: id.clone(), label: label.clone(), slots: slots.clone(), enrolled: 0, waiting: 0 }
    }
}

/// What would come of students who register for these cohorts one after the other: a seat where one is free and nobody waits, the
/// list otherwise. In the order of display.
pub fn foretold<'a>(cohorts: &[StaffCohort], wanted: impl Iterator<Item = &'a str>) -> Vec<ImportOutcome> {
    let mut outcomes: Vec<ImportOutcome> = cohorts.iter().map(ImportOutcome::of).collect();
    for wanted in wanted {
        let found = cohorts.iter().zip(&mut outcomes).find(|(cohort, _)| cohort.id == wanted);
        if let Some((cohort, outcome)) = found {
            let open = if cohort.waiting == 0 { cohort.free() } else { 0 };
            if outcome.enrolled < open { outcome.enrolled += 1 } else { outcome.waiting += 1 }
        }
    }
    outcomes.retain(|outcome| outcome.enrolled + outcome.waiting > 0);
    outcomes
}

impl ImportReport {
    /// The report of a file that can't be read.
    pub fn unreadable(file: FileFault) -> Self {
        Self { file: Some(file), ..Self::default() }
    }

    /// Finds one more fault in a row that had none.
    pub fn refuse(&mut self, row: u32, column: &str, code: FaultCode) {
        let after = self.faults.partition_point(|fault| fault.row <= row);
        self.faults.insert(after, RowFault { row, column: column.to_owned(), code });
        self.ready = self.ready.saturating_sub(1);
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
    rows: Vec<&'a SheetRow>,
    /// What is known of the report so far.
    pub report: ImportReport,
}

impl<'a, C: Column> Table<'a, C> {
    /// Reads the headings: the first row. `required` columns have to be there. The example of a template is no row.
    ///
    /// # Errors
    /// The report, when there is nothing below the headings, or a column is missing or there twice.
    pub fn read(rows: &'a [SheetRow], required: &[C]) -> Result<Self, ImportReport> {
        let Some((headings, below)) = rows.split_first() else {
            return Err(ImportReport::unreadable(FileFault::Empty));
        };
        let rows: Vec<&SheetRow> = below.iter().filter(|row| !row.cells.iter().any(|cell| is_example(cell))).collect();
        if rows.is_empty() {
            return Err(ImportReport::unreadable(FileFault::Empty));
        }
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let mut report = ImportReport { headings: headings.number, rows: count, ..ImportReport::default() };
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
    pub fn rows(&self) -> Vec<&'a SheetRow> {
        self.rows.clone()
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
    use super::super::wording;
    use super::*;
    use crate::language::Language;
    use crate::testing::staff_cohort;

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
    fn the_example_of_a_template_is_no_row() {
        let example = wording::example(Language::Russian);
        let both = rows(&[&["Центр", "Название группы"], &["astana", example], &["astana", "Алатау"]]);
        let table = Table::read(&both, &[CohortColumn::Centre]).expect("known headings");
        assert_eq!((table.report.rows, table.rows()[0].number), (1, 3));
        let report = Table::<CohortColumn>::read(&both[..2], &[]).expect_err("a fault");
        assert_eq!(report.file, Some(FileFault::Empty));
    }

    #[test]
    fn seats_go_to_the_first_rows_unless_somebody_waits() {
        let cohort = |id: &str, seats, enrolled, waiting| StaffCohort { seats, enrolled, waiting, ..staff_cohort(id) };
        let cohorts = [cohort("a", 3, 1, 0), cohort("b", 5, 1, 1), cohort("c", 1, 0, 0)];
        let outcomes = foretold(&cohorts, ["b", "a", "a", "a"].into_iter());
        let told: Vec<_> = outcomes.iter().map(|one| (one.cohort.as_str(), one.enrolled, one.waiting)).collect();
        assert_eq!(told, [("a", 2, 1), ("b", 0, 1)]);
    }

    #[test]
    fn a_fault_found_later_stands_in_its_place() {
        let fault = |row| RowFault { row, column: "phone".into(), code: FaultCode::PhoneLength };
        let mut report = ImportReport { rows: 3, ready: 1, faults: vec![fault(2), fault(4)], ..ImportReport::default() };
        report.refuse(3, "given_name", FaultCode::Taken);
        assert_eq!(report.faults.iter().map(|fault| fault.row).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(report.ready, 0);
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
