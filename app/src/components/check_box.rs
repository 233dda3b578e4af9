//! An answer that is given or not.

use crate::components::page_state::art;
use crate::components::radio::title_and_note;
use crate::el::{El, el};

/// One card to tick.
pub struct CheckBox {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What that means; empty for nothing.
    pub note: String,
    /// A drawing beside it; empty for none.
    pub art: String,
    /// Whether it is ticked at first.
    pub checked: bool,
}

impl CheckBox {
    /// The card; `ticked` learns every change.
    pub fn view(self, ticked: impl Fn(bool) + 'static) -> El {
        let input = el("input")
            .attr("type", "checkbox")
            .id(&self.id)
            .checked(self.checked)
            .on_input("change", move |input| ticked(input.checked()));
        let text = el("span").class("choice-text").all(title_and_note(&self.title, &self.note));
        let drawing = (!self.art.is_empty()).then(|| art(&self.art, "64", "64").attr("loading", "lazy"));
        let class = if self.art.is_empty() { "choice" } else { "choice choice--track" };
        el("label").class(class).child(input).child(el("span").class("choice-body").child(text).maybe(drawing))
    }
}

/// Puts `id` into a list of chosen ones, or takes it out.
pub fn put(chosen: &mut Vec<String>, id: &str, ticked: bool) {
    chosen.retain(|known| known != id);
    if ticked {
        chosen.push(id.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn the_order_of_choice_is_kept_and_nothing_is_there_twice() {
        let mut chosen = Vec::new();
        for (id, ticked) in [("music", true), ("robotics", true), ("music", true), ("robotics", false), ("animation", true)] {
            put(&mut chosen, id, ticked);
        }
        assert_eq!(chosen, ["music", "animation"]);
    }
}
