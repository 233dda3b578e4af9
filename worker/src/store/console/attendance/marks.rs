//! Keeps marks, whenever they come: a phone may have been without network for days.

use super::{Planned, planned};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::console::number;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::error::FaultCode;
use domain::registration::RegistrationState;
use domain::schedule::Session;
use domain::staff::attendance::{Mark, MarksAnswer, RefusedMark, SessionKey, marked_from};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A mark as a row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Row<'a> {
    pub id: &'a str,
    pub cohort: &'a str,
    pub date: String,
    pub start: u16,
    pub registration: &'a str,
    pub status: &'static str,
    pub minutes: Option<u16>,
    pub reason: Option<&'a str>,
    pub instead_of: Option<&'a str>,
    pub marked_at: Timestamp,
}

impl<'a> Row<'a> {
    fn of(mark: &'a Mark, now: Timestamp) -> Self {
        let reason = mark.reason.trim();
        Self {
            id: &mark.id,
            cohort: &mark.session.cohort,
            date: mark.session.date.to_string(),
            start: mark.session.start,
            registration: &mark.registration,
            status: mark.status.as_str(),
            minutes: mark.minutes,
            reason: (!reason.is_empty()).then_some(reason),
            instead_of: mark.instead_of.as_deref(),
            marked_at: mark.made_at(now),
        }
    }
}

/// A condition instead of `OR IGNORE`, which would reach into the triggers.
const INSERT: &str = "
    INSERT INTO marks (id, cohort_id, day, starts, registration_id, status, minutes, reason, instead_of, marked_by, marked_at,
        received_at)
    SELECT value ->> 'id', value ->> 'cohort', value ->> 'date', value ->> 'start', value ->> 'registration', value ->> 'status',
        value ->> 'minutes', value ->> 'reason', value ->> 'instead_of', ?2, value ->> 'marked_at', ?3
    FROM json_each(?1)
    WHERE NOT EXISTS (SELECT 1 FROM marks WHERE id = value ->> 'id')
    ORDER BY key";

/// An entry a session, when the request has brought something new about it. By author, moment and subject an entry is found with its
/// marks again, so there is one of them.
const JOURNAL: &str = "
    INSERT INTO journal (at, author, act, cohort_id, subject, details, reason, undoes)
    SELECT ?3, ?2, 'marked', m.cohort_id, s.value ->> 'subject',
        json_object('present', sum(m.status = 'present'), 'late', sum(m.status = 'late'), 'excused', sum(m.status = 'excused'),
            'absent', sum(m.status = 'absent'), 'cleared', sum(m.status = 'cleared')),
        nullif(?4, ''), ?5
    FROM json_each(?1) AS s
    CROSS JOIN marks AS m ON m.cohort_id = s.value ->> 'cohort' AND m.day = s.value ->> 'date' AND m.starts = s.value ->> 'start'
    WHERE m.marked_by = ?2 AND m.received_at = ?3 AND NOT EXISTS (
        SELECT 1 FROM journal WHERE subject = s.value ->> 'subject' AND author = ?2 AND at = ?3)
    GROUP BY s.key
    ORDER BY s.key";

/// Those of the marks ?1 that are there, by this author and with this content.
const KEPT: &str = "
    SELECT json_group_array(m.id)
    FROM json_each(?1) AS e CROSS JOIN marks AS m ON m.id = e.value ->> 'id'
    WHERE m.marked_by = ?2 AND m.cohort_id = e.value ->> 'cohort' AND m.day = e.value ->> 'date' AND m.starts = e.value ->> 'start'
        AND m.registration_id = e.value ->> 'registration' AND m.status = e.value ->> 'status'
        AND m.minutes IS e.value ->> 'minutes' AND m.reason IS e.value ->> 'reason'
        AND m.instead_of IS e.value ->> 'instead_of'";

/// By whom, when, and for an undoing of which entry and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Making<'a> {
    pub author: &'a str,
    pub now: Timestamp,
    pub undoes: Option<u64>,
    /// Empty where none is asked for.
    pub reason: &'a str,
}

/// Writes the rows with their entries in the journal; the last answer lists the marks that are there then.
pub(super) fn write(rows: &[Row<'_>], making: Making<'_>) -> Result<Vec<Statement>, Refusal> {
    let sessions: BTreeMap<String, serde_json::Value> = rows
        .iter()
        .map(|row| {
            let subject = format!("session:{}/{}/{}", row.cohort, row.date, row.start);
            let session = serde_json::json!({ "cohort": row.cohort, "date": row.date, "start": row.start, "subject": subject });
            (subject, session)
        })
        .collect();
    let sessions = serde_json::to_string(&sessions.into_values().collect::<Vec<_>>())?;
    let rows = serde_json::to_string(rows)?;
    let by = |sql, list: &str| Statement::new(sql).bind(list).bind(making.author);
    Ok(vec![
        by(INSERT, &rows).bind(making.now),
        by(JOURNAL, &sessions).bind(making.now).bind(making.reason).bind(making.undoes.map(number)),
        by(KEPT, &rows),
    ])
}

/// When a registration was in which state.
#[derive(Debug, Clone, Deserialize)]
struct Registered {
    id: String,
    cohort: String,
    state: RegistrationState,
    /// Each change of state, in order: when, and to which.
    was: Vec<(Timestamp, RegistrationState)>,
}

const REGISTERED: &str = "
    SELECT json_group_array(json_object('id', r.id, 'cohort', r.cohort_id, 'state', r.state,
        'was', json((SELECT json_group_array(json_array(at, state)) FROM (
            SELECT at, state FROM journal WHERE registration_id = r.id AND state IS NOT NULL ORDER BY entry)))))
    FROM json_each(?1) AS wanted CROSS JOIN registrations AS r ON r.id = wanted.value";

impl Registered {
    /// Whether the student has a seat now, or had one at any moment of the session.
    fn has_or_had_a_seat(&self, session: Session) -> bool {
        let seat = RegistrationState::Enrolled;
        let ends = self.was.iter().skip(1).map(|(at, _)| *at).chain([Timestamp(i64::MAX)]);
        let had = |((from, state), until): (&(Timestamp, RegistrationState), Timestamp)| {
            *state == seat && *from <= session.ends_at() && session.starts_at() < until
        };
        self.state == seat || self.was.iter().zip(ends).any(had)
    }
}

/// What marks are judged by.
struct Known {
    sessions: BTreeMap<SessionKey, Session>,
    cohorts: BTreeSet<String>,
    registered: BTreeMap<String, Registered>,
    now: Timestamp,
}

impl Known {
    async fn about(marks: &[Mark], platform: &impl Platform, scope: &Scope, now: Timestamp) -> Result<Self, Refusal> {
        let cohorts: BTreeSet<&str> = marks.iter().map(|mark| mark.session.cohort.as_str()).collect();
        let wanted: BTreeSet<&str> = marks.iter().map(|mark| mark.registration.as_str()).collect();
        let planned_cohorts = planned(&Vec::from_iter(cohorts), scope)?;
        let registered = Statement::new(REGISTERED).bind(serde_json::to_string(&wanted)?);
        let mut rows = platform.batch(vec![planned_cohorts, registered]).await?;
        let registered: Vec<Registered> = serde_json::from_str(&rows.pop().flatten().unwrap_or_default())?;
        let planned: Vec<Planned> = serde_json::from_str(&rows.pop().flatten().unwrap_or_default())?;
        let keys: BTreeSet<&SessionKey> = marks.iter().map(|mark| &mark.session).collect();
        let session = |key: &SessionKey| {
            let session = planned.iter().find(|planned| planned.cohort.id == key.cohort)?.session(key)?;
            Some((key.clone(), session.held))
        };
        Ok(Self {
            sessions: keys.into_iter().filter_map(session).collect(),
            cohorts: planned.iter().map(|planned| planned.cohort.id.clone()).collect(),
            registered: registered.into_iter().map(|one| (one.id.clone(), one)).collect(),
            now,
        })
    }

    /// Why a mark can't be kept. Marks of a session that was called off meanwhile can: whoever was there, was there.
    fn fault(&self, mark: &Mark) -> Option<FaultCode> {
        if let Err((_, fault)) = mark.check() {
            return Some(fault);
        }
        if !self.cohorts.contains(&mark.session.cohort) {
            return Some(FaultCode::UnknownCohort);
        }
        let Some(session) = self.sessions.get(&mark.session) else { return Some(FaultCode::NotADate) };
        if self.now < marked_from(session.date, session.start) {
            return Some(FaultCode::InTheFuture);
        }
        let registered = self.registered.get(&mark.registration).filter(|one| one.cohort == mark.session.cohort);
        match registered {
            Some(registered) if registered.has_or_had_a_seat(*session) => None,
            _ => Some(FaultCode::UnknownChoice),
        }
    }
}

/// Keeps the marks that can be kept. One that is there already counts as kept; one that bears the name of another one is refused.
///
/// # Errors
/// When the database can't be read or written; then nothing is kept, and the phone sends all of it again.
pub async fn keep(
    platform: &impl Platform,
    marks: &[Mark],
    author: &str,
    scope: &Scope,
    now: Timestamp,
) -> Result<MarksAnswer, Refusal> {
    let known = Known::about(marks, platform, scope, now).await?;
    let mut refused = Vec::new();
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    let mut refuse = |mark: &Mark, code| refused.push(RefusedMark { id: mark.id.clone(), code });
    for mark in marks {
        let row = Row::of(mark, now);
        match (known.fault(mark), rows.get(row.id)) {
            (Some(fault), _) => refuse(mark, fault),
            (None, Some(same)) if *same != row => refuse(mark, FaultCode::Taken),
            (None, _) => drop(rows.insert(row.id, row)),
        }
    }
    let mut kept: BTreeSet<String> = BTreeSet::new();
    if !rows.is_empty() {
        let making = Making { author, now, undoes: None, reason: "" };
        // In the order in which they were made, which is that of their names.
        let rows: Vec<Row<'_>> = rows.into_values().collect();
        let answer = platform.batch(write(&rows, making)?).await?.pop().flatten().unwrap_or_default();
        kept = serde_json::from_str(&answer)?;
        let others = rows.iter().filter(|row| !kept.contains(row.id));
        refused.extend(others.map(|row| RefusedMark { id: row.id.to_owned(), code: FaultCode::Taken }));
    }
    Ok(MarksAnswer { kept: kept.into_iter().collect(), refused })
}
