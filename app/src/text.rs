//! What the app says, in the language of the moment.

use domain::language::Language;
use std::cell::Cell;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::Kazakh) };
    static TABLES: Cell<[Option<&'static [&'static str]>; 3]> = const { Cell::new([None; 3]) };
}

/// The text in the current language.
///
/// It isn't reactive: a change of language builds the whole page anew, and so every text can be a plain reference.
pub fn t(text: Text) -> &'static str {
    table(language()).and_then(|texts| texts.get(text as usize).copied()).unwrap_or_default()
}

/// The language in which the page is written now.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Whether the texts of `language` are there.
pub fn is_loaded(language: Language) -> bool {
    table(language).is_some()
}

/// Keeps the texts of `language`, in the order of [`Text`]; a list of another length belongs to another version of the app and is
/// refused. They stay for ever: there are three languages at most, and a family switches to and fro.
pub fn load(language: Language, texts: Vec<String>) -> bool {
    if texts.len() != TEXTS {
        return false;
    }
    let texts: Vec<&'static str> = texts.into_iter().map(|text| &*text.leak()).collect();
    let mut tables = TABLES.get();
    if let Some(place) = tables.get_mut(language as usize) {
        *place = Some(texts.leak());
    }
    TABLES.set(tables);
    true
}

/// Speaks `language` from now on; its texts must have been [loaded](load).
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

fn table(language: Language) -> Option<&'static [&'static str]> {
    TABLES.get().get(language as usize).copied().flatten()
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
    t(text).split('|').nth(language().plural_form(number)).unwrap_or_default()
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
    fn a_list_of_another_version_is_refused() {
        assert!(!load(Language::English, vec!["one".into()]));
        assert!(load(Language::English, vec!["text".into(); TEXTS]));
        speak(Language::English);
        assert_eq!(t(Text::ActionContinue), "text");
    }
}
