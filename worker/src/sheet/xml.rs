//! Texts as XML holds them.

use std::borrow::Cow;

/// The longest text of a cell, in UTF-16 units: Excel's limit.
const TEXT_MAX: usize = 32_767;

/// Adds a text as the content of an element or attribute. What XML has no way to hold (control characters, U+FFFE, U+FFFF) goes,
/// and so does what is longer than a cell holds.
pub fn push(out: &mut String, text: &str) {
    let mut room = TEXT_MAX;
    for (at, character) in text.char_indices() {
        match room.checked_sub(character.len_utf16()) {
            Some(left) => room = left,
            None => return,
        }
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A line break of Windows is one character here.
            '\r' if text.get(at + 1..).is_some_and(|rest| rest.starts_with('\n')) => {}
            '\r' => out.push('\n'),
            // Excel reads `_x0041_` as A: the underscore before such a word has to be written that way itself.
            '_' if is_escape(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(character),
        }
    }
}

/// Whether a text begins as `_xHHHH_` (ECMA-376 part 1, 22.9.2.19).
fn is_escape(text: &str) -> bool {
    match text.as_bytes() {
        [b'_', b'x', a, b, c, d, b'_', ..] => [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()),
        _ => false,
    }
}

/// The text with Excel's escapes read.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| is_escape(from)).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32) {
            Some(character) => {
                out.push(character);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push('_');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether outer spaces or line breaks of a content, as [`push`] wrote it, would get lost without `xml:space`.
pub fn is_spaced(content: &str) -> bool {
    content.starts_with(char::is_whitespace) || content.ends_with(char::is_whitespace) || content.contains(['\n', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text);
        out
    }

    #[test]
    fn marks_of_xml_are_written_out_and_what_it_cannot_hold_goes() {
        assert_eq!(written("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
        assert_eq!(written("a\0\u{1}\u{b}\u{1f}b\u{fffe}\u{ffff}"), "ab");
        assert_eq!(written("Әйгерім 🎨"), "Әйгерім 🎨");
        assert_eq!(written("a\r\nb\rc\td"), "a\nb\nc\td");
    }

    #[test]
    fn what_excel_would_read_as_an_escape_stays_as_it_is() {
        assert_eq!(written("_x0041_"), "_x005F_x0041_");
        assert_eq!(unescaped("_x005F_x0041_"), "_x0041_");
        assert_eq!(unescaped("a_x0041__xD800__x000A_b_x"), "aA_xD800_\nb_x");
        for plain in ["_x004_", "_x0041", "x0041_", "_X0041_", "_xәәә_", "_", "a_b"] {
            assert_eq!(written(plain), plain);
            assert_eq!(unescaped(plain), plain);
        }
    }

    #[test]
    fn a_text_ends_where_a_cell_does_and_no_letter_is_cut() {
        assert_eq!(written(&"ә".repeat(40_000)).chars().count(), TEXT_MAX);
        assert_eq!(written(&"🎨".repeat(40_000)).encode_utf16().count(), TEXT_MAX - 1);
    }
}
