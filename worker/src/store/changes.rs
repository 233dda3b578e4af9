//! What a family changes on its private page: each change is one batch, which also gives the freed seats on and reads the page.
//!
//! A repeated change changes nothing and gets the page as it is. Whether a link may change a registration is asked by the statements
//! themselves.

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::my::{self, Stored};
use crate::store::turns;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::registration::RegistrationState;
use serde_json::json;

/// The unit of the registration ?1, if it has an offer and the link ?2 leads to it. One that has left its party says nothing about
/// the others' offer.
macro_rules! own_unit {
    () => {
        "(SELECT own.unit FROM registrations AS own JOIN students AS s ON s.id = own.student_id
            JOIN applications AS a ON a.id = s.application_id WHERE own.id = ?1 AND own.state = 'offered' AND a.link_digest = ?2)"
    };
}

/// The seats that acceptance ends: one live seat a student.
const RELEASE: &str = concat!(
    "UPDATE registrations SET state = 'withdrawn', act = 'moved', author = 'family', changed_at = ?3, reason = NULL
    WHERE state = 'enrolled' AND (student_id, intake_id) IN (
        SELECT student_id, intake_id FROM registrations WHERE state = 'offered' AND unit = ",
    own_unit!(),
    ")"
);

const ACCEPT: &str = concat!(
    "UPDATE registrations
    SET state = 'enrolled', held_until = NULL, act = 'accepted', author = 'family', changed_at = ?3, reason = NULL
    WHERE state = 'offered' AND unit = ",
    own_unit!()
);

const DECLINE: &str = concat!(
    "UPDATE registrations
    SET state = 'withdrawn', held_until = NULL, act = 'declined', author = 'family', changed_at = ?3, reason = NULL
    WHERE state = 'offered' AND unit = ",
    own_unit!()
);

const WITHDRAW: &str = "
    UPDATE registrations SET state = 'withdrawn', act = 'withdrawn', author = 'family', changed_at = ?3, reason = NULL
    WHERE id = ?1 AND state IN ('waiting', 'enrolled') AND student_id IN (
        SELECT s.id FROM students AS s JOIN applications AS a ON a.id = s.application_id WHERE a.link_digest = ?2)";

/// Whose page, which registration, when.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Hash of the private link's secret.
    pub link_digest: &'a str,
    /// The registration's id.
    pub registration: &'a str,
    /// The moment.
    pub now: Timestamp,
}

impl Change<'_> {
    fn statement(&self, sql: &'static str) -> Statement {
        Statement::new(sql).bind(self.registration).bind(self.link_digest).bind(self.now)
    }

    /// Runs the change; `wanted` is the state it leads to, `over` what to say when the registration is in another one after it.
    async fn run(
        &self,
        platform: &impl Platform,
        change: impl IntoIterator<Item = &'static str>,
        wanted: RegistrationState,
        over: ErrorCode,
    ) -> Result<Stored, Refusal> {
        let batch = change.into_iter().map(|sql| self.statement(sql));
        let batch = batch.chain([turns::everywhere(self.now), my::statement(self.link_digest)]).collect();
        let stored = page(platform.batch(batch).await?)?;
        match stored.registration(self.registration) {
            None => Err(ErrorCode::UnknownLink.into()),
            Some(registration) if registration.state == wanted => Ok(stored),
            Some(_) => Err(over.into()),
        }
    }
}

fn page(rows: Vec<Option<String>>) -> Result<Stored, Refusal> {
    let page = rows.into_iter().next_back().flatten().ok_or(ErrorCode::UnknownLink)?;
    Ok(serde_json::from_str(&page)?)
}

/// Takes the offered seat, of a party all its seats; a seat the student has elsewhere is released.
///
/// # Errors
/// [`ErrorCode::OfferOver`] when there is no offer any more, [`ErrorCode::UnknownLink`] when the link doesn't lead to it.
pub async fn accept(platform: &impl Platform, change: Change<'_>) -> Result<Stored, Refusal> {
    change.run(platform, [RELEASE, ACCEPT], RegistrationState::Enrolled, ErrorCode::OfferOver).await
}

/// Gives the offered seat up, of a party all its seats.
///
/// # Errors
/// As [`accept`].
pub async fn decline(platform: &impl Platform, change: Change<'_>) -> Result<Stored, Refusal> {
    change.run(platform, [DECLINE], RegistrationState::Withdrawn, ErrorCode::OfferOver).await
}

/// Gives a seat or a place on the list up; an offered seat is declined.
///
/// # Errors
/// [`ErrorCode::RegistrationOver`] when it has ended otherwise, [`ErrorCode::UnknownLink`] when the link doesn't lead to it.
pub async fn withdraw(platform: &impl Platform, change: Change<'_>) -> Result<Stored, Refusal> {
    change.run(platform, [DECLINE, WITHDRAW], RegistrationState::Withdrawn, ErrorCode::RegistrationOver).await
}

/// A student's wish for another cohort.
#[derive(Debug, Clone, Copy)]
pub struct Join<'a> {
    /// Hash of the private link's secret.
    pub link_digest: &'a str,
    /// The student's id.
    pub student: &'a str,
    /// The new registration's id.
    pub registration: &'a str,
    /// The cohort.
    pub cohort: &'a str,
    /// One to three tracks it offers.
    pub tracks: &'a [String],
    /// The moment.
    pub now: Timestamp,
}

/// The seat that the change of schedule ends, if there is a seat in the new cohort.
const RELEASE_FOR: &str = "
    UPDATE registrations SET state = 'withdrawn', act = 'moved', author = 'family', changed_at = ?4, reason = NULL
    WHERE state = 'enrolled'
        AND student_id IN (
            SELECT s.id FROM students AS s JOIN applications AS a ON a.id = s.application_id WHERE s.id = ?1 AND a.link_digest = ?2)
        AND EXISTS (
            SELECT 1 FROM cohorts AS c
            WHERE c.id = ?3 AND c.intake_id = registrations.intake_id AND c.id <> registrations.cohort_id
                AND c.waiting = 0 AND c.taken < c.seats)";

/// Decides like an application. It may come after the closing time, as long as there are sessions: a schedule can be changed, a
/// list joined, while the intake lasts.
const JOIN: &str = "
    INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
    SELECT ?5, s.id, c.intake_id, c.id, iif(c.waiting = 0 AND c.taken < c.seats, 'enrolled', 'waiting'),
        coalesce((SELECT max(w.rank) FROM registrations AS w WHERE w.cohort_id = c.id AND w.state = 'waiting'), 0) + 1,
        ?4, ?4, 'family', 'joined'
    FROM applications AS a
    JOIN students AS s ON s.application_id = a.id
    JOIN cohorts AS c ON c.id = ?3
    JOIN intakes AS i ON i.id = c.intake_id
    WHERE a.link_digest = ?2 AND s.id = ?1 AND i.opens_at <= ?4 AND ?6 <= i.last_session_on
        AND EXISTS (SELECT 1 FROM registrations AS r WHERE r.student_id = s.id AND r.intake_id = c.intake_id)";

const JOIN_TRACKS: &str = "
    INSERT INTO registration_tracks (registration_id, place, cohort_id, track_id)
    SELECT ?1, value ->> 'place', ?2, value ->> 'track' FROM json_each(?3)";

/// Registers the student in one more cohort of the intake: enrolled, and released elsewhere, where a seat is free and nobody waits;
/// waiting, with everything kept, otherwise.
///
/// # Errors
/// [`ErrorCode::TooManyPlaces`], [`ErrorCode::NotOffered`], [`ErrorCode::AlreadyRegistered`] when the student was registered anew
/// after this registration had ended.
pub async fn join(platform: &impl Platform, join: Join<'_>) -> Result<Stored, Refusal> {
    let own = |sql| Statement::new(sql).bind(join.student).bind(join.link_digest).bind(join.cohort).bind(join.now);
    let tracks: Vec<_> =
        (1..).zip(join.tracks).map(|(place, track): (u32, _)| json!({ "place": place, "track": track })).collect();
    let tracks = serde_json::to_string(&tracks)?;
    let batch = vec![
        own(RELEASE_FOR),
        own(JOIN).bind(join.registration).bind(join.now.local_date().to_string()),
        // Without a registration there is nothing these rows could belong to: the whole batch is refused then.
        Statement::new(JOIN_TRACKS).bind(join.registration).bind(join.cohort).bind(tracks),
        turns::everywhere(join.now),
        my::statement(join.link_digest),
    ];
    match platform.batch(batch).await {
        Ok(rows) => page(rows),
        Err(DatabaseError::Constraint(refused))
            if ["registrations.", "too many places"].iter().any(|words| refused.contains(words)) =>
        {
            // Already there: this is a repetition, or a place that is kept.
            let stored = my::by_link(platform, join.link_digest).await?.ok_or(ErrorCode::UnknownLink)?;
            if stored.is_in(join.student, join.cohort) { Ok(stored) } else { Err(ErrorCode::TooManyPlaces.into()) }
        }
        Err(DatabaseError::Constraint(refused))
            if ["FOREIGN KEY", "cohort_is_closed"].iter().any(|words| refused.contains(words)) =>
        {
            Err(ErrorCode::NotOffered.into())
        }
        Err(DatabaseError::Constraint(refused)) if refused.contains("registered elsewhere") => {
            Err(ErrorCode::AlreadyRegistered.into())
        }
        Err(other) => Err(other.into()),
    }
}

const SETTINGS: &str = "UPDATE applications SET take_at_once = ?2 WHERE link_digest = ?1";

/// Whether a seat from the waiting list shall be taken without asking first, from now on.
///
/// # Errors
/// [`ErrorCode::UnknownLink`] when the link was never issued.
pub async fn take_at_once(platform: &impl Platform, link_digest: &str, wanted: bool) -> Result<Stored, Refusal> {
    let change = Statement::new(SETTINGS).bind(link_digest).bind(i64::from(wanted));
    page(platform.batch(vec![change, my::statement(link_digest)]).await?)
}
