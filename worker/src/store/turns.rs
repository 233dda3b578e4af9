//! Gives free seats to those whose turn it is. The rule is the schema's (`0004_waiting_list.sql`); a statement of this module
//! follows, in the same batch, whatever frees or adds a seat or changes an order.

use crate::platform::Statement;
use crate::refusal::Refusal;
use domain::date::Timestamp;

/// As many looks at each cohort as there are free seats to give and people to get them; where a party waits, as many as there are
/// everywhere: what is given in one cohort can decide whether a party has its turn in another, and every round but the last gives
/// something. Cohorts take turns, so that none is served far ahead of another.
macro_rules! turns_sql {
    ($which:literal) => {
        concat!(
            "INSERT INTO turns (cohort_id, at)
            WITH RECURSIVE looks (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM looks WHERE n < 1000)
            SELECT c.id, ?1
            FROM cohorts AS c CROSS JOIN looks
            WHERE c.taken < c.seats AND c.waiting > 0 ",
            $which,
            " AND looks.n <= iif(EXISTS (SELECT 1 FROM registrations AS w
                    WHERE w.cohort_id = c.id AND w.state = 'waiting' AND w.party_id IS NOT NULL),
                (SELECT sum(min(d.seats - d.taken, d.waiting)) FROM cohorts AS d WHERE d.taken < d.seats AND d.waiting > 0),
                min(c.seats - c.taken, c.waiting))
            ORDER BY looks.n, c.id"
        )
    };
}

const EVERYWHERE: &str = turns_sql!("");
const OF_COHORTS: &str = turns_sql!(
    "AND (c.id IN (SELECT value FROM json_each(?2))
                OR EXISTS (SELECT 1 FROM registrations AS w
                    WHERE w.cohort_id = c.id AND w.state = 'waiting' AND w.party_id IS NOT NULL))"
);

/// Gives every free seat that suits somebody.
pub fn everywhere(now: Timestamp) -> Statement {
    Statement::new(EVERYWHERE).bind(now)
}

/// Gives the free seats of these cohorts, and of those where parties wait: what an application, which frees no seat elsewhere, needs.
///
/// # Errors
/// Never in practice: a list of texts has a JSON form.
pub fn of_cohorts(cohorts: &[&str], now: Timestamp) -> Result<Statement, Refusal> {
    Ok(Statement::new(OF_COHORTS).bind(now).bind(serde_json::to_string(cohorts)?))
}
