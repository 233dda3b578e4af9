//! Students from a file: each row is checked as if the family had filled in the form, by the same rules.

use super::columns::StudentColumn;
use super::import::{ImportReport, SheetRow, Table};
use super::wording::{read_cohort, read_relation, read_tracks};
use crate::application::{Application, ApplicationForm, ConsentForm, DateForm, FilledBy, GuardianForm, StudentForm, check};
use crate::catalogue::Catalogue;
use crate::date::{Date, Timestamp};
use crate::error::FaultCode;
use crate::field::Field;
use crate::language::Language;
use crate::staff::cohort::StaffCohort;
use std::collections::HashSet;

/// Columns without which no student can be registered.
const REQUIRED: [StudentColumn; 9] = [
    StudentColumn::Cohort,
    StudentColumn::Surname,
    StudentColumn::GivenName,
    StudentColumn::BornOn,
    StudentColumn::Tracks,
    StudentColumn::GuardianSurname,
    StudentColumn::GuardianGivenName,
    StudentColumn::Relation,
    StudentColumn::Phone,
];

/// A student who can be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedStudent {
    /// Number of the row in the file.
    pub row: u32,
    /// What the family would have sent.
    pub application: Application,
}

/// Reads students from the rows of a file, headings first. Whoever imports answers for it that the required consents were given
/// on paper; nothing else was consented to. `language` is that of the letters. Students can come to `cohorts` only, closed or not.
///
/// What only the store knows (who is registered already) is not checked here.
pub fn students(
    rows: &[SheetRow],
    catalogue: &Catalogue,
    cohorts: &[StaffCohort],
    language: Language,
    now: Timestamp,
) -> (ImportReport, Vec<ImportedStudent>) {
    let mut table = match Table::read(rows, &REQUIRED) {
        Ok(table) => table,
        Err(report) => return (report, Vec::new()),
    };
    let mut catalogue = catalogue.for_staff();
    catalogue.cohorts.retain(|known| cohorts.iter().any(|cohort| cohort.id == known.id));
    let mut ready = Vec::new();
    let mut known: HashSet<(String, String, Date)> = HashSet::new();
    for row in table.rows() {
        let form = form(|column| table.cell(row, column), &catalogue, cohorts, language);
        let faults = match check(&form, &catalogue, now) {
            Err(faults) => faults.into_iter().map(|fault| (column(fault.field), fault.code)).collect(),
            Ok(application) if !application.students.iter().all(|applicant| known.insert(identity(applicant))) => {
                vec![(StudentColumn::GivenName, FaultCode::SameStudent)]
            }
            Ok(application) => {
                ready.push(ImportedStudent { row: row.number, application });
                Vec::new()
            }
        };
        table.note(row, faults);
    }
    (table.report, ready)
}

/// By what the same child is recognised in two rows.
fn identity(applicant: &crate::application::Applicant) -> (String, String, Date) {
    let student = &applicant.student;
    (student.name.surname.folded(), student.name.given_name.folded(), student.born_on)
}

/// The row as the form the family would have filled in.
fn form<'a>(
    cell: impl Fn(StudentColumn) -> &'a str,
    catalogue: &Catalogue,
    cohorts: &[StaffCohort],
    language: Language,
) -> ApplicationForm {
    let text = |column| cell(column).to_owned();
    let cohort = text(StudentColumn::Cohort);
    let known = read_cohort(&cohort, cohorts).map(|known| known.id.clone());
    let relation = text(StudentColumn::Relation);
    ApplicationForm {
        language: language.as_str().to_owned(),
        filled_by: FilledBy::Guardian.as_str().to_owned(),
        tracks: read_tracks(cell(StudentColumn::Tracks), &catalogue.tracks),
        cohort: known.unwrap_or(cohort),
        student: StudentForm {
            born_on: date(cell(StudentColumn::BornOn)),
            surname: text(StudentColumn::Surname),
            given_name: text(StudentColumn::GivenName),
            patronymic: text(StudentColumn::Patronymic),
            school: text(StudentColumn::School),
            grade: text(StudentColumn::Grade),
            iin: String::new(),
        },
        guardian: GuardianForm {
            surname: text(StudentColumn::GuardianSurname),
            given_name: text(StudentColumn::GuardianGivenName),
            patronymic: text(StudentColumn::GuardianPatronymic),
            relation: read_relation(&relation).map_or(relation, |relation| relation.as_str().to_owned()),
            phone: text(StudentColumn::Phone),
            email: text(StudentColumn::Email),
        },
        consent: ConsentForm {
            version: catalogue.consent.version.clone(),
            purposes: catalogue.consent.purposes.iter().filter(|p| p.required).map(|p| p.id.clone()).collect(),
            student_accepts: true,
        },
        ..ApplicationForm::default()
    }
}

/// A day as people write it: `2011-09-01`, or day, month and year with points or slashes between them.
fn date(cell: &str) -> DateForm {
    let mut parts = cell.split(['.', '/', '-']).map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    let (first, month, last) = (next(), next(), next());
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    // Two digits of a year could be anybody's century, and a rest is no day.
    let whole = cell.is_empty() || year.len() == 4 && parts.next().is_none();
    DateForm { day, month, year: if whole { year } else { "?".to_owned() } }
}

/// The column that gives an answer.
const fn column(field: Field) -> StudentColumn {
    match field {
        Field::BornOn => StudentColumn::BornOn,
        Field::Tracks => StudentColumn::Tracks,
        Field::StudentSurname => StudentColumn::Surname,
        Field::StudentPatronymic => StudentColumn::Patronymic,
        Field::School => StudentColumn::School,
        Field::Grade => StudentColumn::Grade,
        Field::GuardianSurname => StudentColumn::GuardianSurname,
        Field::GuardianGivenName => StudentColumn::GuardianGivenName,
        Field::GuardianPatronymic => StudentColumn::GuardianPatronymic,
        Field::GuardianRelation => StudentColumn::Relation,
        Field::GuardianPhone => StudentColumn::Phone,
        Field::GuardianEmail => StudentColumn::Email,
        Field::Cohort | Field::Centre => StudentColumn::Cohort,
        // A file has no column for the rest, and the form made of it no fault there.
        Field::StudentGivenName
        | Field::Language
        | Field::FilledBy
        | Field::Iin
        | Field::Siblings
        | Field::SecondSurname
        | Field::SecondGivenName
        | Field::SecondPatronymic
        | Field::SecondRelation
        | Field::SecondPhone
        | Field::SecondEmail
        | Field::ConsentVersion
        | Field::ConsentPurposes
        | Field::Acceptance => StudentColumn::GivenName,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FaultCode::*;
    use crate::testing::{catalogue, now, staff_cohort};

    const HEADINGS: [&str; 14] = [
        "Топ",
        "Тегі",
        "Аты",
        "Әкесінің аты",
        "Туған күні",
        "Мектебі",
        "Сыныбы",
        "Бағыттары",
        "Өкілінің тегі",
        "Өкілінің аты",
        "Өкілінің әкесінің аты",
        "Оқушыға кім болады",
        "Телефоны",
        "Электрондық поштасы",
    ];

    const ROW: [&str; 14] = [
        "astana-1",
        "Қуанышева",
        "Әйгерім",
        "",
        "01.09.2011",
        "№ 7 мектеп",
        "9 Б",
        "Music, robotics",
        "Қуанышев",
        "Нұрлан",
        "",
        "әкесі",
        "87011234567",
        "",
    ];

    /// The file with this row changed in one place.
    fn read(changes: &[(usize, usize, &str)], rows: usize) -> (ImportReport, Vec<ImportedStudent>) {
        let row =
            |number: u32, cells: [&str; 14]| SheetRow { number, cells: cells.iter().map(|cell| (*cell).into()).collect() };
        let mut sheet = vec![row(1, HEADINGS)];
        for number in 2..2 + rows {
            sheet.push(row(number as u32, ROW));
        }
        for (number, place, text) in changes {
            sheet[*number - 1].cells[*place] = (*text).to_owned();
        }
        let lab = StaffCohort { label: Some("Зертхана".into()), closed: true, ..staff_cohort("almaty-lab") };
        students(&sheet, &catalogue(), &[staff_cohort("astana-1"), lab], Language::Russian, now())
    }

    fn faults(report: &ImportReport) -> Vec<(u32, &str, FaultCode)> {
        report.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.code)).collect()
    }

    #[test]
    fn a_row_becomes_what_the_family_would_have_sent() {
        let (report, ready) = read(&[], 1);
        assert!(report.is_clean(), "{report:?}");
        let application = &ready[0].application;
        let student = &application.students[0];
        assert_eq!((ready[0].row, student.cohort.as_str(), student.accepts), (2, "astana-1", true));
        assert_eq!(student.tracks, ["music", "robotics"]);
        assert_eq!(student.student.born_on.to_string(), "2011-09-01");
        assert_eq!(application.guardians[0].phone.e164(), "+77011234567");
        assert_eq!(application.consent.purposes, ["enrolment"]);
        assert_eq!(application.language, Language::Russian);
    }

    #[test]
    fn a_cohort_is_known_by_its_label_too() {
        let (report, ready) = read(&[(2, 0, "Зертхана"), (2, 7, "robotics")], 1);
        assert!(report.is_clean(), "{report:?}");
        assert_eq!(ready[0].application.students[0].cohort, "almaty-lab");
    }

    #[test]
    fn a_cohort_out_of_reach_is_unknown() {
        let rows = [HEADINGS, ROW].map(|cells| cells.map(str::to_owned).to_vec());
        let rows: Vec<_> = (1..).zip(rows).map(|(number, cells)| SheetRow { number, cells }).collect();
        let (report, _) = students(&rows, &catalogue(), &[staff_cohort("almaty-lab")], Language::Russian, now());
        assert_eq!(faults(&report), [(2, "cohort", UnknownCohort)]);
    }

    #[test]
    fn days_as_people_write_them() {
        for written in ["2011-09-01", "1.9.2011", "01/09/2011", "01-09-2011", " 1 . 9 . 2011"] {
            let (report, ready) = read(&[(2, 4, written)], 1);
            assert!(report.is_clean(), "{written}: {report:?}");
            assert_eq!(ready[0].application.students[0].student.born_on.to_string(), "2011-09-01");
        }
        for (written, code) in [
            ("", Required),
            ("01.09.11", NotADate),
            ("2011", NotADate),
            ("31.02.2011", NotADate),
            ("01.09.2011.", NotADate),
            ("40787", NotADate),
        ] {
            assert_eq!(faults(&read(&[(2, 4, written)], 1).0), [(2, "born_on", code)], "{written}");
        }
    }

    #[test]
    fn every_faulty_row_is_listed_with_its_cell() {
        let names = [(2, 2, "Аян"), (3, 2, "Дана"), (4, 2, "Ерлан"), (5, 2, "Сара")];
        let wrong = [(2, 4, "01.01.2019"), (3, 0, "astana-9"), (4, 12, "123"), (4, 7, "вязание"), (5, 11, "сосед")];
        let (report, ready) = read(&[&names[..], &wrong[..]].concat(), 5);
        let expected = [
            (2, "born_on", TooYoung),
            (3, "cohort", UnknownCohort),
            (4, "tracks", UnknownChoice),
            (4, "phone", PhoneLength),
            (5, "relation", UnknownChoice),
        ];
        assert_eq!(faults(&report), expected);
        assert_eq!((report.rows, report.ready, ready.len()), (5, 1, 1));
    }

    #[test]
    fn the_same_student_twice_is_noticed_however_spelt() {
        let (report, ready) = read(&[(3, 1, "куанышева"), (3, 12, "87017654321")], 2);
        assert_eq!(faults(&report), [(3, "given_name", SameStudent)]);
        assert_eq!(ready.len(), 1);
    }

    #[test]
    fn nobody_under_age_registers_alone() {
        assert_eq!(faults(&read(&[(2, 11, "сам ученик")], 1).0), [(2, "relation", UnderAge)]);
    }

    #[test]
    fn empty_cells_of_what_is_needed_are_named() {
        let emptied: Vec<_> = (0..14).map(|place| (2, place, "")).collect();
        let (report, _) = read(&emptied, 1);
        let mut columns: Vec<_> = faults(&report).into_iter().map(|(_, column, code)| (column, code)).collect();
        columns.sort_unstable();
        let mut expected: Vec<_> = REQUIRED.iter().map(|column| (column.as_str(), Required)).collect();
        expected.sort_unstable();
        assert_eq!(columns, expected);
    }
}
