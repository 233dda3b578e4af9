//! Tabs: parts of a page of which one is shown. Arrows move between them.

use crate::router::parameter;
use crate::text::{Text, t};
use app::dom;
use app::el::{El, div, el};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// One part.
pub struct Tab {
    id: &'static str,
    title: String,
    content: Rc<dyn Fn() -> Vec<El>>,
}

impl Tab {
    /// A part with its name.
    pub fn new(id: &'static str, title: &str, content: impl Fn() -> Vec<El> + 'static) -> Self {
        Self { id, title: title.to_owned(), content: Rc::new(content) }
    }
}

/// What the part is called behind the address.
const TAB: &str = "tab";

/// The parts; the one the address names is shown, the first one otherwise. The address follows, so that a part can be sent as a link
/// and the back button leads to it. What is typed in one is lost when another is shown, unless signals outside hold it.
pub fn tabs(name: &'static str, label: Text, parts: Vec<Tab>) -> El {
    let named = parameter(TAB);
    let shown = RwSignal::new(parts.iter().position(|part| part.id == named).unwrap_or(0));
    let parts: Rc<[Tab]> = parts.into();
    let words: Rc<[&'static str]> = parts.iter().map(|part| part.id).collect();
    let show = move |place: usize| {
        let path = dom::address().0;
        match words.get(place).filter(|_| place > 0) {
            Some(word) => dom::replace_address(&[&path, "?", TAB, "=", word].concat()),
            None => dom::replace_address(&path),
        }
        shown.set(place);
    };
    let id = move |part: &str, tab: &str| [name, "-", part, "-", tab].concat();
    let heads = parts.iter().enumerate().map(|(place, tab)| {
        let chosen = move || shown.get() == place;
        let show = show.clone();
        el("button")
            .class("tab")
            .attr("type", "button")
            .attr("role", "tab")
            .id(&id("tab", tab.id))
            .attr("aria-controls", &id("panel", "shown"))
            .live_attr("aria-selected", move || Some(if chosen() { "true" } else { "false" }.to_owned()))
            .live_attr("tabindex", move || Some(if chosen() { "0" } else { "-1" }.to_owned()))
            .text(&tab.title)
            .on("click", move |_| show(place))
    });
    let press = show.clone();
    let heads: Vec<El> = heads.collect();
    let ids: Vec<String> = parts.iter().map(|tab| id("tab", tab.id)).collect();
    let last = parts.len().saturating_sub(1);
    let list = div("tabs no-print").attr("role", "tablist").attr("aria-label", t(label)).all(heads);
    let list = list.on("keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else { return };
        let now = shown.get_untracked();
        let next = match key.as_str() {
            "ArrowRight" => {
                if now == last {
                    0
                } else {
                    now + 1
                }
            }
            "ArrowLeft" => now.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        press(next);
        if let Some(tab) = ids.get(next).and_then(|id| dom::element(id)) {
            dom::focus(&tab);
        }
    });
    let names: Vec<String> = parts.iter().map(|tab| id("tab", tab.id)).collect();
    let panel = div("tab-panel")
        .attr("role", "tabpanel")
        .id(&id("panel", "shown"))
        .attr("tabindex", "0")
        .live_attr("aria-labelledby", move || names.get(shown.get()).cloned())
        .live(move || {
            let shown = shown.get();
            parts.get(shown).map(|tab| untrack(|| (tab.content)())).unwrap_or_default()
        });
    el("div").child(list).child(panel)
}
