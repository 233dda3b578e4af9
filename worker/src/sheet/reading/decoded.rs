//! The letters of a text file: UTF-8, or what Excel saves on a Russian Windows.

use std::borrow::Cow;

/// The text. Whatever isn't UTF-8 or marked as UTF-16 is taken for Windows-1251.
pub fn decoded(file: &[u8]) -> Cow<'_, str> {
    match file {
        [0xff, 0xfe, units @ ..] => Cow::Owned(utf16(units, u16::from_le_bytes)),
        [0xfe, 0xff, units @ ..] => Cow::Owned(utf16(units, u16::from_be_bytes)),
        _ => {
            let bytes = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
            match str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(bytes.iter().copied().map(windows_1251).collect()),
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// What stands at 0x80 to 0xBF (Encoding Standard, index windows-1251); the alphabet follows.
const SIGNS: [char; 64] = [
    'Ђ', 'Ѓ', '‚', 'ѓ', '„', '…', '†', '‡', '€', '‰', 'Љ', '‹', 'Њ', 'Ќ', 'Ћ', 'Џ', 'ђ', '‘', '’', '“', '”', '•', '–', '—',
    '\u{98}', '™', 'љ', '›', 'њ', 'ќ', 'ћ', 'џ', '\u{a0}', 'Ў', 'ў', 'Ј', '¤', 'Ґ', '¦', '§', 'Ё', '©', 'Є', '«', '¬',
    '\u{ad}', '®', 'Ї', '°', '±', 'І', 'і', 'ґ', 'µ', '¶', '·', 'ё', '№', 'є', '»', 'ј', 'Ѕ', 'ѕ', 'ї',
];

fn windows_1251(byte: u8) -> char {
    match byte {
        0..=0x7f => char::from(byte),
        0xc0.. => char::from_u32(u32::from('А') + u32::from(byte - 0xc0)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => SIGNS.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_russian_windows_saves_is_read() {
        // «Ёлка №5 – Жасұлан»: Windows-1251 has no ұ, Excel writes a question mark for it.
        let bytes = b"\xa8\xeb\xea\xe0 \xb95 \x96 \xc6\xe0\xf1?\xeb\xe0\xed";
        assert_eq!(decoded(bytes), "Ёлка №5 – Жас?лан");
        let alphabet: String = (0xc0..=0xff).map(windows_1251).collect();
        assert_eq!(alphabet, "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя");
    }

    #[test]
    fn unicode_is_known_by_its_mark_or_by_itself() {
        assert_eq!(decoded("Ұлан".as_bytes()), "Ұлан");
        assert_eq!(decoded("\u{feff}Ұлан".as_bytes()), "Ұлан");
        let units = |order: fn(u16) -> [u8; 2]| "\u{feff}Ұлан 🎨".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(decoded(&units(u16::to_le_bytes)), "Ұлан 🎨");
        assert_eq!(decoded(&units(u16::to_be_bytes)), "Ұлан 🎨");
        assert_eq!(decoded(b"\xff\xfe\x00\xd8x"), "\u{fffd}");
    }
}
