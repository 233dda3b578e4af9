//! Searching for students by name, reference number or telephone.

use crate::alphabet::SortKey;
use crate::contact::Phone;
use crate::name::folded;
use crate::reference::Reference;
use crate::staff::access::Right;
use crate::staff::roster::RosterRow;
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

    /// Puts what was found in the order in which it is shown: the nearest to what was typed first, and of equals by the Kazakh
    /// alphabet.
    pub fn order(&self, rows: &mut [RosterRow]) {
        rows.sort_by_cached_key(|row| {
            let patronymic = row.patronymic.as_deref();
            let name = [Some(row.surname.as_str()), Some(row.given_name.as_str()), patronymic];
            let written: Vec<&str> = name.into_iter().flatten().collect();
            (self.nearness(&row.surname, &row.given_name, patronymic), SortKey::new(&written.join(" ")))
        });
    }

    /// By the word that is furthest from the name.
    fn nearness(&self, surname: &str, given_name: &str, patronymic: Option<&str>) -> Nearness {
        let Self::Words(words) = self else { return Nearness::Surname };
        let parts = [
            (Nearness::Surname, folded(surname)),
            (Nearness::GivenName, folded(given_name)),
            (Nearness::Patronymic, patronymic.map(folded).unwrap_or_default()),
        ];
        let of_word = |word: &String| {
            let begins = parts.iter().find(|(_, part)| part.starts_with(word.trim_start()));
            begins.map_or(Nearness::Inside, |(nearness, _)| *nearness)
        };
        words.iter().filter(|word| !word.is_empty()).map(of_word).max().unwrap_or(Nearness::Surname)
    }
}

/// Where in a name that was found the word stands that was typed; the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The surname begins with it.
    Surname,
    /// The given name does.
    GivenName,
    /// The patronymic does: every second one is of somebody else's name.
    Patronymic,
    /// It is in the middle of a word.
    Inside,
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
    use crate::date::{Date, Timestamp};
    use crate::registration::RegistrationState;
    use crate::staff::cohort::MarkCounts;

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

    /// These names, each with its three parts, in the order in which a search shows them.
    fn ordered<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
        let search = Search::parse(typed).expect("something to search for");
        let row = |name: &&str| {
            let mut parts = name.split(' ').map(str::to_owned);
            let [surname, given_name] = [parts.next(), parts.next()].map(Option::unwrap_or_default);
            RosterRow {
                registration: (*name).to_owned(),
                student: String::new(),
                cohort: String::new(),
                reference: String::new(),
                surname,
                given_name,
                patronymic: parts.next(),
                born_on: Date::new(2012, 3, 4).expect("a day"),
                school: None,
                grade: None,
                state: RegistrationState::Enrolled,
                position: None,
                held_until: None,
                tracks: Vec::new(),
                party: false,
                changed_at: Timestamp(0),
                marks: MarkCounts::default(),
            }
        };
        let mut rows: Vec<RosterRow> = names.iter().map(row).collect();
        search.order(&mut rows);
        rows.iter().filter_map(|row| names.iter().find(|name| **name == row.registration).copied()).collect()
    }

    #[test]
    fn whose_names_begin_so_come_before_those_in_which_it_stands_in_the_middle() {
        let names = [
            "Қожахметов Болат",
            "Асқаров Болат Ахметұлы",
            "Өтегенов Ахмет",
            "Әлиев Ахмет",
            "Ахметова Үміт",
            "Ахметов Әли",
            "Ахмет Зере",
        ];
        let expected = [
            "Ахмет Зере",
            "Ахметов Әли",
            "Ахметова Үміт",
            "Әлиев Ахмет",
            "Өтегенов Ахмет",
            "Асқаров Болат Ахметұлы",
            "Қожахметов Болат",
        ];
        assert_eq!(ordered("Ахмет", &names), expected);
    }

    #[test]
    fn the_order_is_that_of_the_kazakh_alphabet_whatever_keyboard_was_typed_on() {
        assert_eq!(ordered("ул", &["Үлгі А", "Ұлан Б", "Улан В"]), ["Улан В", "Ұлан Б", "Үлгі А"]);
        // Each word has to stand at a beginning.
        assert_eq!(ordered("ахмет бол", &["Ахметов Нұрболат", "Ахметов Болат"]), ["Ахметов Болат", "Ахметов Нұрболат"]);
        assert_eq!(ordered("8 701 123 45 67", &["Үміт А", "Ұлан Б"]), ["Ұлан Б", "Үміт А"]);
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
