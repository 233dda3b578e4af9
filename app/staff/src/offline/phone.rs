//! What `phone.js` does. Where the browser refuses to keep anything, the script keeps it in the tab and says so.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/offline/phone.js")]
extern "C" {
    /// Whether what is kept outlives the tab.
    pub fn keeps() -> bool;

    /// Keeps a text of a member under a kind and a name; `day` is the day it is about, empty for none.
    #[wasm_bindgen(catch)]
    pub async fn keep(member: &str, kind: &str, name: &str, day: &str, text: &str) -> Result<JsValue, JsValue>;

    /// The text kept for a member under a kind and a name.
    #[wasm_bindgen(catch)]
    pub async fn kept(member: &str, kind: &str, name: &str) -> Result<JsValue, JsValue>;

    /// The newest text of a kind, whosever it is.
    #[wasm_bindgen(catch)]
    pub async fn newest(kind: &str) -> Result<JsValue, JsValue>;

    /// Lets go of what is too old, about other days, or another member's; an empty member stands for everybody.
    #[wasm_bindgen(catch)]
    pub async fn tidy(member: &str, hours: u32, first: &str, last: &str) -> Result<JsValue, JsValue>;

    /// Lets go of everything that can be shown.
    #[wasm_bindgen(catch)]
    pub async fn forget() -> Result<JsValue, JsValue>;

    /// Takes marks in: a JSON list of `{ id, mark }`, each mark a JSON text.
    #[wasm_bindgen(catch)]
    pub async fn queue(member: &str, marks: &str) -> Result<JsValue, JsValue>;

    /// The marks of a member that the server hasn't taken, as JSON.
    #[wasm_bindgen(catch)]
    pub async fn queued(member: &str) -> Result<JsValue, JsValue>;

    /// How many marks of others wait on this phone.
    #[wasm_bindgen(catch, js_name = queuedByOthers)]
    pub async fn queued_by_others(member: &str) -> Result<JsValue, JsValue>;

    /// Drops marks, by a JSON list of their names.
    #[wasm_bindgen(catch, js_name = drop)]
    pub async fn let_go(ids: &str) -> Result<JsValue, JsValue>;

    /// Sends what waits of a member and says what became of it in a word.
    #[wasm_bindgen(catch)]
    pub async fn send(member: &str) -> Result<JsValue, JsValue>;

    /// Starts the service worker.
    #[wasm_bindgen(catch)]
    pub async fn serve() -> Result<JsValue, JsValue>;

    /// Has the service worker send when the network is back.
    #[wasm_bindgen(catch, js_name = sendLater)]
    pub async fn send_later() -> Result<JsValue, JsValue>;

    /// Calls `act` whenever the service worker has sent something.
    #[wasm_bindgen(js_name = onSent)]
    pub fn on_sent(act: &Closure<dyn FnMut()>);
}
