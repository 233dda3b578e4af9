//! Reads the catalogue.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use domain::catalogue::Catalogue;
use domain::date::Timestamp;

/// One text in three languages, from its three columns.
macro_rules! localized {
    ($column:literal) => {
        concat!("json_object('kk', ", $column, "_kk, 'ru', ", $column, "_ru, 'en', ", $column, "_en)")
    };
}

/// The catalogue of the intake `i`, as one JSON text. The order of display is the order of the rows. What a subquery answers is
/// only a text to SQLite, so `json()` tells it again what it is.
macro_rules! catalogue_sql {
    ($which:literal) => {
        concat!(
            "WITH i AS (", $which, ")
            SELECT json_object(
                'intake', json_object(
                    'id', i.id, 'name', ", localized!("i.name"), ", 'opens_at', i.opens_at, 'closes_at', i.closes_at,
                    'min_age', i.min_age, 'max_age', i.max_age, 'first_session_on', i.first_session_on,
                    'last_session_on', i.last_session_on, 'seat_target', i.seat_target, 'offer_hours', i.offer_hours,
                    'return_place', i.return_place, 'overtakes_max', i.overtakes_max),
                'centres', json((SELECT json_group_array(json_object(
                        'id', id, 'name', ", localized!("name"), ", 'city', ", localized!("city"), ", 'address', ",
                        localized!("address"), ", 'provisional', json(iif(provisional, 'true', 'false'))))
                    FROM (SELECT * FROM centres ORDER BY place))),
                'tracks', json((SELECT json_group_array(json_object(
                        'id', id, 'name', ", localized!("name"), ", 'summary', ", localized!("summary"), "))
                    FROM (SELECT * FROM tracks ORDER BY place))),
                'cohorts', json((SELECT json_group_array(json_object(
                        'id', c.id, 'centre', c.centre_id,
                        'slots', json((SELECT json_group_array(json_object('weekday', weekday, 'start', starts, 'end', ends))
                            FROM (SELECT * FROM slots WHERE cohort_id = c.id ORDER BY weekday, starts))),
                        'tracks', json((SELECT json_group_array(track_id)
                            FROM (SELECT track_id FROM cohort_tracks JOIN tracks ON tracks.id = track_id
                                WHERE cohort_id = c.id ORDER BY place)))))
                    FROM (SELECT * FROM cohorts WHERE intake_id = i.id ORDER BY place) AS c)),
                'closed_days', json((SELECT json_group_array(json_object(
                        'date', day, 'centre', centre_id, 'reason', ", localized!("reason"), "))
                    FROM (SELECT * FROM closed_days WHERE day BETWEEN i.first_session_on AND i.last_session_on ORDER BY day))),
                'consent', json((SELECT json_object(
                        'version', t.version, 'body', ", localized!("t.body"), ",
                        'purposes', json((SELECT json_group_array(json_object(
                                'id', purpose, 'required', json(iif(required, 'true', 'false')), 'text', ", localized!("text"), "))
                            FROM (SELECT * FROM consent_purposes WHERE version = t.version ORDER BY place))))
                    FROM consent_texts AS t ORDER BY t.published_at DESC LIMIT 1))
            ) FROM i"
        )
    };
}

/// The intake that is open at the moment ?1, else the next one, else the one that closed last.
const CURRENT: &str = catalogue_sql!(
    "SELECT * FROM intakes ORDER BY
        opens_at <= ?1 AND ?1 < closes_at DESC,
        opens_at > ?1 DESC,
        CASE WHEN opens_at > ?1 THEN opens_at ELSE -closes_at END
    LIMIT 1"
);

const BY_ID: &str = catalogue_sql!("SELECT * FROM intakes WHERE id = ?1");

/// The catalogue of the intake families are shown at the moment `now`.
///
/// # Errors
/// When the database can't be read, or holds no intake.
pub async fn current(platform: &impl Platform, now: Timestamp) -> Result<Catalogue, Refusal> {
    found(read(platform, Statement::new(CURRENT).bind(now)).await?)
}

/// The catalogue of one intake, open or not.
///
/// # Errors
/// When the database can't be read, or has no such intake.
pub async fn of_intake(platform: &impl Platform, intake: &str) -> Result<Catalogue, Refusal> {
    found(read(platform, Statement::new(BY_ID).bind(intake)).await?)
}

fn found(catalogue: Option<Catalogue>) -> Result<Catalogue, Refusal> {
    catalogue.ok_or_else(|| Refusal::internal("there is no such intake in the database: seed it first"))
}
