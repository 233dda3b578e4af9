//! What the database must look like, whatever happened to the server.

use std::collections::BTreeMap;

use tumo_tests::database::Database;

use crate::surge::Acknowledged;

/// Applications that lack a part. Each part is written by the same batch, so one without another was stored by halves.
const HALVES: &str = "
    SELECT a.reference FROM applications AS a
    WHERE NOT EXISTS (SELECT 1 FROM students WHERE application_id = a.id)
        OR NOT EXISTS (SELECT 1 FROM guardians WHERE application_id = a.id)
    UNION ALL
    SELECT s.id FROM students AS s
    WHERE NOT EXISTS (SELECT 1 FROM student_identities WHERE student_id = s.id)
        OR NOT EXISTS (SELECT 1 FROM consents WHERE student_id = s.id)
        OR NOT EXISTS (SELECT 1 FROM registrations WHERE student_id = s.id)
    UNION ALL
    SELECT r.id FROM registrations AS r
    WHERE NOT EXISTS (SELECT 1 FROM registration_tracks WHERE registration_id = r.id)
        OR 1 <> (SELECT count(*) FROM journal WHERE registration_id = r.id AND act = 'applied')";

/// Keys, students and registrations that are there more than once.
const TWICE: &str = "
    SELECT key_digest FROM applications GROUP BY key_digest HAVING count(*) > 1
    UNION ALL
    SELECT surname || given_name || born_on FROM students GROUP BY surname, given_name, born_on HAVING count(*) > 1
    UNION ALL
    SELECT student_id FROM registrations GROUP BY student_id HAVING count(*) > 1";

/// Cohorts with more seats given than there are, by their counter or by their rows.
const OVERSOLD: &str = "
    SELECT c.id FROM cohorts AS c
    WHERE c.taken > c.seats
        OR c.seats < (SELECT count(*) FROM registrations WHERE cohort_id = c.id AND state IN ('offered', 'enrolled'))";

/// Cohorts whose counters differ from their rows.
const MISCOUNTED: &str = "
    SELECT c.id FROM cohorts AS c
    WHERE c.taken <> (SELECT count(*) FROM registrations WHERE cohort_id = c.id AND state IN ('offered', 'enrolled'))
        OR c.waiting <> (SELECT count(*) FROM registrations WHERE cohort_id = c.id AND state = 'waiting')";

/// Who got a seat though somebody who had come to the same cohort before still waits. The journal knows who came when.
const OUT_OF_ORDER: &str = "
    SELECT r.id FROM registrations AS r JOIN journal AS j ON j.registration_id = r.id AND j.act = 'applied'
    WHERE r.state IN ('offered', 'enrolled') AND j.entry > (
        SELECT min(jw.entry) FROM registrations AS w JOIN journal AS jw ON jw.registration_id = w.id AND jw.act = 'applied'
        WHERE w.cohort_id = r.cohort_id AND w.state = 'waiting')";

/// How often each promise was broken.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Broken {
    /// Families with an acknowledgement and without an application.
    pub lost: usize,
    /// Applications, students or registrations that are there twice, or that nobody was told of.
    pub doubled: usize,
    /// Cohorts with more seats given than they have.
    pub oversold: usize,
    /// Families that got a seat before others who had come first.
    pub out_of_order: usize,
    /// Applications of which a part is missing.
    pub halves: usize,
    /// Cohorts whose counters differ from their rows.
    pub miscounted: usize,
    /// Faults that SQLite itself finds in the file.
    pub corrupt: usize,
}

/// Looks through the database when these families, and no others, have been acknowledged.
pub fn broken(database: &Database, acknowledged: &[Acknowledged]) -> Broken {
    let mut stored: BTreeMap<String, usize> = BTreeMap::new();
    for reference in database.column("SELECT reference FROM applications", []) {
        *stored.entry(reference.as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    // One registration for each acknowledgement, however often the family asked.
    let lost = acknowledged.iter().filter(|family| stored.remove(&family.reference) != Some(1)).count();
    let count = |sql: &str| database.rows(sql, []).len();
    let sound = database.column("PRAGMA integrity_check", []);
    let corrupt = sound.iter().filter(|line| line.as_str() != Some("ok")).count() + count("PRAGMA foreign_key_check");
    Broken {
        lost,
        doubled: stored.len() + count(TWICE),
        oversold: count(OVERSOLD),
        out_of_order: count(OUT_OF_ORDER),
        halves: count(HALVES),
        miscounted: count(MISCOUNTED),
        corrupt,
    }
}
