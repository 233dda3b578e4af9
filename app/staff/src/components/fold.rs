//! What is folded behind one button on a phone, where it would push everything else off the screen. A desk has room for it.

use crate::text::{Text, fill, t};
use app::el::{El, div, el};
use leptos::prelude::*;

/// The button and what it shows. It is called `name`, and `name_set` as soon as some of what is folded is set.
pub fn fold(id: &str, [name, name_set]: [Text; 2], set: impl Fn() -> usize + 'static, content: Vec<El>) -> [El; 2] {
    let open = RwSignal::new(false);
    let said = move || match set() {
        0 => t(name).to_owned(),
        set => fill(t(name_set), &[("n", &set.to_string())]),
    };
    let button = el("button")
        .class("button button--secondary fold-button")
        .attr("type", "button")
        .test("filters")
        .attr("aria-controls", id)
        .live_attr("aria-expanded", move || Some(if open.get() { "true" } else { "false" }.to_owned()))
        .live_text(said)
        .on("click", move |_| open.update(|open| *open = !*open));
    let content = div("fold").id(id).live_attr("data-open", move || open.get().then(String::new)).all(content);
    [button, content]
}
