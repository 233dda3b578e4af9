//! Which texts a spreadsheet takes for something else, and how they are kept from it.

use std::borrow::Cow;

/// What a spreadsheet begins a formula with, also in the wide letters of East Asian keyboards.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Signs that stand between the digits of numbers, days and times.
const BETWEEN: [char; 16] = [' ', '\u{a0}', '\u{202f}', '.', ',', ':', '/', '-', '+', '(', ')', '%', '$', '€', '₽', '₸'];

/// Months, as Excel knows them in the languages of the country.
const MONTHS: [&str; 44] = [
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
    "желтоқсан",
    "январь",
    "января",
    "февраль",
    "февраля",
    "марта",
    "апрель",
    "апреля",
    "май",
    "мая",
    "июнь",
    "июня",
    "июль",
    "июля",
    "августа",
    "сентябрь",
    "сентября",
    "октябрь",
    "октября",
    "ноябрь",
    "ноября",
    "декабря",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The longest number that Excel shows with all its digits.
const DIGITS_SHOWN: usize = 11;

/// The text as it is written: without control characters, lines ending in LF, and with an apostrophe in front where it needs one.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let is_forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n');
    let text: Cow<'_, str> = if text.contains(is_forbidden) {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        Cow::Owned(lines.chars().filter(|c| !is_forbidden(*c)).collect())
    } else {
        Cow::Borrowed(text)
    };
    if is_in_danger(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// The text that was guarded.
pub fn unguarded(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(text) if is_in_danger(text) => text,
        _ => field,
    }
}

fn is_in_danger(text: &str) -> bool {
    let is_blank =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let begins = text.trim_start_matches(is_blank);
    begins.starts_with(FORMULA) || begins.starts_with(['#', '\'']) || text.starts_with(['\t', '\n']) || is_value(begins)
}

/// Whether it reads as a number, day, time or truth value that looks different afterwards.
fn is_value(text: &str) -> bool {
    let text = text.trim_end().to_lowercase();
    if matches!(text.as_str(), "истина" | "ложь" | "true" | "false" | "ақиқат" | "жалған") {
        return true;
    }
    let is_plain =
        text.len() <= DIGITS_SHOWN && (text == "0" || !text.starts_with('0')) && text.bytes().all(|b| b.is_ascii_digit());
    if is_plain || !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let between = |c: char| c.is_alphanumeric() || BETWEEN.contains(&c);
    text.chars().all(between) && words.all(is_part_of_a_value)
}

fn is_part_of_a_value(word: &str) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = || word.chars().count() >= 3 && MONTHS.iter().any(|month| month.starts_with(word));
    // 1E5 is a hundred thousand, and 9 am an hour.
    let is_power = || word.split_once('e').is_some_and(|(digits, power)| is_number(digits) && is_number(power));
    is_number(word) || matches!(word, "am" | "pm" | "a" | "p" | "р" | "руб" | "тг") || is_month() || is_power()
}
