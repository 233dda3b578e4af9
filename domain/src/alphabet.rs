//! The order of the Kazakh alphabet.
//!
//! Browsers can't be asked for it: Chromium brings no rules for Kazakh and sorts І behind И and Ү before Ұ, by those of no language.

/// The alphabet, in order.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// Weights of what isn't a letter of the alphabet: what parts words comes before all letters, so that “Ким Ян” stands before
/// “Кимова”; other letters come behind, by their number in Unicode.
const SPACE: u32 = 1;
const HYPHEN: u32 = 2;
const DIGITS: u32 = 3;
const LETTERS: u32 = 100;
const OTHERS: u32 = 1_000;

/// What a text is sorted by: texts are in alphabetical order when their keys are in ascending order. Case doesn't matter, nor do
/// apostrophes and full stops; numbers count as numbers, so that “Group 9” stands before “Group 10”.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey(Vec<u32>);

impl SortKey {
    /// The key of a text.
    pub fn new(text: &str) -> Self {
        // Names typed on a decomposed keyboard.
        let composed = text.replace("и\u{306}", "й").replace("И\u{306}", "Й").replace("е\u{308}", "ё").replace("Е\u{308}", "Ё");
        let mut letters = composed.chars().flat_map(char::to_lowercase).peekable();
        let mut key = Vec::with_capacity(text.len());
        while let Some(letter) = letters.next() {
            if let Some(first) = letter.to_digit(10) {
                let mut digits = vec![first];
                while let Some(digit) = letters.peek().and_then(|next| next.to_digit(10)) {
                    letters.next();
                    digits.push(digit);
                }
                let significant = digits.iter().skip_while(|digit| **digit == 0);
                key.extend([DIGITS, significant.clone().count() as u32]);
                key.extend(significant);
            } else if letter.is_whitespace() {
                key.push(SPACE);
            } else if letter == '-' {
                key.push(HYPHEN);
            } else if letter.is_alphabetic() {
                let place = ALPHABET.chars().position(|known| known == letter);
                key.push(place.map_or(OTHERS + u32::from(letter), |place| LETTERS + place as u32));
            }
        }
        Self(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(texts: &[&str]) -> Vec<String> {
        let mut texts: Vec<String> = texts.iter().rev().map(|text| (*text).to_owned()).collect();
        texts.sort_by_key(|text| SortKey::new(text));
        texts
    }

    #[test]
    fn every_letter_stands_where_the_alphabet_has_it() {
        let alphabet: Vec<String> = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ".chars().map(String::from).collect();
        let letters: Vec<&str> = alphabet.iter().map(String::as_str).collect();
        assert_eq!(alphabet.len(), 42);
        assert_eq!(sorted(&letters), alphabet);
    }

    #[test]
    fn names_stand_as_in_a_class_register() {
        let names = [
            "Абай Данияр",
            "Айтбай Әлия",
            "Әділет Болат",
            "Еркін Сая",
            "Ёлкин Пётр",
            "Жұма Дана",
            "Ильина Вера",
            "Ким Ян",
            "Ким-Ли Анна",
            "Кимова Ольга",
            "Қасым Аян",
            "Нұрлан Ая",
            "Ңұрлан Ая",
            "Ұлан Ерасыл",
            "Үміт Жанар",
            "Ыдырыс Мира",
            "Іңкәр Сағыныш",
            "Эль Мехди",
            "Smith Ann",
        ];
        assert_eq!(sorted(&names), names);
    }

    #[test]
    fn case_and_the_way_of_typing_do_not_matter_and_numbers_count() {
        assert_eq!(SortKey::new("АНДРЕЙ"), SortKey::new("андреи\u{306}"));
        assert_eq!(SortKey::new("О’Коннор"), SortKey::new("Оконнор"));
        assert_eq!(sorted(&["Топ 2", "Топ 09", "Топ 10", "Топ 100"]), ["Топ 2", "Топ 09", "Топ 10", "Топ 100"]);
    }

    proptest! {
        #[test]
        fn a_beginning_stands_before_the_whole(start in "[а-яёәғқңөұүһі -]{0,12}", rest in "[а-яёәғқңөұүһі]{1,6}") {
            prop_assert!(SortKey::new(&start) < SortKey::new(&(start.clone() + &rest)));
        }
    }
}
