//! What the backend asks of the place it runs in. Only the modules below know D1, KV, rusqlite, a clock or randomness.

#[cfg(target_arch = "wasm32")]
mod cloudflare;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;

use domain::date::Timestamp;
use ed25519_dalek::{Signer, SigningKey};
use std::borrow::Cow;
use std::future::{Future, ready};
use ulid::Ulid;

/// A home of the backend.
pub trait Platform: Clone + Send + Sync + 'static {
    /// The header in which this home is told where a request comes from, by a proxy in front that overwrites what clients send.
    const ADDRESS_HEADER: &'static str = "x-real-ip";

    /// Runs the statements in order as one transaction: all of them or none. Answers, for each, the first column of its first row
    /// when that is a text (statements that read build one JSON text), none otherwise.
    fn batch(&self, statements: Vec<Statement>) -> impl Future<Output = Result<Vec<Option<String>>, DatabaseError>> + Send;

    /// The published catalogue, when a copy is at hand. It may be a minute old.
    fn published_catalogue(&self) -> impl Future<Output = Option<String>> + Send;

    /// Publishes the catalogue; a failure is only a missed chance.
    fn publish_catalogue(&self, catalogue: &str) -> impl Future<Output = ()> + Send;

    /// The time.
    fn now(&self) -> Timestamp;

    /// Fills the buffer with unpredictable bytes.
    ///
    /// # Errors
    /// When the host has no randomness to give.
    fn randomise(&self, buffer: &mut [u8]) -> Result<(), RandomnessError>;

    /// An identifier that grows with time, so that new rows lie together.
    ///
    /// # Errors
    /// As [`Self::randomise`].
    fn ulid(&self) -> Result<String, RandomnessError> {
        let mut random = [0; 16];
        self.randomise(&mut random)?;
        let at = u64::try_from(self.now().0).unwrap_or_default();
        Ok(Ulid::from_parts(at, u128::from_be_bytes(random)).to_string())
    }

    /// Does work of some ten milliseconds and megabytes, such as judging a password, where it holds up the fewest others. None when
    /// it broke off.
    fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> impl Future<Output = Option<T>> + Send {
        // An isolate has one thread.
        async move { Some(work()) }
    }

    /// The Ed25519 signature of a text (RFC 8032): of the same key and text always the same. A home whose runtime signs faster than
    /// this program has its own way.
    fn sign(&self, key: &SigningKey, text: &str) -> impl Future<Output = [u8; 64]> + Send {
        ready(key.sign(text.as_bytes()).to_bytes())
    }

    /// The text at an address of another server; none when it can't be had. One host makes no requests of its own.
    fn fetch(&self, _address: &str) -> impl Future<Output = Option<String>> + Send {
        async { None }
    }

    /// Hands a letter over for delivery.
    fn send(&self, letter: &Letter) -> impl Future<Output = Result<(), DeliveryError>> + Send;

    /// Whether one more application of this contact (a keyed hash) is within the limit. A first fence only; one that doesn't answer
    /// lets everybody through.
    fn allows(&self, contact: &str) -> impl Future<Output = bool> + Send;

    /// Writes a line for the operator. Never personal data.
    fn log(&self, line: &str);
}

/// From now on a panic is told by its place in the code; its message, which may quote data, is not.
pub fn tell_panics_by_place(tell: fn(&str)) {
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(place) = panic.location() {
            tell(&format!("panic at {}:{}", place.file(), place.line()));
        }
    }));
}

/// One SQL statement with its parameters `?1`, `?2`, …
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The SQL.
    pub sql: Cow<'static, str>,
    /// The parameters.
    pub parameters: Vec<Value>,
}

impl Statement {
    /// A statement without parameters.
    pub fn new(sql: &'static str) -> Self {
        Self { sql: Cow::Borrowed(sql), parameters: Vec::new() }
    }

    /// Adds the next parameter.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.parameters.push(value.into());
        self
    }
}

/// A parameter of a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer of at most 53 bits: what JavaScript can carry.
    Integer(i64),
    /// A text.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Timestamp> for Value {
    fn from(moment: Timestamp) -> Self {
        Self::Integer(moment.0)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Why a batch did not happen. Nothing of it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseError {
    /// A constraint or a guarding trigger refused it; the text is SQLite's and names table and columns, or the guard, never values.
    Constraint(String),
    /// The database is overloaded, locked, full or read-only: later it may work.
    Unavailable(String),
    /// Anything else: a fault of ours.
    Fault(String),
}

/// Words of SQLite's and D1's messages that say the fault may pass.
const PASSING: [&str; 13] = [
    "locked",
    "busy",
    "overloaded",
    "full",
    "readonly",
    "read-only",
    "disk I/O",
    "unable to open",
    "reset",
    "timeout",
    "transient",
    "connection lost",
    // Of D1 itself: a fault in one of our statements is told in SQLite's words.
    "internal error",
];

impl DatabaseError {
    /// Sorts SQLite's messages, which both homes pass on.
    pub fn from_message(message: String) -> Self {
        if ["constraint failed", "SQLITE_CONSTRAINT"].iter().any(|words| message.contains(words)) {
            Self::Constraint(message)
        } else if PASSING.iter().any(|words| message.contains(words)) {
            Self::Unavailable(message)
        } else {
            Self::Fault(message)
        }
    }
}

/// The host gave no randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomnessError;

/// A letter to a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Names the event; the same event has the same identifier at every try.
    pub id: String,
    /// Address.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Text, lines end in `\n`.
    pub body: String,
}

/// A letter was not taken for delivery; the text goes to the log and holds no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryError(pub String);
