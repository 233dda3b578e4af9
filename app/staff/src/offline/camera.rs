//! What `camera.js` does.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/offline/camera.js")]
extern "C" {
    /// Keeps the reader of browsers that have none.
    #[wasm_bindgen(catch)]
    pub async fn prepare(script: &str, wasm: &str) -> Result<JsValue, JsValue>;

    /// Shows the camera in a `video` and tells `found` each code it sees, a function of the text; `script` and `wasm` are the reader of browsers that have
    /// none. Answers a function that ends it.
    #[wasm_bindgen(catch)]
    pub async fn watch(video: &web_sys::Element, script: &str, wasm: &str, found: &JsValue) -> Result<JsValue, JsValue>;

    /// A short tone and a jolt: yes, or no.
    pub fn signal(good: bool);

    /// Whether the signature of a receipt is right, by a JWK: `right`, `wrong`, or `unknown` where the browser can't check it.
    #[wasm_bindgen(catch)]
    pub async fn verify(receipt: &str, jwk: &str) -> Result<JsValue, JsValue>;
}
