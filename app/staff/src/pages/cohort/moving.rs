//! Moving a session, calling it off, and bringing it back to the plan.

use super::dates::Dates;
use crate::components::button::Weight;
use crate::components::dialog::{self, Question};
use crate::components::form::Form;
use crate::components::time_input::minute;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::api::Failure;
use domain::date::Date;
use domain::error::FaultCode;
use domain::schedule::{Session as Time, Slot};
use domain::staff::Acted;
use domain::staff::attendance::{SessionForm, StaffSession};
use leptos::prelude::*;

/// When a session was first planned: the end is that of the slot, or as far from the start as it is now.
pub(super) fn planned(one: &StaffSession, slots: &[Slot]) -> Time {
    let slot = slots.iter().find(|slot| slot.weekday == one.key.date.weekday() && slot.start == one.key.start);
    let end = slot.map_or(one.key.start + (one.end - one.start), |slot| slot.end);
    Time { date: one.key.date, start: one.key.start, end }
}

fn name(one: &StaffSession) -> String {
    [&when::day(one.date), ", ", &app::format::hours(one.start, one.end)].concat()
}

async fn send(session: Session, dates: Dates, one: &StaffSession, form: &SessionForm, said: Text) -> Result<(), Failure> {
    let key = &one.key;
    let path = ["/api/staff/sessions/", &key.cohort, "/", &key.date.to_string(), "/", &key.start.to_string()].concat();
    let acted: Acted = session.put(&path, form).await?;
    dates.reload();
    session.acted(&fill(t(said), &[("date", &name(one))]), acted);
    Ok(())
}

/// Asks for the new time.
pub(super) fn ask(session: Session, dates: Dates, one: &StaffSession) {
    let one = one.clone();
    dialog::open(session.console(), move |dialog| {
        let form = Form::new("session");
        let [date, start, end, reason] =
            [one.date.to_string(), app::format::time(one.start), app::format::time(one.end), String::new()].map(RwSignal::new);
        let fields = vec![
            form.field("date", Text::SessionsDay).date(date),
            form.field("start", Text::SessionsStart).time(start),
            form.field("end", Text::SessionsEnd).time(end),
            form.field("reason", Text::FieldReason).hint(t(Text::SessionsReasonHint)).lines(reason),
        ];
        let title = fill(t(Text::SessionsMoveTitle), &[("date", &name(&one))]);
        let one = one.clone();
        let form = form.view_with(fields, Text::SessionsMove, Weight::Main, vec![dialog.cancel_button()], move || {
            let one = one.clone();
            async move {
                let time = |signal: RwSignal<String>| minute(&signal.get_untracked());
                let Some(date) = Date::parse(&date.get_untracked()) else {
                    form.refuse("date", FaultCode::NotADate);
                    return Ok(());
                };
                let (Some(start), Some(end)) = (time(start), time(end)) else {
                    form.refuse("start", FaultCode::Required);
                    return Ok(());
                };
                let body = SessionForm { date, start, end, cancelled: false, reason: reason.get_untracked() };
                send(session, dates, &one, &body, Text::SessionsMovedSaid).await?;
                dialog.close();
                Ok(())
            }
        });
        vec![dialog.title(&title), form]
    });
}

/// Asks why it is called off.
pub(super) fn call_off(session: Session, dates: Dates, one: &StaffSession) {
    let one = one.clone();
    let title = fill(t(Text::SessionsCancelAsk), &[("date", &name(&one))]);
    let question = Question::new(&title, Text::SessionsCancel).saying(t(Text::SessionsCancelText)).with_reason();
    question.ask(session.console(), move |reason| {
        let one = one.clone();
        async move {
            let form = SessionForm { date: one.date, start: one.start, end: one.end, cancelled: true, reason };
            send(session, dates, &one, &form, Text::SessionsCancelledSaid).await
        }
    });
}

/// Asks why it is back as planned.
pub(super) fn restore(session: Session, dates: Dates, one: &StaffSession, planned: Time) {
    let one = one.clone();
    let time = [&when::day(planned.date), ", ", app::format::hours(planned.start, planned.end).as_str()].concat();
    let title = fill(t(Text::SessionsRestoreAsk), &[("date", &time)]);
    Question::new(&title, Text::SessionsRestore).with_reason().ask(session.console(), move |reason| {
        let one = one.clone();
        async move {
            let Time { date, start, end } = planned;
            let form = SessionForm { date, start, end, cancelled: false, reason };
            send(session, dates, &one, &form, Text::SessionsRestoredSaid).await
        }
    });
}
