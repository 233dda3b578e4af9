//! A backend for tests on a database of its own: its clock stands where a test puts it, and its letters are counted.

use crate::platform::native::Native;
use crate::platform::{DatabaseError, DeliveryError, Letter, Platform, RandomnessError, Statement};
use crate::secrets::Secrets;
use crate::state::Backend;
use domain::date::Timestamp;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// 23 November 2026, 18:00 in the cities.
pub(crate) const START: i64 = 1_795_438_800_000;

pub(crate) const HOUR: i64 = 3_600_000;

/// The cohort of these tests: one seat.
pub(crate) const COHORT: &str = "astana-mon-wed-0900";

#[derive(Clone)]
pub(crate) struct Stage {
    native: Native,
    pub now: Arc<AtomicI64>,
    pub refuses: Arc<AtomicBool>,
    pub handed_over: Arc<Mutex<Vec<Letter>>>,
    pub log: Arc<Mutex<Vec<String>>>,
    _folder: Arc<TempDir>,
}

impl Platform for Stage {
    const ADDRESS_HEADER: &'static str = "x-real-ip";

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Option<String>>, DatabaseError> {
        self.native.batch(statements).await
    }

    async fn published_catalogue(&self) -> Option<String> {
        None
    }

    async fn publish_catalogue(&self, _catalogue: &str) {}

    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn randomise(&self, buffer: &mut [u8]) -> Result<(), RandomnessError> {
        self.native.randomise(buffer)
    }

    async fn send(&self, letter: &Letter) -> Result<(), DeliveryError> {
        // Other runs go on while a letter is on its way.
        tokio::task::yield_now().await;
        if self.refuses.load(Ordering::SeqCst) {
            return Err(DeliveryError("refused".to_owned()));
        }
        self.handed_over.lock().expect("the letters").push(letter.clone());
        Ok(())
    }

    async fn allows(&self, contact: &str) -> bool {
        self.native.allows(contact).await
    }

    fn log(&self, line: &str) {
        self.log.lock().expect("the log").push(line.to_owned());
    }
}

/// A family of one student; its name is its application's and its registration's id.
#[derive(Clone, Copy)]
pub(crate) struct Family<'a> {
    pub name: &'a str,
    pub language: &'a str,
    pub take_at_once: bool,
}

impl<'a> Family<'a> {
    pub fn new(name: &'a str) -> Self {
        Self { name, language: "en", take_at_once: false }
    }
}

impl Stage {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let demo = include_str!("../../../seed/demo.sql").to_owned();
        let one_seat = format!("UPDATE cohorts SET seats = 1 WHERE id = '{COHORT}'");
        Self {
            native: Native::open(folder.path(), &[demo, one_seat]).expect("a database"),
            now: Arc::new(AtomicI64::new(START)),
            refuses: Arc::default(),
            handed_over: Arc::default(),
            log: Arc::default(),
            _folder: Arc::new(folder),
        }
    }

    pub fn backend(&self) -> Backend<Self> {
        let secrets = Secrets::from_base64("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").expect("a key");
        Backend::new(self.clone(), secrets, "https://tumo.example")
    }

    pub fn pass(&self, hours: i64) {
        self.now.fetch_add(hours * HOUR, Ordering::SeqCst);
    }

    /// Runs statements as one batch, and answers the last one's text.
    pub async fn run(&self, statements: &[&str]) -> Option<String> {
        let batch = statements.iter().map(|sql| Statement { sql: (*sql).to_owned().into(), parameters: Vec::new() }).collect();
        self.native.batch(batch).await.expect("the statements run").pop().flatten()
    }

    /// Stores an application as the route does: a seat where there is one and nobody waits.
    pub async fn apply(&self, family: Family<'_>) {
        let Family { name, language, take_at_once } = family;
        let now = self.now().0;
        let rows = [
            format!(
                "INSERT INTO applications
                    (id, key_digest, body_digest, reference, link_digest, language, filled_by, take_at_once, received_at)
                VALUES ('{name}', '{name}', 'x', '{name}', '{name}', '{language}', 'guardian', {take_at_once}, {now})"
            ),
            format!(
                "INSERT INTO guardians (application_id, place, surname, given_name, relation, phone, phone_typed, email)
                VALUES ('{name}', 1, 'A', 'B', 'mother', '+77010000000', 'x', '{name}@mail.example')"
            ),
            format!(
                "INSERT INTO students (id, application_id, place, surname, given_name, born_on)
                VALUES ('{name}', '{name}', 1, 'A', 'B', '2011-01-01')"
            ),
            format!("INSERT INTO student_identities VALUES ('demo', '{name}', '{name}')"),
            registration(name, COHORT, "applied", now),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        self.run(&rows).await;
    }

    /// Gives the family's seat or place up, and the freed seat on.
    pub async fn withdraw(&self, name: &str) {
        let change = crate::store::changes::Change { link_digest: name, registration: name, now: self.now() };
        crate::store::changes::withdraw(self, change).await.expect("given up");
    }

    pub fn subjects(&self) -> Vec<(String, String)> {
        let letters = self.handed_over.lock().expect("the letters");
        letters.iter().map(|letter| (letter.to.replace("@mail.example", ""), letter.subject.clone())).collect()
    }
}

/// A registration of the student of this name that enters `cohort`; in another one than [`COHORT`] it has the cohort's name.
pub(crate) fn registration(student: &str, cohort: &str, act: &str, now: i64) -> String {
    let id = if cohort == COHORT { student } else { cohort };
    format!(
        "INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
        SELECT '{id}', '{student}', 'demo', id, iif(waiting = 0 AND taken < seats, 'enrolled', 'waiting'), waiting + 1, {now}, {now},
            'family', '{act}'
        FROM cohorts WHERE id = '{cohort}'"
    )
}
