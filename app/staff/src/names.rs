//! Names in the order of the Kazakh alphabet, and found whatever keyboard they were typed on.

use domain::alphabet::SortKey;
use domain::name::folded;

/// The places of `items` in the order of the Kazakh alphabet, by what `text` makes of each.
pub fn order<T>(items: &[T], text: impl Fn(&T) -> String) -> Vec<usize> {
    let keys: Vec<SortKey> = items.iter().map(|item| SortKey::new(&text(item))).collect();
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by_key(|place| keys.get(*place));
    places
}

/// Puts cohorts into the order of lists: centre after centre as they come, and in each by what staff call them; those without a label
/// follow as they came. `told` tells centre and label.
pub fn sort_cohorts<T>(cohorts: &mut [T], told: impl Fn(&T) -> (String, Option<String>)) {
    let mut centres: Vec<String> = Vec::new();
    for (centre, _) in cohorts.iter().map(&told) {
        if !centres.contains(&centre) {
            centres.push(centre);
        }
    }
    cohorts.sort_by_cached_key(|cohort| {
        let (centre, label) = told(cohort);
        (centres.iter().position(|known| *known == centre), label.is_none(), label.map(|label| SortKey::new(&label)))
    });
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
        // Nobody types what keeps hours on one line.
        let text = &text.replace('\u{2060}', "");
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
    fn places_are_those_of_the_list_that_was_given() {
        assert_eq!(order(&["Үміт", "Ұлан", "Абай", "Ұлан"], |name| (*name).to_owned()), [2, 1, 3, 0]);
    }

    #[test]
    fn cohorts_stand_centre_by_centre_in_the_order_of_the_alphabet() {
        let mut cohorts = [
            ("b", Some("Алатау")),
            ("b", None),
            ("a", Some("Арай")),
            ("b", Some("Арай")),
            ("b", Some("Аққу")),
            ("a", Some("Ақсұңқар")),
        ];
        sort_cohorts(&mut cohorts, |(centre, label)| ((*centre).to_owned(), label.map(str::to_owned)));
        let labels = cohorts.map(|(_, label)| label);
        assert_eq!(labels, [Some("Аққу"), Some("Алатау"), Some("Арай"), None, Some("Ақсұңқар"), Some("Арай")]);
    }

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
        assert!(Wanted::new("09:00–11:00 дс").is_in("Дс,\u{a0}Ср\u{a0}·\u{a0}09:00–\u{2060}11:00"));
        assert!(Wanted::new("султан").is_in("Нұр-Сұлтан Ахмет"));
        assert!(Wanted::new("нурсултан").is_in("Нұр-Сұлтан"));
        assert!(Wanted::new("нур-султан").is_in("Нұр-Сұлтан"));
        assert!(Wanted::new("4567").is_in("Ахмет TM-1234567"));
        assert!(Wanted::new("tm-12").is_in("Ахмет TM-1234567"));
        assert!(Wanted::new("a.b@mail").is_in("A.B@mail.kz"));
        assert!(!Wanted::new("tm-13").is_in("Ахмет TM-1234567"));
    }
}
