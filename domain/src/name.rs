//! Names of people, and other short lines of text.

use crate::error::FaultCode;

/// The longest surname, given name or patronymic, in letters. The longest in the country's registers are below forty.
pub const NAME_MAX: usize = 60;

/// The longest free line (a school's name), in characters.
pub const LINE_MAX: usize = 120;

/// One part of a person's name: letters of any alphabet, hyphen, space, apostrophe and full stop; at least one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Reads a name part; outer and doubled spaces go.
    ///
    /// # Errors
    /// [`FaultCode::Required`] for nothing, [`FaultCode::TooLong`] above [`NAME_MAX`], [`FaultCode::NameCharacters`] for digits and
    /// other signs.
    pub fn parse(typed: &str) -> Result<Self, FaultCode> {
        let text = single_spaced(typed);
        if text.is_empty() {
            return Err(FaultCode::Required);
        }
        if text.chars().count() > NAME_MAX {
            return Err(FaultCode::TooLong);
        }
        // U+02BC is the apostrophe of some Latin spellings; U+2019 is what phones type for it.
        let allowed =
            |c: char| (is_letter(c) && !is_invisible(c)) || matches!(c, '-' | ' ' | '\'' | '’' | 'ʼ' | '.') || is_mark(c);
        if !text.chars().all(allowed) || !text.chars().any(is_letter) {
            return Err(FaultCode::NameCharacters);
        }
        Ok(Self(text))
    }

    /// Reads a name part that may be left out.
    ///
    /// # Errors
    /// As [`Name::parse`], except that nothing is no fault.
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, FaultCode> {
        optional(Self::parse(typed))
    }

    /// The name as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two spellings of one name are equal: case, Ё and hyphens do not matter, nor do Kazakh letters typed
    /// with their Russian neighbours. It only serves to recognise the same student again.
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

/// The form of any text in which two spellings of one name are equal, as [`Name::folded`]: for searching.
pub fn folded(text: &str) -> String {
    let plain = text.replace("и\u{306}", "й").replace("И\u{306}", "Й");
    plain.chars().map(small).filter(|c| is_letter(*c)).map(plain_letter).collect()
}

/// How surnames end that a brother and a sister bear in two forms (Сериков and Серикова, Достоевский and Достоевская), or that say whose
/// son or daughter somebody is (Асанұлы, Асанқызы).
const GENDERED: [&str; 17] =
    ["ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ий", "ый", "ая", "ұлы", "улы", "қызы", "кызы"];

/// Whether brothers and sisters bear this surname alike, as far as its end tells: otherwise nobody can know that of the next child.
pub fn is_shared_by_siblings(surname: &str) -> bool {
    let small: String = surname.trim().chars().map(small).collect();
    !GENDERED.iter().any(|end| small.ends_with(end))
}

/// The small letter of a Cyrillic or Latin one. The table of all of Unicode is a twentieth of what a phone would download.
fn small(c: char) -> char {
    let code = u32::from(c);
    let small = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x410..=0x42f => code + 32,
        0x400..=0x40f => code + 80,
        // Each capital has an even number and its small letter the next one, or else an odd one.
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 | 0x1a0..=0x1a5 | 0x1e00..=0x1e95 | 0x1ea0..=0x1eff => code | 1,
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f => code | 1,
        0x139..=0x148 | 0x179..=0x17e | 0x1af | 0x4c1..=0x4ce => code + (code & 1),
        // The dotted I and the schwa of the Turkic alphabets, Ÿ, and the palochka of the Caucasus.
        0x130 => 0x69,
        0x18f => 0x259,
        0x178 => 0xff,
        0x4c0 => 0x4cf,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// Whether it is a letter of any alphabet. Those of the names here are told without searching all of Unicode.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{0481}' | '\u{048a}'..='\u{052f}') || c.is_alphabetic()
}

/// Letters that show nothing: the fillers of the Korean alphabet.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// Control characters, and signs that turn, join or hide the text around them: they have no place in a line.
pub(crate) fn disturbs(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether nothing of the text can be seen, as if nobody had typed it.
pub(crate) fn says_nothing(text: &str) -> bool {
    let shows_nothing = |c: char| matches!(c, '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}');
    text.chars().all(|c| c.is_whitespace() || disturbs(c) || is_invisible(c) || shows_nothing(c))
}

/// A combining accent, as in names typed with a decomposed keyboard.
fn is_mark(c: char) -> bool {
    ('\u{0300}'..='\u{036f}').contains(&c)
}

/// The letter of the Russian keyboard that people type when a Kazakh one is missing, or that looks the same as a Latin one.
fn plain_letter(c: char) -> char {
    match c {
        'қ' => 'к',
        'ғ' => 'г',
        'ә' => 'а',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'ң' => 'н',
        'і' => 'и',
        'һ' => 'х',
        'ё' => 'е',
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        other => other,
    }
}

/// One line of free text: a school, a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(String);

impl Line {
    /// Reads a line that may be left out.
    ///
    /// # Errors
    /// [`FaultCode::TooLong`] above [`LINE_MAX`], [`FaultCode::LineCharacters`] for control characters and
    /// invisible marks.
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, FaultCode> {
        let text = single_spaced(typed);
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().count() > LINE_MAX {
            return Err(FaultCode::TooLong);
        }
        if text.chars().any(disturbs) {
            return Err(FaultCode::LineCharacters);
        }
        Ok(Some(Self(text)))
    }

    /// The line as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A missing answer is no fault where the question is optional.
pub(crate) fn optional<T>(parsed: Result<T, FaultCode>) -> Result<Option<T>, FaultCode> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(FaultCode::Required) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn single_spaced(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_letters_told_by_range_are_those_of_unicode() {
        let all = '\u{0}'..=char::MAX;
        assert_eq!(all.clone().filter(|c| is_letter(*c)).count(), all.filter(|c| c.is_alphabetic()).count());
    }

    #[test]
    fn small_cyrillic_and_latin_letters_are_those_of_unicode() {
        let alphabets = ['\0'..='\u{17f}', 'Ə'..='Ə', 'Ơ'..='ƥ', 'Ư'..='ư', 'Ѐ'..='ԯ', 'Ḁ'..='ẕ', 'Ạ'..='ỿ'];
        for letter in alphabets.into_iter().flatten() {
            assert_eq!(Some(small(letter)), letter.to_lowercase().next(), "{letter}");
        }
        // Of all others none becomes another letter.
        for letter in '\u{0}'..=char::MAX {
            assert!(small(letter) == letter || Some(small(letter)) == letter.to_lowercase().next(), "{letter}");
        }
    }

    #[test]
    fn names_of_the_country_are_names() {
        for name in ["Әйгерім", "Нұрсұлтан-Али", "Оглы О’Коннор", "Дʼартаньян", "Müller", "Эль Мехди", "Ким"]
        {
            assert_eq!(Name::parse(name).map(|n| n.0), Ok(name.to_owned()));
        }
        assert_eq!(Name::parse("  Ай\u{a0} \tнұр ").map(|n| n.0), Ok("Ай нұр".to_owned()));
    }

    #[test]
    fn what_is_no_name_says_why() {
        assert_eq!(Name::parse("  "), Err(FaultCode::Required));
        assert_eq!(Name::parse_optional("  "), Ok(None));
        assert_eq!(Name::parse("Айнұр7"), Err(FaultCode::NameCharacters));
        assert_eq!(Name::parse("=1+1"), Err(FaultCode::NameCharacters));
        assert_eq!(Name::parse("--"), Err(FaultCode::NameCharacters));
        assert_eq!(Name::parse("\u{3164}"), Err(FaultCode::NameCharacters));
        assert_eq!(Name::parse(&"а".repeat(NAME_MAX)).map(|_| ()), Ok(()));
        assert_eq!(Name::parse(&"а".repeat(NAME_MAX + 1)), Err(FaultCode::TooLong));
    }

    #[test]
    fn a_keyboard_without_kazakh_letters_makes_no_second_student() {
        let folded = |text| Name::parse(text).expect("a name").folded();
        assert_eq!(folded("Қуаныш"), folded("куаныш"));
        assert_eq!(folded("Нұр-Сұлтан"), folded("Нур Султан"));
        assert_eq!(folded("Алёна"), folded("АЛЕНА"));
        // A decomposed й, and a Latin А among Cyrillic letters.
        assert_eq!(folded("Андреи\u{306}"), folded("Андрей"));
        assert_eq!(folded("\u{41}нна"), folded("Анна"));
    }

    #[test]
    fn a_surname_with_two_forms_is_not_taken_for_the_next_child() {
        for shared in ["Иманғали", "Қуаныш", "Ким", "Бондаренко", "Müller", "Нұрлан"] {
            assert!(is_shared_by_siblings(shared), "{shared}");
        }
        for own in ["Қуанышева", "СЕРИКОВ ", "Ковалёв", "Пушкина", "Достоевский", "Белая", "Асанұлы", "Асанқызы", "Асан-кызы"]
        {
            assert!(!is_shared_by_siblings(own), "{own}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_accepted_again(text in "\\PC{0,70}") {
            if let Ok(name) = Name::parse(&text) {
                prop_assert_eq!(Name::parse(name.as_str()), Ok(name.clone()));
            }
            if let Ok(Some(line)) = Line::parse_optional(&text) {
                prop_assert_eq!(Line::parse_optional(line.as_str()), Ok(Some(line.clone())));
            }
        }
    }
}
