//! The file of an export, in whichever form.

use crate::sheet::Cell;
use crate::sheet::csv::CsvFile;
use crate::sheet::workbook::{Sheet, Workbook};
use domain::date::Timestamp;
use domain::staff::exchange::ExportFormat;

/// A file being written.
pub enum Output {
    /// A workbook.
    Xlsx(Box<Workbook>),
    /// A text; it has one sheet.
    Csv(CsvFile),
}

impl Output {
    /// A file that begins with this sheet.
    pub fn new(format: ExportFormat, first: Sheet, made_at: Timestamp) -> Self {
        match format {
            ExportFormat::Xlsx => {
                let title = first.name.clone();
                Self::Xlsx(Box::new(Workbook::new(&title, made_at, first)))
            }
            ExportFormat::Csv => Self::Csv(CsvFile::new(&first.columns)),
        }
    }

    /// A row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        match self {
            Self::Xlsx(workbook) => workbook.row(cells),
            Self::Csv(file) => file.row(cells),
        }
    }

    /// How many bytes are ready.
    pub fn waiting(&self) -> usize {
        match self {
            Self::Xlsx(workbook) => workbook.waiting(),
            Self::Csv(file) => file.waiting(),
        }
    }

    /// The bytes since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        match self {
            Self::Xlsx(workbook) => workbook.take(),
            Self::Csv(file) => file.take(),
        }
    }

    /// The last bytes.
    pub fn finish(self) -> Vec<u8> {
        match self {
            Self::Xlsx(workbook) => workbook.finish(),
            Self::Csv(mut file) => file.take(),
        }
    }
}
