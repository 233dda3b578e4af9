//! What stays on the phone between two visits. Storage may be blocked or full; the app then works from memory alone.

use crate::wire::{FromJs, ToJs, from_json, to_json};
use web_sys::Storage;

fn storage() -> Option<Storage> {
    crate::dom::window()?.local_storage().ok().flatten()
}

/// The value kept under `key`; none when there is none, or nothing this version of the app can read.
pub fn read<T: FromJs>(key: &str) -> Option<T> {
    from_json(&read_text(key)?)
}

/// The text kept under `key` as it is.
pub fn read_text(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a value under `key`; whether there was room for it.
pub fn write<T: ToJs>(key: &str, value: &T) -> bool {
    to_json(value).is_some_and(|text| write_text(key, &text))
}

/// Keeps a text under `key` as it is; whether there was room for it.
pub fn write_text(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets what is kept under `key`.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}
