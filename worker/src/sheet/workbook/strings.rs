//! Texts that repeat (cities, cohorts, names) are written once and referred to by number, which halves a sheet.

use crate::sheet::xml;
use std::collections::HashMap;
use std::sync::Arc;

/// How many texts are remembered: more than a year of a city has different names.
const TEXTS_MAX: usize = 50_000;

/// How long they are in all, in bytes; with the table around them this is the most memory a workbook holds.
const LENGTH_MAX: usize = 3_000_000;

/// The texts of a workbook by number.
#[derive(Default)]
pub struct SharedStrings {
    numbers: HashMap<Arc<str>, usize>,
    texts: Vec<Arc<str>>,
    length: usize,
}

impl SharedStrings {
    /// The number of a text; none when it is new and there is no room for it.
    pub fn number(&mut self, text: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        if self.texts.len() >= TEXTS_MAX || self.length + text.len() > LENGTH_MAX {
            return None;
        }
        let number = self.texts.len();
        let kept: Arc<str> = text.into();
        self.length += text.len();
        self.texts.push(Arc::clone(&kept));
        self.numbers.insert(kept, number);
        Some(number)
    }

    /// The part of the file that holds them, piece by piece.
    pub fn write(self, mut take: impl FnMut(&str)) {
        drop(self.numbers);
        take(concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            "\n",
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
        ));
        let mut piece = String::new();
        for text in self.texts {
            piece.clear();
            push_item(&mut piece, "si", &text);
            take(&piece);
        }
        take("</sst>");
    }
}

/// A text in an element of this name.
pub fn push_item(out: &mut String, element: &str, text: &str) {
    let mut content = String::with_capacity(text.len());
    xml::push(&mut content, text);
    let space = if xml::is_spaced(&content) { " xml:space=\"preserve\"" } else { "" };
    for part in ["<", element, "><t", space, ">", &content] {
        out.push_str(part);
    }
    for part in ["</t></", element, ">"] {
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_and_there_is_an_end_to_remembering() {
        let mut strings = SharedStrings::default();
        assert_eq!(strings.number("Астана"), Some(0));
        assert_eq!(strings.number("Алматы"), Some(1));
        assert_eq!(strings.number("Астана"), Some(0));
        for number in 2..TEXTS_MAX {
            assert_eq!(strings.number(&number.to_string()), Some(number));
        }
        assert_eq!(strings.number("one too many"), None);
        assert_eq!(strings.number("Алматы"), Some(1));

        let mut few = SharedStrings::default();
        assert_eq!(few.number(&"a".repeat(LENGTH_MAX)), Some(0));
        assert_eq!(few.number("b"), None);
    }
}
