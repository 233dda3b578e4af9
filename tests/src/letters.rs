//! Letters the server sent. Each home has its own way: files of a mailbox here, files named in the log there.

use std::fs;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use xtask::server::{Home, run_scheduled};

use crate::world::World;

/// How long a letter may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pause between two looks.
const POLL: Duration = Duration::from_millis(100);

/// The beginning of what workerd's stand-in for the mail service writes to the log about a letter.
const HANDED_OVER: &str = "send_email binding called with MessageBuilder:";

/// A letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The text.
    pub text: String,
}

impl World {
    /// Waits until `count` letters to this address are out, and gives them back.
    pub async fn letters_to(&self, address: &str, count: usize) -> Vec<Letter> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.let_the_clock_tick().await;
            let letters: Vec<Letter> = self.letters().into_iter().filter(|letter| letter.to == address).collect();
            if letters.len() >= count {
                assert_eq!(letters.len(), count, "more letters than expected");
                return letters;
            }
            assert!(Instant::now() < deadline, "in {PATIENCE:?} only {} of {count} letters came", letters.len());
            tokio::time::sleep(POLL).await;
        }
    }

    /// Runs what Cloudflare runs every minute; the native home has a clock of its own.
    async fn let_the_clock_tick(&self) {
        if self.home == Home::Workerd {
            let _storing = self.storing.read().await;
            let base_url = self.base_url.clone();
            let ticked = tokio::task::spawn_blocking(move || run_scheduled(&base_url)).await;
            ticked.expect("the task").expect("the scheduled handler");
        }
    }

    /// Every letter there is.
    pub fn letters(&self) -> Vec<Letter> {
        match self.home {
            Home::Native => self.mailbox(),
            Home::Workerd => handed_over(&self.log()).into_iter().filter_map(|entry| entry.letter()).collect(),
        }
    }

    fn mailbox(&self) -> Vec<Letter> {
        let files = fs::read_dir(self.data.join("mail")).expect("the mailbox");
        let paths = files.map(|entry| entry.expect("a file").path());
        let whole = paths.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
        whole.map(|path| parsed(&fs::read_to_string(path).expect("a letter"))).collect()
    }

    /// All the server said so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.data.join("server.log")).expect("the log")).into_owned()
    }

    /// What the product itself said so far: without the entries of workerd's stand-in for the mail service, which name the
    /// addresses.
    pub fn own_log(&self) -> String {
        let log = self.log();
        handed_over(&log).into_iter().fold(log.clone(), |log, entry| log.replacen(entry.lines, "", 1))
    }
}

/// One letter in workerd's log.
struct Entry<'a> {
    lines: &'a str,
}

impl Entry<'_> {
    fn line(&self, beginning: &str) -> Option<&str> {
        self.lines.lines().find_map(|line| line.strip_prefix(beginning)).map(str::trim)
    }

    fn letter(&self) -> Option<Letter> {
        Some(Letter { to: self.line("To: ")?.to_owned(), text: fs::read_to_string(self.line("Text: ")?).ok()? })
    }
}

/// The entries up to their last line; one that is still being written is left out.
fn handed_over(log: &str) -> Vec<Entry<'_>> {
    let whole = |rest: &'_ str| rest.find("\nText: ").and_then(|start| Some(start + 1 + rest[start + 1..].find('\n')?));
    let starts = log.match_indices(HANDED_OVER).map(|(start, _)| start);
    starts.filter_map(|start| Some(Entry { lines: &log[start..start + whole(&log[start..])?] })).collect()
}

/// Reads a message (RFC 5322) with a body in base64.
fn parsed(message: &str) -> Letter {
    let (headers, body) = message.split_once("\r\n\r\n").expect("headers and a body");
    let to = headers.lines().find_map(|line| line.strip_prefix("To: ")).expect("an address");
    let body: String = body.split_whitespace().collect();
    let text = BASE64.decode(body.as_bytes()).expect("base64");
    Letter { to: to.to_owned(), text: String::from_utf8(text).expect("UTF-8") }
}
