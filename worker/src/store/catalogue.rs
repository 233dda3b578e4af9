//! Reads the catalogue.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::plans::{changes_sql, first_session, slots_sql};
use crate::store::read;
use domain::catalogue::Catalogue;
use domain::date::{Date, Timestamp};
use domain::plan::SessionChange;
use serde::Deserialize;

/// One text in three languages, from its three columns.
macro_rules! localized {
    ($column:literal) => {
        concat!("json_object('kk', ", $column, "_kk, 'ru', ", $column, "_ru, 'en', ", $column, "_en)")
    };
}

/// The intake `i`.
macro_rules! intake_sql {
    () => {
        concat!(
            "json_object('id', i.id, 'name', ",
            $crate::store::catalogue::localized!("i.name"),
            ", 'opens_at', i.opens_at, 'closes_at', i.closes_at,
                'min_age', i.min_age, 'max_age', i.max_age, 'first_session_on', i.first_session_on,
                'last_session_on', i.last_session_on, 'seat_target', i.seat_target, 'offer_hours', i.offer_hours,
                'return_place', i.return_place, 'overtakes_max', i.overtakes_max)"
        )
    };
}

/// A row of `centres`.
macro_rules! centre_sql {
    () => {
        concat!(
            "json_object('id', id, 'name', ",
            $crate::store::catalogue::localized!("name"),
            ", 'city', ",
            $crate::store::catalogue::localized!("city"),
            ", 'address', ",
            $crate::store::catalogue::localized!("address"),
            ", 'provisional', json(iif(provisional, 'true', 'false')))"
        )
    };
}

/// All tracks.
macro_rules! tracks_sql {
    () => {
        concat!(
            "json((SELECT json_group_array(json_object('id', id, 'name', ",
            $crate::store::catalogue::localized!("name"),
            ", 'summary', ",
            $crate::store::catalogue::localized!("summary"),
            ")) FROM (SELECT * FROM tracks ORDER BY place)))"
        )
    };
}

/// Identifiers of the tracks of the cohort `c`.
macro_rules! tracks_of_cohort_sql {
    () => {
        "json((SELECT json_group_array(track_id)
            FROM (SELECT track_id FROM cohort_tracks JOIN tracks ON tracks.id = track_id WHERE cohort_id = c.id ORDER BY place)))"
    };
}

/// The intake that is open at the moment ?1, else the next one, else the one that closed last.
macro_rules! current_sql {
    () => {
        "SELECT * FROM intakes ORDER BY
            opens_at <= ?1 AND ?1 < closes_at DESC,
            opens_at > ?1 DESC,
            CASE WHEN opens_at > ?1 THEN opens_at ELSE -closes_at END
        LIMIT 1"
    };
}

pub(super) use {centre_sql, current_sql, intake_sql, localized, tracks_of_cohort_sql, tracks_sql};

/// The catalogue of the intake `i` on the day ?2, as one JSON text. The order of display is the order of the rows. What a subquery
/// answers is only a text to SQLite, so `json()` tells it again what it is.
macro_rules! catalogue_sql {
    ($which:expr) => {
        concat!(
            "WITH i AS (",
            $which,
            ")
            SELECT json_object('catalogue', json_object(
                'intake', ",
            intake_sql!(),
            ",
                'centres', json((SELECT json_group_array(",
            centre_sql!(),
            ") FROM (SELECT * FROM centres ORDER BY place))),
                'tracks', ",
            tracks_sql!(),
            ",
                'cohorts', json((SELECT json_group_array(json_object(
                        'id', c.id, 'centre', c.centre_id, 'slots', ",
            slots_sql!(),
            ", 'tracks', ",
            tracks_of_cohort_sql!(),
            ",
                        'closed', json(iif(c.closed_at IS NULL, 'false', 'true')), 'first_session', NULL))
                    FROM (SELECT * FROM cohorts WHERE intake_id = i.id ORDER BY place) AS c)),
                'consent', json((SELECT json_object(
                        'version', t.version, 'body', ",
            localized!("t.body"),
            ",
                        'purposes', json((SELECT json_group_array(json_object(
                                'id', purpose, 'required', json(iif(required, 'true', 'false')), 'text', ",
            localized!("text"),
            "))
                            FROM (SELECT * FROM consent_purposes WHERE version = t.version ORDER BY place))))
                    FROM consent_texts AS t ORDER BY t.published_at DESC LIMIT 1))),
            'changed', json((SELECT json_group_array(json_object('cohort', c.id, 'slots_from', c.slots_from, 'changes', ",
            changes_sql!("AND max(day, held_on) >= ?2"),
            "))
                FROM cohorts AS c
                WHERE c.intake_id = i.id AND (c.slots_from IS NOT NULL
                    OR EXISTS (SELECT 1 FROM session_changes WHERE cohort_id = c.id)))),
            'closed_days', json((SELECT json_group_array(json_object('date', day, 'centre', centre_id))
                FROM closed_days WHERE day BETWEEN max(i.first_session_on, ?2) AND i.last_session_on))
            ) FROM i"
        )
    };
}

const CURRENT: &str = catalogue_sql!(current_sql!());

const BY_ID: &str = catalogue_sql!("SELECT * FROM intakes WHERE id = ?1");

/// The catalogue of the intake families are shown at the moment `now`.
///
/// # Errors
/// When the database can't be read, or holds no intake.
pub async fn current(platform: &impl Platform, now: Timestamp) -> Result<Catalogue, Refusal> {
    found(read(platform, Statement::new(CURRENT).bind(now).bind(now.local_date().to_string())).await?, now)
}

/// The catalogue of one intake, open or not, at the moment `now`.
///
/// # Errors
/// When the database can't be read, or has no such intake.
pub async fn of_intake(platform: &impl Platform, intake: &str, now: Timestamp) -> Result<Catalogue, Refusal> {
    found(read(platform, Statement::new(BY_ID).bind(intake).bind(now.local_date().to_string())).await?, now)
}

/// The catalogue without the first sessions, and what they follow from.
#[derive(Deserialize)]
struct Read {
    catalogue: Catalogue,
    changed: Vec<Changed>,
    closed_days: Vec<ClosedDay>,
}

/// A cohort of which more is known than its slots say, with the changes of what is to come.
#[derive(Deserialize)]
struct Changed {
    cohort: String,
    slots_from: Option<Date>,
    changes: Vec<SessionChange>,
}

#[derive(Deserialize)]
struct ClosedDay {
    date: Date,
    centre: Option<String>,
}

fn found(read: Option<Read>, now: Timestamp) -> Result<Catalogue, Refusal> {
    let read = read.ok_or_else(|| Refusal::internal("there is no such intake in the database: seed it first"))?;
    let Read { mut catalogue, mut changed, closed_days } = read;
    let intake = &catalogue.intake;
    for cohort in &mut catalogue.cohorts {
        let known = changed.iter_mut().find(|changed| changed.cohort == cohort.id);
        let (slots_from, changes) =
            known.map(|known| (known.slots_from, std::mem::take(&mut known.changes))).unwrap_or_default();
        let here = |day: &ClosedDay| day.centre.as_ref().is_none_or(|centre| *centre == cohort.centre);
        let closed = |date| closed_days.iter().any(|day| day.date == date && here(day));
        cohort.first_session = first_session(intake, now, &cohort.slots, slots_from, changes, closed);
    }
    Ok(catalogue)
}
