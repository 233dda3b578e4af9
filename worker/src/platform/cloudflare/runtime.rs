//! The functions of `runtime.js`.

use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/src/platform/cloudflare/runtime.js")]
extern "C" {
    /// Answers a call with a whole response; without lines, its headers are those of the answer before.
    #[wasm_bindgen(catch)]
    pub fn respond(call: &JsValue, status: u16, lines: Option<&str>, bytes: &[u8]) -> Result<(), JsValue>;

    /// Answers a call with a response in pieces; the function is called for each. The headers are as with [`respond`].
    #[wasm_bindgen(js_name = respondInPieces)]
    pub fn respond_in_pieces(call: &JsValue, status: u16, lines: Option<&str>, next: &JsValue);

    /// Settles a call with bytes.
    pub fn give(call: &JsValue, bytes: &[u8]);

    /// Settles a call that has no answer.
    pub fn done(call: &JsValue);

    /// Gives a call up.
    pub fn fail(call: &JsValue, reason: &str);

    /// From now on the module is at work for this call, or for none.
    pub fn enter(call: &JsValue);

    /// From now on this function is told what promises come to: number, whether it is fulfilled, value.
    pub fn listen(closure: &JsValue);

    /// Tells it what this one comes to, under this number.
    pub fn wait(promise: &Promise, place: u32);

    /// Tells which SQL text a number stands for.
    pub fn remember(number: f64, text: &str);

    /// Runs statements as one transaction; gives an array of places and texts by turns.
    pub fn batch(env: &JsValue, list: &[f64], plain: &str, other: &str) -> Promise;

    /// The Ed25519 signature of a text, as an array of bytes. The key counts at the first call only.
    pub fn sign(key: &[u8], text: &[u8]) -> Promise;

    /// The text at an address of another server; null for an answer that isn't a success.
    #[wasm_bindgen(js_name = fetchText)]
    pub fn fetch_text(address: &str) -> Promise;

    /// Whether the rate-limit binding lets one more through.
    pub fn allows(env: &JsValue, key: &str) -> Promise;
}
