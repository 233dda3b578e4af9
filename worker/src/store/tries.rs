//! How often signing in was tried. Every try is counted before it is judged, so that many at once can't slip through together;
//! one that succeeds is given back.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use domain::date::Timestamp;
use domain::staff::sign_in::{ADDRESS_KNOWN_DAYS, SESSION_ROWS_KEPT_DAYS, TryLimit};
use serde::Deserialize;

/// What is counted: a keyed hash, and how often it may be.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The keyed hash.
    pub key: String,
    /// The limit.
    pub limit: TryLimit,
}

/// Counts one try; answers how many there are. `?4`: not where the member is known, a keyed hash of account and address.
const COUNT: &str = "
    INSERT INTO sign_in_tries (key, tries, until)
    SELECT ?1, 1, ?2 + ?3 WHERE ?4 IS NULL OR NOT EXISTS (SELECT 1 FROM staff_addresses WHERE key = ?4)
    ON CONFLICT (key) DO UPDATE SET
        tries = iif(until <= ?2, 1, tries + 1),
        until = iif(until <= ?2, ?2 + ?3, until)
    RETURNING json_object('tries', tries, 'until', until)";

/// Counts a try.
pub(super) fn count(counted: &Counted, unless_known: Option<&str>, now: Timestamp) -> Statement {
    Statement::new(COUNT).bind(counted.key.as_str()).bind(now).bind(counted.limit.milliseconds()).bind(unless_known)
}

#[derive(Deserialize)]
struct Tries {
    tries: u32,
    until: Timestamp,
}

/// Whether the tries that [`count`] answered are within their limits.
///
/// # Errors
/// [`domain::error::ErrorCode::TooManyRequests`] with the time until the first of the exceeded limits ends.
pub(super) fn within(counted: &[Counted], answers: &[Option<String>], now: Timestamp) -> Result<(), Refusal> {
    let mut wait = None;
    for (counted, answer) in counted.iter().zip(answers) {
        let Some(answer) = answer else { continue };
        let Tries { tries, until } = serde_json::from_str(answer)?;
        if tries > counted.limit.tries {
            wait = wait.max(u32::try_from((until.0 - now.0).div_euclid(1000) + 1).ok());
        }
    }
    wait.map_or(Ok(()), |seconds| Err(Refusal::too_many(seconds)))
}

const FORGET: &str = "DELETE FROM sign_in_tries WHERE key = ?1";
const GIVE_BACK: &str = "UPDATE sign_in_tries SET tries = tries - 1 WHERE key = ?1 AND tries > 0";

/// Forgets the tries under a key: the last one succeeded.
pub(super) fn forget(key: &str) -> Statement {
    Statement::new(FORGET).bind(key)
}

/// Takes back the count of one try that succeeded.
pub(super) fn give_back(key: &str) -> Statement {
    Statement::new(GIVE_BACK).bind(key)
}

const SWEEP: [&str; 3] = [
    "DELETE FROM sign_in_tries WHERE until <= ?1",
    "DELETE FROM staff_addresses WHERE seen_at < ?1",
    "DELETE FROM staff_sessions WHERE seen_at < ?1",
];

/// Forgets counts whose time is over, addresses that are no longer used, sessions that ended long ago.
///
/// # Errors
/// When the database can't be written.
pub async fn sweep(platform: &impl Platform, now: Timestamp) -> Result<(), Refusal> {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let before = [0, ADDRESS_KNOWN_DAYS, SESSION_ROWS_KEPT_DAYS].map(|days| Timestamp(now.0 - days * DAY_MS));
    let sweep = SWEEP.into_iter().zip(before).map(|(sql, before)| Statement::new(sql).bind(before));
    platform.batch(sweep.collect()).await?;
    Ok(())
}
