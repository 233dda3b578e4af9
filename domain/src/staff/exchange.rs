//! Files that leave the console and files that come in: what an export holds, and what an import must.
//!
//! Reading order: [`columns`] (what the columns of every file are called), [`wording`] (what stands in their cells), [`import`]
//! (from rows of texts to a report), [`students`] and [`cohorts`] (what a row of each kind must say); [`size`] (how long a file will
//! be, about).

pub mod cohorts;
pub mod columns;
pub mod import;
mod list;
pub mod size;
pub mod students;
pub mod wording;

use crate::catalogue::Intake;
use crate::date::{Date, Timestamp};
use crate::error::{FaultCode, FieldFault};
use crate::language::Language;
use crate::word::words;
use serde::{Deserialize, Serialize};

pub use import::{FileFault, ImportOutcome, ImportReport, RowFault, SheetRow};

words! {
    /// What an export is about.
    ExportKind {
        /// A row for each student and session; as XLSX with a sheet a cohort beside it, students down and dates across.
        Attendance = "attendance",
        /// A row for each registration, with the contacts of the family.
        Roster = "roster",
    }
}

words! {
    /// The form of a file.
    ExportFormat {
        /// Office Open XML, for Excel and LibreOffice.
        Xlsx = "xlsx",
        /// Semicolons, UTF-8 with a byte order mark: what a Russian Excel opens by itself.
        Csv = "csv",
    }
}

impl ExportFormat {
    /// What the file is declared as.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// The longest span of an export, in days: a school year, and a month at either end.
pub const EXPORT_DAYS_MAX: u64 = 430;

/// The most cohorts that an export names: an address has an end. More than that is a centre.
pub const EXPORT_COHORTS_MAX: usize = 60;

/// The query of `GET /api/staff/export`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportQuery {
    /// What it is about.
    pub kind: ExportKind,
    /// The form of the file.
    pub format: ExportFormat,
    /// Only this centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre: Option<String>,
    /// Only these cohorts, at most [`EXPORT_COHORTS_MAX`]: identifiers with commas between them. None names every one.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "list")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub cohorts: Vec<String>,
    /// The first day: of sessions, or on which a registration was in force.
    pub from: Date,
    /// The last day, at most [`EXPORT_DAYS_MAX`] later.
    pub to: Date,
    /// In which language headings and cells are written.
    pub language: Language,
}

impl ExportQuery {
    /// What is wrong with it; none when nothing is.
    pub fn fault(&self) -> Option<FieldFault> {
        let possible = self.from <= self.to && self.to <= self.from.plus_days(EXPORT_DAYS_MAX);
        let few = self.cohorts.len() <= EXPORT_COHORTS_MAX;
        let fault = |field: &str| FieldFault { field: field.to_owned(), code: FaultCode::OutOfRange };
        (!possible).then(|| fault("to")).or_else(|| (!few).then(|| fault("cohorts")))
    }

    /// What the file is called.
    pub fn file_name(&self) -> String {
        // Names of files go through headers and old disks.
        let plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let centre = self.centre.as_deref().filter(plain).map(|centre| format!("-{centre}")).unwrap_or_default();
        format!("tumo-{}{centre}-{}-{}.{}", self.kind.as_str(), self.from, self.to, self.format.as_str())
    }
}

words! {
    /// Which days a saved export is about, counted anew each time it is used.
    Period {
        /// The days that were saved.
        Fixed = "fixed",
        /// Monday to Sunday of the week before this one.
        LastWeek = "last_week",
        /// From the first of this month until today.
        ThisMonth = "this_month",
        /// The whole month before this one.
        LastMonth = "last_month",
        /// From the first session of the intake until today.
        Intake = "intake",
    }
}

impl Period {
    /// The first and the last day; none when they are those that were saved.
    pub fn days(self, today: Date, intake: &Intake) -> Option<(Date, Date)> {
        let month = Date::new(today.year(), today.month(), 1)?;
        match self {
            Self::Fixed => None,
            Self::LastWeek => {
                let sunday = earlier(today, i64::from(today.weekday()));
                Some((earlier(sunday, 6), sunday))
            }
            Self::ThisMonth => Some((month, today)),
            Self::LastMonth => {
                let last = earlier(month, 1);
                Some((Date::new(last.year(), last.month(), 1)?, last))
            }
            Self::Intake => Some((intake.first_session_on.min(today), today.min(intake.last_session_on))),
        }
    }
}

fn earlier(date: Date, days: i64) -> Date {
    Timestamp(Timestamp::of_local(date, 0).0 - days * 24 * 60 * 60 * 1000).local_date()
}

/// The longest name of a saved export, in characters.
pub const SAVED_NAME_MAX: usize = 60;

/// Body of `POST /api/staff/exports/saved` and of `PUT` to one of them: an export to be used again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedExportForm {
    /// What it is called; at most [`SAVED_NAME_MAX`] characters.
    pub name: String,
    /// Which days it is about.
    pub period: Period,
    /// The rest; its days count for [`Period::Fixed`] only.
    pub query: ExportQuery,
}

/// A saved export of the staff member who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedExport {
    /// Identifier.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Which days it is about.
    pub period: Period,
    /// The rest; its days count for [`Period::Fixed`] only.
    pub query: ExportQuery,
}

impl SavedExport {
    /// The export it stands for today.
    pub fn query_on(&self, today: Date, intake: &Intake) -> ExportQuery {
        let (from, to) = self.period.days(today, intake).unwrap_or((self.query.from, self.query.to));
        ExportQuery { from, to, ..self.query.clone() }
    }
}

words! {
    /// What an import is about.
    ImportKind {
        /// Cohorts with slots, seats and tracks.
        Cohorts = "cohorts",
        /// Students with a guardian, whose consent was given on paper.
        Students = "students",
    }
}

/// The query of `GET /api/staff/import/template`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateQuery {
    /// For which import.
    pub kind: ImportKind,
    /// The form of the file.
    pub format: ExportFormat,
    /// In which language headings and example are written.
    pub language: Language,
}

/// The query of `POST /api/staff/import`, whose body is the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportQuery {
    /// What it is about.
    pub kind: ImportKind,
    /// Only tell what would come of it.
    pub dry_run: bool,
    /// In which language letters to the families are written.
    pub language: Language,
    /// Whether whoever imports has the families' consents on paper; without them no student is taken in.
    #[serde(default)]
    pub consent_on_paper: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{catalogue, day};

    fn query(from: &str, to: &str) -> ExportQuery {
        ExportQuery {
            kind: ExportKind::Attendance,
            format: ExportFormat::Xlsx,
            centre: None,
            cohorts: Vec::new(),
            from: day(from),
            to: day(to),
            language: Language::Kazakh,
        }
    }

    #[test]
    fn a_span_has_a_direction_and_an_end() {
        assert_eq!(query("2026-09-01", "2026-09-01").fault(), None);
        assert_eq!(query("2026-09-01", "2027-06-30").fault(), None);
        for (from, to) in [("2026-09-02", "2026-09-01"), ("2026-09-01", "2028-01-01")] {
            assert_eq!(query(from, to).fault().map(|fault| fault.code), Some(FaultCode::OutOfRange));
        }
    }

    #[test]
    fn a_query_names_a_few_cohorts_or_none() {
        let query =
            |cohorts: usize| ExportQuery { cohorts: vec!["c".to_owned(); cohorts], ..query("2026-09-01", "2026-09-30") };
        assert_eq!(query(EXPORT_COHORTS_MAX).fault(), None);
        assert_eq!(query(EXPORT_COHORTS_MAX + 1).fault().map(|fault| fault.field), Some("cohorts".to_owned()));
    }

    #[test]
    fn a_file_is_named_by_what_is_in_it() {
        let query = query("2026-09-01", "2026-09-30");
        assert_eq!(query.file_name(), "tumo-attendance-2026-09-01-2026-09-30.xlsx");
        let (kind, format) = (ExportKind::Roster, ExportFormat::Csv);
        let of = |centre: &str| ExportQuery { kind, format, centre: Some(centre.to_owned()), ..query.clone() }.file_name();
        assert_eq!(of("astana"), "tumo-roster-astana-2026-09-01-2026-09-30.csv");
        assert_eq!(of("\"\r\n"), "tumo-roster-2026-09-01-2026-09-30.csv");
    }

    #[test]
    fn a_period_is_counted_from_today() {
        let intake = catalogue().intake;
        let days =
            |period: Period, today: &str| period.days(day(today), &intake).map(|(from, to)| (from.to_string(), to.to_string()));
        let span = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        assert_eq!(days(Period::Fixed, "2026-10-14"), None);
        // 14 October 2026 is a Wednesday, 18 October a Sunday: its own week is not over yet.
        assert_eq!(days(Period::LastWeek, "2026-10-14"), span("2026-10-05", "2026-10-11"));
        assert_eq!(days(Period::LastWeek, "2026-10-18"), span("2026-10-05", "2026-10-11"));
        assert_eq!(days(Period::LastWeek, "2026-10-19"), span("2026-10-12", "2026-10-18"));
        assert_eq!(days(Period::ThisMonth, "2026-10-14"), span("2026-10-01", "2026-10-14"));
        assert_eq!(days(Period::LastMonth, "2027-01-14"), span("2026-12-01", "2026-12-31"));
        assert_eq!(days(Period::LastMonth, "2028-03-31"), span("2028-02-01", "2028-02-29"));
        assert_eq!(days(Period::Intake, "2026-10-14"), span("2026-09-01", "2026-10-14"));
        assert_eq!(days(Period::Intake, "2027-08-01"), span("2026-09-01", "2027-05-25"));
        assert_eq!(days(Period::Intake, "2026-08-01"), span("2026-08-01", "2026-08-01"));
    }

    #[test]
    fn a_saved_export_keeps_its_own_days_only_when_they_are_fixed() {
        let saved =
            |period| SavedExport { id: "1".into(), name: "есеп".into(), period, query: query("2026-09-01", "2026-09-30") };
        let today = day("2026-12-05");
        let intake = catalogue().intake;
        assert_eq!(saved(Period::Fixed).query_on(today, &intake), query("2026-09-01", "2026-09-30"));
        assert_eq!(saved(Period::LastMonth).query_on(today, &intake), query("2026-11-01", "2026-11-30"));
    }
}
