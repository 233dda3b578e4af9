//! What was found in a file: every fault, or what would come of it and the way to do it.

use super::{Import, fault, run};
use crate::cohort_words;
use crate::components::choose::focus_soon;
use crate::components::table::Table;
use crate::remote::Remote;
use crate::text::{Text, fill, form, plural, t};
use app::el::{El, div, el, p};
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
        let faulty = report.rows - report.ready;
        let said = if report.faults.iter().any(|fault| fault.row == report.headings) {
            t(Text::ImportWrongColumns).to_owned()
        } else {
            plural(Text::ImportFaulty, faulty)
        };
        let summary = div("state state--failed").child(p(&said)).child(p(t(Text::ImportFix)));
        let content = [summary].into_iter().chain(ignored(report)).chain([faults(import, report)]);
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

/// What comes of the students, cohort by cohort.
pub fn outcomes(import: Import, report: &ImportReport, done: bool) -> Option<El> {
    let [enrolled, waiting] =
        if done { [Text::OverviewEnrolled, Text::OverviewWaiting] } else { [Text::ImportEnrolled, Text::ImportWaiting] };
    let table = Table::<ImportOutcome>::new("outcomes", Text::ImportOutcomes)
        .name("cohort", Text::OverviewCohort, |one| cohort_words::name(one.label.as_deref(), &one.slots))
        .number("enrolled", enrolled, |one| one.enrolled)
        .number("waiting", waiting, |one| one.waiting);
    let outcomes = Remote::here(import.session, report.outcomes.clone());
    (!report.outcomes.is_empty()).then(|| table.view(outcomes, |outcomes| outcomes))
}

/// Every fault, in the order of the file.
pub fn faults(import: Import, report: &ImportReport) -> El {
    let (kind, headings) = (import.kind(), report.headings);
    let table = Table::<RowFault>::new("faults", Text::ImportFaultsTitle)
        .number("row", Text::ImportRow, |fault| fault.row)
        .name("column", Text::ImportColumn, move |fault| fault::column(kind, &fault.column).to_owned())
        .text("wrong", Text::ImportWrong, move |fault| fault::cell(kind, headings, fault));
    table.view(Remote::here(import.session, report.faults.clone()), |faults| faults)
}
