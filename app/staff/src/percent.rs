//! Shares as people write them in each language.

use crate::text::{Text, fill, t};

/// “84%”; in Russian “84 %”, with a space that does not break.
pub fn percent(share: u32) -> String {
    fill(t(Text::NumberPercent), &[("n", &share.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::language::Language;

    #[test]
    fn shares_are_written_as_each_language_writes_them() {
        let written = [Language::Kazakh, Language::Russian, Language::English].map(|language| {
            speak(language);
            percent(84)
        });
        assert_eq!(written, ["84%", "84\u{a0}%", "84%"]);
    }
}
