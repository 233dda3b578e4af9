//! XML, read piece by piece. Names are without their namespace, as programs choose prefixes freely.

use domain::staff::exchange::FileFault;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};
use std::borrow::Cow;
use std::io::{BufRead, ErrorKind};

/// A part being read.
pub struct Markup<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    /// How many pieces may still come.
    left: usize,
}

/// How many pieces a part has at most. A cell is five or seven of them, a thing that says nothing two: they shrink to nearly nothing
/// in an archive, and reading each takes its time. Ten thousand rows with every column filled are a million and a half.
const PIECES_MAX: usize = 2_000_000;

/// A piece of it.
pub enum Piece<'a> {
    /// An element begins; an empty one ends at once.
    Open(BytesStart<'a>),
    /// An element ends.
    Close(BytesEnd<'a>),
    /// A piece of text; an entity is a piece by itself.
    Text(Cow<'a, str>),
    /// A comment or the like.
    Other,
    /// Nothing follows.
    End,
}

impl<R: BufRead> Markup<R> {
    /// Begins to read.
    pub fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), left: PIECES_MAX }
    }

    /// The next piece.
    pub fn next(&mut self) -> Result<Piece<'_>, FileFault> {
        self.left = self.left.checked_sub(1).ok_or(FileFault::Overblown)?;
        self.buffer.clear();
        Ok(match self.reader.read_event_into(&mut self.buffer).map_err(|error| fault(&error))? {
            Event::Start(element) => Piece::Open(element),
            Event::End(element) => Piece::Close(element),
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(|error| fault(&error))?;
                let known = || resolve_predefined_entity(&entity).map(Cow::Borrowed);
                let text = character.map(|character| Cow::Owned(character.into())).or_else(known);
                Piece::Text(text.ok_or(FileFault::Broken)?)
            }
            // Office writes none; they name entities, which can lie outside or grow without end.
            Event::DocType(_) => return Err(FileFault::Broken),
            Event::Eof => Piece::End,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => Piece::Other,
        })
    }
}

/// The value of an attribute.
pub fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Result<Option<Cow<'a, str>>, FileFault> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| FileFault::Broken)?;
        if attribute.key.local_name().into_inner() == name {
            return attribute.normalized_value(XmlVersion::Implicit1_0).map(Some).map_err(|_| FileFault::Broken);
        }
    }
    Ok(None)
}

fn fault(error: &Error) -> FileFault {
    match error {
        Error::Io(error) if error.kind() == ErrorKind::FileTooLarge => FileFault::Overblown,
        _ => FileFault::Broken,
    }
}
