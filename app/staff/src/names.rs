//! Names in the order of the Kazakh alphabet, and found whatever keyboard they were typed on.

use domain::name::folded;
use js_sys::{Array, Function, JsString, Object, Reflect};
use std::cmp::Ordering;
use wasm_bindgen::{JsCast, JsValue};

/// Compares texts by the rules of the Kazakh alphabet, whatever the language of the page: the names are the same in all three.
/// Numbers in them count as numbers.
pub struct Collator(Option<Function>);

impl Collator {
    /// The browser's rules.
    pub fn new() -> Self {
        let options = Object::new();
        let numeric = Reflect::set(&options, &"numeric".into(), &JsValue::TRUE);
        let collator = js_sys::Intl::Collator::new(&Array::of1(&"kk".into()), &options);
        Self(numeric.ok().map(|_| collator.compare()))
    }

    /// Which of two texts comes first.
    pub fn compare(&self, one: &JsString, other: &JsString) -> Ordering {
        let answer = self.0.as_ref().and_then(|compare| compare.call2(&JsValue::NULL, one, other).ok());
        answer.and_then(|answer| answer.as_f64()).and_then(|answer| answer.partial_cmp(&0.0)).unwrap_or(Ordering::Equal)
    }
}

impl Default for Collator {
    fn default() -> Self {
        Self::new()
    }
}

/// The places of `items` in alphabetical order of what `text` makes of each: every text goes to the browser once.
pub fn order<T>(items: &[T], text: impl Fn(&T) -> String) -> Vec<usize> {
    let collator = Collator::new();
    let texts: Vec<JsString> = items.iter().map(|item| JsValue::from_str(&text(item)).unchecked_into()).collect();
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by(|one, other| match (texts.get(*one), texts.get(*other)) {
        (Some(one), Some(other)) => collator.compare(one, other),
        _ => Ordering::Equal,
    });
    places
}

/// Shorter words than this are looked for at the beginning of a word alone: in the middle they are found in nearly every name.
const SHORT: usize = 3;

/// What somebody looks for: words in any order. Kazakh letters may be typed with their Russian neighbours; case, Ё and hyphens do
/// not matter.
pub struct Wanted(Vec<(String, String)>);

impl Wanted {
    /// What was typed.
    pub fn new(typed: &str) -> Self {
        Self(typed.split_whitespace().map(|word| (folded(word), word.to_lowercase())).collect())
    }

    /// Whether nothing is looked for.
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text has all of it.
    pub fn is_in(&self, text: &str) -> bool {
        if self.is_nothing() {
            return true;
        }
        let (plain, whole) = (text.to_lowercase(), folded(text));
        let begins = |wanted: &str| text.split([' ', '\u{a0}', '-', ',', '(']).any(|word| folded(word).starts_with(wanted));
        self.0.iter().all(|(wanted, typed)| {
            // Numbers, e-mails and references have no spelling to forgive.
            if typed.chars().any(|c| !c.is_alphabetic() && c != '-') {
                return plain.contains(typed.as_str());
            }
            match wanted.chars().count() {
                0 => plain.contains(typed.as_str()),
                1..SHORT => begins(wanted),
                _ => whole.contains(wanted.as_str()),
            }
        })
    }
}

/// A person's full name as lists show it: surname first.
pub fn full(surname: &str, given_name: &str, patronymic: Option<&str>) -> String {
    [Some(surname), Some(given_name), patronymic].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_from_any_keyboard_in_any_order() {
        let student = "Қуанышбекова Әйгерім Нұрланқызы";
        for typed in ["куаныш", "Әйг қуан", "бекова ә", "айгерим", "НУРЛАН", "", "  "] {
            assert!(Wanted::new(typed).is_in(student), "{typed}");
        }
        for typed in ["куаныш данияр", "ва", "7"] {
            assert!(!Wanted::new(typed).is_in(student), "{typed}");
        }
    }

    #[test]
    fn double_names_and_numbers_are_found() {
        assert!(Wanted::new("султан").is_in("Нұр-Сұлтан Ахмет"));
        assert!(Wanted::new("нурсултан").is_in("Нұр-Сұлтан"));
        assert!(Wanted::new("нур-султан").is_in("Нұр-Сұлтан"));
        assert!(Wanted::new("4567").is_in("Ахмет TM-1234567"));
        assert!(Wanted::new("tm-12").is_in("Ахмет TM-1234567"));
        assert!(Wanted::new("a.b@mail").is_in("A.B@mail.kz"));
        assert!(!Wanted::new("tm-13").is_in("Ахмет TM-1234567"));
    }
}
