//! SQLite behind one writer thread.
//!
//! Batches that arrive together share one transaction on disk, each in a savepoint of its own: one `fsync` confirms many
//! families, and a refused batch takes nobody else with it. A batch is answered only after the commit.

use crate::platform::{DatabaseError, Statement, Value};
use anyhow::Context;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;

/// The migrations, oldest first; their number is the schema's version.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/0001_catalogue.sql"),
    include_str!("../../../migrations/0002_applications.sql"),
    include_str!("../../../migrations/0003_registrations.sql"),
    include_str!("../../../migrations/0004_waiting_list.sql"),
    include_str!("../../../migrations/0005_outbox.sql"),
    include_str!("../../../migrations/0006_staff.sql"),
    include_str!("../../../migrations/0007_console.sql"),
    include_str!("../../../migrations/0008_attendance.sql"),
    include_str!("../../../migrations/0009_undo.sql"),
    include_str!("../../../migrations/0010_overview.sql"),
    include_str!("../../../migrations/0011_capacity.sql"),
    include_str!("../../../migrations/0012_message_states.sql"),
    include_str!("../../../migrations/0013_moves.sql"),
    include_str!("../../../migrations/0014_other_tracks.sql"),
    include_str!("../../../migrations/0015_news.sql"),
];

/// How many batches share a commit at most: bounds how long the first of them waits.
const BATCHES_A_COMMIT: usize = 256;

/// How many batches may wait: above that a newcomer is told to come back rather than kept waiting for long.
const QUEUE: usize = 4096;

/// How long to wait for another process's lock, such as a backup's.
const LOCK_WAIT: Duration = Duration::from_secs(2);

type Rows = Vec<Option<String>>;
type Answer = Result<Rows, DatabaseError>;

struct Job {
    statements: Vec<Statement>,
    answer: oneshot::Sender<Answer>,
}

/// The database of one host.
#[derive(Clone)]
pub struct Database {
    jobs: mpsc::SyncSender<Job>,
}

impl Database {
    /// Opens the file, migrates it, seeds it when it holds no intake, and starts the writer.
    pub fn open(file: &Path, seeds: &[String]) -> anyhow::Result<Self> {
        let mut connection = Connection::open(file).with_context(|| format!("can't open {}", file.display()))?;
        connection.busy_timeout(LOCK_WAIT)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // An acknowledged application survives a power cut: every commit reaches the disk.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        migrate(&mut connection)?;
        seed(&mut connection, seeds)?;
        let (jobs, queue) = mpsc::sync_channel(QUEUE);
        thread::Builder::new().name("database".into()).spawn(move || write(&mut connection, &queue))?;
        Ok(Self { jobs })
    }

    /// Runs the statements as one transaction; answers after it is on disk.
    pub async fn batch(&self, statements: Vec<Statement>) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.jobs.try_send(Job { statements, answer }).map_err(|_| unavailable("the queue to the database is full"))?;
        answered.await.unwrap_or_else(|_| Err(unavailable("the database is closed")))
    }
}

fn unavailable(reason: &str) -> DatabaseError {
    DatabaseError::Unavailable(reason.to_owned())
}

fn migrate(connection: &mut Connection) -> anyhow::Result<()> {
    let done: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (version, migration) in (1u32..).zip(MIGRATIONS).filter(|(version, _)| *version > done) {
        let step = connection.transaction()?;
        step.execute_batch(migration).with_context(|| format!("migration {version} does not run"))?;
        step.pragma_update(None, "user_version", version)?;
        step.commit()?;
    }
    Ok(())
}

fn seed(connection: &mut Connection, seeds: &[String]) -> anyhow::Result<()> {
    let empty: bool = connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM intakes)", [], |row| row.get(0))?;
    if empty {
        let all = connection.transaction()?;
        for seed in seeds {
            all.execute_batch(seed).context("the seed does not run")?;
        }
        all.commit()?;
    }
    Ok(())
}

/// Serves jobs until the last sender is gone.
fn write(connection: &mut Connection, queue: &mpsc::Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let jobs: Vec<Job> = std::iter::once(first).chain(queue.try_iter().take(BATCHES_A_COMMIT - 1)).collect();
        let (statements, waiting): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.statements, job.answer)).unzip();
        let answers = commit_together(connection, &statements)
            .unwrap_or_else(|error| statements.iter().map(|_| Err(sorted(&error))).collect());
        for (waiting, answer) in waiting.into_iter().zip(answers) {
            // A client that left doesn't change what was decided.
            let _ = waiting.send(answer);
        }
    }
}

/// One transaction on disk for all batches; a refused batch is rolled back to its savepoint.
fn commit_together(connection: &mut Connection, batches: &[Vec<Statement>]) -> rusqlite::Result<Vec<Answer>> {
    let mut transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut answers = Vec::with_capacity(batches.len());
    for batch in batches {
        let savepoint = transaction.savepoint()?;
        answers.push(match run(&savepoint, batch) {
            Ok(rows) => savepoint.commit().map(|()| rows).map_err(|error| sorted(&error)),
            // Dropping the savepoint rolls it back.
            Err(error) => Err(sorted(&error)),
        });
    }
    transaction.commit()?;
    Ok(answers)
}

fn run(connection: &Connection, batch: &[Statement]) -> rusqlite::Result<Rows> {
    batch.iter().map(|statement| first_text(connection, statement)).collect()
}

fn first_text(connection: &Connection, statement: &Statement) -> rusqlite::Result<Option<String>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let mut rows = prepared.query(params_from_iter(&statement.parameters))?;
    let mut first = None;
    if let Some(row) = rows.next()?
        && row.as_ref().column_count() > 0
        && let ValueRef::Text(text) = row.get_ref(0)?
    {
        first = Some(String::from_utf8_lossy(text).into_owned());
    }
    // The statement must run to its end, also when it answers rows.
    while rows.next()?.is_some() {}
    Ok(first)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

fn sorted(error: &rusqlite::Error) -> DatabaseError {
    match error.sqlite_error_code() {
        // A guarding trigger says only its own words.
        Some(rusqlite::ErrorCode::ConstraintViolation) => DatabaseError::Constraint(error.to_string()),
        _ => DatabaseError::from_message(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
