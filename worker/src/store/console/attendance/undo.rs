//! Takes the marks of one entry of the journal back, by new marks that say what stood before.

use super::marks::{Making, Row, write};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::console::{self, number};
use crate::store::read;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::Acted;
use domain::staff::attendance::{KeptMark, MarkStatus, SessionKey, open, standing};
use serde::Deserialize;
use std::collections::BTreeMap;

const ENTRY: &str = "
    SELECT json_object('subject', j.subject, 'author', j.author, 'at', j.at)
    FROM journal AS j JOIN cohorts AS c ON c.id = j.cohort_id
    WHERE j.entry = ?1 AND j.act = 'marked' AND (?2 IS NULL OR c.centre_id = ?2)";

#[derive(Deserialize)]
struct Entry {
    subject: String,
    author: String,
    at: Timestamp,
}

/// Every mark of a session; `own`: the entry brought it.
const MARKS: &str = "
    SELECT json_group_array(json_object('registration', registration_id, 'own', json(iif(received_at = ?5 AND marked_by = ?4, 'true',
        'false')), 'id', id, 'status', status, 'minutes', minutes, 'reason', reason, 'marked_by', marked_by, 'marked_at', marked_at,
        'instead_of', instead_of))
    FROM marks WHERE cohort_id = ?1 AND day = ?2 AND starts = ?3";

#[derive(Deserialize)]
struct Of {
    registration: String,
    own: bool,
    #[serde(flatten)]
    mark: KeptMark,
}

/// A mark to be made: it replaces an open one of the entry and says what the others say without those of the entry.
struct Restored {
    id: String,
    registration: String,
    instead_of: String,
    before: Option<KeptMark>,
}

fn restored(marks: Vec<Of>, mut name: impl FnMut() -> Result<String, Refusal>) -> Result<Vec<Restored>, Refusal> {
    let mut students: BTreeMap<String, (Vec<KeptMark>, Vec<KeptMark>)> = BTreeMap::new();
    for Of { registration, own, mark } in marks {
        let (all, others) = students.entry(registration).or_default();
        all.push(mark.clone());
        others.extend((!own).then_some(mark));
    }
    let mut found = Vec::new();
    for (registration, (all, others)) in students {
        let before = standing(&others);
        for taken_back in open(&all).into_iter().filter(|mark| !others.contains(mark)) {
            found.push(Restored {
                id: name()?,
                registration: registration.clone(),
                instead_of: taken_back.id.clone(),
                before: before.cloned(),
            });
        }
    }
    Ok(found)
}

/// Takes back the marks of an entry, where nobody has corrected them since.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when there is no such entry within reach, it was undone before, or each of its marks was corrected.
pub async fn undo(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let told = Statement::new(ENTRY).bind(number(entry)).bind(scope);
    let told: Entry = read(platform, told).await?.ok_or(ErrorCode::NotUndoable)?;
    let key = SessionKey::from_subject(&told.subject).ok_or(ErrorCode::NotUndoable)?;
    let date = key.date.to_string();
    let marks = Statement::new(MARKS).bind(key.cohort.as_str()).bind(date.as_str()).bind(i64::from(key.start));
    let marks: Vec<Of> = read(platform, marks.bind(told.author).bind(told.at)).await?.unwrap_or_default();
    let restored = restored(marks, || Ok(platform.ulid()?))?;
    if restored.is_empty() {
        return Err(ErrorCode::NotUndoable.into());
    }
    let rows: Vec<Row<'_>> = restored
        .iter()
        .map(|one| Row {
            id: &one.id,
            cohort: &key.cohort,
            date: date.clone(),
            start: key.start,
            registration: &one.registration,
            status: one.before.as_ref().map_or(MarkStatus::Cleared, |mark| mark.status).as_str(),
            minutes: one.before.as_ref().and_then(|mark| mark.minutes),
            reason: one.before.as_ref().and_then(|mark| mark.reason.as_deref()),
            instead_of: Some(&one.instead_of),
            marked_at: act.now,
        })
        .collect();
    let making = Making { author: act.author, now: act.now, undoes: Some(entry), reason: act.reason };
    console::undo(platform, write(&rows, making)?, entry, act.now).await
}
