//! What can be taken along: the calendar file, the link, paper.

use crate::api;
use crate::app::App;
use crate::components::page_state::button;
use crate::dom;
use crate::el::{El, div};
use crate::pages::my::Private;
use crate::text::{Text, language, t};
use domain::registration::MyRegistration;
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlTextAreaElement, ShareData, Url};

const MAIN: &str = "button button--primary";
const OTHER: &str = "button button--secondary";

/// The link and paper: what concerns the whole page.
pub fn view(app: App) -> El {
    let mut actions = div("actions").child(button(OTHER, "copy", t(Text::MyCopy), move || copy(app)));
    if can_share() {
        actions = actions.child(button(OTHER, "share", t(Text::MyShare), share));
    }
    actions.child(button(OTHER, "print", t(Text::MyPrint), || {
        if let Some(window) = dom::window() {
            let _ = window.print();
        }
    }))
}

/// The sessions of one registration for the phone's own calendar.
pub fn calendar(private: &Private, one: &MyRegistration) -> El {
    let fetching = RwSignal::new(false);
    let (app, token, registration) = (private.app, private.token.clone(), one.id.clone());
    let reference = private.mine.reference.clone();
    let button = button(MAIN, "calendar", t(Text::MyCalendar), move || {
        save_calendar(app, fetching, token.clone(), registration.clone(), reference.clone());
    });
    button.live_busy(move || fetching.get())
}

/// The file can't be an ordinary link: the secret travels in a header.
fn save_calendar(app: App, fetching: RwSignal<bool>, token: String, registration: String, reference: String) {
    if fetching.get_untracked() {
        return;
    }
    fetching.set(true);
    spawn_local(async move {
        let file = api::calendar(&token, &registration, language()).await.ok();
        if file.and_then(|file| download(&file, &[&reference, ".ics"].concat()).ok()).is_none() {
            app.say(Text::MyCalendarFailed);
        }
        // The family may have left the page meanwhile.
        let _ = fetching.try_set(false);
    });
}

fn download(file: &str, name: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/calendar;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(file)), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = dom::document().ok_or(JsValue::UNDEFINED)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Safari still reads the address after the click.
    dom::later(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}

fn copy(app: App) {
    let Some(window) = dom::window() else { return };
    let href = dom::href();
    let clipboard = Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).unwrap_or(JsValue::UNDEFINED);
    spawn_local(async move {
        // Missing on pages without TLS and in old browsers.
        let copied =
            !clipboard.is_undefined() && JsFuture::from(window.navigator().clipboard().write_text(&href)).await.is_ok();
        let copied = copied || copy_the_old_way(&href).is_some();
        app.say(if copied { Text::MyCopied } else { Text::MyCopyFailed });
    });
}

fn copy_the_old_way(text: &str) -> Option<()> {
    let document = dom::document()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.unchecked_into();
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let command = Reflect::get(&document, &JsValue::from_str("execCommand")).ok()?;
    let copied = command.dyn_into::<js_sys::Function>().ok()?.call1(&document, &JsValue::from_str("copy"));
    area.remove();
    copied.ok()?.is_truthy().then_some(())
}

fn can_share() -> bool {
    dom::window().is_some_and(|window| {
        Reflect::get(&window.navigator(), &JsValue::from_str("share")).is_ok_and(|share| share.is_function())
    })
}

fn share() {
    if let Some(window) = dom::window() {
        let data = ShareData::new();
        data.set_title(t(Text::SiteName));
        data.set_url(&dom::href());
        let shared = window.navigator().share_with_data(&data);
        spawn_local(async move {
            // Closing the sheet is no failure.
            let _ = JsFuture::from(shared).await;
        });
    }
}
