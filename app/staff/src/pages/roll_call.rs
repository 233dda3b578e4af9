//! The sessions of a day: one's own groups first, what is marked of each, and the way to its roll call. The days around today are kept on
//! the phone.

use super::session::state_line;
use crate::components::button::{Weight, button};
use crate::components::chip::{Tone, chip};
use crate::components::heading::heading;
use crate::components::state;
use crate::offline::kept::{self, day_before};
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, plural, t};
use app::api::Failure;
use app::app::Loaded;
use app::clock;
use app::el::{El, div, el, p};
use domain::date::Date;
use domain::staff::attendance::{SessionCohort, SessionState, StaffSession, StaffSessions};
use domain::staff::cohort::StaffCohorts;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A day with what its sessions are called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Day {
    sessions: Vec<StaffSession>,
    /// The groups they are of.
    groups: Vec<SessionCohort>,
    /// The groups of whoever is signed in.
    own: BTreeSet<String>,
}

/// What is shown. A copy is a few numbers.
#[derive(Clone, Copy)]
struct Shown {
    session: Session,
    date: RwSignal<Date>,
    day: RwSignal<Loaded<Arc<Day>>>,
    from_phone: RwSignal<bool>,
}

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let shown = Shown {
        session,
        date: RwSignal::new(clock::now().local_date()),
        day: RwSignal::new(Loaded::Loading),
        from_phone: RwSignal::new(false),
    };
    // The centre that is looked at may be another one by and by.
    Effect::new(move |_| {
        let (date, centre) = (shown.date.get(), session.centre());
        untrack(|| shown.load(date, centre));
    });
    let list = el("div").live(move || match shown.day.get() {
        Loaded::Loading => vec![state::loading()],
        Loaded::Failed(failure) => vec![state::failed(&failure, move || {
            shown.load(shown.date.get_untracked(), untrack(|| session.centre()));
        })],
        Loaded::Ready(day) => untrack(|| listed(session, &day)),
    });
    let told = move || shown.from_phone.get().then(|| p(t(Text::RollCallFromPhone)).class("call-hint").test("from-phone"));
    vec![
        heading(t(Text::NavRollCall), Vec::new()),
        state_line(session),
        days(shown),
        div("").attr("role", "status").live(move || told().into_iter().collect()),
        list,
    ]
}

/// The day, and the way to the days around it.
fn days(shown: Shown) -> El {
    let date = shown.date;
    let name = move || {
        let today = clock::now().local_date();
        let write = if date.get().year() == today.year() { app::format::short_date } else { app::format::date };
        let day = write(date.get());
        if date.get() == today { [t(Text::RollCallToday), ", ", &day].concat() } else { day }
    };
    let today = move || {
        let other = date.get() != clock::now().local_date();
        other
            .then(|| button(Text::RollCallToday, Weight::Quiet, "today", move || date.set(clock::now().local_date())))
            .into_iter()
            .collect()
    };
    let step = |text: Text, sign: &str, test: &str, to: fn(Date) -> Date| {
        el("button")
            .class("button button--secondary")
            .attr("type", "button")
            .test(test)
            .attr("aria-label", t(text))
            .text(sign)
            .on("click", move |_| date.update(|date| *date = to(*date)))
    };
    div("call-days")
        .child(step(Text::RollCallDayBefore, "←", "day-before", day_before))
        .child(el("h2").class("call-day").attr("aria-live", "polite").test("day").live_text(name))
        .child(step(Text::RollCallDayAfter, "→", "day-after", |date| date.plus_days(1)))
        .child(div("").live(today))
}

impl Shown {
    /// Shows what the phone has of a day, then what the server says.
    fn load(self, date: Date, centre: Option<String>) {
        self.day.set(Loaded::Loading);
        self.from_phone.set(false);
        let name = [&date.to_string(), "/", centre.as_deref().unwrap_or_default()].concat();
        spawn_local(async move {
            if let Some(day) = kept::sessions::<Day>(self.session, &name).await {
                self.put(date, Loaded::Ready(Arc::new(day)), true);
            }
            match self.fetch(date, centre.as_deref()).await {
                Ok(day) => {
                    kept::keep_sessions(self.session, date, &name, &day).await;
                    self.put(date, Loaded::Ready(Arc::new(day)), false);
                }
                Err(failure) if self.day.try_get_untracked() == Some(Loaded::Loading) => {
                    self.put(date, Loaded::Failed(failure), false);
                }
                Err(_) => {}
            }
        });
    }

    /// Another day may have been chosen meanwhile, or the page left.
    fn put(self, date: Date, day: Loaded<Arc<Day>>, from_phone: bool) {
        if self.date.try_get_untracked() == Some(date) {
            if self.day.with_untracked(|shown| *shown != day) {
                self.day.set(day);
            }
            self.from_phone.set(from_phone);
        }
    }

    async fn fetch(self, date: Date, centre: Option<&str>) -> Result<Day, Failure> {
        let date = date.to_string();
        let at = centre.map(|centre| ["&centre=", centre].concat()).unwrap_or_default();
        let path = ["/api/staff/sessions?from=", &date, "&to=", &date, &at].concat();
        let answer: StaffSessions = self.session.get(&path).await?;
        // Without knowing which are one's own the sessions are still to be marked.
        let cohorts = self.session.look::<StaffCohorts>("/api/staff/cohorts").await.map(|all| all.cohorts).unwrap_or_default();
        self.session.console().learns(&cohorts);
        let me = &self.session.me().id;
        let own = cohorts.iter().filter(|cohort| cohort.trainers.iter().any(|trainer| trainer.id == *me));
        Ok(Day { own: own.map(|cohort| cohort.id.clone()).collect(), groups: answer.cohorts, sessions: answer.sessions })
    }
}

fn listed(session: Session, day: &Day) -> Vec<El> {
    if day.sessions.is_empty() {
        return vec![state::empty(t(Text::RollCallNone))];
    }
    let (own, others): (Vec<&StaffSession>, Vec<&StaffSession>) =
        day.sessions.iter().partition(|one| day.own.contains(&one.key.cohort));
    let part = |title: Option<Text>, sessions: Vec<&StaffSession>| {
        let cards = sessions.into_iter().map(|one| el("li").child(card(session, day, one))).collect();
        let title = title.map(|title| el("h3").text(t(title)));
        (el("ul").class("call-sessions").all(cards), title)
    };
    let titled = !own.is_empty() && !others.is_empty();
    let mut page = Vec::new();
    for (title, sessions) in [(Text::RollCallOwn, own), (Text::RollCallOthers, others)] {
        if !sessions.is_empty() {
            let (list, title) = part(titled.then_some(title), sessions);
            page.extend(title);
            page.push(list);
        }
    }
    page
}

/// A session: when, which group, what is marked. It leads to its roll call.
fn card(session: Session, day: &Day, one: &StaffSession) -> El {
    let to = Page::Session { cohort: one.key.cohort.clone(), date: one.key.date, start: one.key.start };
    let group = day.groups.iter().find(|group| group.id == one.key.cohort);
    let name = group.map(|group| session.cohort_met(group).line()).unwrap_or_default();
    let state = match one.state {
        SessionState::Planned => None,
        SessionState::Moved => Some((Tone::Warn, Text::RollCallTagMoved)),
        SessionState::Cancelled => Some((Tone::Bad, Text::RollCallTagCancelled)),
        SessionState::Closed => Some((Tone::Bad, Text::RollCallTagClosed)),
    };
    let marked = one.marks.marked();
    let tone = if marked >= one.students && one.students > 0 { Tone::Good } else { Tone::Calm };
    let numbers = [("n", &*marked.to_string()), ("all", &one.students.to_string())];
    let conflicts = (one.conflicts > 0).then(|| chip(Tone::Bad, &plural(Text::RollCallConflicts, one.conflicts)));
    el("a")
        .class("call-card")
        .test("session")
        .attr("data-cohort", &one.key.cohort)
        .attr("href", &to.path())
        .child(el("strong").class("call-hours").text(&app::format::hours(one.start, one.end)))
        .child(el("span").class("call-group").text(&name))
        .child(
            el("span")
                .class("marks")
                .maybe(state.map(|(tone, text)| chip(tone, t(text))))
                .child(chip(tone, &fill(t(Text::RollCallMarked), &numbers)))
                .maybe(conflicts),
        )
}
