//! One change to all ticked cohorts: first what would come of it, line by line, then the reason and the deed.

use super::{Cohorts, loaded};
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::form::Form;
use crate::fault_text::refused;
use crate::session::Session;
use crate::text::{Text, fill, plural, t};
use app::el::{El, div, el};
use domain::error::FaultCode;
use domain::staff::cohort::{BulkAnswer, BulkChange, BulkForm, BulkLine};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Where it is sent.
const PATH: &str = "/api/staff/cohorts/bulk";

/// Asks what is to be changed, and shows what would come of it.
pub fn ask(session: Session, cohorts: Cohorts, ticked: RwSignal<BTreeSet<String>>) {
    dialog::open(session.console(), move |dialog| {
        let form = Form::new("bulk");
        let (kind, number) = (RwSignal::new("more".to_owned()), RwSignal::new(String::new()));
        let kinds = [
            ("more", Text::CohortsBulkMore),
            ("fewer", Text::CohortsBulkFewer),
            ("to", Text::CohortsBulkTo),
            ("close", Text::CohortsClose),
            ("reopen", Text::CohortsReopen),
        ];
        let kinds = kinds.map(|(word, text)| (word.to_owned(), t(text).to_owned())).into();
        let many = el("div").live(move || {
            let counts = !matches!(kind.get().as_str(), "close" | "reopen");
            counts.then(|| untrack(|| form.field("number", Text::CohortsBulkNumber).digits(number))).into_iter().collect()
        });
        let fields = vec![form.field("kind", Text::CohortsBulkKind).radios(kind, kinds), many];
        let cancel = vec![dialog.cancel_button()];
        let form = form.view_with(fields, Text::CohortsBulkPreview, Weight::Main, cancel, move || async move {
            let Some(change) = change(&kind.get_untracked(), &number.get_untracked()) else {
                form.refuse("number", FaultCode::Required);
                return Ok(());
            };
            let chosen = chosen(cohorts, &ticked.get_untracked());
            let body = BulkForm { cohorts: chosen, change, reason: String::new(), preview: true };
            let answer: BulkAnswer = session.post(PATH, &body).await?;
            confirm(session, cohorts, ticked, body, answer);
            Ok(())
        });
        let title = plural(Text::CohortsBulkTitle, ticked.with_untracked(BTreeSet::len) as u32);
        vec![dialog.title(&title), form]
    });
}

fn change(kind: &str, number: &str) -> Option<BulkChange> {
    let number = || number.trim().parse::<u32>().ok();
    let by = || i32::try_from(number()?).ok().filter(|by| *by > 0);
    match kind {
        "more" => Some(BulkChange::SeatsBy { by: by()? }),
        "fewer" => Some(BulkChange::SeatsBy { by: -by()? }),
        "to" => Some(BulkChange::SeatsTo { to: number()? }),
        "close" => Some(BulkChange::Close {}),
        "reopen" => Some(BulkChange::Reopen {}),
        _ => None,
    }
}

/// The ticked cohorts in the order of display.
fn chosen(cohorts: Cohorts, ticked: &BTreeSet<String>) -> Vec<String> {
    let all = loaded(cohorts, |shown| shown.all.cohorts.iter().map(|cohort| cohort.id.clone()).collect::<Vec<_>>());
    all.unwrap_or_default().into_iter().filter(|id| ticked.contains(id)).collect()
}

/// Shows the lines; when none has a fault, asks for the reason and does it.
fn confirm(session: Session, cohorts: Cohorts, ticked: RwSignal<BTreeSet<String>>, body: BulkForm, answer: BulkAnswer) {
    dialog::open(session.console(), move |dialog| {
        let table = lines(session, cohorts, &body.change, &answer.lines);
        let title = dialog.title(t(Text::CohortsBulkPreviewTitle));
        if answer.lines.iter().any(|line| line.fault.is_some()) {
            let note = div("note").attr("role", "alert").text(t(Text::CohortsBulkFaults));
            return vec![title, note, table, div("acts").child(dialog.cancel_button())];
        }
        let (form, reason) = (Form::new("bulk-reason"), RwSignal::new(String::new()));
        let fields = vec![form.field("reason", Text::FieldReason).hint(t(Text::FieldReasonHint)).lines(reason)];
        let body = body.clone();
        let form = form.view_with(fields, Text::CohortsBulkDo, Weight::Main, vec![dialog.cancel_button()], move || {
            let body = BulkForm { reason: reason.get_untracked(), preview: false, ..body.clone() };
            async move {
                let answer: BulkAnswer = session.post(PATH, &body).await?;
                if !answer.done {
                    // Somebody has changed one of them since the preview: there is a new one to look at.
                    confirm(session, cohorts, ticked, body, answer);
                    return Ok(());
                }
                cohorts.reload();
                ticked.set(BTreeSet::new());
                session.acted_together(&plural(Text::CohortsBulkSaid, answer.acted.len() as u32), &answer.acted);
                dialog.close();
                Ok(())
            }
        });
        vec![title, table, form]
    });
}

fn lines(session: Session, cohorts: Cohorts, change: &BulkChange, lines: &[BulkLine]) -> El {
    let name = |id: &str| {
        let named = loaded(cohorts, |shown| {
            let cohort = shown.all.cohorts.iter().find(|cohort| cohort.id == id)?;
            Some(session.cohort_of(cohort).line())
        });
        named.flatten().unwrap_or_else(|| id.to_owned())
    };
    let rows = lines.iter().map(|line| {
        let said = match line.fault {
            Some(code) => el("td").class("fault").text(t(refused(code))),
            None => el("td").text(&comes_of_it(change, line)),
        };
        el("tr").child(el("th").attr("scope", "row").text(&name(&line.cohort))).child(said)
    });
    let table = el("table").class("table table--plain").test("bulk-lines").child(el("tbody").all(rows.collect()));
    div("table-scroll").child(table)
}

/// What a line without a fault says.
fn comes_of_it(change: &BulkChange, line: &BulkLine) -> String {
    match change {
        BulkChange::Close {} => t(Text::CohortsBulkCloses).to_owned(),
        BulkChange::Reopen {} => t(Text::CohortsBulkReopens).to_owned(),
        BulkChange::SeatsBy { .. } | BulkChange::SeatsTo { .. } => {
            let (before, after) = (app::format::number(line.seats_before), app::format::number(line.seats_after));
            let seats = fill(t(Text::CohortsBulkSeats), &[("before", &before), ("after", &after)]);
            let given = (line.seated > 0).then(|| plural(Text::CohortsSeatsGiven, line.seated));
            [Some(seats), given].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    }
}
