//! What is written is read back cell by cell by a reader that has nothing to do with the writer.

use super::*;
use calamine::{Data, DataType, Reader, Xlsx};
use proptest::prelude::*;
use std::io::Cursor;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn sheet(name: &str, columns: usize) -> Sheet {
    let column = |number| Column { heading: format!("Баған {number}"), width: 12 };
    Sheet { name: name.into(), columns: (1..=columns).map(column).collect(), frozen_columns: 0 }
}

fn made_at() -> Timestamp {
    Timestamp::of_local(day("2026-11-24"), 9 * 60)
}

type Opened = Xlsx<Cursor<Vec<u8>>>;

fn opened(bytes: Vec<u8>) -> Opened {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

/// Every row of a sheet, without the headings.
fn rows(book: &mut Opened, name: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(name).expect("a sheet");
    range.rows().skip(1).map(<[Data]>::to_vec).collect()
}

fn text(text: &str) -> Data {
    Data::String(text.into())
}

#[test]
fn texts_stay_texts_whatever_they_look_like() {
    let texts = [
        "+77011234567",
        "007",
        "000123456789",
        "=HYPERLINK(\"https://evil.example\";\"Аян\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "-1",
        "7-8",
        "1E5",
        "TRUE",
        "Қуанышева Әйгерім Ғаниқызы",
        "Ңғәөұүһі ҢҒӘӨҰҮҺІ",
        " екі жағы бос ",
        "бірінші\nекінші",
        "_x0041_",
        "<b>&\"'</b>",
        "🎨",
    ];
    let mut book = Workbook::new("Сынақ", made_at(), sheet("Ұзын", texts.len()));
    book.row(texts.iter().map(|text| Cell::Text(text)));
    let mut book = opened(book.finish());
    let expected: Vec<Data> = texts.iter().map(|expected| text(expected)).collect();
    assert_eq!(rows(&mut book, "Ұзын"), [expected]);
}

#[test]
fn numbers_days_and_times_are_what_they_are() {
    let mut book = Workbook::new("Сынақ", made_at(), sheet("1", 7));
    let moment = Timestamp::of_local(day("2026-12-31"), 23 * 60 + 59);
    book.row([
        Cell::Integer(15),
        Cell::Date(day("2012-02-29")),
        Cell::Time(9 * 60 + 30),
        Cell::Moment(moment),
        Cell::Empty,
        Cell::Phone("+77011234567"),
        Cell::text(None),
    ]);
    let mut book = opened(book.finish());
    let rows = rows(&mut book, "1");
    let [row] = rows.as_slice() else { panic!("one row") };
    assert_eq!(row[0], Data::Float(15.0));
    let date_and_time = |cell: &Data| match cell {
        Data::DateTime(moment) => moment.to_ymd_hms_milli(),
        other => panic!("no moment: {other:?}"),
    };
    assert_eq!(date_and_time(&row[1]), (2012, 2, 29, 0, 0, 0, 0));
    let (.., hour, minute, second, _) = date_and_time(&row[2]);
    assert_eq!((hour, minute, second), (9, 30, 0));
    assert_eq!(date_and_time(&row[3]), (2026, 12, 31, 23, 59, 0, 0));
    assert_eq!(row[4], Data::Empty);
    assert_eq!(row[5], text("+77011234567"));
}

#[test]
fn several_sheets_have_names_of_their_own() {
    let mut book = Workbook::new("Сынақ", made_at(), sheet("Қатысу: 01/12", 2));
    book.row([Cell::Text("a"), Cell::Text("b")]);
    for text in ["c", "d"] {
        book.next_sheet(Sheet { frozen_columns: 2, ..sheet("Табель O'Neil", 3) });
        book.row([Cell::Text(text)]);
        book.remark([Cell::Empty, Cell::Text("шартты белгілер")]);
    }
    let mut book = opened(book.finish());
    assert_eq!(book.sheet_names(), ["Қатысу- 01-12", "Табель O'Neil", "Табель O'Neil (2)"]);
    assert_eq!(rows(&mut book, "Қатысу- 01-12"), [[text("a"), text("b")]]);
    let second = rows(&mut book, "Табель O'Neil (2)");
    assert_eq!(second[0][0], text("d"));
    assert_eq!(second[1][1], text("шартты белгілер"));
    let names: Vec<&str> = book.defined_names().iter().map(|(_, range)| range.as_str()).collect();
    assert!(names.contains(&"'Табель O''Neil'!$A$1:$C$2"), "{names:?}");
}

#[test]
fn a_space_stays_the_end_when_what_followed_it_goes() {
    let mut book = Workbook::new("Сынақ", made_at(), sheet("1", 1));
    book.row([Cell::Text("\u{1}  Аян \u{e}")]);
    assert_eq!(rows(&mut opened(book.finish()), "1"), [[text("  Аян ")]]);
}

#[test]
fn texts_too_many_to_be_remembered_stand_in_their_cells() {
    let mut book = Workbook::new("Сынақ", made_at(), sheet("1", 2));
    let long = |number: u32| format!(" {number} {}", "ұ".repeat(2000));
    for number in 0..1000 {
        book.row([Cell::Text(&long(number)), Cell::Text("қайталанады")]);
    }
    let rows = rows(&mut opened(book.finish()), "1");
    assert_eq!(rows.len(), 1000);
    for (number, row) in (0..).zip(&rows) {
        assert_eq!(*row, [text(&long(number)), text("қайталанады")]);
    }
}

#[test]
fn taking_early_or_late_gives_the_same_file() {
    let made = |take: bool| {
        let mut book = Workbook::new("Сынақ", made_at(), sheet("1", 2));
        let mut bytes = Vec::new();
        for number in 0..5000 {
            book.row([Cell::Integer(number), Cell::Text("мәтін")]);
            if take {
                bytes.extend(book.take());
            }
        }
        bytes.extend(book.finish());
        bytes
    };
    assert!(made(true) == made(false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_back_without_what_xml_cannot_hold(texts in prop::collection::vec("[\\PC\\x00-\\x1f ]{0,40}|_x[0-9a-f]{4}_", 1..20)) {
        let mut book = Workbook::new(&texts[0], made_at(), sheet(&texts[0], 1));
        texts.iter().for_each(|text| book.row([Cell::Text(text)]));
        let mut book = opened(book.finish());
        let name = book.sheet_names()[0].clone();
        let range = book.worksheet_range(&name).expect("a sheet");
        for (place, text) in (1u32..).zip(&texts) {
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            let kept = |c: &char| matches!(c, '\t' | '\n') || !matches!(c, '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
            let expected: String = lines.chars().filter(kept).collect();
            let read = range.get_value((place, 0)).and_then(Data::get_string).unwrap_or_default();
            prop_assert_eq!(read, expected);
        }
    }
}
