//! What the console says, in the language of the moment.

use app::text::Tables;
use domain::language::Language;

pub use app::text::{fill, form, language};

include!(concat!(env!("OUT_DIR"), "/text.rs"));

thread_local! {
    static TABLES: Tables = const { Tables::new() };
}

/// The text in the current language. Not reactive: a change of language builds the whole page anew.
pub fn t(text: Text) -> &'static str {
    TABLES.with(|tables| tables.get(text as usize))
}

/// The form of `text` that goes with `number`, with `{n}` filled in. The forms of a text are separated by `|`.
pub fn plural(text: Text, number: u32) -> String {
    fill(form(t(text), number), &[("n", &app::format::number(number))])
}

/// Keeps the texts of `language`: those of the families' app, then those of the console, as xtask joins them. A list of another
/// length belongs to another version and is refused.
pub fn load(language: Language, mut texts: Vec<String>) -> bool {
    if texts.len() != app::text::TEXTS + app::text::TEXTS_APART + TEXTS {
        return false;
    }
    let own = texts.split_off(app::text::TEXTS + app::text::TEXTS_APART);
    TABLES.with(|tables| tables.keep(language, own));
    let apart = texts.split_off(app::text::TEXTS);
    app::text::load(language, texts) && app::text::load_apart(language, apart)
}
