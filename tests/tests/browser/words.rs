//! The app's own words, from `app/text`, so that journeys name what is read by its key.

use std::sync::LazyLock;

use domain::language::Language;
use xtask::layout;
use xtask::texts::{self, Texts};

static WORDS: LazyLock<Vec<(&'static str, Texts)>> =
    LazyLock::new(|| texts::load(&layout::root().join("app/text")).expect("the app's texts"));

/// The text of this key in this language, up to its first value to be filled in.
pub fn words(language: Language, key: &str) -> &'static str {
    let texts =
        WORDS.iter().find(|(name, _)| *name == language.as_str()).map(|(_, texts)| texts).expect("a language of the app");
    let text = texts.get(key).unwrap_or_else(|| panic!("app/text has no {key}"));
    text.split('{').next().unwrap_or_default().trim()
}

/// The text of this key in this language with its values filled in.
pub fn filled(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let texts =
        WORDS.iter().find(|(name, _)| *name == language.as_str()).map(|(_, texts)| texts).expect("a language of the app");
    let text = texts.get(key).unwrap_or_else(|| panic!("app/text has no {key}")).clone();
    values.iter().fold(text, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
