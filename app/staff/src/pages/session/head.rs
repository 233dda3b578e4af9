//! What stays in sight above the students: how many are marked as what, one button for everybody else, the last tap, the search.

use super::about::{About, Student};
use super::call::Call;
use super::said::{Said, status};
use super::scan;
use crate::components::button::{Weight, button, button_saying};
use crate::text::{Text, fill, t};
use app::dom;
use app::el::{El, div, el};
use domain::staff::attendance::MarkStatus;
use leptos::prelude::*;
use std::sync::Arc;

/// Id of the button for everybody who isn't marked.
const REST: &str = "rest-present";

/// Id of the button that takes the last tap back.
const UNDO: &str = "undo-tap";

/// The head of the list; `typed` is what is searched for.
pub fn view(call: Call, about: &About, typed: RwSignal<String>) -> El {
    let students: Arc<[Arc<Student>]> = about.students.clone().into();
    let all = {
        let students = Arc::clone(&students);
        let left = {
            let students = Arc::clone(&students);
            Memo::new(move |_| {
                call.changes.track();
                not_marked(&students).len()
            })
        };
        // One button as long as the page stands, so that it keeps the focus; when it goes, the other one takes it.
        let button = button_saying("", Weight::Main, REST, move || {
            call.say(&untrack(|| not_marked(&students)), &Said::plain(MarkStatus::Present), t(Text::CallRest));
            dom::focus_in_place(UNDO.to_owned());
        });
        let button = button.live_text(move || fill(t(Text::CallRestPresent), &[("n", &left.get().to_string())]));
        only_when_open(call, button).id(REST).live_attr("hidden", move || (left.get() == 0).then(String::new))
    };
    let undo = button(Text::CallUndo, Weight::Plain, UNDO, move || {
        call.undo();
        if untrack(|| call.taps.last()).is_none() {
            dom::focus_in_place(REST.to_owned());
        }
    });
    let undo = undo.id(UNDO).child(el("span").live_text(move || call.taps.last().unwrap_or_default()));
    let undo = undo.live_attr("hidden", move || call.taps.last().is_none().then(String::new));
    let camera = {
        let about = Arc::clone(&students);
        only_when_open(call, button(Text::ScanOpen, Weight::Plain, "scan", move || scan::open(call, &about)))
    };
    let search = el("input")
        .class("input")
        .id("call-search")
        .attr("type", "search")
        .attr("inputmode", "search")
        .attr("autocomplete", "off")
        .attr("placeholder", t(Text::CallSearch))
        .attr("aria-label", t(Text::CallSearch))
        .on_input("input", move |input| typed.set(input.value()));
    div("call-head").child(counts(call, students)).child(div("call-tools").child(search).child(camera)).child(
        div("call-acts no-print").child(div("call-rest").child(all)).child(div("call-undo").attr("role", "status").child(undo)),
    )
}

/// What marks is no button before the session can be marked: a mark would be refused.
pub fn only_when_open(call: Call, button: El) -> El {
    button.live_attr("disabled", move || (!call.open.get()).then(String::new))
}

fn not_marked(students: &[Arc<Student>]) -> Vec<Arc<Student>> {
    students.iter().filter(|student| student.stands().is_none() && !student.is_in_conflict()).cloned().collect()
}

/// The statuses in the order of their buttons.
pub const STATUSES: [MarkStatus; 4] = [MarkStatus::Present, MarkStatus::Late, MarkStatus::Excused, MarkStatus::Absent];

fn counts(call: Call, students: Arc<[Arc<Student>]>) -> El {
    let list = move || {
        call.changes.track();
        let stands: Vec<MarkStatus> =
            students.iter().map(|student| student.stands().map_or(MarkStatus::Cleared, |said| said.status)).collect();
        let count = |status| stands.iter().filter(|one| **one == status).count();
        let conflicts = students.iter().filter(|student| student.is_in_conflict()).count();
        let line = |class: &str, name: &str, number: usize, test: &str| {
            let number = el("strong").text(&number.to_string());
            el("li").class(class).attr("data-count", test).child(number).text(" ").child(el("span").text(name))
        };
        let mut lines: Vec<El> = [MarkStatus::Cleared]
            .into_iter()
            .chain(STATUSES)
            .map(|one| line("call-count", status(one), count(one), one.as_str()))
            .collect();
        if conflicts > 0 {
            lines.push(line("call-count call-count--bad", t(Text::CallConflicts), conflicts, "conflicts"));
        }
        lines
    };
    el("ul").class("call-counts").test("counts").live(list)
}
