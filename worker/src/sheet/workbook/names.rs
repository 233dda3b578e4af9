//! What stands on the tabs of a workbook.

use std::collections::HashSet;

/// The longest name, in UTF-16 units.
const NAME_MAX: usize = 31;

/// Names given so far, in lower case: Excel tells none apart by case.
#[derive(Default)]
pub struct SheetNames(HashSet<String>);

impl SheetNames {
    /// The name as a tab can bear it; with a number where another sheet has it already.
    pub fn unlike_the_others(&mut self, wanted: &str) -> String {
        let plain = fit(&wanted.chars().map(allowed).collect::<String>(), NAME_MAX);
        // Excel keeps this one to itself.
        let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { format!("{plain}_") } else { plain };
        let numbered = |number: u32| {
            let end = format!(" ({number})");
            fit(&plain, NAME_MAX - end.len()) + &end
        };
        let names = std::iter::once(plain.clone()).chain((2..).map(numbered));
        let mut free = names.skip_while(|name| !self.0.insert(name.to_lowercase()));
        free.next().unwrap_or_default()
    }
}

/// What Excel refuses in a name becomes a hyphen.
fn allowed(character: char) -> char {
    if matches!(character, ':' | '\\' | '/' | '?' | '*' | '[' | ']') || character.is_control() { '-' } else { character }
}

/// The name without outer spaces and apostrophes, and no longer than `most`.
fn fit(name: &str, most: usize) -> String {
    let outer = |character: char| character == '\'' || character.is_whitespace();
    let mut left = most;
    let short = name.trim_matches(outer).chars().take_while(|character| match left.checked_sub(character.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    short.collect::<String>().trim_end_matches(outer).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_made_fit_and_told_apart() {
        let mut names = SheetNames::default();
        let mut name = |wanted: &str| names.unlike_the_others(wanted);
        assert_eq!(name("Астана: Дс/Ср [1]"), "Астана- Дс-Ср -1-");
        assert_eq!(name("Топ"), "Топ");
        assert_eq!(name("ТОП"), "ТОП (2)");
        assert_eq!(name("топ"), "топ (3)");
        assert_eq!(name("'Топ'"), "Топ (4)");
        assert_eq!(name(""), "_");
        assert_eq!(name("History"), "History_");
        let long = "Алматы, дүйсенбі мен бейсенбі, 09:00";
        assert_eq!(name(long), "Алматы, дүйсенбі мен бейсенбі,");
        assert_eq!(name(long), "Алматы, дүйсенбі мен бейсен (2)");
    }

    proptest! {
        #[test]
        fn whatever_is_wanted_a_tab_can_bear_it(wanted in prop::collection::vec("\\PC{0,40}|[a-b]{1,2}|[:'\\[\\] ]{0,3}", 1..30)) {
            let mut names = SheetNames::default();
            let given: Vec<String> = wanted.iter().map(|wanted| names.unlike_the_others(wanted)).collect();
            for name in &given {
                prop_assert!((1..=NAME_MAX).contains(&name.encode_utf16().count()), "{name}");
                prop_assert!(!name.contains([':', '\\', '/', '?', '*', '[', ']']) && !name.starts_with('\'') && !name.ends_with('\''));
                prop_assert_eq!(given.iter().filter(|other| other.to_lowercase() == name.to_lowercase()).count(), 1);
            }
        }
    }
}
