//! The camera: a receipt held before it marks its student present.

use super::about::Student;
use super::call::Call;
use super::receipt::{Scanned, recognise};
use super::said::Said;
use crate::components::button::{Weight, button};
use crate::components::dialog;
use crate::offline::camera;
use crate::text::{Text, fill, t};
use app::el::{El, div, el, p};
use app::{clock, dom};
use domain::staff::attendance::MarkStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// For how long the same code is not looked at again, in milliseconds: it is still before the camera.
const SAME_FOR: i64 = 4_000;

/// What is said about the last code.
#[derive(Clone, PartialEq, Eq)]
struct Told {
    good: bool,
    words: String,
    note: Option<&'static str>,
}

/// Opens the camera over the page.
pub fn open(call: Call, students: &Arc<[Arc<Student>]>) {
    let students = Arc::clone(students);
    dialog::open(call.session.console(), move |dialog| {
        let told = RwSignal::new(None::<Told>);
        let video = el("video").class("scan-video").attr("muted", "").attr("playsinline", "").attr("autoplay", "");
        watch(call, Arc::clone(&students), video.element(), told);
        let said = move || told.get().map(words).into_iter().collect();
        vec![
            dialog.title(t(Text::ScanTitle)),
            video,
            div("scan-told").attr("role", "alert").test("scanned").live(said),
            button(Text::ActionClose, Weight::Plain, "close-scan", move || dialog.close()),
        ]
    });
}

fn words(told: Told) -> El {
    let class = if told.good { "scan-words scan-words--good" } else { "scan-words scan-words--bad" };
    div(class).child(el("strong").text(&told.words)).maybe(told.note.map(p))
}

/// Starts the camera, and ends it with the dialog.
fn watch(call: Call, students: Arc<[Arc<Student>]>, video: &web_sys::Element, told: RwSignal<Option<Told>>) {
    let keys = Rc::new(RefCell::new(None::<Value>));
    let last = StoredValue::new((String::new(), 0i64));
    let found: Closure<dyn FnMut(String)> = {
        let keys = Rc::clone(&keys);
        Closure::new(move |text: String| {
            let now = clock::now().0;
            let same = last.try_update_value(|last| {
                let same = last.0 == text && now - last.1 < SAME_FOR;
                *last = (text.clone(), now);
                same
            });
            if same == Some(false) {
                let (students, keys) = (Arc::clone(&students), Rc::clone(&keys));
                spawn_local(async move {
                    let keys = keys.borrow().clone();
                    let scanned = recognise(&text, &call.cohort(), &students, keys.as_ref()).await;
                    let answer = take(call, scanned);
                    camera::signal(answer.good);
                    let _ = told.try_set(Some(answer));
                });
            }
        })
    };
    let found = StoredValue::new_local(found);
    let end = StoredValue::new_local(None::<js_sys::Function>);
    on_cleanup(move || {
        let running = end.try_update_value(Option::take).flatten();
        drop(running.map(|end| end.call0(&JsValue::NULL)));
    });
    let video = video.clone();
    spawn_local(async move {
        let known = call.session.look::<Value>("/api/keys").await.ok();
        *keys.borrow_mut() = known;
    });
    spawn_local(async move {
        let (script, wasm) = reader();
        // The closure lives as long as the dialog, and the camera no longer than that.
        let Some(closure) = found.try_with_value(|found| found.as_ref().clone()) else { return };
        match camera::watch(&video, &script, &wasm, &closure).await {
            Ok(running) => {
                let running: js_sys::Function = running.unchecked_into();
                if end.try_set_value(Some(running.clone())).is_some() {
                    // The dialog was closed while the camera opened.
                    drop(running.call0(&JsValue::NULL));
                }
            }
            Err(_) => {
                let none = Told { good: false, words: t(Text::ScanNoCamera).to_owned(), note: None };
                let _ = told.try_set(Some(none));
            }
        }
    });
}

/// Has the reader ready where it may be needed, so that the camera works without network too.
pub fn prepare() {
    spawn_local(async {
        let (script, wasm) = reader();
        // Without it the camera asks the network for it.
        let _ = camera::prepare(&script, &wasm).await;
    });
}

/// Where the reader for other browsers is; the page names it.
fn reader() -> (String, String) {
    let boot = dom::element("boot");
    let named = |name: &str| boot.as_ref().and_then(|boot| boot.get_attribute(name)).unwrap_or_default();
    (named("data-scan"), named("data-scan-wasm"))
}

/// Marks whoever was scanned, and says what came of it.
fn take(call: Call, scanned: Scanned) -> Told {
    let bad = |words: String| Told { good: false, words, note: None };
    match scanned {
        Scanned::Student(student, checked) => {
            let note = (!checked).then(|| t(Text::ScanUnchecked));
            let named = |text: Text, status: &str| fill(t(text), &[("name", &student.name), ("status", status)]);
            match student.stands() {
                Some(said) if matches!(said.status, MarkStatus::Present | MarkStatus::Late) => {
                    Told { good: true, words: named(Text::ScanAgain, &said.words()), note }
                }
                _ => {
                    super::row::say_of(call, &student, &Said::plain(MarkStatus::Present));
                    Told { good: true, words: named(Text::ScanPresent, ""), note }
                }
            }
        }
        Scanned::OtherCohort(cohort) => bad(fill(t(Text::ScanOtherCohort), &[("group", &call.session.cohort_name(&cohort))])),
        Scanned::Nobody => bad(t(Text::ScanNobody).to_owned()),
        Scanned::Forged => bad(t(Text::ScanForged).to_owned()),
        Scanned::NoReceipt => bad(t(Text::ScanNoReceipt).to_owned()),
    }
}
