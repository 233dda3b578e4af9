//! What is wrong with a file or a cell of it, in words that help whoever has the file open beside.

use crate::fault_text;
use crate::text::{Text, fill, language, t};
use domain::error::FaultCode;
use domain::staff::cohort::SEATS_MAX;
use domain::staff::exchange::columns::{CohortColumn, StudentColumn};
use domain::staff::exchange::import::{COHORTS_MAX, FILE_MAX, ROWS_MAX};
use domain::staff::exchange::{FileFault, ImportKind, RowFault};

/// Why a file can't be read.
pub fn file(fault: FileFault) -> String {
    let text = match fault {
        FileFault::TooLarge => Text::ImportFileTooLarge,
        FileFault::NotASheet => Text::ImportFileNotASheet,
        FileFault::OldOrProtected => Text::ImportFileOldOrProtected,
        FileFault::Broken => Text::ImportFileBroken,
        FileFault::Overblown => Text::ImportFileOverblown,
        FileFault::TooManyRows => Text::ImportFileTooManyRows,
        FileFault::TooManyColumns => Text::ImportFileTooManyColumns,
        FileFault::Empty => Text::ImportFileEmpty,
    };
    let (size, rows, cohorts) = (FILE_MAX / 1_000_000, ROWS_MAX - 1, COHORTS_MAX);
    let numbers = [size, rows, cohorts].map(|number| app::format::number(u32::try_from(number).unwrap_or(u32::MAX)));
    let [size, rows, cohorts] = &numbers;
    fill(t(text), &[("size", size), ("rows", rows), ("cohorts", cohorts)])
}

/// What a column is called in a file of this language.
pub fn column(kind: ImportKind, word: &str) -> &'static str {
    let heading = match kind {
        ImportKind::Cohorts => CohortColumn::parse(word).map(|column| column.heading(language())),
        ImportKind::Students => StudentColumn::parse(word).map(|column| column.heading(language())),
    };
    heading.unwrap_or_default()
}

/// What is wrong with a cell.
pub fn cell(kind: ImportKind, fault: &RowFault) -> String {
    let text = match (fault.code, fault.column.as_str(), kind) {
        (FaultCode::Required, ..) => Text::ImportCellEmpty,
        (FaultCode::Taken, _, ImportKind::Students) => Text::ImportRegistered,
        (FaultCode::Taken, _, ImportKind::Cohorts) => Text::ImportLabelTaken,
        (FaultCode::UnknownCohort, ..) => Text::ImportUnknownCohort,
        (FaultCode::SameStudent, ..) => Text::ImportSameStudent,
        (FaultCode::NotADate, ..) => Text::ImportNotADate,
        (FaultCode::UnknownChoice, "centre", _) => Text::ImportUnknownCentre,
        (FaultCode::UnknownChoice, "tracks", _) => Text::ImportUnknownTrack,
        (FaultCode::UnknownChoice, "relation", _) => Text::ImportUnknownRelation,
        (FaultCode::UnknownChoice, "day_1" | "day_2" | "day_3", _) => Text::ImportUnknownDay,
        (FaultCode::WrongType | FaultCode::OutOfRange, "seats", _) => Text::ImportSeats,
        (FaultCode::WrongType, ..) => Text::ImportTime,
        (FaultCode::OutOfRange, ..) => Text::ImportHours,
        (code, ..) => return fault_text::fault(code),
    };
    fill(t(text), &[("seats", &SEATS_MAX.to_string())])
}
