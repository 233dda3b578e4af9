//! Sessions as roll calls see them: who has a seat, every mark, and new marks. A mark is never changed, so nothing here updates one.

mod marks;
mod roll_call;
mod undo;

pub use marks::keep;
pub use roll_call::roll_call;
pub use undo::undo;

use crate::platform::Statement;
use crate::refusal::Refusal;
use crate::store::plans::{plan_sql, session_cohort_sql};
use crate::store::scope::Scope;
use domain::date::Date;
use domain::plan::{Plan, PlannedSession};
use domain::staff::attendance::{SessionCohort, SessionKey};
use serde::Deserialize;

/// A cohort, with everything from which its sessions follow.
#[derive(Debug, Clone, Deserialize)]
struct Planned {
    cohort: SessionCohort,
    plan: Plan,
    closed: Vec<Date>,
}

/// Cohorts of the JSON list ?1, within the scope ?2.
const PLANNED: &str = concat!(
    "SELECT json_group_array(json_object('cohort', ",
    session_cohort_sql!(),
    ", 'plan', ",
    plan_sql!(),
    ", 'closed', json((SELECT json_group_array(day) FROM closed_days WHERE centre_id IS NULL OR centre_id = c.centre_id))))
    FROM json_each(?1) AS wanted CROSS JOIN cohorts AS c ON c.id = wanted.value JOIN intakes AS i ON i.id = c.intake_id
    WHERE ?2 IS NULL OR c.centre_id = ?2"
);

/// Reads the cohorts that are within reach.
fn planned(cohorts: &[&str], scope: &Scope) -> Result<Statement, Refusal> {
    Ok(Statement::new(PLANNED).bind(serde_json::to_string(cohorts)?).bind(scope))
}

impl Planned {
    /// The session of this name; none when there never was one.
    fn session(&self, key: &SessionKey) -> Option<PlannedSession> {
        let sessions = self.plan.sessions(|day| self.closed.contains(&day));
        sessions.into_iter().find(|session| (session.date, session.start) == (key.date, key.start))
    }
}

#[cfg(test)]
mod tests;
