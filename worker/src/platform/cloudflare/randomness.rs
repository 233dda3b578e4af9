//! Random bytes, asked of the runtime in stock: an application draws five times, and each asking costs as much as a small piece of work.

use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The Web Crypto API of the runtime; fills at most 65,536 bytes.
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(buffer: &mut [u8]) -> Result<(), JsValue>;
}

/// Bytes in stock.
const STOCK: usize = 2048;

/// Random bytes; the last `left` of them nobody has drawn yet.
struct Stock {
    bytes: [u8; STOCK],
    left: usize,
}

thread_local! {
    static STORE: RefCell<Stock> = const { RefCell::new(Stock { bytes: [0; STOCK], left: 0 }) };
}

/// Fills the buffer. No byte is given out twice, and none that was given out stays here.
///
/// # Errors
/// What the runtime says when it has none.
pub fn fill(buffer: &mut [u8]) -> Result<(), JsValue> {
    STORE.with_borrow_mut(|stock| {
        if stock.left < buffer.len() {
            get_random_values(&mut stock.bytes)?;
            stock.left = STOCK;
        }
        let next = STOCK - stock.left;
        match stock.bytes.get_mut(next..next + buffer.len()) {
            Some(drawn) => {
                buffer.copy_from_slice(drawn);
                drawn.fill(0);
                stock.left -= buffer.len();
                Ok(())
            }
            // More than there ever is in stock.
            None => get_random_values(buffer),
        }
    })
}
