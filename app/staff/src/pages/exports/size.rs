//! How many bytes, as people say it.

use crate::text::{Text, fill, language, t};
use app::format::number;
use domain::language::Language;

/// “850 KB”, “12.4 MB”.
pub fn size(bytes: u64) -> String {
    // A file of a terabyte isn't one of ours.
    let kilobytes = u32::try_from(bytes.div_ceil(1_000)).unwrap_or(u32::MAX);
    if kilobytes < 1_000 {
        return fill(t(Text::ExportsKilobytes), &[("n", &kilobytes.to_string())]);
    }
    let tenths = kilobytes.div_ceil(100);
    let point = if language() == Language::English { "." } else { "," };
    let written = [&number(tenths / 10), point, &(tenths % 10).to_string()].concat();
    fill(t(Text::ExportsMegabytes), &[("n", &written)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;

    #[test]
    fn a_size_has_two_or_three_digits() {
        speak(Language::English);
        assert_eq!(
            [0, 1, 999_000, 999_001, 12_340_000].map(size),
            ["0\u{a0}KB", "1\u{a0}KB", "999\u{a0}KB", "1.0\u{a0}MB", "12.4\u{a0}MB"]
        );
        speak(Language::Kazakh);
        assert_eq!(size(1_500_000), "1,5\u{a0}МБ");
    }
}
