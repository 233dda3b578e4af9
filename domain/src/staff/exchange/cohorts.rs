//! Cohorts from a file: each row is checked as if a coordinator had filled in the form, by the same rules.

use super::columns::CohortColumn;
use super::import::{COHORTS_MAX, FileFault, ImportReport, SheetRow, Table};
use super::wording::{is_called, read_time, read_tracks, read_weekday};
use crate::catalogue::Catalogue;
use crate::error::{FaultCode, FieldFault};
use crate::schedule::Slot;
use crate::staff::cohort::{CohortForm, OPEN_MINUTES, StaffCentre, StaffCohort, check, label};
use std::collections::HashSet;

/// Columns without which there is no cohort.
const REQUIRED: [CohortColumn; 5] =
    [CohortColumn::Centre, CohortColumn::Seats, CohortColumn::FirstDay, CohortColumn::FirstStart, CohortColumn::FirstEnd];

/// The three weekly meetings a row has room for.
const MEETINGS: [[CohortColumn; 3]; 3] = [
    [CohortColumn::FirstDay, CohortColumn::FirstStart, CohortColumn::FirstEnd],
    [CohortColumn::SecondDay, CohortColumn::SecondStart, CohortColumn::SecondEnd],
    [CohortColumn::ThirdDay, CohortColumn::ThirdStart, CohortColumn::ThirdEnd],
];

/// A cohort that can be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCohort {
    /// Number of the row in the file.
    pub row: u32,
    /// What a coordinator would have sent.
    pub form: CohortForm,
}

/// A column with what is wrong in it.
type Fault = (CohortColumn, FaultCode);

/// Reads cohorts from the rows of a file, headings first. A row that names no tracks offers all of them. `centres` are those within
/// reach, `existing` the cohorts there are.
pub fn cohorts(
    rows: &[SheetRow],
    catalogue: &Catalogue,
    centres: &[StaffCentre],
    existing: &[StaffCohort],
) -> (ImportReport, Vec<ImportedCohort>) {
    let mut table = match Table::read(rows, &REQUIRED) {
        Ok(table) => table,
        Err(report) => return (report, Vec::new()),
    };
    if table.rows().len() > COHORTS_MAX {
        return (ImportReport::unreadable(FileFault::TooManyRows), Vec::new());
    }
    let mut catalogue = catalogue.clone();
    catalogue.centres.retain(|known| centres.iter().any(|centre| centre.centre.id == known.id));
    let mut ready: Vec<ImportedCohort> = Vec::new();
    let named = |cohort: &StaffCohort| Some((cohort.centre.clone(), cohort.label.as_ref()?.to_lowercase()));
    let mut labels: HashSet<(String, String)> = existing.iter().filter_map(named).collect();
    for row in table.rows() {
        let mut faults = Vec::new();
        let form = form(|column| table.cell(row, column), &catalogue, &mut faults);
        // Two of a kind would leave it open which one a list of students means.
        let again = label(&form.label).is_some_and(|label| !labels.insert((form.centre.clone(), label.to_lowercase())));
        if again {
            faults.push((CohortColumn::Label, FaultCode::Taken));
        }
        if faults.is_empty() {
            ready.push(ImportedCohort { row: row.number, form });
        }
        table.note(row, faults);
    }
    table.report.seats = ready.iter().map(|cohort| cohort.form.seats).sum();
    (table.report, ready)
}

/// The row as the form a coordinator would have filled in.
fn form<'a>(cell: impl Fn(CohortColumn) -> &'a str, catalogue: &Catalogue, faults: &mut Vec<Fault>) -> CohortForm {
    let centre = cell(CohortColumn::Centre);
    let known = catalogue.centres.iter().find(|known| is_called(centre, &known.id, &known.name));
    // Its city says the same, where it is the only one there.
    let mut of_city = catalogue.centres.iter().filter(|known| is_called(centre, &known.id, &known.city));
    let known = known.or_else(|| of_city.next().filter(|_| of_city.next().is_none()));
    if centre.is_empty() {
        faults.push((CohortColumn::Centre, FaultCode::Required));
    }
    let seats = read(cell(CohortColumn::Seats), |cell| cell.parse().ok(), FaultCode::WrongType);
    let seats = keep(seats, CohortColumn::Seats, faults);
    let mut tracks = read_tracks(cell(CohortColumn::Tracks), &catalogue.tracks);
    if tracks.is_empty() {
        tracks = catalogue.tracks.iter().map(|track| track.id.clone()).collect();
    }
    let meetings = meetings(&cell, faults);
    let mut form = CohortForm {
        centre: known.map_or(centre, |known| &known.id).to_owned(),
        label: cell(CohortColumn::Label).to_owned(),
        slots: meetings.iter().map(|(_, slot)| *slot).collect(),
        tracks,
        seats: seats.unwrap_or_default(),
        trainers: Vec::new(),
    };
    for fault in check(&form, catalogue) {
        let column = column(&fault, &meetings);
        // What couldn't be read was named already.
        if faults.iter().all(|(known, _)| *known != column) {
            faults.push((column, fault.code));
        }
    }
    faults.sort_by_key(|(column, _)| *column);
    form.slots.sort_unstable();
    form
}

/// A meeting with the columns it was read from.
type Meeting = ([CohortColumn; 3], Slot);

fn meetings<'a>(cell: &impl Fn(CohortColumn) -> &'a str, faults: &mut Vec<Fault>) -> Vec<Meeting> {
    let mut meetings = Vec::new();
    for (place, columns) in MEETINGS.into_iter().enumerate() {
        if place > 0 && columns.iter().all(|column| cell(*column).is_empty()) {
            continue;
        }
        let [day, start, end] = columns;
        let weekday = keep(read(cell(day), read_weekday, FaultCode::UnknownChoice), day, faults);
        let starts = keep(read(cell(start), read_time, FaultCode::WrongType), start, faults);
        let ends = keep(read(cell(end), read_time, FaultCode::WrongType), end, faults);
        if let (Some(weekday), Some(start), Some(end)) = (weekday, starts, ends) {
            meetings.push((columns, Slot { weekday, start, end }));
        }
    }
    meetings
}

fn read<T>(cell: &str, read: impl Fn(&str) -> Option<T>, otherwise: FaultCode) -> Result<T, FaultCode> {
    if cell.is_empty() { Err(FaultCode::Required) } else { read(cell).ok_or(otherwise) }
}

fn keep<T>(read: Result<T, FaultCode>, column: CohortColumn, faults: &mut Vec<Fault>) -> Option<T> {
    read.map_err(|code| faults.push((column, code))).ok()
}

/// The column that is at fault when a field of the form is.
fn column(fault: &FieldFault, meetings: &[Meeting]) -> CohortColumn {
    let meeting = fault.field.strip_prefix("slots.").and_then(|place| meetings.get(place.parse::<usize>().ok()?));
    match (fault.field.as_str(), meeting) {
        (_, Some(([day, ..], _))) if fault.code == FaultCode::Clash => *day,
        (_, Some(([_, start, _], slot))) if !OPEN_MINUTES.contains(&slot.start) => *start,
        (_, Some(([.., end], _))) => *end,
        ("centre", _) => CohortColumn::Centre,
        ("label", _) => CohortColumn::Label,
        ("tracks", _) => CohortColumn::Tracks,
        ("seats", _) => CohortColumn::Seats,
        _ => CohortColumn::FirstDay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FaultCode::*;
    use crate::testing::{catalogue, staff_cohort};

    const HEADINGS: [&str; 10] = [
        "Центр",
        "Название группы",
        "Число мест",
        "Направления",
        "День 1",
        "Начало 1",
        "Окончание 1",
        "День 2",
        "Начало 2",
        "Окончание 2",
    ];

    const ROW: [&str; 10] = ["astana", "Утро 1", "20", "", "чт", "9:00", "11:00", "Вторник", "09:00", "11:00"];

    fn read(changes: &[(usize, usize, &str)], rows: usize) -> (ImportReport, Vec<ImportedCohort>) {
        let row = |number: usize, cells: [&str; 10]| SheetRow {
            number: number as u32,
            cells: cells.iter().map(|cell| (*cell).into()).collect(),
        };
        let mut sheet: Vec<SheetRow> = std::iter::once(row(1, HEADINGS)).chain((2..2 + rows).map(|n| row(n, ROW))).collect();
        for (number, place, text) in changes {
            sheet[*number - 1].cells[*place] = (*text).to_owned();
        }
        cohorts(&sheet, &catalogue(), &centres(&["astana", "almaty"]), &[labelled("Кеш")])
    }

    fn centres(ids: &[&str]) -> Vec<StaffCentre> {
        let centres = catalogue().centres.into_iter().filter(|centre| ids.contains(&centre.id.as_str()));
        centres.map(|centre| StaffCentre { centre, workstations: None }).collect()
    }

    fn labelled(label: &str) -> StaffCohort {
        StaffCohort { label: Some(label.into()), ..staff_cohort("astana-9") }
    }

    fn faults(changes: &[(usize, usize, &str)], rows: usize) -> Vec<(u32, String, FaultCode)> {
        read(changes, rows).0.faults.into_iter().map(|fault| (fault.row, fault.column, fault.code)).collect()
    }

    #[test]
    fn a_row_becomes_what_a_coordinator_would_have_sent() {
        let (report, ready) = read(&[], 1);
        assert!(report.is_clean(), "{report:?}");
        let slot = |weekday| Slot { weekday, start: 540, end: 660 };
        let form = CohortForm {
            centre: "astana".into(),
            label: "Утро 1".into(),
            seats: 20,
            tracks: vec!["music".into(), "robotics".into()],
            slots: vec![slot(2), slot(4)],
            trainers: Vec::new(),
        };
        assert_eq!(ready, [ImportedCohort { row: 2, form }]);
        assert_eq!(read(&[(2, 3, "robotics")], 1).1[0].form.tracks, ["robotics"]);
    }

    #[test]
    fn every_fault_names_its_cell() {
        let one = |place, text, column: &str, code| {
            assert_eq!(faults(&[(2, place, text)], 1), [(2, column.to_owned(), code)], "{text}");
        };
        one(0, "", "centre", Required);
        one(0, "oral", "centre", UnknownChoice);
        one(1, "Очень длинное название для одной небольшой группы", "label", TooLong);
        one(2, "", "seats", Required);
        one(2, "двадцать", "seats", WrongType);
        one(2, "20.5", "seats", WrongType);
        one(2, "1001", "seats", OutOfRange);
        one(3, "вязание", "tracks", UnknownChoice);
        one(4, "", "day_1", Required);
        one(4, "скоро", "day_1", UnknownChoice);
        one(5, "утром", "start_1", WrongType);
        one(5, "6:30", "start_1", OutOfRange);
        one(6, "9:00", "end_1", OutOfRange);
        one(6, "22:30", "end_1", OutOfRange);
        one(7, "", "day_2", Required);
        one(7, "четверг", "day_2", Clash);
        // The first meeting can't be read; the fault of the second is still told by its own column.
        assert_eq!(
            faults(&[(2, 5, "утром"), (2, 9, "8:00")], 1),
            [(2, "start_1".to_owned(), WrongType), (2, "end_2".to_owned(), OutOfRange)]
        );
    }

    #[test]
    fn two_cohorts_of_a_centre_have_two_labels() {
        assert_eq!(faults(&[(3, 1, "УТРО 1")], 2), [(3, "label".to_owned(), Taken)]);
        assert!(faults(&[(3, 0, "almaty")], 2).is_empty());
        assert!(faults(&[(2, 1, ""), (3, 1, "")], 2).is_empty());
        assert_eq!(faults(&[(2, 1, " КЕШ ")], 1), [(2, "label".to_owned(), Taken)]);
        assert!(faults(&[(2, 1, "Кеш"), (2, 0, "almaty")], 1).is_empty());
    }

    #[test]
    fn a_centre_out_of_reach_is_unknown() {
        let rows = [HEADINGS, ROW].map(|cells| cells.map(str::to_owned).to_vec());
        let rows: Vec<_> = (1..).zip(rows).map(|(number, cells)| SheetRow { number, cells }).collect();
        let (report, _) = cohorts(&rows, &catalogue(), &centres(&["almaty"]), &[]);
        assert_eq!(report.faults.len(), 1);
        assert_eq!((report.faults[0].column.as_str(), report.faults[0].code), ("centre", UnknownChoice));
    }

    #[test]
    fn a_file_has_as_many_cohorts_as_one_batch_takes() {
        assert_eq!(read(&[], COHORTS_MAX + 1).0.file, Some(FileFault::TooManyRows));
    }
}
