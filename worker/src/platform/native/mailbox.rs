//! Letters as files (RFC 5322) in a folder, for a mail server of the host to pick up, and for a person or a test to read.

use crate::platform::Letter;
use data_encoding::BASE64;
use domain::date::Timestamp;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// The folder.
pub struct Mailbox {
    folder: PathBuf,
}

impl Mailbox {
    /// Opens (or makes) the folder.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Writes the letter to `<event>.eml`. The name appears only when the file is whole; the same event writes the same file.
    pub fn deliver(&self, letter: &Letter, now: Timestamp) -> io::Result<()> {
        let name: String = letter.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let partial = self.folder.join(format!("{name}.partial"));
        let mut file = File::create(&partial)?;
        file.write_all(message(letter, now).as_bytes())?;
        file.sync_all()?;
        std::fs::rename(partial, self.folder.join(format!("{name}.eml")))
    }
}

fn message(letter: &Letter, now: Timestamp) -> String {
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_millis(u64::try_from(now.0).unwrap_or_default()));
    // Encoded words (RFC 2047) of at most 75 characters, cut between letters.
    let mut words = vec![String::new()];
    for letter in letter.subject.chars() {
        if words.last().is_some_and(|word| word.len() + letter.len_utf8() > 42) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    let subject: Vec<String> = words.iter().map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes()))).collect();
    let body = BASE64.encode(letter.body.replace('\n', "\r\n").as_bytes());
    let lines: Vec<&str> = body.as_bytes().chunks(76).filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
    format!(
        "Date: {date}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{id}@tumo>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n",
        date = date.replace("GMT", "+0000"),
        to = letter.to,
        subject = subject.join("\r\n "),
        id = letter.id.replace(':', "."),
        body = lines.join("\r\n"),
    )
}
