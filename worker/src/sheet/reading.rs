//! Files that staff bring: XLSX, or a text with columns as some program saved it, into rows of texts. Hostile ones do no harm:
//! the size of a file, of what it unpacks to, of its rows and of its texts is bounded, nothing outside of it is looked up, and
//! what can't be read is told by a word that holds nothing of the file.

mod decoded;
mod markup;
mod packed;
mod shared;
mod sheet;
mod styles;
mod text;
mod xlsx;

use domain::staff::exchange::import::{COLUMNS_MAX, FILE_MAX, ROWS_MAX};
use domain::staff::exchange::{FileFault, SheetRow};

/// The longest all texts of a file are together, in bytes. A text that is stored once can stand in a million cells.
const TEXTS_MAX: usize = 10_000_000;

/// The rows of a file that aren't empty: the first sheet in view, or the text.
///
/// # Errors
/// Why the file can't be read.
pub fn rows(file: &[u8]) -> Result<Vec<SheetRow>, FileFault> {
    if file.len() > FILE_MAX {
        return Err(FileFault::TooLarge);
    }
    let mut rows = Rows::default();
    match file {
        [b'P', b'K', 3, 4, ..] => xlsx::read(file, &mut rows)?,
        // The container of Excel before 2007, and of files with a password.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(FileFault::OldOrProtected),
        _ => text::read(file, &mut rows)?,
    }
    if rows.found.is_empty() { Err(FileFault::Empty) } else { Ok(rows.found) }
}

/// The rows found so far.
#[derive(Default)]
struct Rows {
    found: Vec<SheetRow>,
    length: usize,
}

impl Rows {
    /// Adds a row, unless it is empty.
    fn add(&mut self, number: u32, mut cells: Vec<String>) -> Result<(), FileFault> {
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        cells.truncate(filled);
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > COLUMNS_MAX {
            return Err(FileFault::TooManyColumns);
        }
        if self.found.len() >= ROWS_MAX {
            return Err(FileFault::TooManyRows);
        }
        self.length += cells.iter().map(String::len).sum::<usize>();
        if self.length > TEXTS_MAX {
            return Err(FileFault::Overblown);
        }
        self.found.push(SheetRow { number, cells });
        Ok(())
    }
}

#[cfg(test)]
mod tests;
