//! One field of a form.

use crate::components::choose::select;
use crate::components::form::Form;
use crate::components::time_input::time_input;
use crate::text::{Text, t};
use app::el::{El, div, el};
use leptos::prelude::*;
use std::borrow::Cow;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlTextAreaElement};

/// A field that is being described; the last call says what kind it is and gives the element.
pub struct Field {
    form: Form,
    path: Cow<'static, str>,
    label: Text,
    hint: Option<String>,
    optional: bool,
    kind: &'static str,
    mode: &'static str,
    autocomplete: &'static str,
    capitals: &'static str,
    class: &'static str,
}

impl Field {
    pub(super) fn new(form: Form, path: Cow<'static, str>, label: Text) -> Self {
        let (kind, mode, autocomplete, capitals, class) = ("text", "text", "off", "off", "input");
        Self { form, path, label, hint: None, optional: false, kind, mode, autocomplete, capitals, class }
    }

    /// An example or a reason, below the label.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whose it is, where a form asks the same of several people; the summary of faults says so.
    pub fn of(self, whose: &str) -> Self {
        self.form.names(&self.path, [whose, " · ", t(self.label)].concat());
        self
    }

    /// It may be left out.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// What the browser may fill in by itself.
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// A line of text.
    pub fn input(self, value: RwSignal<String>) -> El {
        let input = el("input")
            .class(self.class)
            .attr("type", self.kind)
            .attr("inputmode", self.mode)
            .attr("autocomplete", self.autocomplete)
            .attr("autocapitalize", self.capitals)
            .attr("spellcheck", "false")
            .value(&value.get_untracked())
            .on_input("input", move |input| value.set(input.value()));
        self.labelled(input)
    }

    /// A person's name: a phone begins each word with a capital.
    pub fn name(mut self, value: RwSignal<String>) -> El {
        self.capitals = "words";
        self.input(value)
    }

    /// An e-mail address.
    pub fn email(mut self, value: RwSignal<String>) -> El {
        (self.kind, self.mode) = ("email", "email");
        self.input(value)
    }

    /// A password; `what` is `current-password` or `new-password`.
    pub fn password(mut self, what: &'static str, value: RwSignal<String>) -> El {
        (self.kind, self.autocomplete) = ("password", what);
        self.input(value)
    }

    /// A telephone number.
    pub fn phone(mut self, value: RwSignal<String>) -> El {
        (self.kind, self.mode) = ("tel", "tel");
        self.input(value)
    }

    /// A number, or a code of digits.
    pub fn digits(mut self, value: RwSignal<String>) -> El {
        (self.mode, self.class) = ("numeric", "input input--number");
        self.input(value)
    }

    /// A day, `YYYY-MM-DD`, by the browser's own calendar.
    pub fn date(mut self, value: RwSignal<String>) -> El {
        (self.kind, self.mode, self.class) = ("date", "", "input input--date");
        self.input(value)
    }

    /// A time of the day, `HH:MM`.
    pub fn time(self, value: RwSignal<String>) -> El {
        self.labelled(time_input(value))
    }

    /// A file; `accept` says which ones the browser offers.
    pub fn file(mut self, accept: &str, chosen: RwSignal<Option<File>, LocalStorage>) -> El {
        self.class = "input input--file";
        let input = el("input").class(self.class).attr("type", "file").attr("accept", accept);
        let input = input.on_input("change", move |input| chosen.set(input.files().and_then(|files| files.get(0))));
        self.labelled(input)
    }

    /// Some lines of text.
    pub fn lines(self, value: RwSignal<String>) -> El {
        let area = el("textarea").class("input input--lines").attr("rows", "3").text(&value.get_untracked());
        let area = area.on("input", move |event| {
            if let Some(area) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
                value.set(area.value());
            }
        });
        self.labelled(area)
    }

    /// One of a list; `choices` are values with their names.
    pub fn select(self, value: RwSignal<String>, choices: Vec<(String, String)>) -> El {
        let list = select(&self.form.id(&self.path), value, choices);
        self.labelled(list)
    }

    /// One of a few that all can be seen.
    pub fn radios(self, value: RwSignal<String>, choices: Vec<(String, String)>) -> El {
        let name = self.form.id(&self.path);
        let cards = choices.into_iter().map(|(word, title)| {
            let input = el("input")
                .attr("type", "radio")
                .attr("name", &name)
                .id(&[&name, "-", &word].concat())
                .checked(value.get_untracked() == word)
                .on("change", move |_| value.set(word.clone()));
            option(input, &title)
        });
        let cards = cards.collect();
        self.group(cards)
    }

    /// Any number of a few.
    pub fn checks(self, values: RwSignal<Vec<String>>, choices: Vec<(String, String)>) -> El {
        let name = self.form.id(&self.path);
        let cards = choices.into_iter().map(|(word, title)| {
            let id = [&name, "-", &word].concat();
            let ticked = values.with_untracked(|values| values.contains(&word));
            let input = el("input").attr("type", "checkbox").id(&id).checked(ticked).on_input("change", move |input| {
                values.update(|values| app::components::check_box::put(values, &word, input.checked()));
            });
            option(input, &title)
        });
        let cards = cards.collect();
        self.group(cards)
    }

    /// One box to tick, labelled by itself.
    pub fn check(self, value: RwSignal<bool>) -> El {
        let id = self.form.id(&self.path);
        let input = el("input")
            .attr("type", "checkbox")
            .id(&id)
            .checked(value.get_untracked())
            .on_input("change", move |input| value.set(input.checked()));
        let card = option(self.described(input), t(self.label));
        div("field").child(card).maybe(self.hint_line()).child(self.error_line())
    }

    fn labelled(self, input: El) -> El {
        let id = self.form.id(&self.path);
        let label = self.named(el("label").class("label").attr("for", &id));
        let input = self.described(input.id(&id));
        let field = div("field").child(label).maybe(self.hint_line()).child(self.error_line()).child(input);
        self.marked(field)
    }

    fn group(self, cards: Vec<El>) -> El {
        let legend = self.named(el("legend").class("label"));
        let group = el("fieldset").id(&self.form.id(&self.path)).child(legend).maybe(self.hint_line()).child(self.error_line());
        let group = self.described(group).child(div("options").all(cards));
        self.marked(group)
    }

    fn named(&self, label: El) -> El {
        let label = label.text(t(self.label));
        if self.optional { label.text(" ").child(el("span").class("optional").text(t(Text::FormOptional))) } else { label }
    }

    fn hint_line(&self) -> Option<El> {
        self.hint.as_ref().map(|hint| el("p").class("hint").id(&self.part("hint")).text(hint))
    }

    fn error_line(&self) -> El {
        let (form, path, id) = (self.form, self.path.clone(), self.part("error"));
        el("div").live(move || {
            form.fault(&path).map(|said| el("span").class("error-text").id(&id).text(&said)).into_iter().collect()
        })
    }

    fn described(&self, input: El) -> El {
        let (form, path, hint, error) = (self.form, self.path.clone(), self.hint.is_some(), self.part("error"));
        let same = path.clone();
        let hint = hint.then(|| self.part("hint"));
        input.live_attr("aria-invalid", move || form.fault(&same).map(|_| "true".to_owned())).live_attr(
            "aria-describedby",
            move || {
                let parts = [hint.as_ref(), form.fault(&path).map(|_| &error)];
                let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
                (!parts.is_empty()).then(|| parts.join(" "))
            },
        )
    }

    fn marked(self, field: El) -> El {
        field.live_class(move || if self.form.fault(&self.path).is_some() { "field field--error" } else { "field" })
    }

    fn part(&self, part: &str) -> String {
        [&self.form.id(&self.path), "-", part].concat()
    }
}

/// A box or a choice with its name, to be hit as a whole.
fn option(input: El, title: &str) -> El {
    el("label").class("option").child(input).child(el("span").text(title))
}
