//! The receipt as a QR code, for the door of the centre: fetched when it is asked for, shown black on white.

use crate::api;
use crate::components::page_state::button;
use crate::dom;
use crate::el::{El, div, el, p};
use crate::pages::my::{Private, seen};
use crate::text::{Text, fill, t};
use domain::registration::MyRegistration;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button that shows the code, and the code once it is there.
pub fn view(private: &Private, one: &MyRegistration) -> El {
    let (app, token, registration) = (private.app, private.token.clone(), one.id.clone());
    let reference = private.mine.reference.clone();
    let place = ["code-", &one.id].concat();
    let id = place.clone();
    let (code, fetching) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let fetch = move || {
        if code.get_untracked().is_some() {
            code.set(None);
            return;
        }
        if fetching.get_untracked() {
            return;
        }
        fetching.set(true);
        let (token, registration, place) = (token.clone(), registration.clone(), place.clone());
        spawn_local(async move {
            let answer = match seen::code(&token, &registration) {
                Some(known) => Ok(known),
                None => api::receipt_code(&token, &registration).await,
            };
            match answer {
                // On a phone it would begin below the screen.
                Ok(_) => dom::later(0, move || {
                    if let Some(place) = dom::element(&place) {
                        place.scroll_into_view();
                    }
                }),
                Err(_) => app.say(Text::MyCodeFailed),
            }
            // The family may have left the page meanwhile.
            let _ = code.try_set(answer.ok());
            let _ = fetching.try_set(false);
        });
    };
    let words = move || t(if code.with(Option::is_some) { Text::MyCodeHide } else { Text::MyCodeShow }).to_owned();
    let button = button("button button--secondary", "code", "", fetch).live_text(words).live_busy(move || fetching.get());
    let shown = move || Some(drawn(&code.get()?, &reference));
    div("code-place").id(&id).child(button).child(div("").attr("role", "status").live(move || shown().into_iter().collect()))
}

/// The code of the registration with this number.
pub fn drawn(drawing: &str, reference: &str) -> El {
    let address = String::from(js_sys::encode_uri_component(drawing));
    let alt = fill(t(Text::MyCodeAlt), &[("number", reference)]);
    let image = el("img").attr("src", &["data:image/svg+xml,", &address].concat()).attr("alt", &alt);
    div("code").test("receipt-code").child(image).child(p(t(Text::MyCodeUse)))
}
