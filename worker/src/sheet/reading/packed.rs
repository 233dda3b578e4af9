//! The archive an XLSX file is: its parts by name, each unpacked as it is read and never as a whole.

use crate::sheet::zip::{CENTRAL_HEADER, DEFLATE, END, LOCAL_HEADER};
use domain::staff::exchange::FileFault;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

/// How much all parts that are read unpack to at most, in bytes: ten thousand rows with every column filled are below eight
/// million.
const UNPACKED_MAX: u64 = 24_000_000;

/// A comment at the end of an archive has a length of 16 bits.
const COMMENT_MAX: usize = u16::MAX as usize;

/// The length of the record at the end, without the comment.
const END_LENGTH: usize = 22;

/// An archive of which the directory was read.
pub struct Packed<'a> {
    file: &'a [u8],
    entries: Vec<Entry<'a>>,
    /// How much may still be unpacked.
    left: Cell<u64>,
}

struct Entry<'a> {
    name: &'a str,
    method: u16,
    packed: usize,
    at: usize,
}

impl<'a> Packed<'a> {
    /// Reads the directory.
    pub fn open(file: &'a [u8]) -> Result<Self, FileFault> {
        let (count, mut at) = end(file).ok_or(FileFault::Broken)?;
        let mut entries = Vec::new();
        for _ in 0..count {
            let (entry, next) = entry(file, at).ok_or(FileFault::Broken)?;
            entries.push(entry);
            at = next;
        }
        Ok(Self { file, entries, left: Cell::new(UNPACKED_MAX) })
    }

    /// A part; none when there is none of this name. Names are told apart by case in no archive of Office's.
    pub fn part<'s>(&'s self, name: &str) -> Result<Option<impl BufRead + use<'s, 'a>>, FileFault> {
        let name = name.trim_start_matches('/');
        let known = |entry: &&Entry<'_>| entry.name.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(name);
        let Some(entry) = self.entries.iter().find(known) else { return Ok(None) };
        let packed = content(self.file, entry).ok_or(FileFault::Broken)?;
        let unpacked: Box<dyn Read + '_> = match entry.method {
            0 => Box::new(packed),
            DEFLATE => Box::new(Inflated { packed, state: InflateState::new_boxed(DataFormat::Raw), done: false }),
            _ => return Err(FileFault::Broken),
        };
        Ok(Some(BufReader::new(Bounded { unpacked, left: &self.left })))
    }
}

/// A reader of deflated bytes.
struct Inflated<'a> {
    packed: &'a [u8],
    state: Box<InflateState>,
    done: bool,
}

impl Read for Inflated<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.done || buffer.is_empty() {
            return Ok(0);
        }
        let step = inflate(&mut self.state, self.packed, buffer, MZFlush::None);
        self.packed = self.packed.get(step.bytes_consumed..).unwrap_or_default();
        self.done = step.status == Ok(MZStatus::StreamEnd);
        // No end, and nothing more to come: cut off, or no such stream.
        if step.bytes_written == 0 && !self.done { Err(ErrorKind::InvalidData.into()) } else { Ok(step.bytes_written) }
    }
}

/// A reader that stops where all parts together become too long.
struct Bounded<'a> {
    unpacked: Box<dyn Read + 'a>,
    left: &'a Cell<u64>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(buffer)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => return Err(ErrorKind::FileTooLarge.into()),
        }
        Ok(read)
    }
}

/// The number of entries and the place of the directory, from the record at the end.
fn end(file: &[u8]) -> Option<(u16, usize)> {
    let first = file.len().saturating_sub(END_LENGTH + COMMENT_MAX);
    let last = file.len().checked_sub(END_LENGTH)?;
    let at = (first..=last).rev().find(|at| u32_at(file, *at) == Some(END))?;
    Some((u16_at(file, at + 10)?, u32_at(file, at + 16)? as usize))
}

/// An entry of the directory, and where the next one is.
fn entry(file: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    if u32_at(file, at)? != CENTRAL_HEADER {
        return None;
    }
    let length = |offset| u16_at(file, at + offset).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let entry = Entry {
        name: str::from_utf8(file.get(at + 46..at + 46 + name)?).unwrap_or_default(),
        method: u16_at(file, at + 10)?,
        packed: u32_at(file, at + 20)? as usize,
        at: u32_at(file, at + 42)? as usize,
    };
    Some((entry, at + 46 + name + extra + comment))
}

/// The bytes of an entry as they are stored.
fn content<'a>(file: &'a [u8], entry: &Entry<'_>) -> Option<&'a [u8]> {
    if u32_at(file, entry.at)? != LOCAL_HEADER {
        return None;
    }
    let length = |offset| u16_at(file, entry.at + offset).map(usize::from);
    let begin = entry.at + 30 + length(26)? + length(28)?;
    file.get(begin..begin.checked_add(entry.packed)?)
}

fn u16_at(file: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*file.get(at..)?.first_chunk()?))
}

fn u32_at(file: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*file.get(at..)?.first_chunk()?))
}
