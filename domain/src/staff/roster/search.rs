//! Searching for students by name, reference number or telephone.

use crate::contact::Phone;
use crate::name::folded;
use crate::reference::Reference;
use crate::staff::access::Right;
use serde::{Deserialize, Serialize};

/// The most rows of a search.
pub const SEARCH_MAX: usize = 100;

/// The shortest text that is searched for, in characters.
pub const SEARCH_MIN: usize = 2;

/// The most words of a search that count; a name has three parts.
const WORDS_MAX: usize = 4;

/// Body of `POST /api/staff/students/search`. Not in the address: addresses are kept by whatever lies between, and names and
/// telephones are nobody's business there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchForm {
    /// Parts of a name, whatever its case and keyboard; or a whole reference number; or a whole telephone number, of whoever may
    /// see contacts.
    pub search: String,
    /// Only this centre's; none for all within reach.
    #[serde(default)]
    pub centre: Option<String>,
}

/// What somebody searches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// A reference number, whole.
    Reference(Reference),
    /// A telephone number, whole and in international form.
    Phone(String),
    /// Parts of a name, folded; each has to be found in the [`searchable`] text with a space before it.
    Words([String; WORDS_MAX]),
}

impl Search {
    /// What it takes to be answered. Whose telephone number it is, is a family's contact: who may not see those finds nobody by it, and
    /// can't try numbers out.
    pub const fn right(&self) -> Right {
        match self {
            Self::Phone(_) => Right::SeeContacts,
            Self::Reference(_) | Self::Words(_) => Right::SeeNames,
        }
    }

    /// Reads what was typed; none when it is too short to search for.
    pub fn parse(typed: &str) -> Option<Self> {
        // A Latin name of eight letters may read as a number by chance.
        let number =
            typed.bytes().any(|byte| byte.is_ascii_digit()) || typed.trim_start().to_ascii_uppercase().starts_with("TM");
        if let Some(reference) = Reference::parse(typed).filter(|_| number) {
            return Some(Self::Reference(reference));
        }
        if let Ok(phone) = Phone::parse(typed) {
            return Some(Self::Phone(phone.e164().to_owned()));
        }
        let mut words = words(typed);
        let found: [String; WORDS_MAX] = std::array::from_fn(|_| words.next().unwrap_or_default());
        let letters: usize = found.iter().map(|word| word.trim().chars().count()).sum();
        (letters >= SEARCH_MIN).then_some(Self::Words(found))
    }
}

/// Shorter words than this are looked for at the beginning of a name alone: in the middle they are found in nearly every one.
const SHORT: usize = 3;

fn words(typed: &str) -> impl Iterator<Item = String> {
    let words = typed.split_whitespace().map(folded).filter(|word| !word.is_empty());
    words.map(|word| if word.chars().count() < SHORT { format!(" {word}") } else { word })
}

/// The text in which a student is searched for: the parts of the name, folded, with spaces between.
pub fn searchable(surname: &str, given_name: &str, patronymic: Option<&str>) -> String {
    let parts = [Some(surname), Some(given_name), patronymic].into_iter().flatten().map(folded);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the store asks.
    fn finds(typed: &str, text: &str) -> bool {
        let Some(Search::Words(words)) = Search::parse(typed) else { return false };
        words.iter().all(|word| format!(" {text}").contains(word.as_str()))
    }

    #[test]
    fn a_keyboard_without_kazakh_letters_finds_everybody() {
        let text = searchable("Қуанышева", "Әйгерім", Some("Нұрланқызы"));
        for typed in ["куанышева", "АЙГЕРИМ", "қуан әйг", "аигерим нурланкызы", "  Айгерим\tКуан ", "а ку"]
        {
            assert_eq!(finds(typed, &text), typed != "аигерим нурланкызы", "{typed}");
        }
        assert!(finds("султан орк", &searchable("Нұр-Сұлтан", "Өркен", None)));
        assert!(!finds("куан болат", &text));
        assert!(!finds("ан", &text), "two letters are looked for at the beginning alone");
    }

    #[test]
    fn numbers_are_searched_for_as_wholes() {
        let reference = Reference::from_random(12345);
        assert_eq!(Search::parse(&reference.as_str().to_lowercase()), Some(Search::Reference(reference)));
        assert_eq!(Search::parse("8 701 123 45 67"), Some(Search::Phone("+77011234567".to_owned())));
        // A part of a number is nothing to search for.
        assert_eq!(Search::parse("701 123"), None);
        assert_eq!(Search::parse("Ә"), None);
        assert_eq!(Search::parse("Әл"), Some(Search::Words([" ал".to_owned(), String::new(), String::new(), String::new()])));
    }
}
