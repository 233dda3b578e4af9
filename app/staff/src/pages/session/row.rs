//! One student: the name, four big buttons, and what a button asks further.

use super::about::Student;
use super::call::Call;
use super::head::{STATUSES, only_when_open};
use super::history;
use super::said::{Said, minutes_late, status};
use crate::components::button::{Weight, button, button_saying};
use crate::components::chip::{Tone, chip};
use crate::names::{self, Wanted};
use crate::text::{Text, t};
use app::dom;
use app::el::{El, div, el};
use domain::registration::RegistrationState;
use domain::staff::attendance::{EXCUSE_MAX, LATE_MAX, MarkStatus, open};
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::Element;

/// What is open below the buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    Nothing,
    Minutes,
    Reasons,
    History,
}

/// How late somebody is, by one tap.
const MINUTES: [u16; 4] = [5, 10, 15, 20];

/// Why somebody is away, by one tap. The words are kept as they stand in the language of the moment.
const REASONS: [Text; 4] = [Text::CallIll, Text::CallContest, Text::CallFamily, Text::CallSchool];

/// The row of a student; hidden while something else is searched for.
pub fn view(call: Call, student: &Arc<Student>, typed: RwSignal<String>) -> El {
    let below = RwSignal::new(Below::Nothing);
    let hidden = {
        let name = student.name.clone();
        move || typed.with(|typed| (!Wanted::new(typed).is_in(&name)).then(String::new))
    };
    let says = {
        let student = Arc::clone(student);
        move || Some(student.stands().map_or(MarkStatus::Cleared, |said| said.status).as_str().to_owned())
    };
    let content = {
        let student = Arc::clone(student);
        move || match below.get() {
            Below::Nothing => Vec::new(),
            Below::Minutes => untrack(|| minutes(call, &student, below)),
            Below::Reasons => untrack(|| reasons(call, &student, below)),
            Below::History => vec![history::view(call, &student)],
        }
    };
    el("li")
        .class("call-row")
        .test("student")
        .attr("data-registration", &student.info.registration)
        .live_attr("data-status", says)
        .live_attr("hidden", hidden)
        .child(name(student, below))
        .child(buttons(call, student, below))
        .child(conflict(call, student))
        .child(div("call-below").live(content))
}

fn name(student: &Arc<Student>, below: RwSignal<Below>) -> El {
    let detail = {
        let student = Arc::clone(student);
        move || {
            let said = student.stands().filter(|said| said.minutes.is_some() || !said.reason.is_empty());
            said.map(|said| el("span").class("call-detail").text(&said.words())).into_iter().collect()
        }
    };
    let gone = (student.info.state != RegistrationState::Enrolled).then(|| chip(Tone::Warn, t(Text::CallGone)));
    let name = el("button")
        .class("call-name")
        .attr("type", "button")
        .id(&name_id(student))
        .test("open-history")
        .live_attr("aria-expanded", move || Some(truth(below.get() == Below::History).to_owned()))
        .text(&student.name)
        .on("click", move |_| {
            below.update(|below| *below = if *below == Below::History { Below::Nothing } else { Below::History });
        });
    div("call-who").child(name).maybe(gone).child(el("span").live(detail))
}

fn buttons(call: Call, student: &Arc<Student>, below: RwSignal<Below>) -> El {
    let one = |wanted: MarkStatus| {
        let tapped = {
            let student = Arc::clone(student);
            move |_| match asked_below(wanted) {
                Some(asked) => toggle(below, asked),
                None => say(call, &student, &Said::plain(wanted), below),
            }
        };
        el("button")
            .class("call-button")
            .attr("type", "button")
            .id(&button_id(student, wanted))
            .attr("data-says", wanted.as_str())
            .text(status(wanted))
            .on("click", tapped)
    };
    let buttons = Rc::new(STATUSES.map(|status| (status, one(status))));
    // One for all four: a phone has thirty rows to keep up to date.
    let pressed = {
        let (student, buttons) = (Arc::clone(student), Rc::clone(&buttons));
        move |_: &Element| {
            let stands = student.stands().map(|said| said.status);
            for (status, button) in buttons.iter() {
                button.set_attr("aria-pressed", truth(stands == Some(*status)));
            }
        }
    };
    // What asks further says whether it does.
    let expanded = {
        let buttons = Rc::clone(&buttons);
        move |_: &Element| {
            for (status, button) in buttons.iter() {
                if let Some(asked) = asked_below(*status) {
                    button.set_attr("aria-expanded", truth(below.get() == asked));
                }
            }
        }
    };
    let enabled = {
        let buttons = Rc::clone(&buttons);
        move |_: &Element| {
            let disabled = (!call.open.get()).then_some("");
            buttons.iter().for_each(|(_, button)| button.set_maybe_attr("disabled", disabled));
        }
    };
    let group = div("call-buttons").attr("role", "group").attr("aria-label", &student.name);
    let group = buttons.iter().fold(group, |group, (_, button)| group.child(El::of(button.element())));
    group.live_with(pressed).live_with(expanded).live_with(enabled)
}

/// What a button asks further.
const fn asked_below(status: MarkStatus) -> Option<Below> {
    match status {
        MarkStatus::Late => Some(Below::Minutes),
        MarkStatus::Excused => Some(Below::Reasons),
        MarkStatus::Present | MarkStatus::Absent | MarkStatus::Cleared => None,
    }
}

const fn truth(holds: bool) -> &'static str {
    if holds { "true" } else { "false" }
}

fn toggle(below: RwSignal<Below>, wanted: Below) {
    below.update(|below| *below = if *below == wanted { Below::Nothing } else { wanted });
}

/// Says it of one student. The tap goes without patronymic and reason, which would fill the head of the page.
pub fn say_of(call: Call, student: &Arc<Student>, said: &Said) {
    let name = names::full(&student.info.surname, &student.info.given_name, None);
    let tap = [&name, ": ", &Said { reason: String::new(), ..said.clone() }.words()].concat();
    call.say(std::slice::from_ref(student), said, &tap);
}

/// Says it, and closes what was asked. The button that asked has the focus again: the one that was pressed is gone.
fn say(call: Call, student: &Arc<Student>, said: &Said, below: RwSignal<Below>) {
    say_of(call, student, said);
    if below.get_untracked() != Below::Nothing {
        below.set(Below::Nothing);
        dom::focus_in_place(button_id(student, said.status));
    }
}

/// Id of the button that says this of a student.
fn button_id(student: &Student, status: MarkStatus) -> String {
    [status.as_str(), "-", &student.info.registration].concat()
}

/// Id of a student's name.
pub fn name_id(student: &Student) -> String {
    ["student-", &student.info.registration].concat()
}

fn minutes(call: Call, student: &Arc<Student>, below: RwSignal<Below>) -> Vec<El> {
    let chips = MINUTES.map(|minutes| {
        let student = Arc::clone(student);
        let test = ["minutes-", &minutes.to_string()].concat();
        button_saying(&minutes_late(minutes), Weight::Plain, &test, move || say(call, &student, &Said::late(minutes), below))
    });
    let student = Arc::clone(student);
    let typed = RwSignal::new(String::new());
    let other =
        move || match typed.get_untracked().trim().parse::<u16>().ok().filter(|minutes| (1..=LATE_MAX).contains(minutes)) {
            Some(minutes) => say(call, &student, &Said::late(minutes), below),
            None => focus_other(),
        };
    vec![
        el("p").class("call-ask").text(t(Text::CallHowLate)),
        div("call-chips").attr("role", "group").attr("aria-label", t(Text::CallHowLate)).all(chips.into()),
        other_field("numeric", 3, typed, other),
    ]
}

fn reasons(call: Call, student: &Arc<Student>, below: RwSignal<Below>) -> Vec<El> {
    let chips = REASONS.map(|text| {
        let student = Arc::clone(student);
        button(text, Weight::Plain, "reason", move || say(call, &student, &Said::excused(t(text)), below))
    });
    let student = Arc::clone(student);
    let typed = RwSignal::new(String::new());
    let other = move || {
        let reason = typed.get_untracked();
        if reason.trim().is_empty() { focus_other() } else { say(call, &student, &Said::excused(&reason), below) }
    };
    vec![
        el("p").class("call-ask").text(t(Text::CallWhy)),
        div("call-chips").attr("role", "group").attr("aria-label", t(Text::CallWhy)).all(chips.into()),
        other_field("text", EXCUSE_MAX, typed, other),
    ]
}

/// Id of the field for whatever has no button; one is open at a time where it matters.
const OTHER: &str = "call-other";

fn focus_other() {
    dom::focus_field(OTHER);
}

fn other_field(mode: &str, length: usize, typed: RwSignal<String>, act: impl Fn() + 'static) -> El {
    let input = el("input")
        .class("input")
        .id(OTHER)
        .attr("type", "text")
        .attr("inputmode", mode)
        .attr("maxlength", &length.to_string())
        .attr("autocomplete", "off")
        .attr("aria-label", t(Text::CallOther))
        .attr("placeholder", t(Text::CallOther))
        .on_input("input", move |input| typed.set(input.value()));
    let send = el("button").class(Weight::Plain.class()).attr("type", "submit").test("other").text(t(Text::CallSet));
    el("form").class("call-other").attr("novalidate", "").child(input).child(send).on("submit", move |event| {
        event.prevent_default();
        act();
    })
}

/// What phones say against each other, each as a button: one tap settles it.
fn conflict(call: Call, student: &Arc<Student>) -> El {
    let student = Arc::clone(student);
    div("").attr("role", "status").live(move || {
        if !student.is_in_conflict() {
            return Vec::new();
        }
        let mut choices: Vec<(Said, String)> = Vec::new();
        student.marks.with(|marks| {
            for mark in open(marks) {
                let said = Said::of(mark);
                if choices.iter().all(|(known, _)| *known != said) {
                    let words = [&said.words(), " · ", &history::by(mark)].concat();
                    choices.push((said, words));
                }
            }
        });
        let choices = choices.into_iter().map(|(said, words)| {
            let student = Arc::clone(&student);
            let settle = move || {
                say_of(call, &student, &said);
                dom::focus_in_place(button_id(&student, said.status));
            };
            only_when_open(call, button_saying(&words, Weight::Plain, "settle", settle))
        });
        vec![
            div("call-conflict")
                .test("conflict")
                .child(el("p").text(t(Text::CallConflict)))
                .child(div("call-chips").all(choices.collect())),
        ]
    })
}
