//! What a phone that puts the site among its apps is told: one manifest a language, each an app of its own that opens in it.

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// The address by which the shells of a language name it, without the first slash.
pub fn name(language: &str) -> String {
    format!("manifest-{language}.webmanifest")
}

/// The manifest in a language: `shared` is what all have in common, as JSON.
///
/// # Errors
/// When it isn't an object.
pub fn of(language: &str, shared: &str, called: &str, described: &str) -> Result<Vec<u8>> {
    let mut manifest: Map<String, Value> = serde_json::from_str(shared).context("public/shell/manifest.json")?;
    // The first page of that language: an app installed on one page must not change its name because another is read in it.
    let start = format!("/{language}");
    for (key, value) in
        [("name", called), ("description", described), ("lang", language), ("id", &start), ("start_url", &start)]
    {
        manifest.insert(key.to_owned(), value.into());
    }
    Ok(serde_json::to_vec(&manifest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_is_an_app_that_opens_in_it() {
        let manifest = of("ru", r#"{ "short_name": "TUMO" }"#, "TUMO Казахстан", "Центр").expect("a manifest");
        let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
        assert_eq!(manifest["start_url"], "/ru");
        assert_eq!(manifest["id"], "/ru");
        assert_eq!(manifest["name"], "TUMO Казахстан");
        assert_eq!(manifest["short_name"], "TUMO");
    }
}
