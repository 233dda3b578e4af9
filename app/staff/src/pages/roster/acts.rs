//! What can be done with a student of a list, and everything known about them.

use super::lists::{age, name};
use super::{contacts, moving, placing, tracks};
use crate::components::button::{Weight, button};
use crate::components::dialog::{self, Dialog, Question};
use crate::registration;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::dom;
use app::el::{El, div, el};
use domain::registration::RegistrationState;
use domain::staff::access::Right;
use domain::staff::roster::RosterRow;
use domain::staff::{Acted, ReasonForm};
use serde::de::DeserializeOwned;

/// The buttons of a row. `listed` is how long the waiting list is, where that is known.
pub(in crate::pages) fn cell<T>(session: Session, rows: Remote<T>, row: &RosterRow, listed: Option<u32>) -> El
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let whose = || el("span").class("visually-hidden").text(": ").text(&name(row));
    let reach = session.may(Right::SeeContacts).then(|| {
        let row = row.clone();
        button(Text::RosterContacts, Weight::Quiet, "contacts", move || contacts::show(session, &row)).child(whose())
    });
    let shown = row.clone();
    let open = button(Text::RosterOpen, Weight::Quiet, "open", move || show(session, rows, &shown, listed)).child(whose());
    div("acts acts--row").maybe(reach).child(open)
}

/// Everything about a student, and what can be done.
fn show<T>(session: Session, rows: Remote<T>, row: &RosterRow, listed: Option<u32>)
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let row = row.clone();
    dialog::open(session.console(), move |dialog| {
        let close = button(Text::ActionClose, Weight::Plain, "done", move || dialog.close());
        let acts = acts(session, rows, &row, listed, dialog);
        vec![dialog.title(&name(&row)), known(session, &row), div("acts").all(acts).child(close)]
    });
}

fn known(session: Session, row: &RosterRow) -> El {
    let line = |label: Text, value: El| div("").child(el("dt").text(t(label))).child(el("dd").child(value));
    let said = |text: &str| el("span").text(text);
    let born =
        fill(t(Text::RosterBornAge), &[("date", &when::day(row.born_on)), ("age", &age(session.console(), row).to_string())]);
    let optional = |label: Text, value: &Option<String>| value.as_ref().map(|value| line(label, said(value)));
    let marks = [
        (Text::RosterPresent, row.marks.present),
        (Text::RosterLate, row.marks.late),
        (Text::RosterExcused, row.marks.excused),
        (Text::RosterAbsent, row.marks.absent),
    ];
    let marks = marks.map(|(text, number)| fill(t(text), &[("n", &number.to_string())])).join(", ");
    let attendance = (row.marks.marked() > 0).then(|| line(Text::RosterAttendance, said(&marks)));
    el("dl")
        .class("data-list")
        .child(line(Text::FieldState, registration::state(row)))
        .child(line(Text::RosterCohort, session.cohort_known(&row.cohort).below_each_other(el("span"))))
        .child(line(Text::RosterTracks, said(&session.track_names(&row.tracks))))
        .child(line(Text::RosterReference, said(&row.reference)))
        .child(line(Text::RosterBorn, said(&born)))
        .maybe(optional(Text::RosterSchool, &row.school))
        .maybe(optional(Text::RosterGrade, &row.grade))
        .maybe(attendance)
        .child(line(Text::RosterChanged, said(&when::moment(row.changed_at))))
}

fn acts<T>(session: Session, rows: Remote<T>, row: &RosterRow, listed: Option<u32>, dialog: Dialog) -> Vec<El>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    if !session.may(Right::ManageRegistrations) || !row.state.is_live() {
        return Vec::new();
    }
    // The dialog that stands makes room for the next one first.
    let then = move |open: Box<dyn Fn()>| {
        move || {
            dialog.close();
            open();
        }
    };
    let act = |text, weight, test, open: fn(Session, Remote<T>, RosterRow, Option<u32>)| {
        let row = row.clone();
        let later = then(Box::new(move || {
            let row = row.clone();
            dom::later(0, move || open(session, rows, row, listed));
        }));
        button(text, weight, test, later)
    };
    // Where a laboratory has one track, there is no other.
    let tracks = (tracks::choices(session, row).len() > 1)
        .then(|| act(Text::TracksAct, Weight::Plain, "tracks", |session, rows, row, _| tracks::ask(session, rows, row)));
    let moves = matches!(row.state, RegistrationState::Enrolled | RegistrationState::Waiting)
        .then(|| act(Text::MovingAct, Weight::Plain, "move", |session, rows, row, _| moving::ask(session, rows, row)));
    let places = (row.state == RegistrationState::Waiting).then(|| act(Text::PlacingAct, Weight::Plain, "place", placing::ask));
    let remove = act(Text::RosterRemove, Weight::Danger, "remove", |session, rows, row, _| remove(session, rows, &row));
    [tracks, moves, places, Some(remove)].into_iter().flatten().collect()
}

fn remove<T>(session: Session, rows: Remote<T>, row: &RosterRow)
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let (whose, path) = (name(row), ["/api/staff/registrations/", &row.registration, "/remove"].concat());
    let seat = row.state != RegistrationState::Waiting;
    let told = if seat { Text::RosterRemoveSeat } else { Text::RosterRemovePlace };
    let question = Question::new(&fill(t(Text::RosterRemoveAsk), &[("name", &whose)]), Text::RosterRemove);
    question.saying(t(told)).danger().with_reason().ask(session.console(), move |reason| {
        let (path, said) = (path.clone(), fill(t(Text::RosterRemoved), &[("name", &whose)]));
        async move {
            let acted: Acted = session.post(&path, &ReasonForm { reason }).await?;
            rows.reload();
            session.acted(&said, acted);
            Ok(())
        }
    });
}
