//! What was answered, to be read through.

use crate::el::{El, el};
use crate::router::Page;
use crate::step::Step;
use crate::text::{Text, language, t};

/// One answer, and the page on which it can be changed.
pub struct Row {
    /// What it is called.
    pub label: Text,
    /// What was answered; one line each.
    pub lines: Vec<String>,
    /// Where to change it.
    pub step: Step,
    /// Whose answer: 0 is the first student.
    pub student: usize,
}

/// A part of the answers under its own heading.
pub fn summary_list(title: &str, rows: Vec<Row>) -> [El; 2] {
    let rows = rows.into_iter().map(row).collect();
    [el("h2").text(title), el("dl").class("summary-list").all(rows)]
}

fn row(row: Row) -> El {
    let href = Page::Question { step: row.step, student: row.student, change: true }.path(language());
    let lines = row.lines.iter().map(|line| el("div").text(line)).collect();
    let what = el("span").class("visually-hidden").text(": ").text(t(row.label));
    let student = if row.student == 0 { String::new() } else { [&(row.student + 1).to_string(), "-"].concat() };
    let test = ["change-", &student, row.step.slug()].concat();
    let link = el("a").attr("href", &href).test(&test).text(t(Text::ActionChange)).child(what);
    el("div").child(el("dt").text(t(row.label))).child(el("dd").all(lines)).child(el("dd").child(link))
}
