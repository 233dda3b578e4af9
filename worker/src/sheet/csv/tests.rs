//! What is written is read by an independent parser, and its fields by the rules of a Russian Excel.

use super::*;
use domain::contact::Phone;
use domain::date::{Date, Timestamp};
use proptest::prelude::*;

fn columns(number: usize) -> Vec<Column> {
    vec![Column { heading: "Баған".into(), width: 10 }; number]
}

/// The fields below the headings, as a parser set to semicolons sees them.
fn fields(file: &mut CsvFile) -> Vec<Vec<String>> {
    let bytes = file.take();
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let reader = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    reader.into_records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

fn written(text: &str) -> String {
    // Two columns: parsers pass over a line with nothing in it.
    let mut file = CsvFile::new(&columns(2));
    file.row([Cell::Text(text), Cell::Text("соңы")]);
    fields(&mut file).remove(0).remove(0)
}

/// What a Russian Excel makes of a field.
#[derive(Debug, PartialEq)]
enum Excel {
    Text,
    Number,
    Formula,
    Other,
}

/// Its rules, put down apart from the code that guards against them.
fn excel(field: &str) -> Excel {
    let trimmed = field.trim();
    let plain: String = trimmed.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let number = plain.trim_end_matches('%').replacen(',', ".", 1);
    let parts: Vec<&str> = trimmed.split(['.', '-', '/', ':', ' ']).collect();
    let digits = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if trimmed.starts_with(['=', '@', '+', '-']) {
        Excel::Formula
    } else if number.parse::<f64>().is_ok_and(f64::is_finite) && number.contains(|c: char| c.is_ascii_digit()) {
        Excel::Number
    } else if (2..=5).contains(&parts.len()) && parts.iter().all(digits)
        || ["ИСТИНА", "ЛОЖЬ", "TRUE", "FALSE"].contains(&trimmed.to_uppercase().as_str())
        || ["5 мая", "5-май", "янв 2026", "1 января 2026"].contains(&trimmed)
    {
        Excel::Other
    } else {
        Excel::Text
    }
}

#[test]
fn the_file_is_what_a_russian_excel_opens_by_itself() {
    let mut file = CsvFile::new(&[Column { heading: "Тегі".into(), width: 1 }, Column { heading: "Сыныбы".into(), width: 1 }]);
    file.row([Cell::Text("Қуанышева"), Cell::Text("7 \"Б\"; кешкі")]);
    assert_eq!(String::from_utf8(file.take()).expect("UTF-8"), "\u{feff}Тегі;Сыныбы\r\nҚуанышева;\"7 \"\"Б\"\"; кешкі\"\r\n");
}

#[test]
fn formulas_become_texts() {
    let texts =
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\u{a0}=1", "＝1+1", "=HYPERLINK(\"http://x\")"];
    for text in texts {
        let field = written(text);
        assert!(field.starts_with('\''), "{field}");
        assert_eq!(excel(&field), Excel::Text, "{field}");
    }
}

#[test]
fn numbers_days_and_truths_in_texts_stay_texts() {
    let texts = [
        "007",
        "000123456789",
        "1E5",
        "1e10",
        "7-8",
        "1.2",
        "1,5",
        "50%",
        "9:30",
        "10/11",
        "5 мая",
        "янв 2026",
        "ИСТИНА",
        "false",
        "123456789012",
        "1 000",
        "(5)",
        "01.09.2011",
    ];
    for text in texts {
        let field = written(text);
        assert_eq!(field, format!("'{text}"));
        assert_eq!(excel(&field), Excel::Text, "{field}");
        assert_eq!(unguarded(&field), text);
    }
}

#[test]
fn ordinary_texts_are_left_alone() {
    for text in
        ["", "Қуанышева", "7 Б", "9", "77011234567", "№ 5 мектеп", "О’Коннор", "май", "TM-4F7K-92QX", "Мария 5", "a@b.kz"]
    {
        assert_eq!(written(text), text);
    }
}

#[test]
fn telephones_keep_every_sign_and_are_no_formula() {
    for number in ["+77011234567", "+998901234567", "+79123456789"] {
        let mut file = CsvFile::new(&columns(1));
        file.row([Cell::Phone(number)]);
        let field = fields(&mut file).remove(0).remove(0);
        assert_eq!(excel(&field), Excel::Text);
        // RFC 3966: what follows the scheme is the number.
        let read = field.strip_prefix("tel:").expect("a telephone URI");
        assert_eq!(Phone::parse(read).map(|phone| phone.e164().to_owned()), Ok(number.to_owned()));
    }
}

#[test]
fn days_times_and_numbers_are_values_to_excel_too() {
    let day = Date::parse("2026-09-01").expect("a day");
    let mut file = CsvFile::new(&columns(5));
    file.row([Cell::Date(day), Cell::Time(545), Cell::Moment(Timestamp::of_local(day, 545)), Cell::Integer(15), Cell::Empty]);
    let row = fields(&mut file).remove(0);
    assert_eq!(row, ["2026-09-01", "09:05", "2026-09-01 09:05", "15", ""]);
    assert_eq!(
        row.iter().map(|field| excel(field)).collect::<Vec<_>>(),
        [Excel::Other, Excel::Other, Excel::Other, Excel::Number, Excel::Text]
    );
}

#[test]
fn control_characters_go_and_lines_stay() {
    assert_eq!(written("a\0b\u{1b}c"), "abc");
    assert_eq!(written("бірінші\r\nекінші\rүшінші"), "бірінші\nекінші\nүшінші");
}

proptest! {
    #[test]
    fn no_text_is_anything_else_and_every_text_comes_back(text in "[\\PC\t\n]{0,30}|[-+=@'0-9., eE/:]{0,8}") {
        let field = written(&text);
        prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{field:?}");
        let plain_number = !field.trim().is_empty() && field.trim().bytes().all(|byte| byte.is_ascii_digit());
        prop_assert!(excel(&field) == Excel::Text || plain_number, "{field:?}");
        prop_assert_eq!(unguarded(&field), text.as_str());
    }
}
