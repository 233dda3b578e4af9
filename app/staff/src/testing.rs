//! The real texts, for the tests of this crate.

use crate::text::load;
use domain::language::Language;
use std::path::Path;
use std::sync::OnceLock;
use texts::Texts;

/// Speaks `language`, with the texts of its files.
pub(crate) fn speak(language: Language) {
    let of = |folder: &str| texts::load(Path::new(folder)).expect("the build script has read it");
    static TABLES: OnceLock<[Vec<(&str, Texts)>; 3]> = OnceLock::new();
    let tables = TABLES.get_or_init(|| [of("../text"), of("../text/apart"), of("text")]);
    let words = tables.iter().flat_map(|tables| tables.iter().filter(|(name, _)| *name == language.as_str()));
    let words = words.flat_map(|(_, texts)| texts.values().cloned()).collect();
    assert!(load(language, words));
    app::text::speak(language);
}
