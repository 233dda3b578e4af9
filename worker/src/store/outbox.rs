//! Letters that wait to be sent.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::date::{Date, Timestamp};
use domain::language::{Language, Localized};
use domain::registration::RegistrationState;
use serde::Deserialize;

/// Why a letter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An application was decided.
    Registered,
    /// Somebody tried to register the same student again: here is the way back.
    LinkAgain,
}

/// A letter that is due, with what it says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Due {
    /// Row number.
    pub id: i64,
    /// The event it tells of.
    pub event: String,
    /// Why it is written.
    pub kind: Kind,
    /// The application.
    pub application_id: String,
    /// In which language.
    pub language: Language,
    /// The guardian's address.
    pub address: String,
    /// Reference number.
    pub reference: String,
    /// State at the decision.
    pub state: RegistrationState,
    /// Place on the waiting list at the decision.
    pub position: Option<u32>,
    /// The centre.
    pub centre: Localized,
    /// The intake's first day with sessions.
    pub first_session_on: Date,
}

const DUE: &str = "
    SELECT json_group_array(json_object('id', o.id, 'event', o.event, 'kind', o.kind, 'application_id', a.id,
        'language', a.language, 'reference', a.reference, 'state', j.state, 'position', j.position,
        'address', g.email,
        'centre', json_object('kk', centre.name_kk, 'ru', centre.name_ru, 'en', centre.name_en),
        'first_session_on', i.first_session_on))
    FROM (SELECT * FROM outbox WHERE sent_at IS NULL AND due_at <= ?1 AND attempts < 20 ORDER BY due_at LIMIT ?2) AS o
    JOIN guardians AS g ON g.application_id = o.application_id AND g.place = o.guardian
    JOIN applications AS a ON a.id = o.application_id
    JOIN students AS s ON s.application_id = a.id
    JOIN registrations AS r ON r.student_id = s.id
    JOIN journal AS j ON j.registration_id = r.id AND j.act = 'applied'
    JOIN cohorts AS c ON c.id = r.cohort_id
    JOIN centres AS centre ON centre.id = c.centre_id
    JOIN intakes AS i ON i.id = r.intake_id";

/// Letters due at the moment `now`, at most `limit`. One that was refused twenty times, over ten days, is not tried again.
///
/// # Errors
/// When the database can't be read.
pub async fn due(platform: &impl Platform, now: Timestamp, limit: i64) -> Result<Vec<Due>, Refusal> {
    Ok(read(platform, Statement::new(DUE).bind(now).bind(limit)).await?.unwrap_or_default())
}

/// Takes a letter for one try, unless another run took it first: the next try is put off before this one starts, twice as long
/// each time, up to a day.
const CLAIM: &str = "
    UPDATE outbox SET attempts = attempts + 1, due_at = ?2 + min(60000 << min(attempts, 11), 86400000)
    WHERE id = ?1 AND sent_at IS NULL AND due_at <= ?2
    RETURNING 'true'";

/// Whether this run may send the letter now.
///
/// # Errors
/// When the database can't be written.
pub async fn claim(platform: &impl Platform, id: i64, now: Timestamp) -> Result<bool, Refusal> {
    let claimed: Option<bool> = read(platform, Statement::new(CLAIM).bind(id).bind(now)).await?;
    Ok(claimed.unwrap_or(false))
}

/// Notes that a letter was handed over.
///
/// # Errors
/// When the database can't be written.
pub async fn sent(platform: &impl Platform, id: i64, now: Timestamp) -> Result<(), Refusal> {
    let statement = Statement::new("UPDATE outbox SET sent_at = ?2 WHERE id = ?1").bind(id).bind(now);
    Ok(platform.batch(vec![statement]).await.map(drop)?)
}

/// Each address of an application once, whoever gave it and however it is spelt: rows of guardians `g`.
macro_rules! each_address {
    () => {
        "g.email IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM guardians AS before WHERE before.application_id = g.application_id AND before.place < g.place
                AND lower(before.email) = lower(g.email))"
    };
}

const REGISTERED: &str = concat!(
    "INSERT INTO outbox (event, kind, application_id, guardian, queued_at, due_at)
    SELECT 'registered:' || g.application_id || ':' || g.place, 'registered', g.application_id, g.place, ?2, ?2
    FROM guardians AS g WHERE g.application_id = ?1 AND ",
    each_address!()
);

/// Queues the letters that tell of a decision, where addresses were given; a part of the batch that decides.
pub fn registered(application_id: &str, now: Timestamp) -> Statement {
    Statement::new(REGISTERED).bind(application_id).bind(now)
}

/// Queues the link of the application behind any of these identities, to the addresses given there; once a day at most.
const LINK_AGAIN: &str = concat!(
    "INSERT OR IGNORE INTO outbox (event, kind, application_id, guardian, queued_at, due_at)
    SELECT 'link_again:' || g.application_id || ':' || g.place || ':' || CAST(?3 / 86400000 AS INTEGER), 'link_again',
        g.application_id, g.place, ?3, ?3
    FROM guardians AS g
    WHERE g.application_id IN (
        SELECT s.application_id FROM student_identities AS d JOIN students AS s ON s.id = d.student_id
        WHERE d.intake_id = ?1 AND d.digest IN (SELECT value FROM json_each(?2))) AND ",
    each_address!()
);

/// Sends the link again to the guardians who gave an address when they registered.
///
/// # Errors
/// When the database can't be written.
pub async fn queue_link_again(
    platform: &impl Platform,
    intake: &str,
    identities: &[String],
    now: Timestamp,
) -> Result<(), Refusal> {
    let digests = serde_json::to_string(identities)?;
    let statement = Statement::new(LINK_AGAIN).bind(intake).bind(digests).bind(now);
    Ok(platform.batch(vec![statement]).await.map(drop)?)
}
