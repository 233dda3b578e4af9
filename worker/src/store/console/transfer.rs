//! A seat or place in another cohort for that in this one, and back. The entry `transferred` ends the old registration, the entry after
//! it begins the new one.
//!
//! Who has a seat gets one; who waits gets one where it is free and nobody waits, and is the last of the list otherwise. The new
//! registration stands by itself: brothers and sisters go on waiting without it.
//!
//! The same move may be asked for twice in one millisecond by one person. So no statement tells by moment and author that the batch has
//! ended a registration: each tells it by the last entry of the journal, which is that of the ending until the batch writes the next.

use super::removal::{bring_back, make_room};
use super::{number, undo};
use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::scope::Scope;
use crate::store::staff::Act;
use crate::store::turns;
use domain::error::{ErrorCode, FaultCode};
use domain::registration::RegistrationState;
use domain::staff::Acted;
use domain::staff::journal::{self, undo_until};
use serde::Deserialize;

/// A move.
#[derive(Debug, Clone, Copy)]
pub struct Transfer<'a> {
    /// The registration whose seat or place is given up.
    pub registration: &'a str,
    /// The new registration's id.
    pub new: &'a str,
    /// The cohort.
    pub cohort: &'a str,
    /// Tracks in it; none: those of the old cohort that it offers too.
    pub tracks: &'a [String],
}

/// Whether this batch has just ended the registration `$registration` by `$act`: no batch leaves such an entry as the last one.
macro_rules! just_ended {
    ($registration:literal, $act:literal) => {
        concat!(
            "(SELECT last.registration_id = ",
            $registration,
            " AND last.act = '",
            $act,
            "' FROM journal AS last WHERE last.entry = (SELECT max(entry) FROM journal))"
        )
    };
}

/// Ends the old registration where there is a track in the new cohort and, for whoever has a seat, an open one.
const LEAVE: &str = "
    UPDATE registrations SET state = 'withdrawn', act = 'transferred', author = ?3, changed_at = ?4, reason = ?5
    WHERE id = ?1 AND state IN ('enrolled', 'waiting')
        AND EXISTS (SELECT 1 FROM cohorts AS c WHERE c.id = registrations.cohort_id AND (?2 IS NULL OR c.centre_id = ?2))
        AND EXISTS (
            SELECT 1 FROM cohorts AS c
            WHERE c.id = ?6 AND c.intake_id = registrations.intake_id AND c.id <> registrations.cohort_id
                AND (?2 IS NULL OR c.centre_id = ?2)
                AND (registrations.state = 'waiting' OR c.waiting = 0 AND c.taken < c.seats)
                AND (json_array_length(?7) > 0 OR EXISTS (
                    SELECT 1 FROM registration_tracks AS t JOIN cohort_tracks AS o ON o.track_id = t.track_id
                    WHERE t.registration_id = ?1 AND o.cohort_id = c.id)))";

/// Who waits and has a seat elsewhere comes to the list, and is offered the free one: taking it would end the other.
const ENTER: &str = concat!(
    "INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act, reason)
    SELECT ?5, r.student_id, r.intake_id, c.id,
        iif(c.waiting = 0 AND c.taken < c.seats AND NOT EXISTS (
            SELECT 1 FROM registrations AS seat
            WHERE seat.student_id = r.student_id AND seat.intake_id = r.intake_id AND seat.state = 'enrolled'), 'enrolled', 'waiting'),
        coalesce((SELECT max(w.rank) FROM registrations AS w WHERE w.cohort_id = c.id AND w.state = 'waiting'), 0) + 1,
        ?3, ?3, ?2, 'joined', r.reason
    FROM registrations AS r JOIN cohorts AS c ON c.id = ?4
    WHERE r.id = ?1 AND ",
    just_ended!("r.id", "transferred")
);

const TRACKS: &str = "
    INSERT INTO registration_tracks (registration_id, place, cohort_id, track_id)
    SELECT n.id, row_number() OVER (ORDER BY t.place), n.cohort_id, t.track
    FROM registrations AS n CROSS JOIN (
        SELECT key AS place, value AS track FROM json_each(?3)
        UNION ALL
        SELECT o.place, o.track_id FROM registration_tracks AS o
        WHERE o.registration_id = ?2 AND json_array_length(?3) = 0) AS t
    WHERE n.id = ?1 AND (json_array_length(?3) > 0
        OR EXISTS (SELECT 1 FROM cohort_tracks AS c WHERE c.cohort_id = n.cohort_id AND c.track_id = t.track))";

/// What became of the old registration and of the new one, and how the new cohort stands to it.
const ANSWER: &str = "
    SELECT json_object('state', r.state,
        'moved', json((
            SELECT json_object('entry', k.entry - 1, 'as_begun', json(iif(n.state = k.state, 'true', 'false')))
            FROM journal AS k JOIN registrations AS n ON n.id = k.registration_id
            WHERE k.registration_id = ?3 AND k.act = 'joined')),
        'wanted', json((
            SELECT json_object('open', json(iif(c.waiting = 0 AND c.taken < c.seats, 'true', 'false')),
                'offers', json(iif(EXISTS (
                    SELECT 1 FROM registration_tracks AS t JOIN cohort_tracks AS o ON o.track_id = t.track_id
                    WHERE t.registration_id = r.id AND o.cohort_id = c.id), 'true', 'false')))
            FROM cohorts AS c
            WHERE c.id = ?4 AND c.intake_id = r.intake_id AND c.id <> r.cohort_id AND (?2 IS NULL OR c.centre_id = ?2))))
    FROM registrations AS r JOIN cohorts AS own ON own.id = r.cohort_id
    WHERE r.id = ?1 AND (?2 IS NULL OR own.centre_id = ?2)";

#[derive(Deserialize)]
struct Answer {
    state: RegistrationState,
    moved: Option<Moved>,
    wanted: Option<Wanted>,
}

/// The entry of the move, and whether what it has begun is what it began as: not when the batch has given a seat on the list already.
#[derive(Deserialize)]
struct Moved {
    entry: u64,
    as_begun: bool,
}

#[derive(Deserialize)]
struct Wanted {
    open: bool,
    offers: bool,
}

impl Answer {
    fn refusal(&self, names_tracks: bool) -> Refusal {
        match &self.wanted {
            _ if self.state == RegistrationState::Offered => ErrorCode::OfferStands.into(),
            _ if !self.state.is_live() => ErrorCode::WrongState.into(),
            None => fault("cohort", FaultCode::UnknownCohort),
            Some(wanted) if !wanted.open && self.state == RegistrationState::Enrolled => ErrorCode::NoOpenSeat.into(),
            Some(wanted) if !wanted.offers && !names_tracks => fault("tracks", FaultCode::TrackNotOffered),
            Some(_) => Refusal::internal("a student could be moved and was not"),
        }
    }
}

fn fault(field: &str, code: FaultCode) -> Refusal {
    Refusal::field(ErrorCode::InvalidForm, field.to_owned(), code)
}

/// Moves a student who has a seat or waits; the freed seat goes on. Who is offered a seat by the same act has a letter about it on the
/// way, so there is nothing to be undone.
///
/// # Errors
/// [`ErrorCode::Unknown`]; [`ErrorCode::WrongState`] when there is nothing to give up; [`ErrorCode::OfferStands`] when the family's
/// answer comes first; [`ErrorCode::NoOpenSeat`]; [`ErrorCode::AlreadyRegistered`] in the new cohort; a fault of `cohort` for an
/// unknown one, of `tracks` when there is none that the new cohort offers.
pub async fn transfer(platform: &impl Platform, transfer: Transfer<'_>, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let Transfer { registration, new, cohort, tracks } = transfer;
    let tracks = serde_json::to_string(tracks)?;
    let leave = Statement::new(LEAVE).bind(registration).bind(scope).bind(act.author).bind(act.now).bind(act.reason);
    let batch = vec![
        leave.bind(cohort).bind(tracks.as_str()),
        Statement::new(ENTER).bind(registration).bind(act.author).bind(act.now).bind(cohort).bind(new),
        Statement::new(TRACKS).bind(new).bind(registration).bind(tracks),
        turns::everywhere(act.now),
        Statement::new(ANSWER).bind(registration).bind(scope).bind(new).bind(cohort),
    ];
    let mut rows = match platform.batch(batch).await {
        Ok(rows) => rows,
        Err(DatabaseError::Constraint(refused)) if refused.contains("FOREIGN KEY") => {
            return Err(fault("tracks", FaultCode::TrackNotOffered));
        }
        Err(DatabaseError::Constraint(refused)) if refused.contains("too many places") => {
            return Err(ErrorCode::TooManyPlaces.into());
        }
        Err(DatabaseError::Constraint(refused)) if refused.contains("registrations.") => {
            return Err(ErrorCode::AlreadyRegistered.into());
        }
        Err(other) => return Err(other.into()),
    };
    let answer: Answer = serde_json::from_str(&rows.pop().flatten().ok_or(ErrorCode::Unknown)?)?;
    let Some(Moved { entry, as_begun }) = answer.moved else {
        return Err(answer.refusal(!transfer.tracks.is_empty()));
    };
    Ok(Acted { entry, undo_until: undo_until(journal::Act::Transferred, act.now).filter(|_| as_begun) })
}

/// The registration that the entry ?1 has ended, and the one that began with it, while both are as it left them.
macro_rules! moved {
    () => {
        "WITH moved AS (
            SELECT o.id AS old, n.id AS new, coalesce(j.details ->> 'state', 'enrolled') AS ended
            FROM journal AS j
            JOIN registrations AS o ON o.id = j.registration_id
            JOIN journal AS k ON k.entry = j.entry + 1 AND k.act = 'joined'
            JOIN registrations AS n ON n.id = k.registration_id AND n.student_id = o.student_id
            JOIN cohorts AS c ON c.id = o.cohort_id
            JOIN cohorts AS d ON d.id = n.cohort_id
            WHERE j.entry = ?1 AND j.act = 'transferred' AND o.state = 'withdrawn' AND o.act = 'transferred'
                AND (?2 IS NULL OR c.centre_id = ?2 AND d.centre_id = ?2)"
    };
}

const LEAVE_AGAIN: &str = concat!(
    moved!(),
    " AND n.state = k.state)
    UPDATE registrations SET state = 'withdrawn', act = 'moved', author = ?3, changed_at = ?4, reason = nullif(?5, '')
    FROM moved WHERE registrations.id = moved.new"
);

/// Back to the seat. The schema refuses it where none is free or somebody waits.
const RETURN: &str = concat!(
    moved!(),
    " AND ",
    just_ended!("n.id", "moved"),
    ")
    UPDATE registrations SET state = 'enrolled', act = 'restored', author = ?3, changed_at = ?4, reason = nullif(?5, '')
    FROM moved WHERE registrations.id = moved.old AND moved.ended = 'enrolled'"
);

/// Whose move has just been taken back, and waited before.
macro_rules! waited {
    () => {
        concat!(
            "j.act = 'transferred' AND j.details ->> 'state' = 'waiting' AND r.state = 'withdrawn' AND r.act = 'transferred'
                AND EXISTS (SELECT 1 FROM journal AS k WHERE k.entry = j.entry + 1 AND ",
            just_ended!("k.registration_id", "moved"),
            ")"
        )
    };
}

/// Back to the place on the list.
const MAKE_ROOM: &str = make_room!(waited!());
const RETURN_TO_LIST: &str = bring_back!(waited!());

/// Moves a student back whom the entry has moved.
///
/// # Errors
/// [`ErrorCode::NotUndoable`] when there was a seat and the old cohort has no open one, or what the move has begun is not as it was.
pub async fn move_back(platform: &impl Platform, entry: u64, scope: &Scope, act: Act<'_>) -> Result<Acted, Refusal> {
    let change = |sql| Statement::new(sql).bind(number(entry)).bind(scope).bind(act.author).bind(act.now).bind(act.reason);
    let room = Statement::new(MAKE_ROOM).bind(number(entry)).bind(scope);
    let returned = [change(LEAVE_AGAIN), change(RETURN), room, change(RETURN_TO_LIST)];
    let batch = returned.into_iter().chain([turns::everywhere(act.now)]);
    undo(platform, batch, entry, act.now).await
}
