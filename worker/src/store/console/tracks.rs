//! Other tracks in the same cohort, and back: seat, place and state stay as they are. The entry of the journal is the change, the schema
//! writes what it says into the registration (`0014_other_tracks.sql`).

use super::{number, undo};
use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::error::{ErrorCode, FaultCode};
use domain::registration::RegistrationState;
use domain::staff::Acted;
use domain::staff::journal::{self, undo_until};
use serde::Deserialize;

/// Other tracks for a registration.
#[derive(Debug, Clone, Copy)]
pub struct OtherTracks<'a> {
    /// The registration's id.
    pub registration: &'a str,
    /// What the student is to have, in the order of choice.
    pub tracks: &'a [String],
    /// What they had when somebody decided this.
    pub instead_of: &'a [String],
}

/// The tracks of the registration `r` in the order of choice, as JSON.
macro_rules! own_tracks {
    () => {
        "(SELECT json_group_array(track_id) FROM (
            SELECT track_id FROM registration_tracks WHERE registration_id = r.id ORDER BY place))"
    };
}

/// The registration `r` within reach, while it lives.
macro_rules! living {
    () => {
        "registrations AS r ON r.state IN ('waiting', 'offered', 'enrolled')
        JOIN cohorts AS c ON c.id = r.cohort_id AND (?2 IS NULL OR c.centre_id = ?2)"
    };
}

const CHANGE: &str = concat!(
    "INSERT INTO journal (at, author, act, registration_id, cohort_id, reason, details)
    SELECT ?4, ?3, 'tracks_changed', r.id, r.cohort_id, ?5, json_object('before', json(?7), 'after', json(?6))
    FROM (SELECT 1) JOIN ",
    living!(),
    " WHERE r.id = ?1 AND ?7 <> ?6 AND ?7 = ",
    own_tracks!(),
    " RETURNING cast(entry AS TEXT)"
);

const ANSWER: &str = concat!(
    "SELECT json_object('state', r.state, 'tracks', json(",
    own_tracks!(),
    ")) FROM registrations AS r JOIN cohorts AS c ON c.id = r.cohort_id
    WHERE r.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)"
);

#[derive(Deserialize)]
struct Answer {
    state: RegistrationState,
    tracks: Vec<String>,
}

/// Writes other tracks down.
///
/// # Errors
/// [`ErrorCode::Unknown`]; [`ErrorCode::WrongState`] when it is over, or has these tracks; [`ErrorCode::ChangedMeanwhile`] when it has
/// others than those read; a fault of `tracks` for one that the cohort doesn't offer.
pub async fn change(platform: &impl Platform, wish: OtherTracks<'_>, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let of = |sql| Statement::new(sql).bind(wish.registration).bind(scope);
    let change = of(CHANGE).bind(act.author).bind(act.now).bind(act.reason);
    let change = change.bind(serde_json::to_string(wish.tracks)?).bind(serde_json::to_string(wish.instead_of)?);
    let mut rows = match platform.batch(vec![change, of(ANSWER)]).await {
        Ok(rows) => rows.into_iter(),
        Err(DatabaseError::Constraint(refused)) if refused.contains("FOREIGN KEY") => {
            return Err(Refusal::field(ErrorCode::InvalidForm, "tracks".to_owned(), FaultCode::TrackNotOffered));
        }
        Err(other) => return Err(other.into()),
    };
    if let Some(entry) = rows.next().flatten() {
        let entry = entry.parse().map_err(|_| Refusal::internal("an entry without a number"))?;
        return Ok(Acted { entry, undo_until: undo_until(journal::Act::TracksChanged, act.now) });
    }
    let answer: Answer = serde_json::from_str(&rows.next().flatten().ok_or(ErrorCode::Unknown)?)?;
    let over = !answer.state.is_live() || answer.tracks == wish.tracks;
    Err(if over { ErrorCode::WrongState } else { ErrorCode::ChangedMeanwhile }.into())
}

/// No entry of another act has tracks after it.
const UNDO: &str = concat!(
    "INSERT INTO journal (at, author, act, registration_id, cohort_id, reason, details, undoes)
    SELECT ?4, ?3, j.act, r.id, r.cohort_id, coalesce(nullif(?5, ''), j.reason),
        json_object('before', j.details -> '$.after', 'after', j.details -> '$.before'), j.entry
    FROM journal AS j JOIN ",
    living!(),
    " WHERE j.entry = ?1 AND r.id = j.registration_id AND j.details ->> '$.after' = ",
    own_tracks!()
);

/// Gives a registration back the tracks that the entry has taken away.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when it is over, has got others since, or the cohort doesn't offer the old ones any more.
pub async fn change_back(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let back = Statement::new(UNDO).bind(number(entry)).bind(scope).bind(act.author).bind(act.now).bind(act.reason);
    undo(platform, [back], entry, act.now).await
}
