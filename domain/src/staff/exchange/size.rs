//! How long a file will be, about: from what the console knows of the cohorts before anything is read.

use super::{ExportFormat, ExportKind, ExportQuery};
use crate::date::Date;
use crate::schedule::sessions;
use crate::staff::cohort::{StaffCohort, StaffCohorts};

/// The most rows of a sheet, headings included: Excel's limit. A workbook goes on in another sheet; a CSV file can't, and Excel
/// leaves out what is beyond.
pub const SHEET_ROWS_MAX: u32 = 1_048_576;

impl ExportQuery {
    /// The cohorts it is about, of those within reach.
    pub fn cohorts_of<'a>(&'a self, all: &'a StaffCohorts) -> impl Iterator<Item = &'a StaffCohort> {
        let wanted = |cohort: &&StaffCohort| {
            self.centre.as_ref().is_none_or(|centre| *centre == cohort.centre)
                && (self.cohorts.is_empty() || self.cohorts.contains(&cohort.id))
        };
        all.cohorts.iter().filter(wanted)
    }

    /// How many rows it has, about: as if every student of today had been there from the beginning, and no session were called off.
    pub fn rows_about(&self, all: &StaffCohorts) -> u32 {
        let first = self.from.max(all.intake.first_session_on);
        let last = self.to.min(all.intake.last_session_on).min(all.at.local_date());
        let rows = |cohort: &StaffCohort| match self.kind {
            ExportKind::Attendance => cohort.enrolled.saturating_mul(held(cohort, first, last)),
            ExportKind::Roster => cohort.enrolled + cohort.offered + cohort.waiting,
        };
        self.cohorts_of(all).map(rows).fold(0, u32::saturating_add)
    }

    /// How many bytes a file of so many rows has, about: what the files of the demo's story have, registers included.
    pub const fn bytes_about(&self, rows: u32) -> u64 {
        let (frame, of_a_row) = match (self.kind, self.format) {
            (ExportKind::Attendance, ExportFormat::Xlsx) => (5_000, 95),
            (ExportKind::Attendance, ExportFormat::Csv) => (500, 270),
            (ExportKind::Roster, ExportFormat::Xlsx) => (5_000, 155),
            (ExportKind::Roster, ExportFormat::Csv) => (500, 365),
        };
        frame + rows as u64 * of_a_row
    }

    /// Whether it has more rows than its form can hold in the eyes of Excel.
    pub fn is_too_long(&self, rows: u32) -> bool {
        self.format == ExportFormat::Csv && rows >= SHEET_ROWS_MAX
    }
}

fn held(cohort: &StaffCohort, first: Date, last: Date) -> u32 {
    u32::try_from(sessions(&cohort.slots, first, last).len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Timestamp;
    use crate::language::Language;
    use crate::staff::cohort::MarkCounts;
    use crate::testing::{catalogue, day};

    /// Two cohorts with sessions on Tuesdays and Thursdays, one at each centre, on Friday 18 September 2026.
    fn all() -> StaffCohorts {
        let catalogue = catalogue();
        let cohort = |(place, cohort): (usize, &crate::catalogue::Cohort)| StaffCohort {
            id: cohort.id.clone(),
            centre: cohort.centre.clone(),
            label: None,
            slots: cohort.slots.clone(),
            tracks: cohort.tracks.clone(),
            seats: 100,
            enrolled: 10 * (u32::try_from(place).unwrap_or(0) + 1),
            offered: 1,
            waiting: 2,
            closed: false,
            trainers: Vec::new(),
            marks: MarkCounts::default(),
            version: 1,
        };
        StaffCohorts {
            at: Timestamp::of_local(day("2026-09-18"), 600),
            cohorts: catalogue.cohorts.iter().enumerate().map(cohort).collect(),
            intake: catalogue.intake,
            centres: Vec::new(),
            tracks: Vec::new(),
            trainers: Vec::new(),
        }
    }

    fn query(kind: ExportKind, from: &str, to: &str) -> ExportQuery {
        let (from, to) = (day(from), day(to));
        let format = ExportFormat::Csv;
        ExportQuery { kind, format, centre: None, cohorts: Vec::new(), from, to, language: Language::Kazakh }
    }

    #[test]
    fn a_row_is_a_student_in_a_session_that_has_come() {
        let all = all();
        let attendance = |from: &str, to: &str| query(ExportKind::Attendance, from, to).rows_about(&all);
        // The first of September is a Tuesday.
        assert_eq!(attendance("2026-08-01", "2026-09-03"), 2 * (10 + 20));
        assert_eq!(attendance("2026-09-14", "2026-12-31"), 2 * (10 + 20), "nothing of the future");
        assert_eq!(attendance("2026-07-01", "2026-08-31"), 0);
    }

    #[test]
    fn a_choice_narrows_it() {
        let all = all();
        let whole = query(ExportKind::Roster, "2026-09-01", "2026-09-30");
        assert_eq!(whole.rows_about(&all), 13 + 23);
        let almaty = ExportQuery { centre: Some("almaty".into()), ..whole.clone() };
        assert_eq!(almaty.rows_about(&all), 23);
        let one = ExportQuery { cohorts: vec!["astana-1".into()], ..whole };
        assert_eq!(one.rows_about(&all), 13);
        assert_eq!(ExportQuery { cohorts: one.cohorts, ..almaty }.rows_about(&all), 0);
    }

    #[test]
    fn only_a_text_can_be_too_long() {
        let text = query(ExportKind::Attendance, "2026-09-01", "2026-09-30");
        assert!(!text.is_too_long(SHEET_ROWS_MAX - 1) && text.is_too_long(SHEET_ROWS_MAX));
        assert!(!ExportQuery { format: ExportFormat::Xlsx, ..text }.is_too_long(SHEET_ROWS_MAX));
    }
}
