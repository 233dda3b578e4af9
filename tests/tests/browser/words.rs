//! The app's own words, from `app/text`, and the console's, from `app/staff/text`, so that journeys name what is read by its key.

use std::sync::LazyLock;

use domain::language::Language;
use xtask::layout;
use xtask::texts::{self, Texts};

type Words = Vec<(&'static str, Texts)>;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let together = load("app/text").into_iter().zip(load("app/text/apart"));
    together.map(|((language, first), (_, apart))| (language, first.into_iter().chain(apart).collect())).collect()
});
static STAFF_WORDS: LazyLock<Words> = LazyLock::new(|| load("app/staff/text"));

fn load(folder: &str) -> Words {
    texts::load(&layout::root().join(folder)).expect("the app's texts")
}

/// The text of this key in this language, up to its first value to be filled in.
pub fn words(language: Language, key: &str) -> &'static str {
    beginning(find(&WORDS, language, key))
}

/// The same of the staff console's texts.
pub fn staff_words(language: Language, key: &str) -> &'static str {
    beginning(find(&STAFF_WORDS, language, key))
}

/// The text of this key in this language with its values filled in.
pub fn filled(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    fill(find(&WORDS, language, key), values)
}

/// The same of the staff console's texts.
pub fn staff_filled(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    fill(find(&STAFF_WORDS, language, key), values)
}

/// A text of the staff console in the form that goes with this number, up to the value after it.
pub fn staff_plural(language: Language, key: &str, number: u32) -> String {
    let form = find(&STAFF_WORDS, language, key).split('|').nth(language.plural_form(number)).unwrap_or_default();
    fill(form, &[("n", &number.to_string())]).split('{').next().unwrap_or_default().trim().to_owned()
}

fn find(words: &'static Words, language: Language, key: &str) -> &'static str {
    let texts =
        words.iter().find(|(name, _)| *name == language.as_str()).map(|(_, texts)| texts).expect("a language of the app");
    texts.get(key).unwrap_or_else(|| panic!("there is no text {key}"))
}

fn beginning(text: &'static str) -> &'static str {
    text.split('{').next().unwrap_or_default().trim()
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
