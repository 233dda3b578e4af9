//! More or fewer seats, with a reason.

use super::Cohorts;
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::form::Form;
use crate::session::Session;
use crate::text::{Text, fill, plural, t};
use app::el::{El, el, p};
use domain::error::FaultCode;
use domain::staff::Acted;
use domain::staff::cohort::{SeatsForm, StaffCohort};
use leptos::prelude::*;

/// Asks how many seats there shall be.
pub fn change(session: Session, cohorts: Cohorts, cohort: &StaffCohort) {
    let cohort = cohort.clone();
    dialog::open(session.console(), move |dialog| {
        let form = Form::new("seats");
        let (seats, reason) = (RwSignal::new(cohort.seats.to_string()), RwSignal::new(String::new()));
        let fields = vec![
            p(&fill(t(Text::CohortsSeatsText), &[("n", &app::format::number(cohort.taken()))])).class("hint"),
            form.field("seats", Text::CohortsSeats).digits(seats),
            comes_of_it(&cohort, seats),
            form.field("reason", Text::FieldReason).hint(t(Text::FieldReasonHint)).lines(reason),
        ];
        let (path, name) = ([super::PATH, "/", &cohort.id, "/seats"].concat(), session.cohort_of(&cohort).line());
        let form = form.view_with(fields, Text::ActionSave, Weight::Main, vec![dialog.cancel_button()], move || {
            let path = path.clone();
            async move {
                let Ok(seats) = seats.get_untracked().trim().parse() else {
                    form.refuse("seats", FaultCode::Required);
                    return Ok(());
                };
                let acted: Acted = session.put(&path, &SeatsForm { seats, reason: reason.get_untracked() }).await?;
                cohorts.reload();
                session.acted(&fill(t(Text::CohortsSeatsSaid), &[("n", &app::format::number(seats))]), acted);
                dialog.close();
                Ok(())
            }
        });
        vec![dialog.title(&fill(t(Text::CohortsSeatsTitle), &[("name", &name)])), form]
    });
}

/// How many of those who wait would be offered a seat.
fn comes_of_it(cohort: &StaffCohort, seats: RwSignal<String>) -> El {
    let (taken, waiting, now) = (cohort.taken(), cohort.waiting, cohort.seats);
    el("div").attr("role", "status").live(move || {
        let Ok(wanted) = seats.get().trim().parse::<u32>() else { return Vec::new() };
        let given = waiting.min(wanted.saturating_sub(taken));
        let given = (wanted > now && given > 0).then(|| p(&plural(Text::CohortsSeatsGiven, given)).class("hint"));
        given.into_iter().collect()
    })
}
