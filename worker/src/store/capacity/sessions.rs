//! Sessions by their dates, and what staff change about single ones.

use super::standing::{self, Standing};
use super::telling::{Telling, told, told_sql};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::plans::{changes_sql, session_cohort_sql, slots_sql};
use crate::store::read;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::date::Date;
use domain::error::ErrorCode;
use domain::plan::{ChangeState, Plan, PlannedSession, SessionChange};
use domain::schedule::Session;
use domain::staff::attendance::{SessionCohort, SessionForm, SessionKey, StaffSession};
use domain::staff::cohort::MarkCounts;
use domain::staff::sessions::{check, wanted};
use domain::staff::{Acted, journal};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::RangeInclusive;

/// Cohorts with days from ?1 to ?2, within the centre ?3 if given, or only ?4: what their sessions of this span follow from, how many
/// students they have, and how many marks each session has. A session that was moved is found by either of its days.
const SPAN: &str = concat!(
    "WITH offers AS MATERIALIZED (SELECT cohort_id, count(*) AS seats FROM registrations INDEXED BY offers WHERE state = 'offered' GROUP BY cohort_id)
    SELECT json_object(
        'closed_days', json((SELECT json_group_array(json_object('date', day, 'centre', centre_id))
            FROM closed_days WHERE day BETWEEN ?1 AND ?2)),
        'cohorts', json((SELECT json_group_array(json_object('cohort', ",
    session_cohort_sql!(),
    ",
                'students', c.taken - coalesce((SELECT seats FROM offers WHERE cohort_id = c.id), 0),
                'plan', json_object('slots', ",
    slots_sql!(),
    ", 'from', max(coalesce(c.slots_from, ''), i.first_session_on), 'until', i.last_session_on, 'changes', ",
    changes_sql!("AND (day BETWEEN ?1 AND ?2 OR held_on BETWEEN ?1 AND ?2)"),
    "),
                'counts', json((SELECT json_group_array(json_object('date', n.day, 'start', n.starts, 'conflicts', n.conflicts,
                        'marks', json_object('present', n.present, 'late', n.late, 'excused', n.excused, 'absent', n.absent)))
                    FROM session_counts AS n WHERE n.cohort_id = c.id AND (n.day BETWEEN ?1 AND ?2 OR EXISTS (
                        SELECT 1 FROM session_changes AS x
                        WHERE x.cohort_id = n.cohort_id AND x.day = n.day AND x.starts = n.starts AND x.held_on BETWEEN ?1 AND ?2))))))
            FROM cohorts AS c JOIN intakes AS i ON i.id = c.intake_id
            WHERE i.first_session_on <= ?2 AND i.last_session_on >= ?1
                AND (?3 IS NULL OR c.centre_id = ?3) AND (?4 IS NULL OR c.id = ?4))))"
);

#[derive(Deserialize)]
struct Span {
    closed_days: Vec<ClosedDay>,
    cohorts: Vec<Spanned>,
}

#[derive(Deserialize)]
struct ClosedDay {
    date: Date,
    centre: Option<String>,
}

#[derive(Deserialize)]
struct Spanned {
    cohort: SessionCohort,
    students: u32,
    plan: Plan,
    counts: Vec<Counts>,
}

#[derive(Deserialize)]
struct Counts {
    date: Date,
    start: u16,
    conflicts: u32,
    marks: MarkCounts,
}

/// Sessions, and the cohorts they are of.
#[derive(Debug)]
pub struct Within {
    /// In order of time.
    pub sessions: Vec<StaffSession>,
    /// Each cohort once.
    pub cohorts: Vec<SessionCohort>,
}

/// The sessions of these days within reach, those that don't take place included.
///
/// # Errors
/// When the database can't be read.
pub async fn within(
    platform: &impl Platform,
    days: RangeInclusive<Date>,
    cohort: Option<&str>,
    scope: &Scope,
) -> Result<Within, Refusal> {
    let statement = Statement::new(SPAN).bind(days.start().to_string()).bind(days.end().to_string()).bind(scope).bind(cohort);
    let span: Option<Span> = read(platform, statement).await?;
    let Span { closed_days, cohorts: spanned } = span.ok_or_else(|| Refusal::internal("the sessions answered nothing"))?;
    let (mut sessions, mut cohorts) = (Vec::new(), Vec::new());
    for spanned in spanned {
        let here = |day: &ClosedDay| day.centre.as_ref().is_none_or(|centre| *centre == spanned.cohort.centre);
        let all = spanned.plan.sessions(|date| closed_days.iter().any(|day| day.date == date && here(day)));
        let before = sessions.len();
        let of_span = all.into_iter().filter(|session| days.contains(&session.held.date));
        sessions.extend(of_span.map(|session| told_of(&spanned, session)));
        if sessions.len() > before {
            cohorts.push(spanned.cohort);
        }
    }
    sessions.sort_by(|one, other| (one.date, one.start, &one.key).cmp(&(other.date, other.start, &other.key)));
    Ok(Within { sessions, cohorts })
}

fn told_of(spanned: &Spanned, session: PlannedSession) -> StaffSession {
    let counts = spanned.counts.iter().find(|counts| (counts.date, counts.start) == (session.date, session.start));
    StaffSession {
        key: SessionKey { cohort: spanned.cohort.id.clone(), date: session.date, start: session.start },
        date: session.held.date,
        start: session.held.start,
        end: session.held.end,
        state: session.state,
        reason: session.reason,
        students: spanned.students,
        marks: counts.map(|counts| counts.marks).unwrap_or_default(),
        conflicts: counts.map_or(0, |counts| counts.conflicts),
    }
}

/// What is known about a session: its row, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    state: ChangeState,
    held: Session,
    reason: Option<String>,
}

/// A session before and after.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Details {
    before: Known,
    after: Known,
}

/// A session of a cohort, with everything that decides about it.
struct One {
    standing: Standing,
    all: Vec<PlannedSession>,
    session: PlannedSession,
    /// When its slots plan it, or planned it.
    planned: Session,
}

impl One {
    async fn of(platform: &impl Platform, key: &SessionKey, scope: &Scope) -> Result<Self, Refusal> {
        let standing = standing::of(platform, &key.cohort, scope).await?;
        let all = standing.plan.sessions(|date| standing.is_closed_on(date));
        let session = all.iter().find(|session| (session.date, session.start) == (key.date, key.start));
        let session = session.ok_or(ErrorCode::Unknown)?.clone();
        let by_slots =
            standing.plan.by_slots().into_iter().find(|planned| (planned.date, planned.start) == (key.date, key.start));
        // Slots that hold no more don't tell the end any longer: it is as long as it is now.
        let length = session.held.end - session.held.start;
        let planned = by_slots.unwrap_or(Session { date: key.date, start: key.start, end: key.start + length });
        Ok(Self { standing, all, session, planned })
    }

    fn change(&self) -> Option<&SessionChange> {
        let Self { standing, session, .. } = self;
        standing.plan.changes.iter().find(|change| (change.date, change.start) == (session.date, session.start))
    }

    fn known(&self) -> Known {
        match self.change() {
            Some(SessionChange { state, reason, .. }) if *state != ChangeState::Kept => {
                Known { state: *state, held: self.session.held, reason: reason.clone() }
            }
            _ => Known { state: ChangeState::Kept, held: self.session.held, reason: None },
        }
    }
}

/// Moves a session, calls it off, or takes either back.
///
/// # Errors
/// [`ErrorCode::Unknown`]; [`ErrorCode::WrongState`] when nothing is changed, or a session that has marks shall be called off;
/// [`ErrorCode::InvalidForm`] with the faults of the time; [`ErrorCode::ChangedMeanwhile`].
pub async fn change(
    platform: &impl Platform,
    key: &SessionKey,
    form: &SessionForm,
    scope: &Scope,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let one = One::of(platform, key, scope).await?;
    let (state, held) = wanted(form, &one.session, one.planned);
    let before = one.known();
    if state != ChangeState::Cancelled {
        let span = one.standing.first..=one.standing.plan.until;
        // Back to the plan is back to the plan, be the centre closed on that day or not.
        let closed = |date| state == ChangeState::Moved && one.standing.is_closed_on(date);
        let faults = check(held, &one.session, &one.all, span, closed);
        if !faults.is_empty() {
            return Err(Refusal::form(faults));
        }
    }
    if (state, held) == (before.state, before.held) {
        return Err(ErrorCode::WrongState.into());
    }
    let reason = (state != ChangeState::Kept).then(|| act.reason.to_owned());
    made(platform, &one, before, Known { state, held, reason }, None, act).await
}

/// Gives a session back the time it had before the entry.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when it was changed since, has got marks, or another one stands there by now.
pub async fn undo(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let told = told::<Details>(platform, entry, journal::Act::SessionChanged, scope).await?;
    let Details { before, after } = told.details;
    let key = told.subject.as_deref().and_then(key_of).ok_or(ErrorCode::NotUndoable)?;
    let one = One::of(platform, &key, scope).await.map_err(|refusal| match refusal.code {
        ErrorCode::Unknown => ErrorCode::NotUndoable.into(),
        _ => refusal,
    })?;
    let stands_in_the_way =
        |other: &PlannedSession| (other.date, other.start) != (key.date, key.start) && other.clashes(before.held);
    let free = before.state == ChangeState::Cancelled || !one.all.iter().any(stands_in_the_way);
    if one.known() != after || !free {
        return Err(ErrorCode::NotUndoable.into());
    }
    made(platform, &one, after, before, Some(entry), act).await
}

/// Nothing about the cohort's sessions has changed since they were read.
const TOLD: &str =
    told_sql!("c.version = ?10 AND ?11 = (SELECT coalesce(sum(sequence), 0) FROM session_changes WHERE cohort_id = c.id)");

const MARKS: &str = "
    SELECT json_object('marks', present + late + excused + absent)
    FROM session_counts WHERE cohort_id = ?1 AND day = ?2 AND starts = ?3";

#[derive(Deserialize)]
struct Marks {
    marks: u32,
}

/// A day that was closed or opened has raised the number in the calendar file as long as the session was held on it: so much more is
/// it raised when it goes elsewhere.
macro_rules! day_changes {
    ($day:literal) => {
        concat!("(SELECT count(*) FROM journal WHERE subject = 'closed_day:' || ", $day, ")")
    };
}

const CHANGE: &str = concat!(
    "INSERT INTO session_changes
        (cohort_id, day, starts, state, held_on, held_starts, held_ends, reason, author, changed_at, sequence)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1 + ",
    day_changes!("?2"),
    ") ON CONFLICT DO UPDATE
    SET state = excluded.state, held_on = excluded.held_on, held_starts = excluded.held_starts, held_ends = excluded.held_ends,
        reason = excluded.reason, author = excluded.author, changed_at = excluded.changed_at,
        sequence = session_changes.sequence + 1 + ",
    day_changes!("session_changes.held_on")
);

async fn made(
    platform: &impl Platform,
    one: &One,
    before: Known,
    after: Known,
    undoes: Option<u64>,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let cohort = one.standing.id.as_str();
    let (day, starts) = (one.session.date.to_string(), i64::from(one.session.start));
    let of_session = |sql| Statement::new(sql).bind(cohort).bind(day.as_str()).bind(starts);
    if after.state == ChangeState::Cancelled {
        // What has marks took place.
        let marks: Option<Marks> = read(platform, of_session(MARKS)).await?;
        if marks.is_some_and(|found| found.marks > 0) {
            return Err(if undoes.is_some() { ErrorCode::NotUndoable } else { ErrorCode::WrongState }.into());
        }
    }
    let Session { date, start, end } = after.held;
    let changed = of_session(CHANGE)
        .bind(after.state.as_str())
        .bind(date.to_string())
        .bind(i64::from(start))
        .bind(i64::from(end))
        .bind(after.reason.clone())
        .bind(act.author)
        .bind(act.now);
    let telling = Telling {
        subject: Some(format!("session:{cohort}/{day}/{starts}")),
        ..Telling::of(journal::Act::SessionChanged, cohort, json!(Details { before, after }), undoes)
    };
    let told = telling.statement(TOLD, act).bind(i64::from(one.standing.version)).bind(i64::from(one.standing.revision));
    telling.run(platform, vec![told, changed], act).await
}

/// The session that a subject names.
fn key_of(subject: &str) -> Option<SessionKey> {
    let mut parts = subject.strip_prefix("session:")?.split('/');
    let (cohort, date, start) = (parts.next()?.to_owned(), Date::parse(parts.next()?)?, parts.next()?.parse().ok()?);
    Some(SessionKey { cohort, date, start })
}
