//! What the app says, in the language of the moment.

use crate::wire::member;
use domain::language::Language;
use std::cell::Cell;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::Kazakh) };
    static TABLES: Tables = const { Tables::new() };
    static APART: Tables = const { Tables::new() };
}

/// The texts of one entry point, by language. They stay for ever: there are three languages at most, and people switch to and fro.
pub struct Tables(Cell<[Option<&'static [&'static str]>; 3]>);

impl Tables {
    /// No texts yet.
    #[allow(clippy::new_without_default)] // A default could not be made at compile time.
    pub const fn new() -> Self {
        Self(Cell::new([None; 3]))
    }

    /// Keeps the texts of `language`.
    pub fn keep(&self, language: Language, texts: Vec<String>) {
        let texts: Vec<&'static str> = texts.into_iter().map(|text| &*text.leak()).collect();
        let mut tables = self.0.get();
        if let Some(place) = tables.get_mut(language as usize) {
            *place = Some(texts.leak());
        }
        self.0.set(tables);
    }

    /// The texts of `language`, once they are there.
    pub fn of(&self, language: Language) -> Option<&'static [&'static str]> {
        self.0.get().get(language as usize).copied().flatten()
    }

    /// The text at this place, in the current language.
    pub fn get(&self, place: usize) -> &'static str {
        self.of(language()).and_then(|texts| texts.get(place).copied()).unwrap_or_default()
    }
}

/// The text in the current language.
///
/// It isn't reactive: a change of language builds the whole page anew, and so every text can be a plain reference.
pub fn t(text: Text) -> &'static str {
    let place = text as usize;
    match place.checked_sub(TEXTS) {
        None => TABLES.with(|tables| tables.get(place)),
        Some(place) => APART.with(|tables| tables.get(place)),
    }
}

/// The language in which the page is written now.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Whether the texts of `language` are there.
pub fn is_loaded(language: Language) -> bool {
    TABLES.with(|tables| tables.of(language).is_some())
}

/// Keeps the texts of `language`, in the order of [`Text`]; a list of another length belongs to another version of the app and is
/// refused.
pub fn load(language: Language, texts: Vec<String>) -> bool {
    if texts.len() != TEXTS {
        return false;
    }
    TABLES.with(|tables| tables.keep(language, texts));
    true
}

/// Whether the texts of the pages that come apart are there.
pub fn is_loaded_apart(language: Language) -> bool {
    APART.with(|tables| tables.of(language).is_some())
}

/// Keeps those texts, as [`load`] does the others.
pub fn load_apart(language: Language, texts: Vec<String>) -> bool {
    let known = texts.len() == TEXTS_APART;
    if known {
        APART.with(|tables| tables.keep(language, texts));
    }
    known
}

/// Where the texts of this name are, as boot.js has left word.
pub fn url(name: &str) -> String {
    let urls = member(&member(&js_sys::global(), "tumo"), "urls");
    member(&urls, name).as_string().unwrap_or_default()
}

/// Speaks `language` from now on; its texts must have been [loaded](load).
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

/// `text` with `{name}` replaced by its value, for each pair.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// The form of `text` that goes with `number`, with `{n}` filled in. The forms of a text are separated by `|`.
pub fn plural(text: Text, number: u32) -> String {
    fill(plural_form(text, number), &[("n", &crate::format::number(number))])
}

/// The form of `text` that goes with `number`, with nothing filled in.
pub fn plural_form(text: Text, number: u32) -> &'static str {
    form(t(text), number)
}

/// The one of these forms, separated by `|`, that goes with `number`. A text with fewer forms than the language has says the last of
/// them for the rest.
pub fn form(forms: &'static str, number: u32) -> &'static str {
    forms.split('|').take(language().plural_form(number) + 1).last().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_wherever_they_stand() {
        assert_eq!(fill("{a}, {b} и {a}", &[("a", "1"), ("b", "2")]), "1, 2 и 1");
        assert_eq!(fill("ничего", &[("a", "1")]), "ничего");
        assert_eq!(fill("{unknown}!", &[]), "!");
    }

    #[test]
    fn a_text_of_one_form_is_said_of_any_number() {
        speak(Language::Russian);
        for number in [1, 2, 5, 21] {
            assert_eq!(form("Показано", number), "Показано");
        }
        assert_eq!([1, 2, 5].map(|number| form("строка|строки|строк", number)), ["строка", "строки", "строк"]);
    }

    #[test]
    fn a_list_of_another_version_is_refused() {
        assert!(!load(Language::English, vec!["one".into()]));
        assert!(load(Language::English, vec!["text".into(); TEXTS]));
        speak(Language::English);
        assert_eq!(t(Text::ActionContinue), "text");
    }
}
