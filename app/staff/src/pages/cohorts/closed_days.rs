//! Days without sessions: the list, one more, one less.

use crate::components::button::{Weight, button};
use crate::components::dialog::{self, Question};
use crate::components::form::Form;
use crate::components::table::{Choice, Table};
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, language, plural, t};
use crate::when;
use app::el::{El, div, el, p};
use domain::date::Date;
use domain::language::Localized;
use domain::staff::Acted;
use domain::staff::access::Right;
use domain::staff::attendance::StaffSessions;
use domain::staff::cohort::{ClosedDayForm, StaffClosedDay};
use leptos::prelude::*;

/// The days, as fetched.
type Days = Remote<Vec<StaffClosedDay>>;

const PATH: &str = "/api/staff/closed-days";

/// The list, with a button for one more.
pub fn view(session: Session) -> Vec<El> {
    let days = Days::get(session, PATH);
    let manages = session.may(Right::ManageCohorts);
    let today = session.console().now.get_untracked().local_date();
    let add = manages
        .then(|| div("acts").child(button(Text::ClosedDaysAdd, Weight::Plain, "add-closed-day", move || add(session, days))));
    let mut table = Table::<StaffClosedDay>::new("closed-days", Text::ClosedDaysTitle)
        .measure("date", Text::ClosedDaysDate, |day| Some(number(day.date)), |day| when::day(day.date))
        .text("reason", Text::ClosedDaysReason, |day| day.reason.get(language()).to_owned())
        .name("centre", Text::FieldCentre, move |day| centre(session, day))
        .number("sessions", Text::ClosedDaysSessions, |day| day.sessions)
        .sorted_by(0, false)
        .filter(
            Text::ClosedDaysWhich,
            [
                Choice::new(t(Text::SessionsToCome), move |day: &StaffClosedDay| day.date >= today),
                Choice::new(t(Text::SessionsPast), move |day: &StaffClosedDay| day.date < today),
            ],
        )
        .filtered_by(0, 0)
        .empty(Text::ClosedDaysEmpty);
    if manages {
        table = table.element("acts", Text::FieldActs, move |day| remove(session, days, day));
    }
    let table = table.only(move |day| match (&day.centre, session.centre()) {
        (Some(closed), Some(looked_at)) => *closed == looked_at,
        _ => true,
    });
    add.into_iter().chain([table.view(days, |days| days)]).collect()
}

/// A number by which days are sorted.
fn number(date: Date) -> f64 {
    f64::from(date.year()) * 372.0 + f64::from(date.month()) * 31.0 + f64::from(date.day())
}

fn centre(session: Session, day: &StaffClosedDay) -> String {
    day.centre.as_deref().map_or_else(|| t(Text::FrameEveryCentre).to_owned(), |id| session.centre_name(id))
}

/// The button that takes a day away, for who reaches all the centres it is about.
fn remove(session: Session, days: Days, day: &StaffClosedDay) -> El {
    if day.centre.is_none() && session.me().centre.is_some() {
        return el("span");
    }
    let path = [PATH, "/", &day.id.to_string()].concat();
    let date = when::day(day.date);
    let (title, said) =
        (fill(t(Text::ClosedDaysRemoveAsk), &[("date", &date)]), fill(t(Text::ClosedDaysRemovedSaid), &[("date", &date)]));
    let text = plural(Text::ClosedDaysRemoveText, day.sessions);
    let which = el("span").class("visually-hidden").text(": ").text(&date);
    let act = button(Text::ClosedDaysRemove, Weight::Quiet, "remove", move || {
        let (path, said) = (path.clone(), said.clone());
        Question::new(&title, Text::ClosedDaysRemove).saying(&text).ask(session.console(), move |_| {
            let (path, said) = (path.clone(), said.clone());
            async move {
                let acted: Acted = session.delete(&path).await?;
                days.reload();
                session.acted(&said, acted);
                Ok(())
            }
        });
    });
    act.child(which)
}

fn add(session: Session, days: Days) {
    dialog::open(session.console(), move |dialog| {
        let form = Form::new("closed-day");
        let [date, centre, kk, ru, en] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let own = session.me().centre.clone();
        centre.set(own.clone().or_else(|| untrack(|| session.centre())).unwrap_or_default());
        let all = (String::new(), t(Text::FrameEveryCentre).to_owned());
        let centres = [all].into_iter().chain(session.centres()).collect();
        let which = own.is_none().then(|| form.field("centre", Text::FieldCentre).select(centre, centres));
        let reasons = div("field")
            .child(p(t(Text::ClosedDaysReasonHint)).class("hint"))
            .child(form.field("reason.kk", Text::ClosedDaysReasonKk).input(kk))
            .child(form.field("reason.ru", Text::ClosedDaysReasonRu).input(ru))
            .child(form.field("reason.en", Text::ClosedDaysReasonEn).input(en));
        let day = form.field("date", Text::ClosedDaysDate).date(date);
        let fields = [day].into_iter().chain(which).chain([calls_off(session, date, centre), reasons]).collect();
        let cancel = vec![dialog.cancel_button()];
        let form = form.view_with(fields, Text::ClosedDaysAdd, Weight::Main, cancel, move || async move {
            let reason = Localized { kk: kk.get_untracked(), ru: ru.get_untracked(), en: en.get_untracked() };
            let faults = ClosedDayForm::reason_of(&reason).err().unwrap_or_default();
            let Some(day) = Date::parse(&date.get_untracked()) else {
                // The browser's field holds a day or nothing.
                form.refuses_also("date", t(Text::ClosedDaysDateMissing), &faults);
                return Ok(());
            };
            if form.refuses(&faults) {
                return Ok(());
            }
            let body = ClosedDayForm { date: day, centre: Some(centre.get_untracked()).filter(|id| !id.is_empty()), reason };
            let acted: Acted = session.post(PATH, &body).await?;
            days.reload();
            session.acted(&fill(t(Text::ClosedDaysAddedSaid), &[("date", &when::day(day))]), acted);
            dialog.close();
            Ok(())
        });
        vec![dialog.title(t(Text::ClosedDaysAddTitle)), form]
    });
}

/// How many sessions the day would call off, as soon as it is known which day and centre.
fn calls_off(session: Session, date: RwSignal<String>, centre: RwSignal<String>) -> El {
    let found = RwSignal::new(None::<Remote<StaffSessions>>);
    let asks = move |_: &web_sys::Element| {
        let day = Date::parse(&date.get());
        let centre = centre.get();
        let path = day.map(|day| {
            let day = day.to_string();
            let centre = if centre.is_empty() { String::new() } else { ["&centre=", &centre].concat() };
            ["/api/staff/sessions?from=", &day, "&to=", &day, &centre].concat()
        });
        match (path, found.get_untracked()) {
            (None, _) => found.set(None),
            (Some(path), Some(remote)) => remote.go(&path),
            (Some(path), None) => found.set(Some(Remote::get(session, &path))),
        }
    };
    let said = move || {
        let Some(remote) = found.get() else { return Vec::new() };
        vec![remote.view(|found| {
            let off = found.sessions.iter().filter(|session| session.state.takes_place()).count() as u32;
            vec![p(&plural(Text::ClosedDaysCallsOff, off)).class("hint")]
        })]
    };
    el("div").attr("role", "status").live_with(asks).child(el("div").live(said))
}
