//! Reads rosters: the students of a cohort in every state, and those whom a search finds.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::roster::{Roster, RosterRow, SEARCH_MAX, Search};

/// One row of the registration `r` of the student `s` with the application `a`.
macro_rules! row {
    ($position:literal) => {
        concat!(
            "json_object('registration', r.id, 'student', s.id, 'cohort', r.cohort_id, 'reference', a.reference,
                'surname', s.surname, 'given_name', s.given_name, 'patronymic', s.patronymic, 'born_on', s.born_on,
                'school', s.school, 'grade', s.grade, 'state', r.state, 'held_until', r.held_until, 'changed_at', r.changed_at,
                'party', json(iif(r.party_id IS NULL, 'false', 'true')),
                'position', ",
            $position,
            ", 'tracks', json((SELECT json_group_array(track_id) FROM (
                    SELECT track_id FROM registration_tracks WHERE registration_id = r.id ORDER BY place))),
                'marks', json((SELECT json_object('present', coalesce(sum(status = 'present'), 0),
                        'late', coalesce(sum(status = 'late'), 0), 'excused', coalesce(sum(status = 'excused'), 0),
                        'absent', coalesce(sum(status = 'absent'), 0))
                    FROM attendance WHERE registration_id = r.id)))"
        )
    };
}

/// The most rows of a cohort's roster: a row of D1 holds two megabytes. Those who are there come first, then the list, then the rest.
pub const ROSTER_MAX: usize = 2_000;

const OF_COHORT: &str = concat!(
    "WITH list AS MATERIALIZED (
        SELECT id, row_number() OVER (ORDER BY rank, sequence) AS position
        FROM registrations WHERE cohort_id = ?1 AND state = 'waiting')
    SELECT json_group_array(json(line)) FROM (
        SELECT ",
    row!("list.position"),
    " AS line
        FROM cohorts AS c
        CROSS JOIN registrations AS r ON r.cohort_id = c.id AND r.decided_at > 0
        CROSS JOIN students AS s ON s.id = r.student_id
        CROSS JOIN applications AS a ON a.id = s.application_id
        LEFT JOIN list ON list.id = r.id
        WHERE c.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)
        ORDER BY CASE r.state WHEN 'enrolled' THEN 1 WHEN 'offered' THEN 2 WHEN 'waiting' THEN 3 ELSE 4 END, list.position,
            r.changed_at DESC
        LIMIT ?3)
    HAVING EXISTS (SELECT 1 FROM cohorts WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2))"
);

/// Everybody who has or had a seat or place in the cohort.
///
/// # Errors
/// [`ErrorCode::Unknown`].
pub async fn of_cohort(platform: &impl Platform, cohort: &str, scope: &Scope, now: Timestamp) -> Result<Roster, Refusal> {
    let statement = Statement::new(OF_COHORT).bind(cohort).bind(scope).bind(limit(ROSTER_MAX));
    let rows: Option<Vec<RosterRow>> = read(platform, statement).await?;
    Ok(roster(rows.ok_or(ErrorCode::Unknown)?, ROSTER_MAX, now))
}

/// The place of one who waits among all of its cohort.
macro_rules! found_row {
    () => {
        row!(
            "iif(r.state = 'waiting', (SELECT count(*) FROM registrations AS ahead
                WHERE ahead.cohort_id = r.cohort_id AND ahead.state = 'waiting'
                    AND (ahead.rank, ahead.sequence) <= (r.rank, r.sequence)), NULL)"
        )
    };
}

/// The registrations in the intake ?1 of the students `s` that are found; where there are more than are answered, the first of them.
macro_rules! found {
    ($students:literal, $where:literal, $first:expr) => {
        concat!(
            "SELECT json_group_array(json(line)) FROM (
                SELECT ",
            found_row!(),
            " AS line
                FROM (
                    SELECT r.id AS registration FROM ",
            $students,
            "   CROSS JOIN registrations AS r ON r.student_id = s.id AND r.intake_id = ?1
                    CROSS JOIN cohorts AS c ON c.id = r.cohort_id AND (?2 IS NULL OR c.centre_id = ?2)
                    WHERE ",
            $where,
            "   ORDER BY ",
            $first,
            "r.sequence LIMIT ?3) AS hit
                CROSS JOIN registrations AS r ON r.id = hit.registration
                CROSS JOIN students AS s ON s.id = r.student_id
                CROSS JOIN applications AS a ON a.id = s.application_id)"
        )
    };
}

/// How near to the name of `s` the word `$word` stands, as [`Search::order`] has it: at the beginning of the surname, of the given name,
/// of the patronymic, or in the middle of any. No word at all stands at every beginning.
macro_rules! nearness {
    ($word:literal) => {
        concat!(
            "CASE WHEN instr(' ' || s.search, ' ' || ltrim(",
            $word,
            ")) = 1 THEN 0
                WHEN instr(substr(s.search, instr(s.search, ' ')), ' ' || ltrim(",
            $word,
            ")) = 1 THEN 1
                WHEN instr(' ' || s.search, ' ' || ltrim(",
            $word,
            ")) THEN 2 ELSE 3 END"
        )
    };
}

/// Goes through the names of all students, whose folded text is at hand in each row: ten thousand take some milliseconds, and no index
/// finds what stands inside a word. The nearest of them come first, by the word that is furthest away, as [`Search::order`] wants: what
/// is cut off is what would be shown last.
const BY_WORDS: &str = found!(
    "students AS s",
    "instr(' ' || s.search, ?4) AND instr(' ' || s.search, ?5) AND instr(' ' || s.search, ?6) AND instr(' ' || s.search, ?7)",
    concat!("max(", nearness!("?4"), ", ", nearness!("?5"), ", ", nearness!("?6"), ", ", nearness!("?7"), "), s.search, ")
);

const BY_REFERENCE: &str =
    found!("applications AS a CROSS JOIN students AS s ON s.application_id = a.id", "a.reference = ?4", "");

const BY_PHONE: &str =
    found!("guardians AS g CROSS JOIN students AS s ON s.application_id = g.application_id", "g.phone = ?4", "");

/// The registrations of an intake that a search finds, in the order in which they are shown.
///
/// # Errors
/// When the database can't be read.
pub async fn search(
    platform: &impl Platform,
    intake: &str,
    search: &Search,
    scope: &Scope,
    now: Timestamp,
) -> Result<Roster, Refusal> {
    let by = |sql| Statement::new(sql).bind(intake).bind(scope).bind(limit(SEARCH_MAX));
    let statement = match search {
        Search::Reference(reference) => by(BY_REFERENCE).bind(reference.as_str()),
        Search::Phone(phone) => by(BY_PHONE).bind(phone.as_str()),
        Search::Words(words) => words.iter().fold(by(BY_WORDS), |statement, word| statement.bind(word.as_str())),
    };
    let mut found = roster(read(platform, statement).await?.unwrap_or_default(), SEARCH_MAX, now);
    search.order(&mut found.rows);
    Ok(found)
}

/// One more than is answered, to know whether there are more.
fn limit(most: usize) -> i64 {
    i64::try_from(most + 1).unwrap_or(i64::MAX)
}

fn roster(mut rows: Vec<RosterRow>, most: usize, at: Timestamp) -> Roster {
    let more = rows.len() > most;
    rows.truncate(most);
    Roster { at, rows, more }
}
