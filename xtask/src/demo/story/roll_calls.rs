//! What trainers do: they call the roll, on phones that are not always connected, and learn more later.

use anyhow::Result;
use domain::date::Timestamp;
use domain::schedule::Session;
use domain::staff::attendance::MarkStatus;
use rusqlite::params;

use super::super::{DAY_MS, HOUR_MS, MINUTE_MS};
use super::acts::Kind;
use super::{Event, Story};

/// Reasons of excuses, as trainers type them.
const EXCUSES: [&str; 14] = [
    "ауырып қалды",
    "болеет",
    "олимпиада",
    "соревнования",
    "отбасылық жағдай",
    "семейные обстоятельства",
    "дәрігерге барды",
    "у врача",
    "мектепте емтихан",
    "контрольная в школе",
    "жарыста",
    "уехал с классом",
    "домбыра сайысы",
    "карантин в школе",
];

/// More is known about somebody who was marked: by whom, of which session, and the marks it replaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Correction {
    cohort: usize,
    session: usize,
    registration: usize,
    author: String,
    instead_of: Vec<String>,
    status: MarkStatus,
}

/// One mark to be written.
struct Made<'a> {
    registration: usize,
    status: MarkStatus,
    instead_of: Option<&'a str>,
    marked_at: Timestamp,
}

impl Story<'_> {
    pub(super) fn schedule_roll_calls(&mut self) {
        for cohort in 0..self.house.cohorts.len() {
            for (number, session) in self.house.cohorts[cohort].sessions.clone().into_iter().enumerate() {
                let starts_at = session.starts_at().0;
                let fate = self.chance.fraction();
                let announced = Timestamp(starts_at - self.chance.between(20 * HOUR_MS, 4 * DAY_MS));
                if fate < 0.02 {
                    self.schedule(announced, Event::Act(Kind::CancelSession { cohort, session: number }));
                    continue;
                }
                let moved = if fate < 0.04 { 2 * DAY_MS } else { 0 };
                if moved > 0 {
                    self.schedule(announced, Event::Act(Kind::MoveSession { cohort, session: number }));
                }
                // Forgotten now and then; without network until the trainer is on the way home.
                if self.chance.percent(2.0) {
                    continue;
                }
                let length = session.ends_at().0 - starts_at;
                let sent = if self.chance.percent(4.0) {
                    length + self.chance.between(10, 60) * MINUTE_MS
                } else {
                    self.chance.between(10, 25) * MINUTE_MS
                };
                let begun = Timestamp(starts_at + moved);
                self.schedule(Timestamp(begun.0 + sent), Event::RollCall { cohort, session: number, begun });
            }
        }
    }

    /// A trainer of the cohort, or somebody who stands in.
    fn trainer(&mut self, cohort: usize) -> String {
        let team = self.house.team(cohort);
        let own = &self.house.cohorts[cohort].trainers;
        let trainer = if own.is_empty() || self.chance.percent(5.0) {
            self.chance.of(&team.trainers)
        } else {
            &team.trainers[*self.chance.of(own)]
        };
        trainer.id.clone()
    }

    pub(super) fn call_the_roll(&mut self, cohort: usize, number: usize, begun: Timestamp) -> Result<()> {
        let session = self.house.cohorts[cohort].sessions[number];
        let author = self.trainer(cohort);
        let weeks = (self.now.0 - Timestamp::of_local(self.house.first_session, 0).0) / (7 * DAY_MS);
        // Winter evenings, and a little less zeal week by week.
        let mood = -0.003 * weeks as f64 + 0.08 * (self.chance.fraction() - 0.5);
        for (place, registration) in self.seated[cohort].clone().into_iter().enumerate() {
            if self.chance.percent(0.8) {
                continue;
            }
            let status = self.status_of(registration, mood);
            let seconds = 60 + 4 * place as i64 + self.chance.between(0, 3);
            let marked_at = Timestamp((begun.0 + seconds * 1000).min(self.now.0));
            let id = self.mark(cohort, session, &author, &Made { registration, status, instead_of: None, marked_at })?;
            self.may_be_corrected(cohort, number, registration, &author, id, status)?;
        }
        self.tell_marks(cohort, session, &author)
    }

    fn status_of(&mut self, registration: usize, mood: f64) -> MarkStatus {
        let diligence = self.pupils[self.registrations[registration].pupil].diligence + mood;
        let there = self.chance.fraction() < diligence;
        match (there, self.chance.fraction()) {
            (true, draw) if draw < 0.09 => MarkStatus::Late,
            (true, _) => MarkStatus::Present,
            (false, draw) if draw < 0.34 => MarkStatus::Excused,
            (false, _) => MarkStatus::Absent,
        }
    }

    /// Somebody comes after all, a parent calls the next day, or another phone says something else.
    fn may_be_corrected(
        &mut self,
        cohort: usize,
        session: usize,
        registration: usize,
        author: &str,
        id: String,
        status: MarkStatus,
    ) -> Result<()> {
        let correction = |status, author: &str, instead_of| Correction {
            cohort,
            session,
            registration,
            author: author.to_owned(),
            instead_of,
            status,
        };
        let draw = self.chance.fraction();
        match status {
            MarkStatus::Absent if draw < 0.07 => {
                let at = self.in_hours(0.1, 0.8);
                self.schedule(at, Event::Correction(correction(MarkStatus::Late, author, vec![id])));
            }
            MarkStatus::Absent if draw < 0.13 => {
                let at = Self::at_work(self.in_hours(15.0, 60.0));
                let coordinator = self.chance.of(&self.house.team(cohort).coordinators).id.clone();
                self.schedule(at, Event::Correction(correction(MarkStatus::Excused, &coordinator, vec![id])));
            }
            MarkStatus::Present if draw < 0.001 => {
                let at = self.in_hours(0.1, 0.3);
                self.schedule(at, Event::Correction(correction(MarkStatus::Cleared, author, vec![id])));
            }
            MarkStatus::Present if draw < 0.005 => self.contradict(cohort, session, registration, author, id)?,
            _ => {}
        }
        Ok(())
    }

    /// Two trainers mark the same student, and one of them didn't see who came in. Most such conflicts are settled within days.
    fn contradict(&mut self, cohort: usize, number: usize, registration: usize, author: &str, id: String) -> Result<()> {
        let session = self.house.cohorts[cohort].sessions[number];
        let other = self.trainer(cohort);
        if other == author {
            return Ok(());
        }
        let made = Made { registration, status: MarkStatus::Absent, instead_of: None, marked_at: self.now };
        let second = self.mark(cohort, session, &other, &made)?;
        self.tell_marks(cohort, session, &other)?;
        if self.chance.percent(80.0) {
            let at = Self::at_work(self.in_hours(2.0, 60.0));
            let instead_of = vec![id, second];
            let settled =
                Correction { cohort, session: number, registration, author: other, instead_of, status: MarkStatus::Present };
            self.schedule(at, Event::Correction(settled));
        }
        Ok(())
    }

    pub(super) fn correct(&mut self, correction: Correction) -> Result<()> {
        let Correction { cohort, session, registration, author, instead_of, status } = correction;
        let session = self.house.cohorts[cohort].sessions[session];
        for replaced in &instead_of {
            self.mark(
                cohort,
                session,
                &author,
                &Made { registration, status, instead_of: Some(replaced), marked_at: self.now },
            )?;
        }
        self.tell_marks(cohort, session, &author)
    }

    fn mark(&mut self, cohort: usize, session: Session, author: &str, made: &Made<'_>) -> Result<String> {
        let id = self.chance.ulid(made.marked_at);
        let minutes = (made.status == MarkStatus::Late).then(|| self.chance.between(1, 8) * 5);
        let reason = (made.status == MarkStatus::Excused).then(|| *self.chance.of(&EXCUSES));
        self.ledger.run(
            "INSERT INTO marks (id, cohort_id, day, starts, registration_id, status, minutes, reason, instead_of,
                marked_by, marked_at, received_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                id,
                self.house.cohorts[cohort].id,
                session.date.to_string(),
                session.start,
                self.registrations[made.registration].id,
                made.status.as_str(),
                minutes,
                reason,
                made.instead_of,
                author,
                made.marked_at.0,
                self.now.0
            ],
        )?;
        Ok(id)
    }

    /// The entry of the marks that came at this moment, with their numbers.
    fn tell_marks(&self, cohort: usize, session: Session, author: &str) -> Result<()> {
        let id = &self.house.cohorts[cohort].id;
        self.ledger.run(
            "INSERT INTO journal (at, author, act, cohort_id, subject, details)
            SELECT ?1, ?2, 'marked', ?3, 'session:' || ?3 || '/' || ?4 || '/' || ?5, json_object(
                'present', sum(status = 'present'), 'late', sum(status = 'late'), 'excused', sum(status = 'excused'),
                'absent', sum(status = 'absent'), 'cleared', sum(status = 'cleared'))
            FROM marks WHERE cohort_id = ?3 AND day = ?4 AND starts = ?5 AND marked_by = ?2 AND received_at = ?1",
            params![self.now.0, author, id, session.date.to_string(), session.start],
        )?;
        Ok(())
    }
}
