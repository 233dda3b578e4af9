//! The home on one host: SQLite in process. Data of residents can be kept inside the country this way.

mod database;
mod mailbox;
mod throttle;

use crate::platform::{DatabaseError, DeliveryError, Letter, Platform, RandomnessError, Statement};
use database::Database;
use domain::date::Timestamp;
use mailbox::Mailbox;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use throttle::Throttle;
use tokio::sync::Semaphore;

/// How many computations run at a time: each takes a core and 19 MiB.
const COMPUTING_AT_ONCE: usize = 4;

/// One host.
#[derive(Clone)]
pub struct Native {
    database: Database,
    mailbox: Arc<Mailbox>,
    throttle: Arc<Mutex<Throttle>>,
    computing: Arc<Semaphore>,
}

impl Native {
    /// Opens (or makes) the folder's database, migrates it, and seeds it with these SQL texts when it is empty.
    ///
    /// # Errors
    /// When the folder can't be used or the SQL doesn't run.
    pub fn open(folder: &Path, seeds: &[String]) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self {
            database: Database::open(&folder.join("tumo.sqlite"), seeds)?,
            mailbox: Arc::new(Mailbox::open(&folder.join("mail"))?),
            throttle: Arc::default(),
            computing: Arc::new(Semaphore::new(COMPUTING_AT_ONCE)),
        })
    }
}

impl Platform for Native {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Option<String>>, DatabaseError> {
        self.database.batch(statements).await
    }

    /// The database is at hand here: no copy is better than a fresh one.
    async fn published_catalogue(&self) -> Option<String> {
        None
    }

    async fn publish_catalogue(&self, _catalogue: &str) {}

    fn now(&self) -> Timestamp {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
    }

    fn randomise(&self, buffer: &mut [u8]) -> Result<(), RandomnessError> {
        getrandom::fill(buffer).map_err(|_| RandomnessError)
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.computing.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }

    async fn send(&self, letter: &Letter) -> Result<(), DeliveryError> {
        self.mailbox.deliver(letter, self.now()).map_err(|error| DeliveryError(error.kind().to_string()))
    }

    async fn allows(&self, contact: &str) -> bool {
        self.throttle.lock().unwrap_or_else(PoisonError::into_inner).allows(contact, self.now())
    }

    fn log(&self, line: &str) {
        eprintln!("{line}");
    }
}
