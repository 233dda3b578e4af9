//! What was found in a file: every fault, or what would come of it and the way to do it.

use super::{Import, fault, run};
use crate::components::choose::focus_soon;
use crate::components::table::Table;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, form, plural, t};
use app::el::{El, div, el, p};
use domain::error::FaultCode;
use domain::staff::exchange::{ImportKind, ImportOutcome, ImportReport, RowFault};

/// The heading of what was found.
const HEADING: &str = "import-found";

/// Leads to what was found.
pub fn lead_there() {
    focus_soon(HEADING.to_owned());
}

/// A part of the page under a heading that can be led to.
pub fn part(title: &str, content: Vec<El>) -> El {
    let title = el("h2").id(HEADING).attr("tabindex", "-1").text(title);
    el("section").class("part import-part").attr("aria-labelledby", HEADING).child(title).all(content)
}

/// What a dry run has found.
pub fn view(import: Import, report: &ImportReport) -> Vec<El> {
    let rows = p(&plural(Text::ImportRows, report.rows));
    if !report.faults.is_empty() {
        let (columns, cells): (Vec<RowFault>, Vec<RowFault>) =
            report.faults.iter().cloned().partition(|fault| fault.row == report.headings);
        let said = if columns.is_empty() {
            vec![p(&plural(Text::ImportFaulty, report.rows - report.ready))]
        } else {
            [p(t(Text::ImportWrongColumns))].into_iter().chain(wrong_columns(import.kind(), &columns)).collect()
        };
        let summary = div("state state--failed").all(said).child(p(t(Text::ImportFix)));
        let cells = (!cells.is_empty()).then(|| faults(import, cells));
        let content = [summary].into_iter().chain(ignored(report)).chain(cells);
        return vec![part(t(Text::ImportFaultsTitle), content.collect())];
    }
    let content = [rows, would(import.kind(), report)].into_iter().chain(ignored(report));
    let content = content.chain(outcomes(import, report, false)).chain([run::confirm(import, report)]);
    vec![part(t(Text::ImportClean), content.collect())]
}

fn would(kind: ImportKind, report: &ImportReport) -> El {
    match kind {
        ImportKind::Cohorts => p(&of_cohorts(Text::ImportWouldMake, report)),
        ImportKind::Students => {
            let (enrolled, waiting) = sums(report);
            let wait = (waiting > 0).then(|| plural(Text::ImportWouldWait, waiting));
            p(&[Some(plural(Text::ImportWouldEnrol, enrolled)), wait].into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
    }
}

/// A sentence about so many cohorts with so many seats.
pub fn of_cohorts(text: Text, report: &ImportReport) -> String {
    let [rows, seats] = [report.rows, report.seats].map(app::format::number);
    fill(form(t(text), report.rows), &[("n", &rows), ("seats", &seats)])
}

/// How many have a seat and how many wait.
pub fn sums(report: &ImportReport) -> (u32, u32) {
    let sum = |of: fn(&ImportOutcome) -> u32| report.outcomes.iter().map(of).sum();
    (sum(|outcome| outcome.enrolled), sum(|outcome| outcome.waiting))
}

/// Columns that were not read.
fn ignored(report: &ImportReport) -> Option<El> {
    let columns = report.ignored.join(", ");
    (!columns.is_empty()).then(|| div("note").child(p(&fill(t(Text::ImportIgnored), &[("columns", &columns)]))))
}

/// The cohort; its centre is that of the catalogue.
fn outcome_name(session: Session, one: &ImportOutcome) -> String {
    let centre = session.in_catalogue(|catalogue| Some(catalogue.cohort(&one.cohort)?.centre.clone()));
    session.cohort(&one.cohort, one.label.as_deref(), &centre.unwrap_or_default(), &one.slots).line()
}

/// What comes of the students, cohort by cohort.
pub fn outcomes(import: Import, report: &ImportReport, done: bool) -> Option<El> {
    let [enrolled, waiting] =
        if done { [Text::OverviewEnrolled, Text::OverviewWaiting] } else { [Text::ImportEnrolled, Text::ImportWaiting] };
    let session = import.session;
    let table = Table::<ImportOutcome>::new("outcomes", Text::ImportOutcomes)
        .name("cohort", Text::OverviewCohort, move |one| outcome_name(session, one))
        .number("enrolled", enrolled, |one| one.enrolled)
        .number("waiting", waiting, |one| one.waiting);
    let outcomes = Remote::here(import.session, report.outcomes.clone());
    (!report.outcomes.is_empty()).then(|| table.view(outcomes, |outcomes| outcomes))
}

/// Which columns are missing, and which are there twice: a sentence each.
fn wrong_columns(kind: ImportKind, faults: &[RowFault]) -> Vec<El> {
    let named = |twice: bool| {
        let of = faults.iter().filter(|fault| (fault.code == FaultCode::Taken) == twice);
        of.map(|fault| fault::column(kind, &fault.column)).collect::<Vec<_>>()
    };
    let said = |text: Text, columns: Vec<&str>| {
        (!columns.is_empty()).then(|| {
            let number = columns.len() as u32;
            p(&fill(form(t(text), number), &[("columns", &columns.join(", "))]))
        })
    };
    [said(Text::ImportNoColumns, named(false)), said(Text::ImportColumnsTwice, named(true))].into_iter().flatten().collect()
}

/// The number of a row: alone under its header, and with the word where it heads a card.
fn row(fault: &RowFault) -> El {
    let number = app::format::number(fault.row);
    let card = el("span").class("row-on-card").text(&fill(t(Text::ImportRowNumber), &[("n", &number)]));
    el("span").child(el("span").class("row-in-table").text(&number)).child(card)
}

/// Faults of cells, in the order of the file.
pub fn faults(import: Import, faults: Vec<RowFault>) -> El {
    let kind = import.kind();
    let table = Table::<RowFault>::new("faults", Text::ImportFaultsTitle)
        .number("row", Text::ImportRow, |fault| fault.row)
        .shown_as(row)
        .name("column", Text::ImportColumn, move |fault| fault::column(kind, &fault.column).to_owned())
        .text("wrong", Text::ImportWrong, move |fault| fault::cell(kind, fault))
        .counting(Text::ImportFaultsCount);
    table.view(Remote::here(import.session, faults), |faults| faults)
}
