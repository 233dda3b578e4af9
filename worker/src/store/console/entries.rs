//! Reads the journal from its end, within reach.
//!
//! It grows for ever, so no search goes through it: each is led by the index of what narrows it most ([`Lead`]), and everything else is
//! asked of the rows found there.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::staff::cohort::Named;
use domain::staff::journal::{Act, ActGroup, ENTRIES_A_PAGE, JournalEntry, JournalPage, undo_until};
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
/// An entry is within reach when it is about a cohort of the centre. One that is about no cohort is within reach when it is about
/// every centre or this one, or was made by a member of this one; what is done about accounts is shown to administrators only.
macro_rules! asked {
    () => {
        "j.entry < ?2 AND j.at >= ?3 AND j.at < ?4
            AND j.entry >= coalesce((SELECT entry FROM journal WHERE at < ?3 - 86400000 ORDER BY at DESC LIMIT 1), 0)
            AND j.entry <= coalesce((SELECT entry FROM journal WHERE at > ?4 + 86400000 ORDER BY at LIMIT 1), ?2)
            AND (?6 IS NULL OR j.author = ?6)
            AND (?1 IS NULL OR iif(j.cohort_id IS NOT NULL,
                EXISTS (SELECT 1 FROM cohorts WHERE id = j.cohort_id AND centre_id = ?1),
                j.act NOT IN (SELECT value FROM json_each(?10)) AND (
                    j.author = 'system'
                    OR j.act IN ('closed_day_added', 'closed_day_removed') AND coalesce(j.details ->> 'centre', ?1) = ?1
                    OR EXISTS (SELECT 1 FROM staff_members WHERE id = j.author AND centre_id = ?1))))"
    };
}

macro_rules! of_acts {
    () => {
        " AND (?5 = '[]' OR j.act IN (SELECT value FROM json_each(?5)))"
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
                        'undoes', j.undoes, 'undone_by', (SELECT entry FROM journal WHERE undoes = j.entry)))
                    FROM (",
            $found,
            " ORDER BY j.entry DESC LIMIT ?9) AS j
                    LEFT JOIN registrations AS r ON r.id = j.registration_id
                    LEFT JOIN students AS s ON s.id = r.student_id
                    LEFT JOIN applications AS a ON a.id = s.application_id)),
                'authors', json((SELECT json_group_array(json_object('id', id, 'name', name))
                    FROM (SELECT id, name FROM staff_members WHERE ?1 IS NULL OR centre_id = ?1 ORDER BY name))))"
        )
    };
}

const BY_REGISTRATION: &str = page!(concat!(
    "SELECT j.* FROM journal AS j WHERE j.registration_id = ?8 AND (?7 IS NULL OR j.cohort_id = ?7) AND ",
    asked!(),
    of_acts!()
));
const BY_COHORT: &str =
    page!(concat!("SELECT j.* FROM journal AS j WHERE j.cohort_id = ?7 AND ?8 IS NULL AND ", asked!(), of_acts!()));
const BY_MEMBER: &str = page!(concat!(
    "SELECT j.* FROM journal AS j INDEXED BY journal_by_author
    WHERE j.author = ?6 AND j.author NOT IN ('family', 'system') AND ?7 IS NULL AND ?8 IS NULL AND ",
    asked!(),
    of_acts!()
));
/// A page of each act, and of these the last ones.
const BY_ACTS: &str = page!(concat!(
    "SELECT j.* FROM json_each(?5) AS act CROSS JOIN journal AS j ON j.entry IN (
        SELECT j.entry FROM journal AS j WHERE j.act = act.value AND ?7 IS NULL AND ?8 IS NULL AND ",
    asked!(),
    " ORDER BY j.entry DESC LIMIT ?9)"
));
const BY_NOTHING: &str =
    page!(concat!("SELECT j.* FROM journal AS j WHERE ?7 IS NULL AND ?8 IS NULL AND ", asked!(), of_acts!()));

#[derive(Deserialize)]
struct Found {
    entries: Vec<JournalEntry>,
    authors: Vec<Named>,
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
    let words = |acts: &mut dyn Iterator<Item = Act>| serde_json::to_string(&acts.map(Act::as_str).collect::<Vec<_>>());
    let statement = Statement::new(sql)
        .bind(scope)
        .bind(search.before.map_or(LATEST, number))
        .bind(search.from.unwrap_or(Timestamp(0)))
        .bind(search.to.unwrap_or(Timestamp(LATEST)))
        .bind(words(&mut search.acts().into_iter())?)
        .bind(search.author.as_deref())
        .bind(search.cohort.as_deref())
        .bind(search.registration.as_deref())
        .bind(number(ENTRIES_A_PAGE as u64 + 1))
        .bind(words(&mut ActGroup::Members.acts())?);
    let found: Option<Found> = read(platform, statement).await?;
    let Found { mut entries, authors } = found.ok_or_else(|| Refusal::internal("the journal answered nothing"))?;
    let more = entries.len() > ENTRIES_A_PAGE;
    entries.truncate(ENTRIES_A_PAGE);
    for entry in &mut entries {
        entry.undo_until = open_until(entry, now);
    }
    let next = entries.last().filter(|_| more).map(|last| last.entry);
    Ok(JournalPage { at: now, entries, next, authors })
}

/// Later than every moment and every entry, and still a number that JavaScript knows.
const LATEST: i64 = 1 << 52;

/// A number as SQL takes it.
fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(LATEST).min(LATEST)
}

/// Until when an entry can be undone: its time isn't over, it was not undone, and it is no undoing itself.
fn open_until(entry: &JournalEntry, now: Timestamp) -> Option<Timestamp> {
    undo_until(entry.act, entry.at).filter(|until| now < *until && entry.undone_by.is_none() && entry.undoes.is_none())
}
