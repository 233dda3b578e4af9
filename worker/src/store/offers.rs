//! Offers that were not answered, and the clock they are measured by.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::{read, turns};
use domain::date::Timestamp;

/// A longer gap between two looks at the clock, in milliseconds, means that nobody ran or that the clock jumped.
const GAP_MS: i64 = 3_600_000;

/// Families have the hours they were promised, whatever the clock did: deadlines move with it, forward and back. An offer that was
/// made by the clock as it is now, before anybody looked, is not moved back: what was made before the jump seems to be made later.
const SHIFT_OFFERS: &str = "
    UPDATE registrations SET held_until = held_until + ?1 - (SELECT ran_at FROM clock)
    WHERE state = 'offered' AND abs(?1 - (SELECT ran_at FROM clock)) > ?2
        AND (?1 > (SELECT ran_at FROM clock) OR changed_at > ?1)";

const SHIFT_REMINDERS: &str = "
    UPDATE outbox SET due_at = due_at + ?1 - (SELECT ran_at FROM clock)
    WHERE kind = 'offer_reminder' AND sent_at IS NULL AND dropped_at IS NULL AND abs(?1 - (SELECT ran_at FROM clock)) > ?2
        AND (?1 > (SELECT ran_at FROM clock) OR queued_at > ?1)";

const SHIFT_TOLD: &str = "
    INSERT INTO journal (at, author, act)
    SELECT ?1, 'system', 'clock_jumped' FROM clock WHERE abs(?1 - ran_at) > ?2";

const LOOK: &str = "
    INSERT INTO clock (id, ran_at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET ran_at = excluded.ran_at";

/// Looks at the clock. Two runs at once do no harm: the second finds no gap.
///
/// # Errors
/// When the database can't be written.
pub async fn look_at_the_clock(platform: &impl Platform, now: Timestamp) -> Result<(), Refusal> {
    let shift = |sql| Statement::new(sql).bind(now).bind(GAP_MS);
    let batch = vec![shift(SHIFT_OFFERS), shift(SHIFT_REMINDERS), shift(SHIFT_TOLD), Statement::new(LOOK).bind(now)];
    Ok(platform.batch(batch).await.map(drop)?)
}

const RUN_OUT: &str = "
    SELECT json_group_array(unit) FROM (
        SELECT unit FROM registrations WHERE state = 'offered' AND held_until <= ?1
        GROUP BY unit ORDER BY min(held_until), min(sequence) LIMIT ?2)";

/// Units whose offers have run out, the oldest first, at most `limit`.
///
/// # Errors
/// When the database can't be read.
pub async fn run_out(platform: &impl Platform, now: Timestamp, limit: i64) -> Result<Vec<String>, Refusal> {
    Ok(read(platform, Statement::new(RUN_OUT).bind(now).bind(limit)).await?.unwrap_or_default())
}

/// Before whom an unanswered offer returns: whoever has its place of the list now, with the party it belongs to; behind everybody
/// when the list is shorter. SQLite lets an OFFSET know nothing of the rows around it, so it looks the place up by itself.
const PLACE: &str = "
    INSERT INTO placements (unit, cohort_id, rank)
    SELECT DISTINCT r.unit, r.cohort_id, coalesce(
        (SELECT min(f.rank) FROM registrations AS f WHERE f.cohort_id = r.cohort_id AND f.state = 'waiting' AND f.unit = (
            SELECT w.unit FROM registrations AS w WHERE w.cohort_id = r.cohort_id AND w.state = 'waiting'
            ORDER BY w.rank, w.sequence LIMIT 1 OFFSET (
                SELECT i.return_place - 1 FROM registrations AS own JOIN intakes AS i ON i.id = own.intake_id
                WHERE own.unit = ?1 AND own.state = 'offered' LIMIT 1))),
        (SELECT max(w.rank) + 1 FROM registrations AS w WHERE w.cohort_id = r.cohort_id AND w.state = 'waiting'),
        1)
    FROM registrations AS r
    WHERE r.unit = ?1 AND r.state = 'offered' AND r.held_until <= ?2 AND r.returned = 0";

const LAPSE: &str = "
    UPDATE registrations
    SET state = iif(returned, 'lapsed', 'waiting'), act = iif(returned, 'lapsed', 'returned'), returned = 1, held_until = NULL,
        changed_at = ?2, author = 'system', reason = NULL
    WHERE unit = ?1 AND state = 'offered' AND held_until <= ?2";

/// Being passed is counted from the new place on.
const FORGET_OVERTAKES: &str = "
    UPDATE parties SET overtaken = 0, preferred = 0, preferred_at = NULL
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM registrations WHERE unit = ?1 AND state = 'waiting' AND changed_at = ?2 AND act = 'returned')";

/// Ends an offer that has run out: the first time the family returns to its stated place, the second time it leaves; the seat goes
/// on. An offer that was answered meanwhile stays as it is.
///
/// # Errors
/// When the database can't be written.
pub async fn lapse(platform: &impl Platform, unit: &str, now: Timestamp) -> Result<(), Refusal> {
    let of_unit = |sql| Statement::new(sql).bind(unit).bind(now);
    let batch = vec![of_unit(PLACE), of_unit(LAPSE), of_unit(FORGET_OVERTAKES), turns::everywhere(now)];
    Ok(platform.batch(batch).await.map(drop)?)
}

const END_PREFERENCES: &str = "
    UPDATE parties SET overtaken = 0, preferred = 0, preferred_at = NULL
    WHERE preferred = 1 AND preferred_at <= ?1 - 3600000 * (
        SELECT max(i.offer_hours) FROM registrations AS r JOIN intakes AS i ON i.id = r.intake_id WHERE r.party_id = parties.id)";

/// Ends what keeps seats free for parties that didn't fit for as long as an offer is held: a party that waits for a seat that
/// never comes must not keep another cohort empty. Being passed is counted anew. Then gives every free seat that suits somebody;
/// each change does this itself, here it makes good what a hand in the tables forgot.
///
/// # Errors
/// When the database can't be written.
pub async fn end_preferences(platform: &impl Platform, now: Timestamp) -> Result<(), Refusal> {
    Ok(platform.batch(vec![Statement::new(END_PREFERENCES).bind(now), turns::everywhere(now)]).await.map(drop)?)
}
