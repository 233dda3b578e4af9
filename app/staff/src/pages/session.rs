//! The roll call of one session: made for a phone in one hand, with thirty students waiting. One tap marks a student; everybody else is
//! present by one more. It works without network once it was opened.

mod about;
mod call;
mod head;
mod history;
mod receipt;
mod refused;
mod row;
mod said;
mod scan;
mod state_line;
mod taps;

pub use state_line::state_line;

use crate::components::heading::{back, heading};
use crate::components::state;
use crate::names::Wanted;
use crate::rehearsal::rehearse;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, t};
use about::About;
use app::app::Loaded;
use app::components::by_and_by::{AT_A_TIME, by_and_by};
use app::components::heading::name_tab;
use app::dom;
use app::el::{El, div, el, p};
use call::Call;
use domain::date::Date;
use domain::staff::attendance::{EARLY_MINUTES, RollCall, SessionKey, SessionState, StaffSession};
use leptos::prelude::*;
use std::sync::Once;

/// The screen.
pub fn view(session: Session, cohort: &str, date: Date, start: u16) -> Vec<El> {
    let call = Call::open(session, SessionKey { cohort: cohort.to_owned(), date, start });
    let body = el("div").live(move || match call.about.get() {
        Loaded::Loading => vec![state::loading()],
        Loaded::Failed(failure) => vec![state::failed(&failure, move || call.fetch())],
        Loaded::Ready(about) => {
            dom::after_paint(scan::prepare);
            untrack(|| shown(call, &about))
        }
    });
    let title = [&app::format::short_date(date), ", ", &app::format::time(start)].concat();
    let head = heading(&title, Vec::new());
    let group = p("").class("call-group").test("group").live_text(move || match call.about.get() {
        Loaded::Ready(about) => {
            let group = session.cohort_met(&about.cohort).line();
            // Groups may meet at the same time.
            name_tab(&[&title, " · ", &group].concat(), false);
            group
        }
        // An identifier would tell nobody anything, and the answer brings the name.
        Loaded::Loading | Loaded::Failed(_) => String::new(),
    });
    vec![back(t(Text::CallBack), &Page::RollCall), head, group, state_line(session), body]
}

/// Builds a roll call beforehand: see [`rehearse`].
pub fn make_ready(session: Session) {
    static DONE: Once = Once::new();
    rehearse(&DONE, OF_NOBODY, move |roll_call: RollCall| {
        let call = Call::of(session, roll_call.session.key.clone());
        call.show(roll_call);
        if let Loaded::Ready(about) = call.about.get() {
            drop(shown(call, &about));
        }
    });
}

/// An answer about a session with one student.
const OF_NOBODY: &str = include_str!("session/of_nobody.json");

fn shown(call: Call, about: &About) -> Vec<El> {
    if about.students.is_empty() {
        return notices(&about.session).into_iter().chain([state::empty(t(Text::CallNobody))]).collect();
    }
    let typed = RwSignal::new(String::new());
    let none_found = {
        let names: Vec<String> = about.students.iter().map(|student| student.name.clone()).collect();
        move || {
            let wanted = typed.with(|typed| Wanted::new(typed));
            let none = !names.iter().any(|name| wanted.is_in(name));
            none.then(|| state::empty(t(Text::CallFoundNobody))).into_iter().collect()
        }
    };
    let list = el("ol").class("call-list").attr("aria-label", t(Text::NavRollCall));
    let students = about.students.clone();
    by_and_by(list.element(), AT_A_TIME, students.len(), move |number| {
        students.get(number).map(|student| row::view(call, student, typed))
    });
    let mut page = notices(&about.session);
    page.push(early(call, &about.session));
    page.extend(from_phone(call));
    page.extend([head::view(call, about, typed), list, el("div").live(none_found)]);
    page
}

/// What there is to know about the session before anybody is marked.
fn notices(session: &StaffSession) -> Vec<El> {
    let state = match session.state {
        SessionState::Planned => None,
        SessionState::Moved => Some(Text::RollCallMoved),
        SessionState::Cancelled => Some(Text::RollCallCancelled),
        SessionState::Closed => Some(Text::RollCallClosed),
    };
    let state = state.map(|text| {
        let reason = session.reason.as_ref().map(|reason| [": ", reason].concat()).unwrap_or_default();
        let hours = app::format::hours(session.start, session.end);
        let when = [" (", &app::format::short_date(session.date), ", ", &hours, ")"].concat();
        state::notice(&[t(text), if session.state == SessionState::Moved { &when } else { "" }, &reason].concat())
    });
    state.into_iter().collect()
}

/// From when on marks are taken, until then.
fn early(call: Call, session: &StaffSession) -> El {
    let from = session.marked_from();
    let said = move || {
        let time = app::format::time(from.local_minute());
        let today = from.local_date() == app::clock::now().local_date();
        let when = if today { time } else { [&app::format::short_date(from.local_date()), ", ", &time].concat() };
        let said = crate::text::fill(t(Text::CallEarly), &[("n", &EARLY_MINUTES.to_string()), ("when", &when)]);
        if call.open.get() { Vec::new() } else { vec![state::notice(&said).test("early")] }
    };
    div("").attr("role", "status").live(said)
}

/// That what is shown comes from the phone, and from when.
fn from_phone(call: Call) -> Option<El> {
    Some(div("").attr("role", "status").live(move || {
        let told = call.from_phone.get().map(|at| {
            let when = crate::when::moment(at);
            p(&crate::text::fill(t(Text::CallFromPhone), &[("when", &when)])).class("call-hint").test("from-phone")
        });
        told.into_iter().collect()
    }))
}
