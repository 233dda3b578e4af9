//! Files of cohorts and students, as staff make them, and what was answered to them.

use domain::application::ApplicationForm;
use domain::error::FaultCode;
use domain::staff::exchange::ImportReport;

use crate::api::{Answer, Request};
use crate::personal;
use crate::staff::Staff;

/// The headings of a file of students, in Russian.
pub const STUDENT_HEADINGS: [&str; 14] = [
    "Группа",
    "Фамилия",
    "Имя",
    "Отчество",
    "Дата рождения",
    "Школа",
    "Класс",
    "Направления",
    "Фамилия представителя",
    "Имя представителя",
    "Отчество представителя",
    "Кем приходится ученику",
    "Телефон",
    "Электронная почта",
];

/// The headings of a file of cohorts, in Kazakh.
pub const COHORT_HEADINGS: [&str; 7] =
    ["Орталық", "Топ атауы", "Орын саны", "Бағыттары", "1-күн", "1-күннің басталуы", "1-күннің аяқталуы"];

/// A row of a file.
pub type Row = Vec<String>;

/// The row that says what an application says.
pub fn student(form: &ApplicationForm) -> Row {
    personal::note(form);
    let born = &form.student.born_on;
    let (student, guardian) = (&form.student, &form.guardian);
    [
        &form.cohort,
        &student.surname,
        &student.given_name,
        &student.patronymic,
        &format!("{}.{}.{}", born.day, born.month, born.year),
        &student.school,
        &student.grade,
        &form.tracks.join(", "),
        &guardian.surname,
        &guardian.given_name,
        &guardian.patronymic,
        &guardian.relation,
        &guardian.phone,
        &guardian.email,
    ]
    .map(ToString::to_string)
    .to_vec()
}

/// A file as a Russian Excel saves it as “CSV UTF-8”: byte order mark, semicolons, CRLF.
pub fn csv(headings: &[&str], rows: &[Row]) -> String {
    let headings = headings.iter().map(ToString::to_string).collect();
    let lines = std::iter::once(&headings)
        .chain(rows)
        .map(|row: &Row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(";"));
    format!("\u{feff}{}\r\n", lines.collect::<Vec<_>>().join("\r\n"))
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// A dry run of this file.
pub fn tried(staff: &Staff, kind: &str, file: impl Into<Vec<u8>>) -> Request {
    staff.post(&format!("/api/staff/import?kind={kind}&dry_run=true&language=kk")).file(file)
}

/// The import of this file with this key; consents are there on paper.
pub fn sent(staff: &Staff, kind: &str, key: &str, file: impl Into<Vec<u8>>) -> Request {
    let path = format!("/api/staff/import?kind={kind}&dry_run=false&language=kk&consent_on_paper=true");
    staff.post(&path).key(key).file(file)
}

/// The report; its faults as they are compared.
pub fn report(answer: &Answer) -> (ImportReport, Vec<(u32, String, FaultCode)>) {
    let report: ImportReport = answer.json();
    let faults = report.faults.iter().map(|fault| (fault.row, fault.column.clone(), fault.code)).collect();
    (report, faults)
}
