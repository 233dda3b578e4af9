//! Letters that wait to be sent. The schema's triggers queue them, in the batch that gives the reason (`0005_outbox.sql`).
//!
//! Each letter is handed over at most once. A row goes through these states:
//!
//! | `sent_at` | `dropped_at` | |
//! |---|---|---|
//! | – | – | due at `due_at` |
//! | set | set | in hand: taken by a run that has not noted the outcome yet |
//! | set | – | handed over |
//! | – | set | dropped: what it would tell is no longer so, or nobody knows whether it left |
//!
//! A run takes a letter before it hands it over, and puts it back only after a plain refusal; then it is tried again later. When the
//! machine dies between the two, nobody knows whether the letter left: it stays in hand and is not sent again, because a family must
//! not get an event twice. A later run tells the log of it, by name of the event, and drops it. The private page shows everything a
//! letter tells.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::date::{Date, Timestamp};
use domain::language::{Language, Localized};
use domain::registration::RegistrationState;
use domain::schedule::Slot;
use serde::Deserialize;

/// Why a letter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An application was decided.
    Registered,
    /// Somebody tried to register the same student again: here is the way back.
    LinkAgain,
    /// A seat is held until a deadline.
    Offered,
    /// The deadline is near and nobody has answered.
    OfferReminder,
    /// A seat was taken from the waiting list at once, as the family had asked.
    Seated,
    /// The first offer was not answered: back to the list.
    Returned,
    /// The second offer was not answered: over.
    Lapsed,
    /// The centre ended it.
    Removed,
    /// The family gave it up.
    Withdrawn,
    /// The centre had ended it, and took that back.
    Restored,
    /// The centre moved the student to another cohort.
    Transferred,
    /// The centre wrote other tracks down.
    TracksChanged,
    /// Staff wrote to the families of a cohort.
    Message,
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
    /// How many students the application has: names are told only where there is more than one.
    pub students: u32,
    /// The registrations it tells of, in the order of the students; none for [`Kind::LinkAgain`] and [`Kind::Message`].
    pub lines: Vec<Line>,
    /// What staff wrote, for [`Kind::Message`].
    pub message: Option<Message>,
}

/// What staff wrote, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// The centre.
    pub centre: Localized,
    /// The cohort's weekly meetings.
    pub slots: Vec<Slot>,
}

/// One registration a letter tells of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Line {
    /// The student's given name.
    pub given_name: String,
    /// The centre.
    pub centre: Localized,
    /// The cohort's weekly meetings.
    pub slots: Vec<Slot>,
    /// State after the event.
    pub state: RegistrationState,
    /// Place on the waiting list at the event.
    pub position: Option<u32>,
    /// Until when a seat is held, if one is.
    pub held_until: Option<Timestamp>,
    /// 1 when an unanswered offer has brought it back to the list before: the next one that isn't answered ends it.
    pub returned: u8,
    /// 1 when the student has a seat in another cohort, which accepting this one would end.
    pub seat_elsewhere: u8,
    /// What the student is registered for now, for [`Kind::TracksChanged`].
    pub tracks: Vec<Localized>,
    /// Why the centre changed it.
    pub reason: Option<String>,
    /// For how many hours a seat is held.
    pub offer_hours: u32,
    /// To which place an unanswered offer returns, once.
    pub return_place: u32,
    /// The intake's first day with sessions.
    pub first_session_on: Date,
}

/// What an offer's letters tell is so: the row `outbox` is about nothing else, or the offer still stands.
macro_rules! still_so {
    () => {
        "(outbox.kind NOT IN ('offered', 'offer_reminder') OR EXISTS (
            SELECT 1 FROM registrations AS o
            WHERE o.unit = outbox.unit AND o.state = 'offered' AND o.changed_at = outbox.queued_at))"
    };
}

/// The journal has one entry of an event for each registration it was about. Those of an application's first decision are found by the
/// application, all others by their unit.
const DUE: &str = "
    SELECT json_group_array(json_object('id', l.id, 'event', l.event, 'kind', l.kind, 'application_id', a.id,
        'language', a.language, 'reference', a.reference, 'address', g.email,
        'students', (SELECT count(*) FROM students WHERE application_id = a.id),
        'message', json((SELECT json_object('subject', m.subject, 'body', m.body,
                'centre', json_object('kk', centre.name_kk, 'ru', centre.name_ru, 'en', centre.name_en),
                'slots', json((SELECT json_group_array(json_object('weekday', weekday, 'start', starts, 'end', ends))
                    FROM (SELECT * FROM slots WHERE cohort_id = c.id ORDER BY weekday, starts))))
            FROM messages AS m JOIN cohorts AS c ON c.id = m.cohort_id JOIN centres AS centre ON centre.id = c.centre_id
            WHERE m.id = l.message_id)),
        'lines', json((SELECT json_group_array(json_object(
                'given_name', s.given_name, 'state', coalesce(j.state, r.state), 'position', j.position, 'held_until', r.held_until,
                'returned', r.returned, 'reason', j.reason, 'offer_hours', i.offer_hours, 'return_place', i.return_place,
                'first_session_on', i.first_session_on,
                'seat_elsewhere', EXISTS (SELECT 1 FROM registrations AS other
                    WHERE other.student_id = s.id AND other.intake_id = r.intake_id AND other.state = 'enrolled' AND other.id <> r.id),
                'tracks', json((SELECT json_group_array(json_object('kk', t.name_kk, 'ru', t.name_ru, 'en', t.name_en))
                    FROM json_each(iif(j.act = 'tracks_changed', j.details, '{}'), '$.after') AS e CROSS JOIN tracks AS t ON t.id = e.value)),
                'centre', json_object('kk', centre.name_kk, 'ru', centre.name_ru, 'en', centre.name_en),
                'slots', json((SELECT json_group_array(json_object('weekday', weekday, 'start', starts, 'end', ends))
                    FROM (SELECT * FROM slots WHERE cohort_id = c.id ORDER BY weekday, starts)))))
            FROM (SELECT * FROM students WHERE application_id = a.id ORDER BY place) AS s
            CROSS JOIN registrations AS r ON r.student_id = s.id
            CROSS JOIN journal AS j ON j.registration_id = r.id
                AND j.act = CASE l.kind WHEN 'registered' THEN 'applied' WHEN 'offer_reminder' THEN 'offered' WHEN 'transferred' THEN 'joined'
                    ELSE l.kind END
                AND (l.kind = 'registered' OR r.unit = l.unit AND j.at = l.queued_at)
            CROSS JOIN cohorts AS c ON c.id = r.cohort_id
            CROSS JOIN centres AS centre ON centre.id = c.centre_id
            CROSS JOIN intakes AS i ON i.id = r.intake_id))))
    FROM (
        SELECT * FROM outbox WHERE sent_at IS NULL AND dropped_at IS NULL AND due_at <= ?1 AND attempts < 20
        ORDER BY kind NOT IN ('offered', 'offer_reminder', 'seated'), due_at, id LIMIT ?2) AS l
    CROSS JOIN guardians AS g ON g.application_id = l.application_id AND g.place = l.guardian
    CROSS JOIN applications AS a ON a.id = l.application_id";

/// Letters due at the moment `now`, at most `limit`: news of a seat before all others, then the oldest first. One that was refused
/// twenty times, over ten days, is not tried again.
///
/// # Errors
/// When the database can't be read.
pub async fn due(platform: &impl Platform, now: Timestamp, limit: i64) -> Result<Vec<Due>, Refusal> {
    Ok(read(platform, Statement::new(DUE).bind(now).bind(limit)).await?.unwrap_or_default())
}

const DROP: &str = concat!(
    "UPDATE outbox SET dropped_at = ?1
    WHERE sent_at IS NULL AND dropped_at IS NULL AND due_at <= ?1 AND NOT ",
    still_so!()
);

/// Drops due letters about offers that are over: what became of one is told by a letter of its own.
///
/// # Errors
/// When the database can't be written.
pub async fn drop_what_is_over(platform: &impl Platform, now: Timestamp) -> Result<(), Refusal> {
    Ok(platform.batch(vec![Statement::new(DROP).bind(now)]).await.map(drop)?)
}

/// Due again, should the try fail: twice as long after each failure, up to a day.
const CLAIM: &str = concat!(
    "UPDATE outbox
    SET attempts = attempts + 1, due_at = ?2 + min(60000 << min(attempts, 11), 86400000), sent_at = ?2, dropped_at = ?2
    WHERE id = ?1 AND sent_at IS NULL AND dropped_at IS NULL AND due_at <= ?2 AND ",
    still_so!(),
    " RETURNING 'true'"
);

/// Takes a letter in hand, unless another run took it first or what it tells is no longer so: whether this run may hand it over.
///
/// # Errors
/// When the database can't be written; it is still due then.
pub async fn claim(platform: &impl Platform, id: i64, now: Timestamp) -> Result<bool, Refusal> {
    let claimed: Option<bool> = read(platform, Statement::new(CLAIM).bind(id).bind(now)).await?;
    Ok(claimed.unwrap_or(false))
}

const SENT: &str = "UPDATE outbox SET dropped_at = NULL WHERE id = ?1 AND sent_at IS NOT NULL";

/// Notes that a letter in hand was handed over.
///
/// # Errors
/// When the database can't be written.
pub async fn sent(platform: &impl Platform, id: i64) -> Result<(), Refusal> {
    Ok(platform.batch(vec![Statement::new(SENT).bind(id)]).await.map(drop)?)
}

const REFUSED: &str = "
    UPDATE outbox SET sent_at = NULL, dropped_at = NULL WHERE id = ?1 AND sent_at IS NOT NULL AND dropped_at IS NOT NULL";

/// Notes that a letter in hand was refused: it is due again later.
///
/// # Errors
/// When the database can't be written.
pub async fn refused(platform: &impl Platform, id: i64) -> Result<(), Refusal> {
    Ok(platform.batch(vec![Statement::new(REFUSED).bind(id)]).await.map(drop)?)
}

/// After so many milliseconds no run still has a letter in hand: a run takes less than a minute, and the edge ends it after fifteen.
const IN_HAND_MAX_MS: i64 = 3_600_000;

const ABANDON: &str = "
    UPDATE outbox SET sent_at = NULL
    WHERE id = (
        SELECT id FROM outbox WHERE sent_at IS NOT NULL AND dropped_at IS NOT NULL AND sent_at < ?1 ORDER BY sent_at LIMIT 1)
    RETURNING event";

/// Drops a letter that a run of more than an hour ago took and said no more of, and names its event; none when there is no such letter.
///
/// # Errors
/// When the database can't be written.
pub async fn abandon(platform: &impl Platform, now: Timestamp) -> Result<Option<String>, Refusal> {
    let statement = Statement::new(ABANDON).bind(now.0 - IN_HAND_MAX_MS);
    Ok(platform.batch(vec![statement]).await?.into_iter().next().flatten())
}

/// Queues the link of the application behind any of these identities, to the addresses given there; once a day at most.
const LINK_AGAIN: &str = "
    INSERT OR IGNORE INTO outbox (event, kind, application_id, guardian, queued_at, due_at)
    SELECT 'link_again:' || t.application_id || ':' || t.place || ':' || CAST(?3 / 86400000 AS INTEGER), 'link_again',
        t.application_id, t.place, ?3, ?3
    FROM addressees AS t
    WHERE t.application_id IN (
        SELECT s.application_id FROM student_identities AS d JOIN students AS s ON s.id = d.student_id
        WHERE d.intake_id = ?1 AND d.digest IN (SELECT value FROM json_each(?2)))";

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

#[cfg(test)]
pub(crate) mod stage;
