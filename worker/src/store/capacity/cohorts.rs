//! The cohorts of the intake with everything that coordinators look at, in one statement.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::catalogue::{centre_sql, current_sql, intake_sql, tracks_of_cohort_sql, tracks_sql};
use crate::store::plans::slots_sql;
use crate::store::read;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::staff::cohort::StaffCohorts;

/// Offers are counted through the index of open ones, marks from the counts of each session. A parameter that becomes JSON is cast: D1
/// takes every number for a real one.
const COHORTS: &str = concat!(
    "WITH i AS (",
    current_sql!(),
    "),
    offers AS MATERIALIZED (SELECT cohort_id, count(*) AS seats FROM registrations INDEXED BY offers WHERE state = 'offered' GROUP BY cohort_id)
    SELECT json_object('at', CAST(?1 AS INTEGER), 'intake', ",
    intake_sql!(),
    ", 'centres', json((SELECT json_group_array(json_object('centre', ",
    centre_sql!(),
    ", 'workstations', workstations)) FROM (SELECT * FROM centres WHERE ?2 IS NULL OR id = ?2 ORDER BY place))),
        'tracks', ",
    tracks_sql!(),
    ", 'cohorts', json((SELECT json_group_array(json_object('id', c.id, 'centre', c.centre_id, 'label', c.label, 'slots', ",
    slots_sql!(),
    ", 'tracks', ",
    tracks_of_cohort_sql!(),
    ", 'seats', c.seats, 'enrolled', c.taken - coalesce(o.seats, 0), 'offered', coalesce(o.seats, 0), 'waiting', c.waiting,
            'closed', json(iif(c.closed_at IS NULL, 'false', 'true')),
            'trainers', json((SELECT json_group_array(json_object('id', id, 'name', name))
                FROM (SELECT m.id, m.name FROM cohort_trainers AS t JOIN staff_members AS m ON m.id = t.staff_id
                    WHERE t.cohort_id = c.id ORDER BY m.name))),
            'marks', json((SELECT json_object('present', coalesce(sum(present), 0), 'late', coalesce(sum(late), 0),
                    'excused', coalesce(sum(excused), 0), 'absent', coalesce(sum(absent), 0))
                FROM session_counts WHERE cohort_id = c.id)),
            'version', c.version))
            FROM (SELECT * FROM cohorts WHERE intake_id = i.id AND (?2 IS NULL OR centre_id = ?2) ORDER BY place) AS c
            LEFT JOIN offers AS o ON o.cohort_id = c.id)),
        'trainers', json((SELECT json_group_array(json_object('id', id, 'name', name, 'centre', centre_id))
            FROM (SELECT * FROM staff_members
                WHERE role = 'trainer' AND disabled_at IS NULL AND (?2 IS NULL OR centre_id = ?2) ORDER BY name))))
    FROM i"
);

/// The cohorts within reach at the moment `now`.
///
/// # Errors
/// When the database can't be read, or holds no intake.
pub async fn all(platform: &impl Platform, scope: &Scope, now: Timestamp) -> Result<StaffCohorts, Refusal> {
    let cohorts = read(platform, Statement::new(COHORTS).bind(now).bind(scope)).await?;
    cohorts.ok_or_else(|| Refusal::internal("there is no intake in the database: seed it first"))
}
