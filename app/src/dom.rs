//! The few things the app asks of the browser itself. Each answers quietly when the browser refuses: a family with a strict
//! or old browser still gets through.

use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, Window};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element with this id.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Path and query of the address.
pub fn address() -> (String, String) {
    let location = window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, JsValue>| {
        location.as_ref().and_then(|location| read(location).ok()).unwrap_or_default()
    };
    (part(web_sys::Location::pathname), part(web_sys::Location::search))
}

/// The fragment of the address, without its `#`.
pub fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// The whole address of this page.
pub fn href() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// Leaves for another page as if its address had been typed.
pub fn open(path: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(path);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

thread_local! {
    static RETURNED: Cell<bool> = const { Cell::new(false) };
}

/// Calls `act` whenever somebody goes back or forth to an address.
pub fn on_return(act: impl Fn() + 'static) {
    on_window("popstate", move |_| {
        RETURNED.set(true);
        act();
    });
}

/// Whether somebody has gone back or forth to the present address: the browser is about to scroll to where they were.
pub fn has_returned() -> bool {
    RETURNED.get()
}

/// Shows another address and remembers the present one.
pub fn push_address(path: &str) {
    RETURNED.set(false);
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Shows another address in place of the present one.
pub fn replace_address(path: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Calls `act` for every such event of the window, as long as the page lives.
pub fn on_window(event: &str, act: impl FnMut(Event) + 'static) {
    if let Some(window) = window() {
        listen(&window, event, Closure::new(act));
    }
}

/// Calls `act` for every such event of the document, as long as the page lives.
pub fn on_document(event: &str, act: impl FnMut(Event) + 'static) {
    if let Some(document) = document() {
        listen(&document, event, Closure::new(act));
    }
}

fn listen(target: &web_sys::EventTarget, event: &str, act: Closure<dyn FnMut(Event)>) {
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    act.forget();
}

/// Calls `act` once, `milliseconds` from now.
pub fn later(milliseconds: u32, act: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let act = Closure::once_into_js(act);
        let delay = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), delay);
    }
}

/// Calls `act` once, when what stands on the page now has been painted; soon, when the page can't be seen and nothing is painted.
pub fn after_paint(act: impl FnOnce() + 'static) {
    if !is_visible() {
        return later(0, act);
    }
    if let Some(window) = window() {
        // The frame is painted behind its callbacks, and a task comes behind that.
        let act = Closure::once_into_js(move || later(0, act));
        let _ = window.request_animation_frame(act.unchecked_ref());
    }
}

/// After how many milliseconds nothing else is to do, where the browser can't tell.
const SOON: i32 = 500;

/// Calls `act` once, when the browser has nothing else to do.
pub fn when_idle(act: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let act = Closure::once_into_js(act);
        let act = act.unchecked_ref();
        // Safari learned it late.
        if window.request_idle_callback(act).is_err() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(act, SOON);
        }
    }
}

/// Whether the page can be seen now.
pub fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Whether the browser believes to be connected.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Puts the focus on the element, or on the first input in it when it is a group, and brings it into sight.
pub fn focus_field(id: &str) {
    let Some(found) = element(id) else { return };
    let input = (found.tag_name() == "FIELDSET").then(|| found.query_selector("input:checked, input").ok().flatten());
    focus(&input.flatten().unwrap_or(found));
}

/// Puts the focus on an element.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.scroll_into_view();
        let _ = element.focus();
    }
}

/// Puts the focus on an element that can be seen already, as soon as it is there; the page stays where it is.
pub fn focus_in_place(id: String) {
    later(0, move || {
        if let Some(element) = element(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// Whether the heading of the page has the focus, as on a page that has just begun.
pub fn heading_has_focus() -> bool {
    document().and_then(|document| document.active_element()).is_some_and(|element| element.tag_name() == "H1")
}

/// Starts a new page at its top, with the focus on its heading, so that it is read out.
pub fn begin_page() {
    begin_with("#app h1");
}

/// Shows a page from its top, with the focus on what matches: something near the top.
pub fn begin_with(css: &str) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    let found = document().and_then(|document| document.query_selector(css).ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}

thread_local! {
    static TITLE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What the page's tab is called, or is about to be.
pub fn title() -> String {
    let coming = TITLE.with_borrow(Clone::clone);
    coming.or_else(|| Some(document()?.title())).unwrap_or_default()
}

/// Calls the page's tab so, once the page has been painted: for the browser that is long work.
pub fn set_title(title: &str) {
    let coming = TITLE.replace(Some(title.to_owned()));
    if coming.is_none() {
        after_paint(|| {
            if let (Some(document), Some(title)) = (document(), TITLE.take()) {
                document.set_title(&title);
            }
        });
    }
}

/// Declares the language of the page, for screen readers and hyphenation.
pub fn set_language(language: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", language);
    }
}

/// What was typed into, or ticked in, the input of an event.
pub fn input(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Calls `act` again and again, every so many milliseconds, as long as the page lives.
pub fn every(milliseconds: i32, act: impl FnMut() + 'static) {
    if let Some(window) = window() {
        let act: Closure<dyn FnMut()> = Closure::new(act);
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(act.as_ref().unchecked_ref(), milliseconds);
        act.forget();
    }
}

/// 32 letters nobody can guess.
pub fn random_key() -> String {
    let mut bytes = [0u8; 16];
    let drawn =
        window().and_then(|window| window.crypto().ok()).map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if !matches!(drawn, Some(Ok(_))) {
        // Without the browser's cryptography: still no two families alike.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    let letter = |half: u8| char::from(b'a' + half);
    bytes.iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
}
