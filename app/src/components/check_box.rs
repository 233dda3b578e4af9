//! An answer that is given or not.

use crate::app::App;
use crate::components::page_state::art;
use crate::components::radio::title_and_note;
use crate::el::{El, el};
use crate::text::Text;
use domain::application::TRACKS_MAX;
use web_sys::HtmlInputElement;

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
        self.view_with(move |input| ticked(input.checked()))
    }

    /// The card; `changed` gets the input at every change, and may take the change back.
    pub fn view_with(self, changed: impl Fn(HtmlInputElement) + 'static) -> El {
        let input = el("input").attr("type", "checkbox").id(&self.id).checked(self.checked).on_input("change", changed);
        let text = el("span").class("choice-text").all(title_and_note(&self.title, &self.note));
        let drawing = (!self.art.is_empty()).then(|| art(&self.art, "64", "64").attr("loading", "lazy"));
        let class = if self.art.is_empty() { "choice" } else { "choice choice--track" };
        el("label").class(class).child(input).child(el("span").class("choice-body").child(text).maybe(drawing))
    }
}

/// The classes of a list of tracks: with as many ticked as may be, the others look as if they waited.
pub const fn track_list(ticked: usize) -> &'static str {
    if ticked < TRACKS_MAX { "choice-list" } else { "choice-list choice-list--full" }
}

/// Keeps whether a track is ticked. One too many is not ticked at all, and the page says at once why.
pub fn put_track(app: App, chosen: &mut Vec<String>, id: &str, input: &HtmlInputElement) {
    if input.checked() && chosen.len() >= TRACKS_MAX {
        input.set_checked(false);
        app.say(Text::FaultTooManyTracks);
    } else {
        put(chosen, id, input.checked());
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
