//! Tells the journal of an act on cohorts, as the first statement of the act's batch.
//!
//! What an act was decided by, it has read before. The entry asks whether that is still so: if it isn't, the act has no name, which the
//! journal doesn't take, and the whole batch is refused. `details` keeps what undoing needs. An undoing that gives no reason has that of
//! the act.

use crate::platform::{DatabaseError, Platform, Statement, Value};
use crate::refusal::Refusal;
use crate::store::read;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::error::{ErrorCode, FaultCode};
use domain::staff::Acted;
use domain::staff::journal::{self, undo_until};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Tells of an act on the cohort `c`, if the guard holds; its own parameters begin with `?10`.
macro_rules! told_sql {
    ($guard:literal) => {
        concat!(
            "INSERT INTO journal (at, author, reason, undoes, act, cohort_id, subject, seats, details)
            SELECT ?1, ?2, coalesce(nullif(?3, ''), (SELECT reason FROM journal WHERE entry = ?4)), ?4, iif(",
            $guard,
            ", ?5, NULL), c.id, ?7, ?8, ?9 FROM cohorts AS c WHERE c.id = ?6
            RETURNING cast(entry AS TEXT)"
        )
    };
}

/// Tells of an act on no cohort, or on one that comes or goes with it, if the guard holds; its own parameters begin with `?10`.
macro_rules! told_apart_sql {
    ($guard:literal) => {
        concat!(
            "INSERT INTO journal (at, author, reason, undoes, act, cohort_id, subject, seats, details)
            SELECT ?1, ?2, coalesce(nullif(?3, ''), (SELECT reason FROM journal WHERE entry = ?4)), ?4, iif(",
            $guard,
            ", ?5, NULL), ?6, ?7, ?8, ?9
            RETURNING cast(entry AS TEXT)"
        )
    };
}
pub(super) use {told_apart_sql, told_sql};

/// What an entry says beside who, why and when.
#[derive(Debug, Clone)]
pub struct Telling<'a> {
    /// The act.
    pub what: journal::Act,
    /// The cohort; none for what is about none.
    pub cohort: Option<&'a str>,
    /// What it was done to, when the cohort doesn't say it.
    pub subject: Option<String>,
    /// Seats of the cohort after it.
    pub seats: Option<u32>,
    /// What undoing needs.
    pub details: serde_json::Value,
    /// The entry that is undone by it.
    pub undoes: Option<u64>,
}

impl<'a> Telling<'a> {
    /// An act on a cohort.
    pub const fn of(what: journal::Act, cohort: &'a str, details: serde_json::Value, undoes: Option<u64>) -> Self {
        Self { what, cohort: Some(cohort), subject: None, seats: None, details, undoes }
    }

    /// An act on something else.
    pub const fn about(what: journal::Act, subject: String, details: serde_json::Value, undoes: Option<u64>) -> Self {
        Self { what, cohort: None, subject: Some(subject), seats: None, details, undoes }
    }

    /// The statement of this SQL, with the parameters `?1` to `?9`.
    pub fn statement(&self, sql: &'static str, act: Act<'_>) -> Statement {
        Statement::new(sql)
            .bind(act.now)
            .bind(act.author)
            .bind(act.reason)
            .bind(self.undoes.map(number))
            .bind(self.what.as_str())
            .bind(self.cohort)
            .bind(self.subject.clone())
            .bind(self.seats.map(i64::from))
            .bind(self.details.to_string())
    }

    /// Runs a batch that begins with this entry.
    ///
    /// # Errors
    /// Why it was refused: nothing was changed then.
    pub async fn run(&self, platform: &impl Platform, batch: Vec<Statement>, act: Act<'_>) -> Result<Acted, Refusal> {
        self.acted(&self.sent(platform, batch).await?, act)
    }

    /// Sends a batch that begins with this entry, and answers what its statements answer.
    ///
    /// # Errors
    /// As [`Telling::run`].
    pub async fn sent(&self, platform: &impl Platform, batch: Vec<Statement>) -> Result<Vec<Option<String>>, Refusal> {
        match platform.batch(batch).await {
            Ok(rows) => Ok(rows),
            Err(DatabaseError::Constraint(refused)) => Err(self.refusal(refused)),
            Err(other) => Err(other.into()),
        }
    }

    /// The answer to an act, from the number that the first statement answered.
    ///
    /// # Errors
    /// [`ErrorCode::Unknown`] when nothing was told.
    pub fn acted(&self, rows: &[Option<String>], act: Act<'_>) -> Result<Acted, Refusal> {
        let entry = rows.first().and_then(Option::as_ref).ok_or(ErrorCode::Unknown)?;
        let entry = entry.parse().map_err(|_| Refusal::internal("an entry without a number"))?;
        // An undoing is not undone: what it took away is done again.
        Ok(Acted { entry, undo_until: undo_until(self.what, act.now).filter(|_| self.undoes.is_none()) })
    }

    /// What a refused batch means.
    fn refusal(&self, refused: String) -> Refusal {
        if self.undoes.is_some() {
            ErrorCode::NotUndoable.into()
        } else if refused.contains("journal.act") {
            ErrorCode::ChangedMeanwhile.into()
        } else if refused.contains("taken_within_seats") {
            ErrorCode::BelowTaken.into()
        } else if refused.contains("staff_give_a_reason") {
            Refusal::field(ErrorCode::InvalidForm, "reason".to_owned(), FaultCode::Required)
        } else {
            Refusal::internal(refused)
        }
    }
}

/// An entry that is to be undone.
#[derive(Debug, Clone, Deserialize)]
pub struct Told<Details> {
    /// The cohort.
    pub cohort: Option<String>,
    /// What was done to what.
    pub subject: Option<String>,
    /// What the act has kept for undoing it.
    pub details: Details,
}

const TOLD: &str = "
    SELECT json_object('cohort', j.cohort_id, 'subject', j.subject, 'details', json(j.details))
    FROM journal AS j LEFT JOIN cohorts AS c ON c.id = j.cohort_id
    WHERE j.entry = ?1 AND j.act = ?2 AND j.undoes IS NULL AND j.details IS NOT NULL
        AND (?3 IS NULL OR coalesce(c.centre_id, j.details ->> 'centre') = ?3)";

/// The entry ?1 of this act, within reach.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when there is none that can be undone.
pub async fn told<Details: DeserializeOwned>(
    platform: &impl Platform,
    entry: u64,
    what: journal::Act,
    scope: &Scope,
) -> Result<Told<Details>, Refusal> {
    let statement = Statement::new(TOLD).bind(number(entry)).bind(what.as_str()).bind(Value::from(scope));
    Ok(read(platform, statement).await?.ok_or(ErrorCode::NotUndoable)?)
}

/// The number of an entry as SQL takes it.
pub fn number(entry: u64) -> i64 {
    i64::try_from(entry).unwrap_or(i64::MAX)
}
