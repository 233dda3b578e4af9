//! The outer form of an XLSX file (PKWARE APPNOTE 6.3.4): an archive that is written from front to back. Sizes follow each entry
//! in a data descriptor, as they aren't known when it begins.

use crc32fast::Hasher;
use miniz_oxide::DataFormat;
use miniz_oxide::deflate::CompressionLevel;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};

pub(super) const LOCAL_HEADER: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
pub(super) const CENTRAL_HEADER: u32 = 0x0201_4b50;
pub(super) const END: u32 = 0x0605_4b50;

/// Deflate is in version 2.0.
const VERSION: u16 = 20;

/// Bit 3: sizes are in a data descriptor.
const FLAGS: u16 = 1 << 3;

/// The method of compression.
pub(super) const DEFLATE: u16 = 8;

/// 1 January 1980, the beginning of time in archives: there is no clock here, and the same rows give the same file.
const DATE: u16 = 0x0021;

/// The usual level makes sheets a third smaller and takes six times as long, which the Worker's share of time doesn't allow.
const LEVEL: CompressionLevel = CompressionLevel::BestSpeed;

/// An archive being written.
pub(super) struct Archive {
    deflate: CompressorOxide,
    /// What was not taken yet.
    out: Vec<u8>,
    /// How much was.
    taken: u64,
    entries: Vec<Entry>,
    open: Option<Open>,
}

/// A finished entry.
struct Entry {
    name: String,
    at: u64,
    crc: u32,
    packed: u64,
    length: u64,
}

/// The entry being written.
struct Open {
    name: String,
    at: u64,
    crc: Hasher,
    packed: u64,
    length: u64,
}

impl Archive {
    /// An archive without entries.
    pub fn new() -> Self {
        let deflate = CompressorOxide::with_format_and_level(DataFormat::Raw, LEVEL);
        Self { deflate, out: Vec::new(), taken: 0, entries: Vec::new(), open: None }
    }

    /// Begins an entry, ending the one before.
    pub fn begin(&mut self, name: &str) {
        self.end();
        let at = self.position();
        self.u32(LOCAL_HEADER);
        self.head(0, 0, 0, name);
        self.u16(0);
        self.out.extend_from_slice(name.as_bytes());
        self.open = Some(Open { name: name.to_owned(), at, crc: Hasher::new(), packed: 0, length: 0 });
    }

    /// Adds to the entry that was begun last.
    pub fn write(&mut self, bytes: &[u8]) {
        if let Some(open) = &mut self.open {
            open.crc.update(bytes);
            open.length += bytes.len() as u64;
            self.pack(bytes, TDEFLFlush::None);
        }
    }

    /// A whole entry.
    pub fn add(&mut self, name: &str, content: &str) {
        self.begin(name);
        self.write(content.as_bytes());
    }

    /// How long the entry is so far, unpacked.
    pub fn length(&self) -> u64 {
        self.open.as_ref().map_or(0, |open| open.length)
    }

    /// How many bytes wait to be taken.
    pub fn waiting(&self) -> usize {
        self.out.len()
    }

    /// The bytes since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        self.taken += self.out.len() as u64;
        std::mem::take(&mut self.out)
    }

    /// Writes the directory; gives the last bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.end();
        let entries = std::mem::take(&mut self.entries);
        let directory = self.position();
        for entry in &entries {
            self.u32(CENTRAL_HEADER);
            self.u16(VERSION);
            self.head(entry.crc, entry.packed, entry.length, &entry.name);
            // No extra field, no comment, the first disk, no attributes.
            self.out.extend_from_slice(&[0; 12]);
            self.u32(low(entry.at));
            self.out.extend_from_slice(entry.name.as_bytes());
        }
        let length = self.position() - directory;
        let count = u16::try_from(entries.len()).unwrap_or(u16::MAX);
        self.u32(END);
        self.u32(0);
        self.u16(count);
        self.u16(count);
        self.u32(low(length));
        self.u32(low(directory));
        self.u16(0);
        self.out
    }

    fn position(&self) -> u64 {
        self.taken + self.out.len() as u64
    }

    fn end(&mut self) {
        self.pack(&[], TDEFLFlush::Finish);
        let Some(Open { name, at, crc, packed, length }) = self.open.take() else { return };
        self.deflate.reset();
        let crc = crc.finalize();
        for number in [DESCRIPTOR, crc, low(packed), low(length)] {
            self.u32(number);
        }
        self.entries.push(Entry { name, at, crc, packed, length });
    }

    fn pack(&mut self, bytes: &[u8], flush: TDEFLFlush) {
        let Some(open) = &mut self.open else { return };
        let out = &mut self.out;
        // Takes whatever it is given; it fails only where its output is refused.
        compress_to_output(&mut self.deflate, bytes, flush, |packed| {
            open.packed += packed.len() as u64;
            out.extend_from_slice(packed);
            true
        });
    }

    /// What local and central headers have in common.
    fn head(&mut self, crc: u32, packed: u64, length: u64, name: &str) {
        for number in [VERSION, FLAGS, DEFLATE, 0, DATE] {
            self.u16(number);
        }
        for number in [crc, low(packed), low(length)] {
            self.u32(number);
        }
        self.u16(u16::try_from(name.len()).unwrap_or(u16::MAX));
    }

    fn u16(&mut self, number: u16) {
        self.out.extend_from_slice(&number.to_le_bytes());
    }

    fn u32(&mut self, number: u32) {
        self.out.extend_from_slice(&number.to_le_bytes());
    }
}

/// A size or place: the workbook ends a sheet long before one of them needs more than 32 bits.
fn low(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
