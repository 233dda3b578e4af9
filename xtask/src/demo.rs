//! A half-year of believable data: what `cargo xtask serve --demo` fills an empty database with.
//!
//! The story is told event by event, in order of time, through the real schema with its triggers on (`story`); so counters, waiting
//! lists, journal and letters are what they would be had all of it happened. The same seed and moment tell the same story. Nobody in
//! it exists: names are drawn from lists, telephones have numbers nobody was given, addresses end in domains that belong to nobody.

mod chance;
mod families;
pub mod family;
mod house;
mod ledger;
mod names;
pub mod staff;
mod story;

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use domain::date::Timestamp;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::progress::Step;
use crate::server::{self, Options, Server};
use crate::staff::demo_keys::DemoKeys;
use chance::Chance;
use house::House;
use ledger::Ledger;
use story::Story;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How long to wait for the server's own work on the file.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// What story is told.
#[derive(Clone)]
pub struct Plan {
    /// The moment at which it ends.
    pub now: Timestamp,
    /// What everything is drawn by.
    pub seed: u64,
    /// How many students apply.
    pub students: usize,
    /// How many cohorts each centre has.
    pub cohorts_a_centre: usize,
    /// The key of the data folder.
    pub master_key: String,
    /// By what its staff sign in.
    pub keys: DemoKeys,
}

impl Plan {
    /// The programme's own size: ten thousand students, fifty cohorts.
    pub fn whole(now: Timestamp, master_key: String, keys: DemoKeys) -> Self {
        Self { now, seed: 2025, students: 10_000, cohorts_a_centre: 25, master_key, keys }
    }

    /// A small one, told in a moment.
    pub fn small(now: Timestamp, master_key: String, keys: DemoKeys) -> Self {
        Self { students: 500, cohorts_a_centre: 5, ..Self::whole(now, master_key, keys) }
    }

    /// Seats of a cohort, beside those of the whole story.
    fn crowding(&self) -> f64 {
        (self.students as f64 / 10_000.0) / (self.cohorts_a_centre as f64 / 25.0)
    }
}

/// Makes sure that the data folder of this server holds the story: fills an empty one, leaves any other as it is.
///
/// # Errors
/// When the server doesn't start, or the folder holds something else than the seed and the story.
pub fn prepare(options: &Options) -> Result<()> {
    // A home migrates and seeds when it starts.
    let server = Server::start(&Options { port: 0, verbose: false, ..options.clone() })?;
    let (folder, database) = (server.data.clone(), server.database_file()?);
    server.stop();
    if is_untouched(&database)? {
        fill(&database, &Plan::whole(now()?, server::master_key(&folder)?, DemoKeys::of(&folder)?))?;
    }
    ensure!(holds_the_story(&database)?, "{} holds data of another kind: add --fresh to forget it", folder.display());
    Ok(())
}

/// The moment.
///
/// # Errors
/// Never before the year 292 million.
pub fn now() -> Result<Timestamp> {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(Timestamp(i64::try_from(since_epoch.as_millis())?))
}

fn holds_the_story(database: &Path) -> Result<bool> {
    let known = "SELECT EXISTS (SELECT 1 FROM staff_members WHERE email = ?1)";
    Ok(open(database)?.query_row(known, [staff::ADMINISTRATOR], |row| row.get(0))?)
}

/// Whether the database holds what the seed gives and nothing else.
fn is_untouched(database: &Path) -> Result<bool> {
    let untouched = "SELECT NOT EXISTS (SELECT 1 FROM applications) AND NOT EXISTS (SELECT 1 FROM staff_members)
        AND (SELECT count(*) FROM intakes) = 1";
    Ok(open(database)?.query_row(untouched, [], |row| row.get(0))?)
}

/// Fills a database that holds nothing but the seed. No server may run on it.
///
/// # Errors
/// When the schema refuses something, which is a mistake in this program.
pub fn fill(database: &Path, plan: &Plan) -> Result<()> {
    let mut step = Step::begin("demo data");
    let mut connection = open(database)?;
    // One transaction: a story half told is no story. Its rows need no disk before it ends.
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -200_000)?;
    // Otherwise a statement is planned anew for each value of a parameter that may decide whether a partial index serves.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    let told = connection.transaction()?;
    let mut chance = Chance::new(plan.seed);
    let house = House::furnish(&told, plan, &mut chance)?;
    let links = family::links(&plan.master_key)?;
    let mut story = Story::new(plan, house, Ledger::new(&told, links), chance);
    story.tell(|day| step.now(day))?;
    drop(story);
    told.commit()?;
    connection.pragma_update(None, "wal_checkpoint", "TRUNCATE").ok();
    step.done("ok");
    Ok(())
}

fn open(database: &Path) -> Result<Connection> {
    let connection = Connection::open(database).with_context(|| format!("{} can't be opened", database.display()))?;
    connection.busy_timeout(LOCK_WAIT)?;
    Ok(connection)
}

#[cfg(test)]
mod tests;
