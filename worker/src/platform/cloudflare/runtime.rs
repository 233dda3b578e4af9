//! The functions of `runtime.js`.

use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use worker::web_sys::{Request, Response};

#[wasm_bindgen(module = "/src/platform/cloudflare/runtime.js")]
extern "C" {
    /// A request's method, address and headers, a line each.
    pub fn head(request: &Request) -> String;

    /// A request's body as an array of bytes.
    pub fn body(request: &Request) -> Promise;

    /// A whole response.
    #[wasm_bindgen(catch)]
    pub fn respond(status: u16, lines: &str, bytes: &[u8]) -> Result<Response, JsValue>;

    /// Tells which SQL text a number stands for.
    pub fn remember(number: u32, text: &str);

    /// Runs statements as one transaction; gives an array of texts.
    pub fn batch(env: &JsValue, binding: &str, statements: &str) -> Promise;

    /// Whether the rate-limit binding lets one more through.
    pub fn allows(env: &JsValue, binding: &str, key: &str) -> Promise;
}
