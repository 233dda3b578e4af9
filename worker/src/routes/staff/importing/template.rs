//! Files to be filled in: the headings in the reader's language, and a row that shows how.

use crate::sheet::csv::CsvFile;
use crate::sheet::workbook::{Sheet, Workbook};
use crate::sheet::{Cell, Column};
use domain::application::Relation;
use domain::date::{Date, Timestamp};
use domain::language::Language;
use domain::staff::cohort::{StaffCohort, StaffCohorts};
use domain::staff::exchange::columns::{CohortColumn, StudentColumn};
use domain::staff::exchange::{ExportFormat, ImportKind, TemplateQuery, wording};

/// How wide each column is, in characters.
const WIDTH: u8 = 22;

/// A person nobody is: given name and patronymic of a student and of a mother, and the mother's surname.
const fn people(language: Language) -> [&'static str; 5] {
    match language {
        Language::Kazakh => ["Айдана", "Серікқызы", "Ахметова", "Гүлнар", "Маратқызы"],
        Language::Russian => ["Айдана", "Сериковна", "Ахметова", "Гульнар", "Маратовна"],
        Language::English => ["Aidana", "", "Akhmetova", "Gulnar", ""],
    }
}

/// The file.
pub fn file(query: TemplateQuery, here: &StaffCohorts, now: Timestamp) -> Vec<u8> {
    let TemplateQuery { kind, format, language } = query;
    match kind {
        ImportKind::Cohorts => {
            let centre = here.centres.first().map_or("", |one| one.centre.name.get(language));
            let tracks = tracks(here, here.tracks.iter().map(|track| track.id.as_str()), language);
            let row = CohortColumn::ALL.iter().map(|column| cohort_cell(*column, centre, &tracks, language));
            written(format, sheet(kind, language, CohortColumn::ALL.iter().map(|column| column.heading(language))), row, now)
        }
        ImportKind::Students => {
            let cohort = here.cohorts.first();
            let name = cohort.map(|cohort| name(cohort, &here.cohorts, language)).unwrap_or_default();
            let offered = cohort.map_or(&[][..], |cohort| &cohort.tracks);
            let tracks = tracks(here, offered.iter().map(String::as_str), language);
            let row = StudentColumn::ALL.iter().map(|column| student_cell(*column, &name, &tracks, language));
            written(format, sheet(kind, language, StudentColumn::ALL.iter().map(|column| column.heading(language))), row, now)
        }
    }
}

/// By what a file can name a cohort: as people do, unless others are called the same.
fn name(cohort: &StaffCohort, all: &[StaffCohort], language: Language) -> String {
    let name = wording::cohort(cohort.label.as_deref(), &cohort.slots, language);
    if wording::read_cohort(&name, all).is_some() { name } else { cohort.id.clone() }
}

/// The first two of these tracks.
fn tracks<'a>(here: &StaffCohorts, ids: impl Iterator<Item = &'a str>, language: Language) -> String {
    let known = ids.filter_map(|id| here.tracks.iter().find(|track| track.id == id));
    known.take(2).map(|track| track.name.get(language)).collect::<Vec<_>>().join(", ")
}

fn cohort_cell<'a>(column: CohortColumn, centre: &'a str, tracks: &'a str, language: Language) -> Cell<'a> {
    match column {
        CohortColumn::Centre => Cell::Text(centre),
        CohortColumn::Label => Cell::Text(wording::example(language)),
        CohortColumn::Seats => Cell::Integer(20),
        CohortColumn::Tracks => Cell::Text(tracks),
        CohortColumn::FirstDay => Cell::Text(wording::weekday(2, language)),
        CohortColumn::SecondDay => Cell::Text(wording::weekday(4, language)),
        CohortColumn::FirstStart | CohortColumn::SecondStart => Cell::Time(15 * 60),
        CohortColumn::FirstEnd | CohortColumn::SecondEnd => Cell::Time(17 * 60),
        CohortColumn::ThirdDay | CohortColumn::ThirdStart | CohortColumn::ThirdEnd => Cell::Empty,
    }
}

fn student_cell<'a>(column: StudentColumn, cohort: &'a str, tracks: &'a str, language: Language) -> Cell<'a> {
    let [given_name, patronymic, guardian_surname, guardian_given_name, guardian_patronymic] = people(language);
    match column {
        StudentColumn::Cohort => Cell::Text(cohort),
        StudentColumn::Surname => Cell::Text(wording::example(language)),
        StudentColumn::GivenName => Cell::Text(given_name),
        StudentColumn::Patronymic => Cell::Text(patronymic),
        StudentColumn::BornOn => Date::new(2012, 5, 14).map_or(Cell::Empty, Cell::Date),
        StudentColumn::School => Cell::Text("№ 7"),
        StudentColumn::Grade => Cell::Text("8 Б"),
        StudentColumn::Tracks => Cell::Text(tracks),
        StudentColumn::GuardianSurname => Cell::Text(guardian_surname),
        StudentColumn::GuardianGivenName => Cell::Text(guardian_given_name),
        StudentColumn::GuardianPatronymic => Cell::Text(guardian_patronymic),
        StudentColumn::Relation => Cell::Text(wording::relation(Relation::Mother, language)),
        StudentColumn::Phone => Cell::Phone("+77011234567"),
        StudentColumn::Email => Cell::Text("gulnar@example.kz"),
    }
}

fn sheet<'a>(kind: ImportKind, language: Language, headings: impl Iterator<Item = &'a str>) -> Sheet {
    let columns = headings.map(|heading| Column { heading: heading.to_owned(), width: WIDTH }).collect();
    Sheet { name: wording::import(kind, language).to_owned(), columns, frozen_columns: 0 }
}

fn written<'a>(format: ExportFormat, sheet: Sheet, row: impl Iterator<Item = Cell<'a>>, now: Timestamp) -> Vec<u8> {
    match format {
        ExportFormat::Csv => {
            let mut file = CsvFile::new(&sheet.columns);
            file.row(row);
            file.take()
        }
        ExportFormat::Xlsx => {
            let title = sheet.name.clone();
            let mut workbook = Workbook::new(&title, now, sheet);
            workbook.row(row);
            workbook.finish()
        }
    }
}
