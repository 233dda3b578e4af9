//! A choice out of a list, outside a form: a filter, the centre that is looked at.

use crate::text::{Text, t};
use app::dom;
use app::el::{El, el};
use domain::language::Language;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

/// A labelled list; `chosen` holds the value of the choice. `choices` are values with their names; the empty value stands for all.
pub fn choose(id: &str, label: Text, chosen: RwSignal<String>, choices: Vec<(String, String)>) -> El {
    let label = el("label").class("choose-label").attr("for", id).text(t(label));
    el("div").class("choose").child(label).child(select(id, chosen, choices))
}

/// The list alone; something else has to label it.
pub fn select(id: &str, chosen: RwSignal<String>, choices: Vec<(String, String)>) -> El {
    let present = chosen.get_untracked();
    let options = choices.into_iter().map(|(value, name)| {
        let selected = (value == present).then_some("");
        // Languages are called in their own words.
        let lang = Language::ALL.iter().map(|language| language.as_str()).find(|word| *word == value);
        el("option").attr("value", &value).maybe_attr("lang", lang).maybe_attr("selected", selected).text(&name)
    });
    let list = el("select").class("input select").id(id).attr("name", id).all(options.collect());
    // Kept right when it is set from elsewhere.
    let list = list.live_with(move |list| {
        if let Some(list) = list.dyn_ref::<HtmlSelectElement>() {
            list.set_value(&chosen.get());
        }
    });
    list.on("change", move |event| {
        if let Some(list) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            chosen.set(list.value());
        }
    })
}

/// Puts the focus on an element once the page has it.
pub(crate) fn focus_soon(id: String) {
    dom::later(0, move || {
        if let Some(element) = dom::element(&id) {
            dom::focus(&element);
        }
    });
}
