//! What the database says after a surge, whatever the answers said.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags};

/// How long to wait for the server's own work on the file.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// What must all be zero.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrongs {
    /// Seats given beyond what a cohort has.
    pub oversold: u32,
    /// Confirmed applications without their registration.
    pub lost: u32,
    /// Seats given to somebody while another, decided earlier, waits for one in the same cohort.
    pub out_of_order: u32,
    /// Cohorts whose counters say something else than their rows, and students with two live places in one cohort.
    pub miscounted: u32,
}

impl Wrongs {
    /// Looks for wrongs in the database, given the references of everybody who was told to be registered.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn find(database: &Path, confirmed: &HashSet<String>) -> Result<Self> {
        let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .with_context(|| format!("{} can't be read", database.display()))?;
        connection.busy_timeout(LOCK_WAIT)?;
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get(0));
        let mut registered = connection.prepare(
            "SELECT a.reference FROM applications AS a WHERE EXISTS (
                SELECT 1 FROM students AS s JOIN registrations AS r ON r.student_id = s.id WHERE s.application_id = a.id)",
        )?;
        let registered: HashSet<String> = registered.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            oversold: count(
                "SELECT coalesce(sum(max(0, live - seats)), 0) FROM (
                    SELECT c.seats, (SELECT count(*) FROM registrations AS r
                        WHERE r.cohort_id = c.id AND r.state IN ('offered', 'enrolled')) AS live
                    FROM cohorts AS c)",
            )?,
            lost: confirmed.difference(&registered).count().try_into()?,
            out_of_order: count(
                "SELECT count(*) FROM registrations AS seated
                JOIN (SELECT cohort_id, min(sequence) AS first FROM registrations WHERE state = 'waiting' GROUP BY cohort_id) AS w
                    ON w.cohort_id = seated.cohort_id
                WHERE seated.state IN ('offered', 'enrolled') AND seated.sequence > w.first",
            )?,
            miscounted: count(
                "SELECT (SELECT count(*) FROM cohorts AS c
                    WHERE c.taken <> (SELECT count(*) FROM registrations AS r
                            WHERE r.cohort_id = c.id AND r.state IN ('offered', 'enrolled'))
                        OR c.waiting <> (SELECT count(*) FROM registrations AS r
                            WHERE r.cohort_id = c.id AND r.state = 'waiting'))
                    + (SELECT count(*) FROM (SELECT 1 FROM registrations WHERE state IN ('waiting', 'offered', 'enrolled')
                        GROUP BY student_id, cohort_id HAVING count(*) > 1))",
            )?,
        })
    }

    /// Is everything as promised?
    pub fn none(&self) -> bool {
        *self == Self { oversold: 0, lost: 0, out_of_order: 0, miscounted: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("wrong.sqlite");
        Connection::open(&file)
            .unwrap()
            .execute_batch(
                "CREATE TABLE applications (id, reference); CREATE TABLE students (id, application_id);
                CREATE TABLE registrations (sequence INTEGER PRIMARY KEY, student_id, cohort_id, state);
                CREATE TABLE cohorts (id, seats, taken, waiting);
                INSERT INTO cohorts VALUES ('a', 1, 2, 1), ('b', 1, 0, 0);
                INSERT INTO applications VALUES (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four');
                INSERT INTO students VALUES (1, 1), (2, 2), (3, 3), (4, 4);
                INSERT INTO registrations VALUES (1, 1, 'a', 'enrolled'), (2, 2, 'a', 'waiting'), (3, 3, 'a', 'enrolled');",
            )
            .unwrap();
        let told = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let found = Wrongs::find(&file, &told(&["one", "two", "four", "five"])).unwrap();
        assert_eq!(found, Wrongs { oversold: 1, lost: 2, out_of_order: 1, miscounted: 0 });
        Connection::open(&file).unwrap().execute("UPDATE cohorts SET waiting = 5 WHERE id = 'b'", []).unwrap();
        let found = Wrongs::find(&file, &told(&[])).unwrap();
        assert_eq!((found.lost, found.miscounted), (0, 1));
    }
}
