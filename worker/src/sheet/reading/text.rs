//! A text with columns: CSV, however it was saved.

use super::Rows;
use super::decoded::decoded;
use crate::sheet::csv::{TELEPHONE, unguarded};
use domain::staff::exchange::FileFault;

/// The separators in use; the first one where the headings hold as many of another.
const SEPARATORS: [char; 3] = [';', '\t', ','];

/// The most fields of a line, empty ones included: Excel has no more columns.
const FIELDS_MAX: usize = 16_384;

/// Reads the rows.
pub fn read(file: &[u8], rows: &mut Rows) -> Result<(), FileFault> {
    let text = decoded(file);
    if text.trim().is_empty() {
        return Err(FileFault::Empty);
    }
    if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(FileFault::NotASheet);
    }
    // Lines that all end the same can be counted.
    let lines = text.replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let (text, separator, hinted) = match hint(&lines) {
        Some((separator, rest)) => (rest, Some(separator), 1),
        None => (lines.as_str(), separator(&lines), 0),
    };
    let separator = separator.and_then(|found| u8::try_from(found).ok()).ok_or(FileFault::NotASheet)?;
    if is_too_wide(text, separator) {
        return Err(FileFault::TooManyColumns);
    }
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // A program shows a row for each record, while the reader counts lines, also those within a cell.
    let mut within_cells = 0;
    while reader.read_record(&mut record).map_err(|_| FileFault::Broken)? {
        within_cells += record.iter().map(|field| field.bytes().filter(|byte| *byte == b'\n').count() as u64).sum::<u64>();
        let line = hinted + reader.position().line().saturating_sub(1 + within_cells);
        rows.add(u32::try_from(line).unwrap_or(u32::MAX), record.iter().map(plain).collect())?;
    }
    Ok(())
}

/// Whether a line has more fields than any table. The reader would hold all of them before anybody could count: a file of separators
/// alone would take a hundred times its size.
fn is_too_wide(text: &str, separator: u8) -> bool {
    let (mut fields, mut quoted) = (0, false);
    text.bytes().any(|byte| {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => fields = 0,
            _ if byte == separator && !quoted => fields += 1,
            _ => {}
        }
        fields > FIELDS_MAX
    })
}

/// What a field says, without the marks that our own exports put before it.
fn plain(field: &str) -> String {
    let text = unguarded(field.trim());
    text.strip_prefix(TELEPHONE).unwrap_or(text).trim().to_owned()
}

/// The separator that Excel is told by a first line such as `sep=;`, and the rest.
fn hint(text: &str) -> Option<(char, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let mut separator = line.strip_prefix("sep=")?.chars();
    let found = separator.next()?;
    (separator.next().is_none() && found.is_ascii()).then_some((found, rest))
}

/// The separator of the first line that says anything, outside of quotes.
fn separator(text: &str) -> Option<char> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let outside: String = line.split('"').step_by(2).collect();
    let count = |separator: char| outside.matches(separator).count();
    let most = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator))?;
    (count(most) > 0).then_some(most)
}
