//! A year of a large city in one workbook: the memory that writing takes doesn't grow with its rows.

use domain::date::{Date, Timestamp};
use domain::language::Language;
use domain::staff::exchange::columns::AttendanceColumn;
use peak_alloc::PeakAlloc;
use tumo_worker::sheet::workbook::{Sheet, Workbook};
use tumo_worker::sheet::{Cell, Column};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const ROWS: u32 = 200_000;

/// How much memory may be held at a time, in bytes; an isolate has 128 MB for everything.
const BOUND: usize = 20_000_000;

#[test]
fn two_hundred_thousand_rows_pass_through_little_memory() {
    let columns: Vec<Column> = AttendanceColumn::ALL
        .iter()
        .map(|column| Column { heading: column.heading(Language::Kazakh).into(), width: 14 })
        .collect();
    let first = Date::parse("2026-09-01").expect("a day");
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let mut book = Workbook::new("Қатысу", Timestamp(0), Sheet { name: "Қатысу".into(), columns, frozen_columns: 0 });
    let (mut written, mut largest) = (0, 0);
    for row in 0..ROWS {
        let student = row % 5000;
        let text = [
            format!("TM-{student:04}-92QX"),
            format!("Қуанышева{student}"),
            format!("Әйгерім{}", student % 300),
            format!("Нұрланқызы{}", student % 900),
            format!("дәрігер анықтамасы № {row}"),
        ];
        let [number, surname, given_name, patronymic, reason] = &text;
        let date = first.plus_days(u64::from(row / 1000));
        let marked_at = Timestamp::of_local(date, 545 + u16::try_from(row % 60).expect("a minute"));
        book.row([
            Cell::Text("Алматы"),
            Cell::Text("TUMO Алматы"),
            Cell::Text("almaty-mon-wed-0900"),
            Cell::Date(date),
            Cell::Time(540),
            Cell::Time(660),
            Cell::Text(number),
            Cell::Text(surname),
            Cell::Text(given_name),
            Cell::Text(patronymic),
            Cell::Text("Бағдарламалау, Робототехника"),
            Cell::Text(if row % 10 == 0 { "кешікті" } else { "қатысты" }),
            if row % 10 == 0 { Cell::Integer(i64::from(row % 40)) } else { Cell::Empty },
            // The worst there is: a reason that nobody else has.
            Cell::Text(reason),
            Cell::Text("Т. Жаттықтырушы"),
            Cell::Moment(marked_at),
            Cell::Empty,
            Cell::Empty,
            Cell::Text("жоқ"),
        ]);
        largest = largest.max(book.waiting());
        if book.waiting() > 64 * 1024 {
            written += book.take().len();
        }
    }
    written += book.finish().len();
    let peak = MEMORY.peak_usage() - before;
    println!("{ROWS} rows: {written} bytes, {peak} held at most, {largest} waiting at most");
    assert!(peak < BOUND, "{peak} bytes were held at a time");
    assert!(largest < 256 * 1024, "{largest} bytes waited");
    assert!(written < 40_000_000, "{written} bytes in all");
}
