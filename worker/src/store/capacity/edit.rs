//! Editing a cohort: its label, slots, tracks and trainers. Other slots leave what has been as it was.

use super::standing::{self, Standing};
use super::telling::{Telling, told, told_sql};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::catalogue::Catalogue;
use domain::error::{ErrorCode, FaultCode, FieldFault};
use domain::plan::OtherSlots;
use domain::schedule::Slot;
use domain::staff::cohort::{CohortChange, CohortForm, check, check_trainers, label};
use domain::staff::{Acted, journal};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What an edit can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    pub label: Option<String>,
    pub slots: Vec<Slot>,
    pub tracks: Vec<String>,
    pub trainers: Vec<String>,
}

impl Content {
    /// In an order of its own, so that two of the same things are equal.
    pub fn new(label: Option<String>, mut slots: Vec<Slot>, mut tracks: Vec<String>, mut trainers: Vec<String>) -> Self {
        slots.sort_unstable();
        for list in [&mut tracks, &mut trainers] {
            list.sort_unstable();
            list.dedup();
        }
        Self { label, slots, tracks, trainers }
    }

    fn of(standing: &Standing) -> Self {
        let Standing { label, plan, tracks, trainers, .. } = standing;
        Self::new(label.clone(), plan.slots.clone(), tracks.clone(), trainers.clone())
    }
}

/// The content before and after, and the version it got.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Details {
    before: Content,
    after: Content,
    version: u32,
}

/// Changes everything but centre and seats.
///
/// # Errors
/// [`ErrorCode::Unknown`], [`ErrorCode::ChangedMeanwhile`], [`ErrorCode::WrongState`] when nothing is changed, and
/// [`ErrorCode::InvalidForm`] with the faults of the form.
pub async fn change(
    platform: &impl Platform,
    cohort: &str,
    form: CohortChange,
    catalogue: &Catalogue,
    scope: &Scope,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let standing = standing::of(platform, cohort, scope).await?;
    let faults = faults(&form, &standing, catalogue);
    if !faults.is_empty() {
        return Err(Refusal::form(faults));
    }
    if form.version != standing.version {
        return Err(ErrorCode::ChangedMeanwhile.into());
    }
    let after = Content::new(label(&form.label), form.slots, form.tracks, form.trainers);
    if after == Content::of(&standing) {
        return Err(ErrorCode::WrongState.into());
    }
    made(platform, &standing, after, None, act).await
}

fn faults(form: &CohortChange, standing: &Standing, catalogue: &Catalogue) -> Vec<FieldFault> {
    let CohortChange { label, slots, tracks, trainers, .. } = form;
    let whole = CohortForm {
        centre: standing.centre.clone(),
        label: label.clone(),
        slots: slots.clone(),
        tracks: tracks.clone(),
        seats: standing.seats,
        trainers: trainers.clone(),
    };
    let mut faults = check(&whole, catalogue);
    if standing.chosen.iter().any(|track| !tracks.contains(track)) {
        faults.push(FieldFault { field: "tracks".into(), code: FaultCode::InUse });
    }
    // Who teaches it already may stay, whatever became of them.
    let assignable = [standing.assignable.as_slice(), &standing.trainers].concat();
    faults.extend(check_trainers(trainers, &assignable));
    faults
}

/// Gives the cohort back what it was before the entry; slots that come back hold from today on, like any others.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when it was edited since, or somebody has chosen a track that would go.
pub async fn undo(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let told = told::<Details>(platform, entry, journal::Act::CohortChanged, scope).await?;
    let cohort = told.cohort.ok_or(ErrorCode::NotUndoable)?;
    let standing = standing::of(platform, &cohort, scope).await?;
    if standing.version != told.details.version {
        return Err(ErrorCode::NotUndoable.into());
    }
    made(platform, &standing, told.details.before, Some(entry), act).await
}

const TOLD: &str = told_sql!("c.version = ?10");

const COHORT: &str =
    "UPDATE cohorts SET label = ?2, slots_from = coalesce(?3, slots_from), version = version + 1 WHERE id = ?1";

/// Sessions of the past: they stay what they are, also those that were changed or dropped in the meantime.
const KEPT: &str = "
    INSERT INTO session_changes
        (cohort_id, day, starts, state, held_on, held_starts, held_ends, sequence, author, changed_at)
    SELECT ?1, value ->> 'date', value ->> 'start', 'kept', value ->> 'date', value ->> 'start', value ->> 'end', 0, ?3, ?4
    FROM json_each(?2) WHERE true
    ON CONFLICT DO UPDATE SET dropped = 0 WHERE dropped";

/// Sessions to come that will not be; one that was moved to the past has been.
const DROPPED: &str = "
    INSERT INTO session_changes
        (cohort_id, day, starts, state, held_on, held_starts, held_ends, sequence, dropped, author, changed_at)
    SELECT ?1, value ->> 'date', value ->> 'start', 'kept', value ->> 'date', value ->> 'start', value ->> 'end', 1, 1, ?3, ?4
    FROM json_each(?2) WHERE true
    ON CONFLICT DO UPDATE SET dropped = 1, sequence = sequence + 1, author = excluded.author, changed_at = excluded.changed_at
    WHERE held_on >= ?5";

/// Sessions that come back.
const ADDED: &str = "
    UPDATE session_changes SET dropped = 0, sequence = sequence + 1, author = ?3, changed_at = ?4
    FROM json_each(?2) AS e
    WHERE session_changes.cohort_id = ?1 AND session_changes.day = e.value ->> 'date'
        AND session_changes.starts = e.value ->> 'start'";

const NO_SLOTS: &str = "DELETE FROM slots WHERE cohort_id = ?1";
const SLOTS: &str = "
    INSERT INTO slots (cohort_id, weekday, starts, ends)
    SELECT ?1, value ->> 'weekday', value ->> 'start', value ->> 'end' FROM json_each(?2)";

const TRACKS_GONE: &str =
    "DELETE FROM cohort_tracks WHERE cohort_id = ?1 AND track_id NOT IN (SELECT value FROM json_each(?2))";
const TRACKS: &str = "INSERT OR IGNORE INTO cohort_tracks (cohort_id, track_id) SELECT ?1, value FROM json_each(?2)";

const NO_TRAINERS: &str = "DELETE FROM cohort_trainers WHERE cohort_id = ?1";
const TRAINERS: &str = "INSERT INTO cohort_trainers (cohort_id, staff_id) SELECT ?1, value FROM json_each(?2)";

async fn made(
    platform: &impl Platform,
    standing: &Standing,
    after: Content,
    undoes: Option<u64>,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let cohort = standing.id.as_str();
    let before = Content::of(standing);
    let other = (before.slots != after.slots).then(|| standing.plan.other_slots(&after.slots, act.now));
    let from = other.as_ref().map(|other| other.from.to_string());
    let rows = content(cohort, &after)?;
    let label = after.label.clone();
    let details = json!(Details { before, after, version: standing.version + 1 });
    let telling = Telling::of(journal::Act::CohortChanged, cohort, details, undoes);
    let mut batch = vec![
        telling.statement(TOLD, act).bind(i64::from(standing.version)),
        Statement::new(COHORT).bind(cohort).bind(label).bind(from),
    ];
    if let Some(other) = other {
        batch.extend(sessions(cohort, &other, act)?);
    }
    batch.extend(rows);
    match telling.sent(platform, batch).await {
        Ok(rows) => telling.acted(&rows, act),
        // A track was chosen, or a trainer went, since the cohort was read.
        Err(refusal) if refusal.log.as_ref().is_some_and(|log| log.contains("FOREIGN KEY")) => {
            Err(ErrorCode::ChangedMeanwhile.into())
        }
        Err(refusal) => Err(refusal),
    }
}

fn sessions(cohort: &str, other: &OtherSlots, act: Act<'_>) -> Result<[Statement; 3], Refusal> {
    let statement = |sql, sessions| -> Result<Statement, Refusal> {
        let list = serde_json::to_string(sessions)?;
        Ok(Statement::new(sql).bind(cohort).bind(list).bind(act.author).bind(act.now))
    };
    Ok([
        statement(KEPT, &other.kept)?,
        statement(DROPPED, &other.dropped)?.bind(other.from.to_string()),
        statement(ADDED, &other.added)?,
    ])
}

/// The rows that belong to a cohort, in place of those it has.
pub(super) fn content(cohort: &str, content: &Content) -> Result<[Statement; 6], Refusal> {
    let of = |sql| Statement::new(sql).bind(cohort);
    let tracks = serde_json::to_string(&content.tracks)?;
    Ok([
        of(NO_SLOTS),
        of(SLOTS).bind(serde_json::to_string(&content.slots)?),
        of(TRACKS_GONE).bind(tracks.as_str()),
        of(TRACKS).bind(tracks),
        of(NO_TRAINERS),
        of(TRAINERS).bind(serde_json::to_string(&content.trainers)?),
    ])
}
