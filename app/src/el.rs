//! Elements, built by hand and kept up to date by Leptos's signals.
//!
//! The app takes from Leptos what is hard, the reactive graph, and leaves its typed view trees: every `view!` is a type of its
//! own, and their code was half of what a phone had to download before the first word appeared. Here all elements are one type.
//! A page is built once, from top to bottom; what changes while it stands is a `live_…` part, which runs again when a signal it
//! has read changes, and stops when its page, or the part around it, is taken away.

use crate::dom;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlInputElement};

/// An element.
pub struct El(Element);

/// A new element.
pub fn el(tag: &str) -> El {
    let created = dom::document().and_then(|document| document.create_element(tag).ok());
    // The tags are ours and a page has a document. An `Option` in every element would make the code of all pages longer.
    El(created.unwrap_throw())
}

/// A new element of a drawing.
pub fn svg(tag: &str) -> El {
    let created = dom::document().and_then(|document| document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag).ok());
    El(created.unwrap_throw())
}

/// A new element with a class.
pub fn div(class: &str) -> El {
    el("div").class(class)
}

/// A paragraph.
pub fn p(text: &str) -> El {
    el("p").text(text)
}

impl El {
    /// Sets its classes.
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Sets its id.
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// Marks it for the browser tests.
    pub fn test(self, name: &str) -> Self {
        self.attr("data-test", name)
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.set_attr(name, value);
        self
    }

    /// Sets an attribute of one that stands already.
    pub fn set_attr(&self, name: &str, value: &str) {
        let _ = self.0.set_attribute(name, value);
    }

    /// Sets an attribute of one that stands already, or takes it away.
    pub fn set_maybe_attr(&self, name: &str, value: Option<&str>) {
        let _ = match value {
            Some(value) => self.0.set_attribute(name, value),
            None => self.0.remove_attribute(name),
        };
    }

    /// Sets an attribute that there is not always.
    pub fn maybe_attr(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Appends text.
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// Sets its content to markup of our own.
    pub fn markup(self, markup: &'static str) -> Self {
        self.0.set_inner_html(markup);
        self
    }

    /// Appends an element.
    pub fn child(self, child: El) -> Self {
        let _ = self.0.append_child(&child.0);
        self
    }

    /// Puts an element before what is there.
    pub fn first(self, child: El) -> Self {
        let _ = self.0.insert_before(&child.0, self.0.first_child().as_ref());
        self
    }

    /// Appends elements.
    pub fn all(self, children: Vec<El>) -> Self {
        children.into_iter().fold(self, El::child)
    }

    /// Appends an element that there is not always.
    pub fn maybe(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Calls `act` at every such event, as long as the page stands.
    pub fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Closure::new(act))
    }

    fn listen(self, event: &str, act: Closure<dyn FnMut(Event)>) -> Self {
        let _ = self.0.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
        // Owned by the page: the owner of the reactive graph drops it with everything else.
        StoredValue::new_local(act);
        self
    }

    /// Calls `act` with the input whenever it was typed into or ticked.
    pub fn on_input(self, event: &str, act: impl Fn(HtmlInputElement) + 'static) -> Self {
        self.on(event, move |event| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into().ok()) {
                act(input);
            }
        })
    }

    /// What stands in an input at first.
    pub fn value(self, value: &str) -> Self {
        if let Some(input) = self.as_input() {
            input.set_value(value);
        }
        self
    }

    /// Whether an input is ticked at first.
    pub fn checked(self, checked: bool) -> Self {
        if let Some(input) = self.as_input() {
            input.set_checked(checked);
        }
        self
    }

    /// Keeps an input ticked or not.
    pub fn live_checked(self, checked: impl Fn() -> bool + 'static) -> Self {
        if let Some(input) = self.as_input().cloned() {
            react(Box::new(move || input.set_checked(checked())));
        }
        self
    }

    /// Keeps an attribute up to date; none takes it away.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.react_to(Box::new(value), move |element, value| El::of(element).set_maybe_attr(name, value.as_deref()))
    }

    /// Keeps its classes up to date.
    pub fn live_class(self, class: impl Fn() -> &'static str + 'static) -> Self {
        self.live_attr("class", move || Some(class().to_owned()))
    }

    /// Says whether something it started is under way.
    pub fn live_busy(self, busy: impl Fn() -> bool + 'static) -> Self {
        self.live_attr("aria-busy", move || Some(if busy() { "true" } else { "false" }.to_owned()))
    }

    /// Keeps its text up to date.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.react_to(Box::new(move || Some(text())), |element, text| element.set_text_content(text.as_deref()))
    }

    /// Keeps its whole content up to date: what was there goes, what `content` builds comes.
    pub fn live(self, content: impl Fn() -> Vec<El> + 'static) -> Self {
        let element = self.0.clone();
        react(Box::new(move || El::of(&element).alone(content())));
        self
    }

    /// Runs `act` with the element now, and again whenever a signal it has read changes.
    pub fn live_with(self, act: impl Fn(&Element) + 'static) -> Self {
        let element = self.0.clone();
        react(Box::new(move || act(&element)));
        self
    }

    fn react_to(self, value: Box<dyn Fn() -> Option<String>>, put: impl Fn(&Element, Option<String>) + 'static) -> Self {
        let element = self.0.clone();
        react(Box::new(move || put(&element, value())));
        self
    }

    fn as_input(&self) -> Option<&HtmlInputElement> {
        self.0.dyn_ref()
    }

    /// The element itself, for what only the browser can do with it.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// An element that is in the document already.
    pub fn of(element: &Element) -> Self {
        Self(element.clone())
    }

    /// Puts elements in the place of its content.
    pub fn alone(&self, content: Vec<El>) {
        self.0.set_text_content(None);
        Self::of(&self.0).all(content);
    }
}

/// Runs `act` now, and again whenever a signal it has read changes, as long as what surrounds it stands.
fn react(act: Box<dyn Fn()>) {
    StoredValue::new_local(RenderEffect::new(move |_| act()));
}
