//! Reads the journal from its end, within reach.
//!
//! It grows for ever, so no search goes through it: each is led by the index of what narrows it most (`Lead`), and everything else is
//! asked of the rows found there.

use crate::platform::{Platform, Statement, Value};
use crate::refusal::Refusal;
use crate::store::read;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::staff::cohort::Named;
use domain::staff::journal::{Act, ActGroup, ENTRIES_A_PAGE, JournalCohort, JournalEntry, JournalPage, undo_until};
use serde::Deserialize;

/// What is searched for; none of it narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Entries before this one.
    pub before: Option<u64>,
    /// These acts.
    pub acts: Vec<Act>,
    /// `family`, `system` or a staff member's id.
    pub author: Option<String>,
    /// About this cohort.
    pub cohort: Option<String>,
    /// About this registration.
    pub registration: Option<String>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
}

/// What narrows a search most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Registration,
    Cohort,
    Member,
    Acts,
    Nothing,
}

impl Search {
    fn lead(&self) -> Lead {
        if self.registration.is_some() {
            Lead::Registration
        } else if self.cohort.is_some() {
            Lead::Cohort
        } else if self.author.as_deref().is_some_and(|author| !matches!(author, "family" | "system")) {
            Lead::Member
        } else if !self.acts.is_empty() {
            Lead::Acts
        } else {
            Lead::Nothing
        }
    }

    /// The acts to be searched for: the program and families have acts of their own, and are found by these.
    fn acts(&self) -> Vec<Act> {
        let of_nobody = matches!(self.author.as_deref(), Some("family" | "system")) && self.acts.is_empty();
        if of_nobody { Act::ALL.iter().copied().filter(|act| !act.is_of_staff()).collect() } else { self.acts.clone() }
    }
}

/// What every search asks of an entry `j`. The entries of a span of time lie together, give or take a clock that was set: a day's
/// margin on either side, and the exact moment asked of the rest.
///
/// An entry is within reach when it is about a cohort of the centre, or about the centre. One that is about neither is within reach
/// when it concerns every centre, or was made by a member of this one; what is done about accounts is shown to administrators only.
macro_rules! asked {
    () => {
        "j.entry < ?2 AND j.at >= ?3 AND j.at < ?4
            AND j.entry >= coalesce((SELECT entry FROM journal WHERE at < ?3 - 86400000 ORDER BY at DESC LIMIT 1), 0)
            AND j.entry <= coalesce((SELECT entry FROM journal WHERE at > ?4 + 86400000 ORDER BY at LIMIT 1), ?2)
            AND (?5 IS NULL OR j.author = ?5)
            AND (?1 IS NULL OR CASE
                WHEN j.cohort_id IS NOT NULL THEN EXISTS (SELECT 1 FROM cohorts WHERE id = j.cohort_id AND centre_id = ?1)
                WHEN j.act IN (SELECT value FROM json_each(?6)) THEN 0
                WHEN j.details ->> '$.centre' IS NOT NULL THEN j.details ->> '$.centre' = ?1
                ELSE j.author = 'system' OR j.act IN ('closed_day_added', 'closed_day_removed')
                    OR EXISTS (SELECT 1 FROM staff_members WHERE id = j.author AND centre_id = ?1) END)"
    };
}

macro_rules! of_acts {
    () => {
        " AND (?7 = '[]' OR j.act IN (SELECT value FROM json_each(?7)))"
    };
}

macro_rules! page {
    ($found:expr) => {
        concat!(
            "SELECT json_object(
                'entries', json((SELECT json_group_array(json_object('entry', j.entry, 'at', j.at,
                        'author', coalesce((SELECT name FROM staff_members WHERE id = j.author), j.author),
                        'act', j.act, 'subject', j.subject, 'reference', a.reference, 'registration', j.registration_id,
                        'cohort', j.cohort_id, 'state', j.state, 'position', j.position, 'seats', j.seats, 'reason', j.reason,
                        'seats_before', iif(j.act = 'seats_changed', j.details ->> '$.before', NULL),
                        'tracks', json(iif(j.act = 'tracks_changed', j.details -> '$.after', NULL)),
                        'tracks_before', json(iif(j.act = 'tracks_changed', j.details -> '$.before', NULL)),
                        'centre', coalesce((SELECT centre_id FROM cohorts WHERE id = j.cohort_id), j.details ->> '$.centre'),
                        'member', (SELECT name FROM staff_members WHERE j.subject GLOB 'member:*' AND id = substr(j.subject, 8)),
                        'marks', json(iif(j.act = 'marked' AND j.details IS NOT NULL, json_object(
                            'present', coalesce(j.details ->> '$.present', 0), 'late', coalesce(j.details ->> '$.late', 0),
                            'excused', coalesce(j.details ->> '$.excused', 0), 'absent', coalesce(j.details ->> '$.absent', 0)), NULL)),
                        'undoes', j.undoes, 'undone_by', (SELECT entry FROM journal WHERE undoes = j.entry)))
                    FROM (",
            $found,
            " ORDER BY j.entry DESC LIMIT ?10) AS j
                    LEFT JOIN registrations AS r ON r.id = j.registration_id
                    LEFT JOIN students AS s ON s.id = r.student_id
                    LEFT JOIN applications AS a ON a.id = s.application_id)),
                'authors', json((SELECT json_group_array(json_object('id', id, 'name', name))
                    FROM (SELECT id, name FROM staff_members WHERE ?1 IS NULL OR centre_id = ?1 ORDER BY name))),
                'cohorts', json((SELECT json_group_array(json_object('id', id, 'centre', centre_id, 'label', label,
                        'slots', json((SELECT json_group_array(json_object('weekday', weekday, 'start', starts, 'end', ends))
                            FROM (SELECT * FROM slots WHERE cohort_id = c.id ORDER BY weekday, starts)))))
                    FROM (SELECT * FROM cohorts WHERE ?1 IS NULL OR centre_id = ?1 ORDER BY place) AS c)))"
        )
    };
}

const BY_REGISTRATION: &str = page!(concat!(
    "SELECT j.* FROM journal AS j WHERE j.registration_id = ?9 AND (?8 IS NULL OR j.cohort_id = ?8) AND ",
    asked!(),
    of_acts!()
));
const BY_COHORT: &str = page!(concat!("SELECT j.* FROM journal AS j WHERE j.cohort_id = ?8 AND ", asked!(), of_acts!()));
const BY_MEMBER: &str = page!(concat!(
    "SELECT j.* FROM journal AS j INDEXED BY journal_by_author
    WHERE j.author = ?5 AND j.author NOT IN ('family', 'system') AND ",
    asked!(),
    of_acts!()
));
/// A page of each act, and of these the last ones.
const BY_ACTS: &str = page!(concat!(
    "SELECT j.* FROM json_each(?7) AS act CROSS JOIN journal AS j ON j.entry IN (
        SELECT j.entry FROM journal AS j WHERE j.act = act.value AND j.at > 0 AND ",
    asked!(),
    " ORDER BY j.entry DESC LIMIT ?10)"
));
const BY_NOTHING: &str = page!(concat!("SELECT j.* FROM journal AS j WHERE ", asked!(), of_acts!()));

/// What undoing has to know of an entry.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Known {
    /// What was done.
    pub act: Act,
    /// When.
    pub at: Timestamp,
    /// 1 when it was undone.
    undone: u8,
    /// 1 when it is an undoing itself.
    undoing: u8,
}

impl Known {
    /// Whether it can still be undone, as far as the journal tells: its time isn't over, it was not undone, and it is no undoing itself.
    pub fn can_be_undone(self, now: Timestamp) -> bool {
        self.undone == 0 && self.undoing == 0 && undo_until(self.act, self.at).is_some_and(|until| now < until)
    }
}

const KNOWN: &str = concat!(
    "SELECT json_object('act', j.act, 'at', j.at, 'undoing', j.undoes IS NOT NULL,
        'undone', EXISTS (SELECT 1 FROM journal WHERE undoes = j.entry))
    FROM journal AS j WHERE j.entry = ?7 AND ",
    asked!()
);

/// The entry of this number, within reach.
///
/// # Errors
/// When the database can't be read.
pub async fn known(platform: &impl Platform, entry: u64, scope: &Scope) -> Result<Option<Known>, Refusal> {
    let everything = Statement::new(KNOWN).bind(scope).bind(LATEST).bind(0).bind(LATEST).bind(Value::Null).bind(hidden()?);
    read(platform, everything.bind(number(entry))).await
}

#[derive(Deserialize)]
struct Found {
    entries: Vec<JournalEntry>,
    authors: Vec<Named>,
    cohorts: Vec<JournalCohort>,
}

/// The last entries that are found, and whom they can be searched by.
///
/// # Errors
/// When the database can't be read.
pub async fn page(platform: &impl Platform, search: &Search, scope: &Scope, now: Timestamp) -> Result<JournalPage, Refusal> {
    let sql = match search.lead() {
        Lead::Registration => BY_REGISTRATION,
        Lead::Cohort => BY_COHORT,
        Lead::Member => BY_MEMBER,
        Lead::Acts => BY_ACTS,
        Lead::Nothing => BY_NOTHING,
    };
    let statement = Statement::new(sql)
        .bind(scope)
        .bind(search.before.map_or(LATEST, number))
        .bind(search.from.unwrap_or(Timestamp(0)))
        .bind(search.to.unwrap_or(Timestamp(LATEST)))
        .bind(search.author.as_deref())
        .bind(hidden()?)
        .bind(words(search.acts())?)
        .bind(search.cohort.as_deref())
        .bind(search.registration.as_deref())
        .bind(number(ENTRIES_A_PAGE as u64 + 1));
    let found: Option<Found> = read(platform, statement).await?;
    let Found { mut entries, authors, cohorts } = found.ok_or_else(|| Refusal::internal("the journal answered nothing"))?;
    let more = entries.len() > ENTRIES_A_PAGE;
    entries.truncate(ENTRIES_A_PAGE);
    for entry in &mut entries {
        let known = Known {
            act: entry.act,
            at: entry.at,
            undone: entry.undone_by.is_some().into(),
            undoing: entry.undoes.is_some().into(),
        };
        entry.undo_until = undo_until(entry.act, entry.at).filter(|_| known.can_be_undone(now));
    }
    let next = entries.last().filter(|_| more).map(|last| last.entry);
    Ok(JournalPage { at: now, entries, next, authors, cohorts })
}

fn words(acts: impl IntoIterator<Item = Act>) -> Result<String, Refusal> {
    Ok(serde_json::to_string(&acts.into_iter().map(Act::as_str).collect::<Vec<_>>())?)
}

/// What is shown to administrators only.
fn hidden() -> Result<String, Refusal> {
    words(ActGroup::Members.acts())
}

/// Later than every moment and every entry, and still a number that JavaScript knows.
const LATEST: i64 = 1 << 52;

/// A number as SQL takes it.
fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(LATEST).min(LATEST)
}

#[cfg(test)]
mod tests;
