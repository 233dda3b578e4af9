//! Ending a registration, and taking that back.

use super::{number, run, undo};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use crate::store::turns;
use domain::staff::{Acted, journal};

const REMOVE: &str = "
    UPDATE registrations
    SET state = 'removed', held_until = NULL, act = 'removed', changed_at = ?4, author = ?3, reason = ?5
    WHERE id = ?1 AND state IN ('waiting', 'offered', 'enrolled')
        AND EXISTS (SELECT 1 FROM cohorts AS c WHERE c.id = registrations.cohort_id AND (?2 IS NULL OR c.centre_id = ?2))";

/// Ends a registration; its seat goes on.
///
/// # Errors
/// [`Unknown`](domain::error::ErrorCode::Unknown), or [`WrongState`](domain::error::ErrorCode::WrongState) when it is over already.
pub async fn remove(platform: &impl Platform, registration: &str, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let remove = Statement::new(REMOVE).bind(registration).bind(scope).bind(act.author).bind(act.now).bind(act.reason);
    run(platform, registration, scope, journal::Act::Removed, [remove, turns::everywhere(act.now)], act.now).await
}

/// The registration that the entry ?1 has ended as `$ended` says, if it is that one which it ended last, with what it becomes: who
/// had a seat is enrolled where a seat is free and nobody waits; everybody else goes to the list, beside the party it belongs to, or
/// to [its old place](super::order), which for somebody who had a seat is in front.
macro_rules! restored {
    ($ended:expr) => {
        concat!(
            "WITH own AS (
                SELECT r.id, r.cohort_id, r.unit, r.party_id, r.sequence, j.details ->> '$.ahead' AS ahead,
                    j.details ->> 'state' = 'enrolled' AND c.waiting = 0 AND c.taken < c.seats AS open
                FROM journal AS j JOIN registrations AS r ON r.id = j.registration_id JOIN cohorts AS c ON c.id = r.cohort_id
                WHERE j.entry = ?1 AND (?2 IS NULL OR c.centre_id = ?2) AND ",
            $ended,
            "
                    AND j.entry = (SELECT max(last.entry) FROM journal AS last
                        WHERE last.registration_id = r.id AND last.state IS NOT NULL)),
            restored AS (
                SELECT own.id, own.cohort_id, own.open, coalesce(
                    (SELECT max(w.rank) + 1 FROM registrations AS w
                        WHERE w.cohort_id = own.cohort_id AND w.state = 'waiting' AND w.party_id = own.party_id), ",
            $crate::store::console::order::old_rank!(),
            ") AS rank
                FROM own)"
        )
    };
}

/// Makes room for it on the list.
macro_rules! make_room {
    ($ended:expr) => {
        concat!(
            $crate::store::console::removal::restored!($ended),
            " UPDATE registrations SET rank = registrations.rank + 1
            FROM restored
            WHERE NOT restored.open AND registrations.cohort_id = restored.cohort_id AND registrations.state = 'waiting'
                AND registrations.rank >= restored.rank"
        )
    };
}

/// Brings it back.
macro_rules! bring_back {
    ($ended:expr) => {
        concat!(
            $crate::store::console::removal::restored!($ended),
            " UPDATE registrations
            SET state = iif(restored.open, 'enrolled', 'waiting'), rank = restored.rank, act = 'restored', author = ?3,
                changed_at = ?4, reason = nullif(?5, '')
            FROM restored WHERE registrations.id = restored.id"
        )
    };
}
pub(super) use {bring_back, make_room, restored};

macro_rules! removed {
    () => {
        "j.act = 'removed' AND r.state = 'removed'"
    };
}

const MAKE_ROOM: &str = make_room!(removed!());
const RESTORE: &str = bring_back!(removed!());

/// Takes a removal back.
///
/// # Errors
/// [`NotUndoable`](domain::error::ErrorCode::NotUndoable) when the student has another seat or was registered anew, or the party's
/// offer is on its way.
pub async fn restore(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let room = Statement::new(MAKE_ROOM).bind(number(entry)).bind(scope);
    let restore = Statement::new(RESTORE).bind(number(entry)).bind(scope).bind(act.author).bind(act.now).bind(act.reason);
    undo(platform, [room, restore, turns::everywhere(act.now)], entry, act.now).await
}
