//! Which looks of a cell make its number a day or a time.

use super::markup::{Markup, Piece, attribute};
use domain::staff::exchange::FileFault;
use std::collections::HashSet;
use std::io::BufRead;

/// For each look, by number, whether it shows days or times.
#[derive(Default)]
pub struct Styles(Vec<bool>);

impl Styles {
    /// Reads the part.
    pub fn read(part: impl BufRead) -> Result<Self, FileFault> {
        let mut markup = Markup::new(part);
        let mut own: HashSet<u32> = HashSet::new();
        let mut styles = Vec::new();
        let mut within = false;
        loop {
            match markup.next()? {
                Piece::Open(element) => match element.local_name().into_inner() {
                    "numFmt" => {
                        let number = attribute(&element, "numFmtId")?.and_then(|number| number.parse::<u32>().ok());
                        let code = attribute(&element, "formatCode")?.unwrap_or_default();
                        own.extend(number.filter(|_| shows_time(&code)));
                    }
                    "cellXfs" => within = true,
                    "xf" if within => {
                        let format = attribute(&element, "numFmtId")?.and_then(|number| number.parse().ok()).unwrap_or(0);
                        styles.push(is_known_time(format) || own.contains(&format));
                    }
                    _ => {}
                },
                Piece::Close(element) if element.local_name().into_inner() == "cellXfs" => within = false,
                Piece::Close(_) | Piece::Text(_) | Piece::Other => {}
                Piece::End => return Ok(Self(styles)),
            }
        }
    }

    /// Whether a look shows days or times.
    pub fn is_time(&self, style: usize) -> bool {
        self.0.get(style).copied().unwrap_or(false)
    }
}

/// Formats that have a number and no code (ECMA-376 part 1, 18.8.30), those of East Asia included.
const fn is_known_time(format: u32) -> bool {
    matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a code shows years, months, days, hours or seconds, outside of quotes, escapes and brackets.
fn shows_time(code: &str) -> bool {
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => drop(characters.by_ref().find(|end| *end == '"')),
            // `[Red]` is a colour, `[$-43F]` a language; `[h]` counts hours.
            '[' => {
                let inner: String = characters.by_ref().take_while(|end| *end != ']').collect();
                if matches!(inner.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    return true;
                }
            }
            '\\' | '_' | '*' => drop(characters.next()),
            'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_tells_whether_it_shows_a_time() {
        for code in ["yyyy-mm-dd", "dd\\.mm\\.yyyy", "h:mm", "[$-43F]d mmmm yyyy;@", "[h]:mm:ss", "DD.MM.YYYY", "mmm"] {
            assert!(shows_time(code), "{code}");
        }
        for code in
            ["General", "0.00", "@", "#,##0\"руб.\"", "#,##0 \"days\"", "[Red]0", "0\\d", "_d0", "0.00E+00", "[$$-409]0"]
        {
            assert!(!shows_time(code), "{code}");
        }
    }
}
