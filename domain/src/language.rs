//! The three languages in which everything is said.

use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// A language of the product. Kazakh comes first: it is the choice when nothing else is known.
    Language {
        /// Kazakh.
        Kazakh = "kk",
        /// Russian.
        Russian = "ru",
        /// English.
        English = "en",
    }
}

impl Language {
    /// The first known language among BCP 47 tags such as `ru-KZ`, Kazakh when there is none.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter().find_map(|tag| Self::parse(tag.split(['-', '_']).next().unwrap_or(tag))).unwrap_or(Self::Kazakh)
    }

    /// Which form of a noun goes with `number`, from 0 (Unicode CLDR, cardinal): Kazakh has one after every numeral, Russian
    /// three (1 место, 2 места, 5 мест), English two.
    pub fn plural_form(self, number: u32) -> usize {
        match (self, number % 10, number % 100) {
            (Self::Kazakh, _, _) => 0,
            (Self::Russian, 1, tens) if tens != 11 => 0,
            (Self::Russian, 2..=4, tens) if !(12..=14).contains(&tens) => 1,
            (Self::Russian, _, _) => 2,
            (Self::English, _, _) => usize::from(number != 1),
        }
    }
}

/// One text in all three languages; a row of data can't be published with one of them missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Localized {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl Localized {
    /// The text in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Kazakh => &self.kk,
            Language::Russian => &self.ru,
            Language::English => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_wins_and_kazakh_is_the_choice_in_doubt() {
        assert_eq!(Language::preferred(["de-DE", "ru-KZ", "en"]), Language::Russian);
        assert_eq!(Language::preferred(["kk-Cyrl-KZ"]), Language::Kazakh);
        assert_eq!(Language::preferred(["de", "fr"]), Language::Kazakh);
        assert_eq!(Language::preferred([]), Language::Kazakh);
    }

    #[test]
    fn nouns_follow_their_numerals() {
        let russian = [0, 1, 2, 4, 5, 11, 12, 14, 20, 21, 22, 25, 101, 111, 1004].map(|n| Language::Russian.plural_form(n));
        assert_eq!(russian, [2, 0, 1, 1, 2, 2, 2, 2, 2, 0, 1, 2, 0, 2, 1]);
        assert_eq!([0, 1, 2, 21].map(|n| Language::English.plural_form(n)), [1, 0, 1, 1]);
        assert_eq!([0, 1, 2, 5].map(|n| Language::Kazakh.plural_form(n)), [0, 0, 0, 0]);
    }
}
