//! Figures without names, counted in one statement and so at one moment.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use crate::store::scope::Scope;
use domain::catalogue::Catalogue;
use domain::date::Timestamp;
use domain::staff::cohort::StaffCentre;
use domain::staff::overview::{CentreProgress, CohortFill, Overview, TrackDemand, WeekFigures};
use serde::Deserialize;
use std::collections::HashMap;

/// Sums of the counts `n` as JSON; all are zero where there is no row.
macro_rules! marks {
    () => {
        "json_object('present', coalesce(sum(n.present), 0), 'late', coalesce(sum(n.late), 0),
            'excused', coalesce(sum(n.excused), 0), 'absent', coalesce(sum(n.absent), 0))"
    };
}

/// Of the intake ?1, within the centre ?2 if given. What is counted row by row are those who have a seat or wait, for their tracks, and
/// open offers; all else was counted when it happened.
const FIGURES: &str = concat!(
    "WITH here AS MATERIALIZED (
        SELECT c.* FROM cohorts AS c WHERE c.intake_id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)),
    held AS MATERIALIZED (
        SELECT here.centre_id, count(*) AS seats
        FROM registrations AS r INDEXED BY offers JOIN here ON here.id = r.cohort_id WHERE r.state = 'offered' GROUP BY here.centre_id),
    sessions AS MATERIALIZED (
        SELECT n.*, here.centre_id, date(n.day, 'weekday 0', '-6 days') AS monday
        FROM here CROSS JOIN session_counts AS n ON n.cohort_id = here.id)
    SELECT json_object(
        'workstations', json((SELECT json_group_object(id, workstations) FROM centres WHERE ?2 IS NULL OR id = ?2)),
        'progress', json((SELECT json_group_array(json_object('centre', centre.id,
                'seats', (SELECT coalesce(sum(seats), 0) FROM here WHERE centre_id = centre.id),
                'enrolled', (SELECT coalesce(sum(taken), 0) FROM here WHERE centre_id = centre.id)
                    - coalesce((SELECT seats FROM held WHERE centre_id = centre.id), 0),
                'offered', coalesce((SELECT seats FROM held WHERE centre_id = centre.id), 0),
                'waiting', (SELECT coalesce(sum(waiting), 0) FROM here WHERE centre_id = centre.id),
                'marks', json((SELECT ",
    marks!(),
    " FROM sessions AS n WHERE n.centre_id = centre.id))))
            FROM (SELECT id FROM centres WHERE ?2 IS NULL OR id = ?2 ORDER BY place) AS centre)),
        'weeks', json((SELECT json_group_array(json(week)) FROM (
            SELECT json_object('monday', n.monday, 'centre', n.centre_id, 'enrolled', sum(n.enrolled), 'left', sum(n.given_up),
                'marks', ",
    marks!(),
    ") AS week
            FROM (
                SELECT centre_id, monday, present, late, excused, absent, 0 AS enrolled, 0 AS given_up FROM sessions
                UNION ALL
                SELECT here.centre_id, w.monday, 0, 0, 0, 0, w.enrolled, w.given_up
                FROM here CROSS JOIN enrolment_weeks AS w ON w.cohort_id = here.id) AS n
            GROUP BY n.monday, n.centre_id))),
        'demand', json((SELECT json_group_array(json(demand)) FROM (
            SELECT json_object('track', t.track_id, 'centre', here.centre_id, 'first', sum(t.place = 1), 'chosen', count(*),
                'waiting', sum(r.state = 'waiting')) AS demand
            FROM here
            CROSS JOIN registrations AS r ON r.cohort_id = here.id AND r.decided_at > 0 AND r.state IN ('enrolled', 'offered', 'waiting')
            CROSS JOIN registration_tracks AS t ON t.registration_id = r.id
            GROUP BY t.track_id, here.centre_id))),
        'cohorts', json((SELECT json_group_array(json_object('id', id, 'centre', centre_id, 'label', label, 'seats', seats,
                'taken', taken, 'waiting', waiting,
                'slots', json((SELECT json_group_array(json_object('weekday', weekday, 'start', starts, 'end', ends))
                    FROM (SELECT * FROM slots WHERE cohort_id = c.id ORDER BY weekday, starts))),
                'marks', json((SELECT ",
    marks!(),
    " FROM session_counts AS n WHERE n.cohort_id = c.id))))
            FROM (SELECT * FROM here ORDER BY place) AS c)))"
);

#[derive(Deserialize)]
struct Figures {
    workstations: HashMap<String, Option<u32>>,
    progress: Vec<CentreProgress>,
    weeks: Vec<WeekFigures>,
    demand: Vec<TrackDemand>,
    cohorts: Vec<CohortFill>,
}

/// The figures of the catalogue's intake, within reach.
///
/// # Errors
/// When the database can't be read.
pub async fn overview(
    platform: &impl Platform,
    catalogue: &Catalogue,
    scope: &Scope,
    now: Timestamp,
) -> Result<Overview, Refusal> {
    let figures = Statement::new(FIGURES).bind(catalogue.intake.id.as_str()).bind(scope);
    let figures: Option<Figures> = read(platform, figures).await?;
    let figures = figures.ok_or_else(|| Refusal::internal("the figures answered nothing"))?;
    let within = catalogue.centres.iter().filter_map(|centre| {
        let workstations = *figures.workstations.get(&centre.id)?;
        Some(StaffCentre { centre: centre.clone(), workstations })
    });
    Ok(Overview {
        at: now,
        intake: catalogue.intake.clone(),
        centres: within.collect(),
        tracks: catalogue.tracks.clone(),
        progress: figures.progress,
        weeks: figures.weeks,
        demand: figures.demand,
        cohorts: figures.cohorts,
    })
}

#[cfg(test)]
mod tests;
