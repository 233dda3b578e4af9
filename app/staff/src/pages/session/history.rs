//! Every mark of one student: what, by whom, when, and what became of it.

use super::about::Student;
use super::call::Call;
use super::head::only_when_open;
use super::row::{name_id, say_of};
use super::said::Said;
use crate::components::button::{Weight, button};
use crate::text::{Text, fill, t};
use crate::when;
use app::el::{El, div, el, p};
use app::{clock, dom};
use domain::staff::attendance::{KeptMark, MarkStatus};
use leptos::prelude::*;
use std::sync::Arc;

/// “Ағай, 09:05”; with the day when it isn't today.
pub fn by(mark: &KeptMark) -> String {
    let today = mark.marked_at.local_date() == clock::now().local_date();
    let time = app::format::time(mark.marked_at.local_minute());
    [&mark.marked_by, ", ", &if today { time } else { when::moment(mark.marked_at) }].concat()
}

/// The history of a student. It follows the marks.
pub fn view(call: Call, student: &Arc<Student>) -> El {
    let queue = call.session.console().marks;
    let list = {
        let student = Arc::clone(student);
        move || {
            let marks = student.marks.get();
            if marks.is_empty() {
                return vec![p(t(Text::CallNoMarks))];
            }
            let unsent = |mark: &KeptMark| queue.waiting.with(|waiting| waiting.iter().any(|one| one.mark.id == mark.id));
            let lines = marks.iter().map(|mark| line(mark, &marks, unsent(mark)));
            vec![el("ol").class("call-history").all(lines.collect())]
        }
    };
    let back = {
        let student = Arc::clone(student);
        move || {
            let student = Arc::clone(&student);
            let take_back = button(Text::CallTakeBack, Weight::Quiet, "take-back", move || {
                say_of(call, &student, &Said::plain(MarkStatus::Cleared));
                // This button has gone with the mark.
                dom::focus_in_place(name_id(&student));
            });
            [only_when_open(call, take_back)]
        }
    };
    let marked = {
        let student = Arc::clone(student);
        move || student.stands().is_some()
    };
    div("call-past")
        .test("history")
        .child(p(&fill(t(Text::CallNumber), &[("number", &student.info.reference)])).class("call-hint"))
        .child(div("").live(list))
        .child(div("").live(move || if marked() { back().into() } else { Vec::new() }))
}

fn line(mark: &KeptMark, all: &[KeptMark], unsent: bool) -> El {
    let next = all.iter().find(|other| other.instead_of.as_ref() == Some(&mark.id));
    let corrected = next.map(|next| [" · ", &fill(t(Text::CallCorrected), &[("who", &by(next))])].concat());
    let words = [&Said::of(mark).words(), " · ", &by(mark), corrected.as_deref().unwrap_or_default()].concat();
    let line = el("li").text(&words);
    let line = if next.is_some() { line.class("call-replaced") } else { line };
    if unsent { line.text(" · ").child(el("em").text(t(Text::CallUnsent))) } else { line }
}
