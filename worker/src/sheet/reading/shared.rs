//! Texts that cells refer to by number.

use super::TEXTS_MAX;
use super::markup::{Markup, Piece};
use domain::staff::exchange::FileFault;
use std::io::BufRead;

/// All texts in one, and where each begins: programs that repeat nothing write a million of them.
#[derive(Default)]
pub struct SharedTexts {
    texts: String,
    begins: Vec<usize>,
}

impl SharedTexts {
    /// Reads the part.
    pub fn read(part: impl BufRead) -> Result<Self, FileFault> {
        let mut markup = Markup::new(part);
        let mut shared = Self::default();
        let mut phonetic = false;
        let mut within = false;
        loop {
            match markup.next()? {
                Piece::Open(element) => match element.local_name().into_inner() {
                    "si" => shared.begins.push(shared.texts.len()),
                    // How a text is pronounced is not the text.
                    "rPh" => phonetic = true,
                    "t" => within = !phonetic,
                    _ => {}
                },
                Piece::Close(element) => match element.local_name().into_inner() {
                    "rPh" => phonetic = false,
                    "t" => within = false,
                    _ => {}
                },
                Piece::Text(text) if within => {
                    shared.texts.push_str(&text);
                    if shared.texts.len() > TEXTS_MAX {
                        return Err(FileFault::Overblown);
                    }
                }
                Piece::Text(_) | Piece::Other => {}
                Piece::End => return Ok(shared),
            }
        }
    }

    /// The text of this number.
    pub fn get(&self, number: usize) -> Option<&str> {
        let begin = *self.begins.get(number)?;
        let end = self.begins.get(number + 1).copied().unwrap_or(self.texts.len());
        self.texts.get(begin..end)
    }
}
