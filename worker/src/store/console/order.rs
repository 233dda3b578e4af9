//! The order of a waiting list, changed by staff, and taken back.
//!
//! An entry that moves or ends somebody who waits keeps who was ahead then, as `details.ahead`: numbers of registrations. The old
//! place is behind the last of them who still waits and was not put elsewhere since, and in front when there is none. Who was taken
//! off the list and came back since counts as ahead if they came before.

use super::{number, run, undo};
use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use crate::store::turns;
use domain::staff::{Acted, journal};

/// The rank of the old place of `own` by the entry ?1: a row with `cohort_id`, `unit`, `sequence` and `ahead`. Nobody comes between
/// the members of a party.
macro_rules! old_rank {
    () => {
        "coalesce((SELECT max(w.rank) + 1 FROM registrations AS w
            WHERE w.cohort_id = own.cohort_id AND w.state = 'waiting' AND w.unit <> own.unit AND (
                w.unit IN (SELECT a.unit FROM json_each(own.ahead) AS e CROSS JOIN registrations AS a ON a.sequence = e.value)
                    AND NOT EXISTS (SELECT 1 FROM journal AS put
                        WHERE put.registration_id = w.id AND put.entry > ?1 AND put.act IN ('returned', 'reordered'))
                OR w.unit IN (SELECT b.unit FROM registrations AS b
                    WHERE b.cohort_id = own.cohort_id AND b.state = 'waiting' AND b.act = 'restored' AND b.sequence < own.sequence
                        AND 'restored' = (SELECT last.act FROM journal AS last
                            WHERE last.registration_id = b.id AND last.entry > ?1 AND last.act IN ('restored', 'reordered')
                            ORDER BY last.entry DESC LIMIT 1)))), 1)"
    };
}
pub(super) use old_rank;

/// Tells of the move to `target` before it is made: each member's new place, and who is ahead of it still.
macro_rules! told_sql {
    ($undoes:literal) => {
        concat!(
            " INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position, reason, details, undoes)
            SELECT ?4, ?3, 'reordered', m.id, m.cohort_id, m.state, (
                    SELECT count(*) FROM registrations AS o
                    WHERE o.cohort_id = t.cohort_id AND o.state = 'waiting' AND o.unit <> t.unit AND o.rank < t.rank
                ) + (
                    SELECT count(*) FROM registrations AS b
                    WHERE b.unit = t.unit AND b.cohort_id = t.cohort_id AND b.state = 'waiting' AND b.sequence <= m.sequence),
                coalesce(nullif(?5, ''), t.reason),
                json_object('ahead', json((SELECT json_group_array(a.sequence) FROM registrations AS a
                    WHERE a.cohort_id = m.cohort_id AND a.state = 'waiting' AND (a.rank, a.sequence) < (m.rank, m.sequence)))), ",
            $undoes,
            " FROM target AS t JOIN registrations AS m ON m.unit = t.unit AND m.cohort_id = t.cohort_id AND m.state = 'waiting'"
        )
    };
}

/// Makes it.
macro_rules! put {
    () => {
        " INSERT INTO placements (unit, cohort_id, rank) SELECT unit, cohort_id, rank FROM target"
    };
}

/// The rank of whoever has place ?6 among the others, or of the first of the party it belongs to: no party is put asunder.
macro_rules! target {
    () => {
        "WITH target AS (
            SELECT r.unit, r.cohort_id, NULL AS reason, coalesce(
                (SELECT min(f.rank) FROM registrations AS f WHERE f.cohort_id = r.cohort_id AND f.state = 'waiting' AND f.unit = (
                    SELECT w.unit FROM registrations AS w WHERE w.cohort_id = r.cohort_id AND w.state = 'waiting' AND w.unit <> r.unit
                    ORDER BY w.rank, w.sequence LIMIT 1 OFFSET ?6 - 1)),
                (SELECT max(w.rank) + 1 FROM registrations AS w WHERE w.cohort_id = r.cohort_id AND w.state = 'waiting')) AS rank
            FROM registrations AS r JOIN cohorts AS c ON c.id = r.cohort_id
            WHERE r.id = ?1 AND r.state = 'waiting' AND (?2 IS NULL OR c.centre_id = ?2))"
    };
}

const PLACE_TOLD: &str = concat!(target!(), told_sql!("NULL"));
const PLACE: &str = concat!(target!(), put!());

/// Moves a waiting registration, with the party it belongs to, to this place of its cohort's list, from 1; to the end of a shorter
/// one.
///
/// # Errors
/// [`Unknown`](domain::error::ErrorCode::Unknown), or [`WrongState`](domain::error::ErrorCode::WrongState) when it doesn't wait.
pub async fn place(
    platform: &impl Platform,
    registration: &str,
    place: u32,
    scope: &Scope,
    act: Act<'_>,
) -> Result<Acted, Refusal> {
    let change = |sql| {
        let statement = Statement::new(sql).bind(registration).bind(scope).bind(act.author).bind(act.now).bind(act.reason);
        statement.bind(i64::from(place.max(1)))
    };
    let batch = [change(PLACE_TOLD), change(PLACE), turns::everywhere(act.now)];
    run(platform, registration, scope, journal::Act::Reordered, batch, act.now).await
}

/// The old place of the registration that the entry ?1 has moved, if nothing happened to it since but the undoing itself.
macro_rules! old_target {
    () => {
        concat!(
            "WITH own AS (
                SELECT r.cohort_id, r.unit, r.sequence, j.details ->> '$.ahead' AS ahead, j.reason
                FROM journal AS j JOIN registrations AS r ON r.id = j.registration_id JOIN cohorts AS c ON c.id = r.cohort_id
                WHERE j.entry = ?1 AND j.act = 'reordered' AND r.state = 'waiting' AND (?2 IS NULL OR c.centre_id = ?2)
                    AND j.entry = (SELECT max(last.entry) FROM journal AS last
                        WHERE last.registration_id = r.id AND last.state IS NOT NULL AND last.undoes IS NOT ?1)),
            target AS (SELECT own.unit, own.cohort_id, own.reason, ",
            old_rank!(),
            " AS rank FROM own)"
        )
    };
}

/// The entries of one move stand side by side.
const UNDO_TOLD: &str = concat!(
    old_target!(),
    told_sql!(
        "(SELECT j.entry FROM journal AS done JOIN journal AS j
            ON j.registration_id = m.id AND j.act = done.act AND j.at = done.at AND j.author = done.author
                AND j.entry BETWEEN done.entry - 9 AND done.entry + 9
            WHERE done.entry = ?1)"
    )
);
const UNDO: &str = concat!(old_target!(), put!());

/// Puts a registration, with the party it belongs to, back to where it was before the entry.
///
/// # Errors
/// [`NotUndoable`](domain::error::ErrorCode::NotUndoable) when something has happened to it since.
pub async fn undo_place(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let told = Statement::new(UNDO_TOLD).bind(number(entry)).bind(scope).bind(act.author).bind(act.now).bind(act.reason);
    let put = Statement::new(UNDO).bind(number(entry)).bind(scope);
    undo(platform, [told, put, turns::everywhere(act.now)], entry, act.now).await
}
