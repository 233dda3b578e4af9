//! The parts of a workbook beside its rows: how cells look, how a sheet begins and ends, and what refers to what.

use super::{Sheet, Written, push};
use crate::sheet::{Cell, xml};
use domain::date::Timestamp;

/// The beginning of every part.
macro_rules! part {
    ($($text:literal),+ $(,)?) => { concat!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n", $($text),+) };
}

/// What the archive holds, for whoever opens it.
pub const RELATIONSHIPS: &str = part!(
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" "#,
    r#"Target="xl/workbook.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" "#,
    r#"Target="docProps/core.xml"/></Relationships>"#,
);

/// How a cell looks: its number in [`STYLES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A text that stays one, also when somebody edits it.
    Text = 1,
    /// A whole number.
    Integer = 2,
    /// Day, month, year.
    Date = 3,
    /// Hours and minutes.
    Time = 4,
    /// Day and time.
    Moment = 5,
    /// The first row.
    Heading = 6,
}

impl Style {
    /// How a cell of the table looks.
    pub const fn of(cell: &Cell<'_>) -> Self {
        match cell {
            Cell::Empty | Cell::Text(_) | Cell::Phone(_) => Self::Text,
            Cell::Integer(_) => Self::Integer,
            Cell::Date(_) => Self::Date,
            Cell::Time(_) => Self::Time,
            Cell::Moment(_) => Self::Moment,
        }
    }
}

/// Format 49 is `@`, text; 1 is `0`; dates are written as people here write them.
pub const STYLES: &str = part!(
    r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3">"#,
    r#"<numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="hh:mm"/>"#,
    r#"<numFmt numFmtId="166" formatCode="dd\.mm\.yyyy\ hh:mm"/></numFmts>"#,
    r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>"#,
    r#"<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>"#,
    r#"<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill></fills>"#,
    r#"<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>"#,
    r#"<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
    r#"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" "#,
    r#"applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs>"#,
    r#"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#,
);

/// What the file's properties say.
pub fn properties(title: &str, made_at: Timestamp) -> String {
    let mut out = String::from(part!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
        r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
        r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>"#,
    ));
    xml::push(&mut out, title);
    let (day, minute) = (made_at.local_date(), made_at.local_minute());
    out.push_str("</dc:title><dc:creator>TUMO</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">");
    push(&mut out, format_args!("{day}T{:02}:{:02}:00+05:00", minute / 60, minute % 60));
    out.push_str("</dcterms:created></cp:coreProperties>");
    out
}

/// Where a sheet is in the archive, counted from 1.
pub fn sheet_path(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

/// What comes before the rows of a sheet. The first one is in view when the file is opened.
pub fn push_sheet_head(out: &mut String, sheet: &Sheet, first: bool) {
    out.push_str(part!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
        r#"<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0""#,
    ));
    out.push_str(if first { " tabSelected=\"1\">" } else { ">" });
    let corner = letters(sheet.frozen_columns);
    match sheet.frozen_columns {
        0 => out.push_str(r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#),
        columns => push(
            out,
            format_args!(
                r#"<pane xSplit="{columns}" ySplit="1" topLeftCell="{corner}2" activePane="bottomRight" state="frozen"/>"#
            ),
        ),
    }
    out.push_str("</sheetView></sheetViews><cols>");
    for (number, column) in (1u32..).zip(&sheet.columns) {
        push(out, format_args!(r#"<col min="{number}" max="{number}" width="{}" customWidth="1"/>"#, column.width));
    }
    out.push_str("</cols><sheetData>");
}

/// What comes after the rows: a filter over the table, and how it is printed.
pub fn push_sheet_tail(out: &mut String, columns: u32, rows: u32) {
    let last = letters(columns.saturating_sub(1));
    push(out, format_args!(r#"</sheetData><autoFilter ref="A1:{last}{rows}"/>"#));
    out.push_str(r#"<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>"#);
}

/// The workbook itself: its sheets, and for each the range of its filter and the row that is printed on every page.
pub fn workbook(sheets: &[Written]) -> String {
    let mut out = String::from(part!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
        r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView/></bookViews>"#,
        r#"<sheets>"#,
    ));
    for (number, sheet) in (1u32..).zip(sheets) {
        out.push_str("<sheet name=\"");
        xml::push(&mut out, &sheet.name);
        push(&mut out, format_args!(r#"" sheetId="{number}" r:id="rId{number}"/>"#));
    }
    out.push_str("</sheets><definedNames>");
    for (place, sheet) in sheets.iter().enumerate() {
        let last = letters(sheet.columns.saturating_sub(1));
        let name = sheet.name.replace('\'', "''");
        push(&mut out, format_args!(r#"<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'"#));
        xml::push(&mut out, &name);
        push(&mut out, format_args!("'!$A$1:${last}${}</definedName>", sheet.filtered.unwrap_or(sheet.rows)));
        push(&mut out, format_args!(r#"<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'"#));
        xml::push(&mut out, &name);
        out.push_str("'!$1:$1</definedName>");
    }
    out.push_str("</definedNames></workbook>");
    out
}

/// Where the workbook finds its sheets, styles and shared texts.
pub fn workbook_relationships(sheets: usize) -> String {
    let mut out =
        String::from(part!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,));
    let mut relationship = |number: usize, kind: &str, target: &str| {
        push(
            &mut out,
            format_args!(
                r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
            ),
        );
    };
    for number in 1..=sheets {
        relationship(number, "worksheet", sheet_path(number).trim_start_matches("xl/"));
    }
    relationship(sheets + 1, "styles", "styles.xml");
    relationship(sheets + 2, "sharedStrings", "sharedStrings.xml");
    out.push_str("</Relationships>");
    out
}

/// What each part is.
pub fn content_types(sheets: usize) -> String {
    let mut out = String::from(part!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
        r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
        r#"<Default Extension="xml" ContentType="application/xml"/>"#,
        r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    ));
    let mut spreadsheet = |path: &str, kind: &str| {
        push(
            &mut out,
            format_args!(
                r#"<Override PartName="/{path}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>"#
            ),
        );
    };
    spreadsheet("xl/workbook.xml", "sheet.main");
    spreadsheet("xl/styles.xml", "styles");
    spreadsheet("xl/sharedStrings.xml", "sharedStrings");
    for number in 1..=sheets {
        spreadsheet(&sheet_path(number), "worksheet");
    }
    out.push_str("</Types>");
    out
}

/// The letters of a column, counted from 0: A to Z, then AA.
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_letters() {
        let known =
            [(0, "A"), (18, "S"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")];
        for (column, expected) in known {
            assert_eq!(letters(column), expected);
        }
    }
}
