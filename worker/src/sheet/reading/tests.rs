//! Files of the programs that staff use, and files that mean harm.

use super::*;
use crate::sheet::csv::CsvFile;
use crate::sheet::workbook::{Sheet, Workbook};
use crate::sheet::zip::Archive;
use crate::sheet::{Cell, Column};
use domain::date::{Date, Timestamp};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn texts(rows: &[SheetRow]) -> Vec<(u32, Vec<&str>)> {
    rows.iter().map(|row| (row.number, row.cells.iter().map(String::as_str).collect())).collect()
}

const RELATIONSHIPS: &str = r#"<Relationships><Relationship Id="rId1" Target="xl/workbook.xml"
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;

const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

const BOOK_RELATIONSHIPS: &str = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="t/worksheet"/>
    <Relationship Id="rId2" Target="/xl/sharedStrings.xml" Type="t/sharedStrings"/>
    <Relationship Id="rId3" Target="styles.xml" Type="t/styles"/></Relationships>"#;

/// An archive of these parts beside those that every workbook has.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = Archive::new();
    let usual = [("_rels/.rels", RELATIONSHIPS), ("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", BOOK_RELATIONSHIPS)];
    for (name, content) in usual.iter().filter(|(name, _)| parts.iter().all(|(own, _)| own != name)).chain(parts) {
        archive.add(name, content);
    }
    archive.finish()
}

fn sheet(rows: &str) -> Vec<u8> {
    archive(&[("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))])
}

#[test]
fn what_is_exported_can_be_imported() {
    let headings: Vec<Column> = ["Тегі", "Телефоны", "Туған күні", "Басталуы", "Орын саны", "Ескерту"]
        .map(|heading| Column { heading: heading.into(), width: 10 })
        .to_vec();
    let row = [
        Cell::Text("Қуанышева"),
        Cell::Phone("+77011234567"),
        Cell::Date(day("2011-09-01")),
        Cell::Time(540),
        Cell::Integer(20),
        Cell::Text("=1+1"),
    ];
    let mut csv = CsvFile::new(&headings);
    csv.row(row);
    let first = Sheet { name: "1".into(), columns: headings, frozen_columns: 0 };
    let mut book = Workbook::new("Сынақ", Timestamp(0), first);
    book.row(row);
    for file in [csv.take(), book.finish()] {
        let rows = rows(&file).expect("rows");
        let expected = ["Қуанышева", "+77011234567", "2011-09-01", "09:00", "20", "=1+1"];
        assert_eq!(texts(&rows)[1], (2, expected.to_vec()));
    }
}

#[test]
fn csv_of_every_program_is_read() {
    let expected =
        vec![(1, vec!["Тегі", "Аты"]), (3, vec!["Ким", "Аян; кіші"]), (4, vec!["бір\nекі", "x"]), (5, vec!["Ли", "7"])];
    let semicolons = "Тегі;Аты\r\n;\r\n Ким ;\"Аян; кіші\"\r\n\"бір\nекі\";x\r\nЛи;7\r\n";
    let tabs = "Тегі\tАты\n\n Ким\tАян; кіші\n\"бір\nекі\"\tx\nЛи\t7";
    let commas = "\u{feff}Тегі,Аты\n,\nКим,Аян; кіші\n\"бір\nекі\",x\nЛи,7,,,\n";
    for file in [semicolons, tabs, commas] {
        assert_eq!(texts(&rows(file.as_bytes()).expect("rows")), expected, "{file}");
    }
    // Excel's «Unicode text».
    let utf16: Vec<u8> = ["\u{feff}", tabs].concat().encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(texts(&rows(&utf16).expect("rows")), expected);
    let hinted = rows(b"sep=|\r\na|b\r\nc|d\r\n").expect("rows");
    assert_eq!(texts(&hinted), [(2, vec!["a", "b"]), (3, vec!["c", "d"])]);
    // «Фамилия;Имя» in Windows-1251.
    let rows_of_1251 = rows(b"\xd4\xe0\xec\xe8\xeb\xe8\xff;\xc8\xec\xff\r\n\xca\xe8\xec;\xc0\xed\xed\xe0\r\n").expect("rows");
    assert_eq!(texts(&rows_of_1251), [(1, vec!["Фамилия", "Имя"]), (2, vec!["Ким", "Анна"])]);
}

#[test]
fn cells_of_every_kind_are_texts() {
    let shared = r#"<sst><si><t>Ә&amp;Ғ</t></si><si><r><t xml:space="preserve"> бір</t></r><r><t>ге </t></r><rPh><t>x</t></rPh></si></sst>"#;
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;
    let rows_in = r#"<row r="2"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="E2" s="1"><v>40787</v></c>
        <c r="F2" s="2"><v>0.375</v></c><c r="G2"><v>8.7011234567E10</v></c><c r="H2" t="b"><v>1</v></c></row>
        <row><c t="inlineStr"><is><t>_x0041_&#x49;&lt;</t></is></c><c t="str"><f>A1&amp;"x"</f><v>=жай</v></c>
        <c t="e"><v>#N/A</v></c><c t="d"><v>2011-09-01T00:00:00</v></c><c><v>20.5</v></c><c s="1"/></row>"#;
    let file = archive(&[
        ("xl/sharedStrings.xml", shared),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", &format!("<x:worksheet xmlns:x='x'><sheetData>{rows_in}</sheetData></x:worksheet>")),
    ]);
    let rows = rows(&file).expect("rows");
    let expected = [
        (2, vec!["", "Ә&Ғ", "бірге", "", "2011-09-01", "09:00", "87011234567", "TRUE"]),
        (3, vec!["AI<", "=жай", "#N/A", "2011-09-01", "20.5"]),
    ];
    assert_eq!(texts(&rows), expected);
}

#[test]
fn a_hidden_sheet_is_passed_over() {
    let book =
        r#"<workbook><sheets><sheet name="0" state="hidden" r:id="rId9"/><sheet name="1" r:id="rId1"/></sheets></workbook>"#;
    let cell = "<worksheet><sheetData><row><c t='str'><v>көрінеді</v></c></row></sheetData></worksheet>";
    let file = archive(&[("xl/workbook.xml", book), ("xl/worksheets/sheet1.xml", cell)]);
    assert_eq!(texts(&rows(&file).expect("rows")), [(1, vec!["көрінеді"])]);
}

#[test]
fn bounds_hold() {
    assert_eq!(rows(&vec![b'a'; FILE_MAX + 1]), Err(FileFault::TooLarge));
    let lines = |count: usize| "a;b\n".repeat(count);
    assert_eq!(rows(lines(ROWS_MAX).as_bytes()).map(|rows| rows.len()), Ok(ROWS_MAX));
    assert_eq!(rows(lines(ROWS_MAX + 1).as_bytes()), Err(FileFault::TooManyRows));
    assert_eq!(rows([&"a;".repeat(COLUMNS_MAX), "a"].concat().as_bytes()), Err(FileFault::TooManyColumns));
    assert_eq!(rows([&"a;".repeat(COLUMNS_MAX), ";;;;"].concat().as_bytes()).map(|rows| rows.len()), Ok(1));
    // Refused before a field is held, as are too many empty ones.
    assert_eq!(rows(&vec![b';'; FILE_MAX]), Err(FileFault::TooManyColumns));
    assert_eq!(rows(["a;b\n", &";".repeat(16_384), "\n"].concat().as_bytes()).map(|rows| rows.len()), Ok(1));

    let row = "<row><c t='str'><v>a</v></c></row>";
    assert_eq!(rows(&sheet(&row.repeat(ROWS_MAX + 1))), Err(FileFault::TooManyRows));
    assert_eq!(rows(&sheet("<row><c r='XFD1' t='str'><v>a</v></c></row>")), Err(FileFault::TooManyColumns));
    // A look without content, as far as a sheet goes, is nothing.
    assert_eq!(rows(&sheet(&format!("{row}<row r='1048576'><c r='XFD1048576' s='1'/></row>"))).map(|rows| rows.len()), Ok(1));
}

#[test]
fn what_is_no_sheet_says_so() {
    for empty in [&b""[..], b"\xef\xbb\xbf \r\n", b";;;\n;;\n"] {
        assert_eq!(rows(empty), Err(FileFault::Empty));
    }
    assert_eq!(rows(&sheet("")), Err(FileFault::Empty));
    for other in
        [&b"%PDF-1.7\n%\xe2\xe3\x01\n"[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "бір ғана баған\n".as_bytes(), b"{\\rtf1\x00}"]
    {
        assert_eq!(rows(other), Err(FileFault::NotASheet));
    }
    assert_eq!(rows(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(FileFault::OldOrProtected));
    let mut document = Archive::new();
    document.add("word/document.xml", "<document/>");
    assert_eq!(rows(&document.finish()), Err(FileFault::NotASheet));
    assert_eq!(rows(b"PK\x03\x04 and nothing else"), Err(FileFault::Broken));
    let whole = sheet("<row><c><v>1</v></c></row>");
    assert_eq!(rows(&whole[..whole.len() - 30]), Err(FileFault::Broken));
    assert_eq!(rows(&sheet("<row><c t='s'><v>7</v></c></row>")), Err(FileFault::Broken));
    assert_eq!(rows(&sheet("<row><c></row>")), Err(FileFault::Broken));
}

#[test]
fn a_bomb_does_not_go_off() {
    // Blanks shrink to a hundredth.
    let mut bomb = Archive::new();
    bomb.add("_rels/.rels", RELATIONSHIPS);
    bomb.add("xl/workbook.xml", BOOK);
    bomb.add("xl/_rels/workbook.xml.rels", BOOK_RELATIONSHIPS);
    bomb.begin("xl/worksheets/sheet1.xml");
    bomb.write(b"<worksheet><sheetData>");
    let blanks = vec![b' '; 1 << 20];
    (0..30).for_each(|_| bomb.write(&blanks));
    let bomb = bomb.finish();
    assert!(bomb.len() < FILE_MAX, "{}", bomb.len());
    assert_eq!(rows(&bomb), Err(FileFault::Overblown));

    // One long text in many cells.
    let long = format!("<sst><si><t>{}</t></si></sst>", "ә".repeat(30_000));
    let row = ["<row>", &"<c t='s'><v>0</v></c>".repeat(50), "</row>"].concat();
    let file = archive(&[
        ("xl/sharedStrings.xml", &long),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(100))),
    ]);
    assert_eq!(rows(&file), Err(FileFault::Overblown));
}

#[test]
fn much_that_says_nothing_is_refused_before_it_takes_long() {
    let again = |written: &str, times: usize| rows(&sheet(&written.repeat(times)));
    let row = "<row><c t='str'><v>a</v></c></row>";
    let styled = "<row s='1'/>".repeat(60_000);
    assert_eq!(rows(&sheet(&[row, &styled, row].concat())).map(|rows| rows.len()), Ok(2));
    assert_eq!(again("<row></row>", 1_900_000), Err(FileFault::Overblown));
    assert_eq!(again("<row/>", 100_001), Err(FileFault::Overblown));
    assert_eq!(again("<c/>", 1_100_000), Err(FileFault::Overblown));
    assert_eq!(again("<?a?>", 2_100_000), Err(FileFault::Overblown));
    assert_eq!(again("&#32;", 2_100_000), Err(FileFault::Overblown));
    let shared = format!("<sst>{}</sst>", "<si/>".repeat(1_100_000));
    let file = archive(&[("xl/sharedStrings.xml", &shared), ("xl/worksheets/sheet1.xml", "<worksheet/>")]);
    assert_eq!(rows(&file), Err(FileFault::Overblown));
    // A long text of which nothing is kept: blanks, or in the place of another one.
    for text in [" ", "ә"] {
        let shared = format!("<sst><si><t>{}</t></si></sst>", text.repeat(1_000_000));
        let cells = "<c r='A1' t='s'><v>0</v></c>".repeat(50);
        let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
        let file = archive(&[("xl/sharedStrings.xml", &shared), ("xl/worksheets/sheet1.xml", &sheet)]);
        assert_eq!(rows(&file), Err(FileFault::Overblown), "{text}");
    }
}

#[test]
fn entities_lead_nowhere() {
    let part = |declared: &str, named: &str| {
        let xml = format!(
            "<?xml version='1.0'?><!DOCTYPE x [{declared}]><worksheet><sheetData><row><c t='str'><v>{named}</v></c></row></sheetData></worksheet>"
        );
        rows(&archive(&[("xl/worksheets/sheet1.xml", &xml)]))
    };
    assert_eq!(part("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "&a;"), Err(FileFault::Broken));
    assert_eq!(part("<!ENTITY a 'aaa'><!ENTITY b '&a;&a;&a;'>", "&b;"), Err(FileFault::Broken));
    assert_eq!(rows(&sheet("<row><c t='str'><v>&unknown;</v></c></row>")), Err(FileFault::Broken));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_text_survives_both_ways(cells in prop::collection::vec("\\PC{1,20}", 2..8)) {
        let columns: Vec<Column> = cells.iter().map(|_| Column { heading: "х".into(), width: 9 }).collect();
        let mut csv = CsvFile::new(&columns);
        csv.row(cells.iter().map(|cell| Cell::Text(cell)));
        let mut book = Workbook::new("", Timestamp(0), Sheet { name: "1".into(), columns, frozen_columns: 0 });
        book.row(cells.iter().map(|cell| Cell::Text(cell)));
        let mut expected: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        expected.truncate(expected.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        prop_assume!(cells.iter().all(|cell| !cell.starts_with("tel:") && !cell.contains(['\u{fffe}', '\u{ffff}'])));
        for file in [csv.take(), book.finish()] {
            let rows = rows(&file).expect("rows");
            let read: Vec<&str> = rows.get(1).map(|row| row.cells.iter().map(String::as_str).collect()).unwrap_or_default();
            prop_assert_eq!(&read, &expected);
        }
    }

    #[test]
    fn no_damage_makes_it_panic(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let mut book = Workbook::new("Сынақ", Timestamp(0), Sheet {
            name: "1".into(),
            columns: vec![Column { heading: "Тегі".into(), width: 9 }; 3],
            frozen_columns: 0,
        });
        for number in 0..20 {
            book.row([Cell::Text("Ким"), Cell::Integer(number), Cell::Date(day("2011-09-01"))]);
        }
        let mut file = book.finish();
        for (place, byte) in places {
            let at = place.index(file.len());
            file[at] = byte;
        }
        // Whatever comes of it, it comes back.
        let _ = rows(&file);
        let _ = rows(&file[..cut.index(file.len())]);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), begin in "PK\x03\x04|sep=;\n|<|\"") {
        let _ = rows(&[begin.as_bytes(), &bytes].concat());
    }
}
