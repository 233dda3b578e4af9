//! Messages of staff to the families of a cohort: a letter to every address, once to each.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::roster::{MessageAnswer, MessageForm, NEWS};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How long after a message the next one to the same cohort may follow, in milliseconds: nobody writes two by hand in less.
const APART_MS: i64 = 60_000;

const MESSAGE: &str = "
    INSERT INTO messages (id, cohort_id, subject, body, author, sent_at, states, news)
    SELECT ?1, c.id, ?5, ?6, ?4, ?7, ?9, ?10 FROM cohorts AS c
    WHERE c.id = ?2 AND (?3 IS NULL OR c.centre_id = ?3)
        AND NOT EXISTS (SELECT 1 FROM messages WHERE cohort_id = c.id AND sent_at > ?7 - ?8 AND sent_at <= ?7)
    ON CONFLICT (id) DO NOTHING";

/// Whether a family is written to about this student: always, or only with consent to the purpose ?4.
macro_rules! agreed {
    () => {
        "(?4 IS NULL OR EXISTS (
            SELECT 1 FROM consents AS n WHERE n.student_id = s.id AND n.purpose = ?4 AND n.given_by = 'guardian'))"
    };
}

/// Each address once, of whichever application: the place of the guardian who gave it first.
macro_rules! letters {
    () => {
        concat!(
            "SELECT min(a.id || '/' || t.place) AS first, a.id AS application_id, t.place, g.email
            FROM registrations AS r
            JOIN students AS s ON s.id = r.student_id
            JOIN applications AS a ON a.id = s.application_id
            JOIN addressees AS t ON t.application_id = a.id
            JOIN guardians AS g ON g.application_id = a.id AND g.place = t.place
            WHERE r.cohort_id = ?2 AND r.decided_at > 0 AND r.state IN (SELECT value FROM json_each(?3)) AND ",
            agreed!(),
            " GROUP BY lower(g.email)"
        )
    };
}

/// Only of the message that was just stored: families that came since don't get an old one.
const LETTERS: &str = concat!(
    "INSERT OR IGNORE INTO outbox (event, kind, message_id, application_id, guardian, queued_at, due_at)
    SELECT 'message:' || m.id || ':' || l.application_id || ':' || l.place, 'message', m.id, l.application_id, l.place, ?5, ?5
    FROM messages AS m CROSS JOIN (",
    letters!(),
    ") AS l WHERE m.id = ?1 AND m.cohort_id = ?2 AND m.sent_at = ?5 AND m.states = ?3 AND m.news = (?4 IS NOT NULL)"
);

macro_rules! counts {
    () => {
        concat!(
            "json_object('letters', (SELECT count(*) FROM (",
            letters!(),
            ")), 'without_address', (
                SELECT count(DISTINCT s.application_id)
                FROM registrations AS r JOIN students AS s ON s.id = r.student_id
                WHERE r.cohort_id = ?2 AND r.decided_at > 0 AND r.state IN (SELECT value FROM json_each(?3)) AND ",
            agreed!(),
            " AND NOT EXISTS (SELECT 1 FROM addressees AS t WHERE t.application_id = s.application_id)))"
        )
    };
}

const TOLD: &str = concat!(
    "INSERT INTO journal (at, author, act, cohort_id, subject, details)
    SELECT ?5, m.author, 'message_sent', m.cohort_id, 'message:' || m.id, ",
    counts!(),
    " FROM messages AS m
    WHERE m.id = ?1 AND m.cohort_id = ?2 AND m.sent_at = ?5 AND m.states = ?3 AND m.news = (?4 IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM journal WHERE subject = 'message:' || m.id)"
);

/// Counted as it was sent; whether the cohort that was asked for and the message are both within the scope ?7; and whether it is the
/// same message.
const ANSWER: &str = "
    SELECT json_object('counts', json(j.details),
        'within', json(iif((?7 IS NULL OR theirs.centre_id = ?7)
            AND EXISTS (SELECT 1 FROM cohorts WHERE id = ?2 AND (?7 IS NULL OR centre_id = ?7)), 'true', 'false')),
        'same', json(iif(m.cohort_id = ?2 AND m.author = ?3 AND m.subject = ?4 AND m.body = ?5 AND m.states = ?6 AND m.news = ?8,
            'true', 'false')))
    FROM messages AS m
    JOIN cohorts AS theirs ON theirs.id = m.cohort_id
    JOIN journal AS j ON j.subject = 'message:' || m.id
    WHERE m.id = ?1";

#[derive(Deserialize)]
struct Answer {
    counts: MessageAnswer,
    within: bool,
    same: bool,
}

/// Writes to the families; the same message again changes nothing and is answered as then.
///
/// # Errors
/// [`ErrorCode::Unknown`], also when the id is of a message out of reach; [`ErrorCode::TooManyRequests`] within a minute after the
/// last message; [`ErrorCode::KeyReused`] when the message's id is another one's.
pub async fn send(
    platform: &impl Platform,
    cohort: &str,
    form: &MessageForm,
    scope: &Scope,
    author: &str,
    now: Timestamp,
) -> Result<MessageAnswer, Refusal> {
    let id = form.id.as_str();
    let (subject, body) = (form.subject.trim(), form.body.trim());
    let states: BTreeSet<&str> = form.states.iter().map(|state| state.as_str()).collect();
    let states = serde_json::to_string(&states)?;
    let message = Statement::new(MESSAGE).bind(id).bind(cohort).bind(scope).bind(author).bind(subject).bind(body);
    let to_states = |sql| Statement::new(sql).bind(id).bind(cohort).bind(states.as_str()).bind(purpose(form)).bind(now);
    let batch = vec![
        message.bind(now).bind(APART_MS).bind(states.as_str()).bind(i64::from(form.news)),
        to_states(LETTERS),
        to_states(TOLD),
        Statement::new(ANSWER)
            .bind(id)
            .bind(cohort)
            .bind(author)
            .bind(subject)
            .bind(body)
            .bind(states.as_str())
            .bind(scope)
            .bind(i64::from(form.news)),
    ];
    let answer = platform.batch(batch).await?.pop().flatten();
    match answer.map(|answer| serde_json::from_str::<Answer>(&answer)).transpose()? {
        Some(answer) if !answer.within => Err(ErrorCode::Unknown.into()),
        Some(answer) if answer.same => Ok(answer.counts),
        Some(_) => Err(ErrorCode::KeyReused.into()),
        // Nothing was stored: there is no such cohort, or it was written to a moment ago.
        None => count(platform, cohort, form, scope).await.and(Err(ErrorCode::TooManyRequests.into())),
    }
}

/// The purpose to which whoever gets it has to have agreed; none for what everybody has to know.
fn purpose(form: &MessageForm) -> Option<&'static str> {
    form.news.then_some(NEWS)
}

const COUNT: &str = concat!("SELECT ", counts!(), " FROM cohorts AS c WHERE c.id = ?2 AND (?1 IS NULL OR c.centre_id = ?1)");

/// Counts the letters a message would make.
///
/// # Errors
/// [`ErrorCode::Unknown`].
pub async fn count(
    platform: &impl Platform,
    cohort: &str,
    form: &MessageForm,
    scope: &Scope,
) -> Result<MessageAnswer, Refusal> {
    let statement =
        Statement::new(COUNT).bind(scope).bind(cohort).bind(serde_json::to_string(&form.states)?).bind(purpose(form));
    let counts = platform.batch(vec![statement]).await?.pop().flatten().ok_or(ErrorCode::Unknown)?;
    Ok(serde_json::from_str(&counts)?)
}
