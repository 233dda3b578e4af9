//! How the story is written down: through the real schema, with its triggers on, so that counters, waiting lists, journal and letters
//! come out of the same rules as a family's request.

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use domain::date::Timestamp;
use domain::registration::RegistrationState;
use domain::staff::roster::searchable;
use rusqlite::{Connection, OptionalExtension, Params, params};

use super::chance::Chance;
use super::families::Family;
use super::house::House;
use credentials::link::{Links, digest};

/// The database the story is written into.
pub struct Ledger<'a> {
    database: &'a Connection,
    links: Links,
}

/// Seats and list of a cohort at a moment.
#[derive(Clone, Copy)]
pub struct Seats {
    pub seats: u32,
    pub taken: u32,
    pub waiting: u32,
}

/// An application that was written down.
pub struct Applied {
    /// The application's id; a party's too.
    pub id: String,
    /// Student's id, by the order of the family.
    pub students: Vec<String>,
}

/// Somebody who got or was offered a seat from the waiting list.
pub struct Turn {
    pub registration: String,
    pub state: RegistrationState,
}

impl<'a> Ledger<'a> {
    /// Opens it; families' private links are those the server of this key would give them.
    pub fn new(database: &'a Connection, links: Links) -> Self {
        Self { database, links }
    }

    /// Runs one statement.
    pub fn run(&self, sql: &str, parameters: impl Params) -> Result<usize> {
        Ok(self.database.prepare_cached(sql)?.execute(parameters)?)
    }

    /// Seats and list of a cohort.
    pub fn seats(&self, cohort: &str) -> Result<Seats> {
        let mut read = self.database.prepare_cached("SELECT seats, taken, waiting FROM cohorts WHERE id = ?1")?;
        let seats = |row: &rusqlite::Row<'_>| Ok(Seats { seats: row.get(0)?, taken: row.get(1)?, waiting: row.get(2)? });
        Ok(read.query_row([cohort], seats)?)
    }

    /// Writes an application with its guardians, students and consents; their registrations come after it.
    pub fn application(&self, family: &Family, house: &House, chance: &mut Chance, now: Timestamp) -> Result<Applied> {
        let id = chance.ulid(now);
        let reference = chance.reference();
        self.run(
            "INSERT INTO applications (id, key_digest, body_digest, reference, link_digest, language, filled_by, take_at_once, received_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                id,
                hex(chance),
                hex(chance),
                reference.as_str(),
                digest(&self.links.token(&id)),
                family.language,
                family.filled_by,
                family.take_at_once,
                now.0
            ],
        )?;
        for (place, guardian) in (1..).zip(&family.guardians) {
            self.run(
                "INSERT INTO guardians
                    (application_id, place, surname, given_name, patronymic, relation, phone, phone_typed, email)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    id,
                    place,
                    guardian.surname,
                    guardian.given_name,
                    guardian.patronymic,
                    guardian.relation,
                    guardian.phone,
                    guardian.typed,
                    guardian.email
                ],
            )?;
        }
        let mut students = Vec::new();
        for (place, student) in (1..).zip(&family.students) {
            let student_id = chance.ulid(now);
            self.run(
                "INSERT INTO students (id, application_id, place, surname, given_name, patronymic, born_on, school, grade, search)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    student_id,
                    id,
                    place,
                    student.surname,
                    student.given_name,
                    student.patronymic,
                    student.born_on.to_string(),
                    student.school,
                    student.grade,
                    searchable(&student.surname, &student.given_name, student.patronymic.as_deref())
                ],
            )?;
            self.run(
                "INSERT INTO student_identities (intake_id, digest, student_id) VALUES (?1, ?2, ?3)",
                params![house.intake, hex(chance), student_id],
            )?;
            self.consents(&student_id, family, house, chance, now)?;
            students.push(student_id);
        }
        Ok(Applied { id, students })
    }

    fn consents(&self, student: &str, family: &Family, house: &House, chance: &mut Chance, now: Timestamp) -> Result<()> {
        let agreed = [
            ("enrolment", "guardian", 100.0),
            ("enrolment", "student", 60.0),
            ("news", "guardian", 90.0),
            ("photos", "guardian", 65.0),
        ];
        for (purpose, given_by, share) in agreed {
            if chance.percent(share) {
                self.run(
                    "INSERT INTO consents (student_id, purpose, given_by, version, language, given_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![student, purpose, given_by, house.consent, family.language, now.0],
                )?;
            }
        }
        Ok(())
    }

    /// The number of the last entry of the journal.
    pub fn last_entry(&self) -> Result<i64> {
        let mut read = self.database.prepare_cached("SELECT coalesce(max(entry), 0) FROM journal")?;
        Ok(read.query_row([], |row| row.get(0))?)
    }

    /// Gives the free seats of a cohort to those whose turn it is.
    pub fn turns(&self, cohort: &str, now: Timestamp) -> Result<Vec<Turn>> {
        let before = self.last_entry()?;
        loop {
            let seats = self.seats(cohort)?;
            if seats.taken >= seats.seats || seats.waiting == 0 {
                break;
            }
            self.run("INSERT INTO turns (cohort_id, at) VALUES (?1, ?2)", params![cohort, now.0])?;
            if self.seats(cohort)?.taken == seats.taken {
                break;
            }
        }
        let mut read = self
            .database
            .prepare_cached("SELECT registration_id, state FROM journal WHERE entry > ?1 AND act IN ('offered', 'seated')")?;
        let turn = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        let rows = read.query_map([before], turn)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let turn =
            |(registration, state): (String, String)| Some(Turn { registration, state: RegistrationState::parse(&state)? });
        Ok(rows.into_iter().filter_map(turn).collect())
    }

    /// Ends an offer nobody answered, as the due work of every minute does: the first time back to the list, the second time for good.
    pub fn lapse(&self, unit: &str, cohort: &str, now: Timestamp) -> Result<()> {
        let place: Option<i64> = self
            .database
            .prepare_cached("SELECT return_place FROM intakes AS i JOIN cohorts AS c ON c.intake_id = i.id WHERE c.id = ?1")?
            .query_row([cohort], |row| row.get(0))
            .optional()?;
        self.run(
            "INSERT INTO placements (unit, cohort_id, rank)
            SELECT DISTINCT unit, cohort_id, ?2 FROM registrations WHERE unit = ?1 AND state = 'offered' AND returned = 0",
            params![unit, self.rank_at(cohort, unit, place.unwrap_or(1))?],
        )?;
        self.run(
            "UPDATE registrations
            SET state = iif(returned, 'lapsed', 'waiting'), act = iif(returned, 'lapsed', 'returned'), returned = 1,
                held_until = NULL, changed_at = ?2, author = 'system', reason = NULL
            WHERE unit = ?1 AND state = 'offered'",
            params![unit, now.0],
        )?;
        self.run("UPDATE parties SET overtaken = 0, preferred = 0, preferred_at = NULL WHERE id = ?1", params![unit])?;
        Ok(())
    }

    /// The deadline of a registration's offer.
    pub fn held_until(&self, registration: &str) -> Result<Option<i64>> {
        let mut read = self.database.prepare_cached("SELECT held_until FROM registrations WHERE id = ?1")?;
        Ok(read.query_row([registration], |row| row.get(0))?)
    }

    /// The state of a registration.
    pub fn state(&self, registration: &str) -> Result<RegistrationState> {
        let mut read = self.database.prepare_cached("SELECT state FROM registrations WHERE id = ?1")?;
        let state: String = read.query_row([registration], |row| row.get(0))?;
        RegistrationState::parse(&state).with_context(|| format!("`{state}` is no state"))
    }

    /// The rank of whoever has this place of a list, from 1, without counting the unit itself; behind everybody in a shorter one.
    pub fn rank_at(&self, cohort: &str, unit: &str, place: i64) -> Result<i64> {
        let mut read = self.database.prepare_cached(
            "SELECT coalesce(
                (SELECT min(f.rank) FROM registrations AS f WHERE f.cohort_id = ?1 AND f.state = 'waiting' AND f.unit = (
                    SELECT w.unit FROM registrations AS w WHERE w.cohort_id = ?1 AND w.state = 'waiting' AND w.unit <> ?2
                    ORDER BY w.rank, w.sequence LIMIT 1 OFFSET ?3 - 1)),
                (SELECT max(w.rank) + 1 FROM registrations AS w WHERE w.cohort_id = ?1 AND w.state = 'waiting'), 1)",
        )?;
        Ok(read.query_row(params![cohort, unit, place], |row| row.get(0))?)
    }
}

/// A hash of nothing in particular: the story's families are never recognised again.
pub fn hex(chance: &mut Chance) -> String {
    HEXLOWER.encode(&chance.bytes::<32>())
}
