//! What coordinators and administrators do.

use anyhow::Result;
use domain::date::Timestamp;
use domain::registration::RegistrationState;
use domain::schedule::Session;
use rusqlite::params;

use super::super::{DAY_MS, HOUR_MS};
use super::{Event, Story};

/// An act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// More seats in a full cohort.
    MoreSeats,
    /// Somebody is put forward on a waiting list.
    Reorder,
    /// A registration is ended.
    Remove,
    /// A cohort takes no newcomers any more.
    Close,
    /// A family's contacts are looked at.
    SeeContacts,
    /// A file is taken out.
    Export,
    /// A session is called off.
    CancelSession { cohort: usize, session: usize },
    /// A session takes place two days later.
    MoveSession { cohort: usize, session: usize },
}

/// How often each happens in the half-year, for fifty cohorts.
const OFTEN: [(Kind, usize); 6] = [
    (Kind::MoreSeats, 14),
    (Kind::Reorder, 18),
    (Kind::Remove, 110),
    (Kind::Close, 3),
    (Kind::SeeContacts, 240),
    (Kind::Export, 40),
];

const MORE_SEATS: [&str; 4] =
    ["Жаңа жұмыс орындары қойылды", "Поставили новые рабочие места", "Үлкен зал босады", "Освободился большой зал"];

const REORDERED: [&str; 4] = [
    "Кезекке тұру реті техникалық қатеден бұзылған",
    "Заявка пришла раньше, порядок восстановлен",
    "Көпбалалы отбасы, әкімдіктің хаты бар",
    "Переезд из другого центра",
];

const REMOVED: [&str; 6] = [
    "Отбасы басқа қалаға көшті",
    "Семья переехала в другой город",
    "Құжат бойынша жасы сәйкес келмейді",
    "Повторная заявка на того же ученика",
    "Төрт апта бойы келмеді, отбасымен келісілді",
    "Не посещает четыре недели, согласовано с семьёй",
];

const CLOSED: [&str; 2] = ["Топ жинақталды", "Набор в группу завершён"];

const CANCELLED: [&str; 4] =
    ["Жарық өшірілді", "Отключили электричество", "Тренер ауырып қалды, ауыстыратын адам жоқ", "Заболел тренер, замены нет"];

const MOVED: [&str; 3] = ["Залда көрме өтеді", "В зале проходит выставка", "Мектептегі мерекеге байланысты"];

impl Story<'_> {
    pub(super) fn schedule_acts(&mut self) {
        let from = self.house.opens_at.0 + 5 * DAY_MS;
        for (kind, often) in OFTEN {
            let times = (often * self.house.cohorts.len()).div_ceil(50);
            for _ in 0..times {
                // In the hours of an office.
                let day = Timestamp(self.chance.between(from, self.plan.now.0 - DAY_MS)).local_date();
                let at = Timestamp(Timestamp::of_local(day, 9 * 60).0 + self.chance.between(0, 9 * HOUR_MS));
                self.schedule(at, Event::Act(kind));
            }
        }
    }

    pub(super) fn act(&mut self, kind: Kind) -> Result<()> {
        match kind {
            Kind::MoreSeats => self.add_seats(),
            Kind::Reorder => self.reorder(),
            Kind::Remove => self.remove(),
            Kind::Close => self.close(),
            Kind::SeeContacts => self.see_contacts(),
            Kind::Export => self.export(),
            Kind::CancelSession { cohort, session } => self.cancel_session(cohort, session),
            Kind::MoveSession { cohort, session } => self.move_session(cohort, session),
        }
    }

    fn coordinator(&mut self, cohort: usize) -> String {
        let administrators = &self.house.staff.administrators;
        let team = self.house.team(cohort);
        let author = if self.chance.percent(8.0) { self.chance.of(administrators) } else { self.chance.of(&team.coordinators) };
        author.id.clone()
    }

    /// A cohort of which this is true.
    fn cohort_where(&mut self, is: impl Fn(&Self, usize) -> Result<bool>) -> Result<Option<usize>> {
        let mut found = Vec::new();
        for cohort in 0..self.house.cohorts.len() {
            if is(self, cohort)? {
                found.push(cohort);
            }
        }
        Ok((!found.is_empty()).then(|| *self.chance.of(&found)))
    }

    fn add_seats(&mut self) -> Result<()> {
        let full = |story: &Self, cohort: usize| Ok(story.ledger.seats(&story.house.cohorts[cohort].id)?.waiting >= 6);
        let Some(cohort) = self.cohort_where(full)? else { return Ok(()) };
        let author = self.coordinator(cohort);
        let id = self.house.cohorts[cohort].id.clone();
        let before = self.ledger.seats(&id)?.seats;
        let seats = before + *self.chance.of(&[2, 4, 5, 10]);
        self.ledger.run(
            "INSERT INTO journal (at, author, act, cohort_id, seats, reason, details)
            VALUES (?1, ?2, 'seats_changed', ?3, ?4, ?5, json_object('before', ?6, 'after', ?4))",
            params![self.now.0, author, id, seats, self.chance.of(&MORE_SEATS), before],
        )?;
        self.ledger.run("UPDATE cohorts SET seats = ?2, version = version + 1 WHERE id = ?1", params![id, seats])?;
        self.give_turns(cohort)
    }

    fn reorder(&mut self) -> Result<()> {
        let long = |story: &Self, cohort: usize| Ok(story.ledger.seats(&story.house.cohorts[cohort].id)?.waiting >= 5);
        let Some(cohort) = self.cohort_where(long)? else { return Ok(()) };
        let alone = |registration: &usize| {
            let known = &self.registrations[*registration];
            known.cohort == cohort && known.state == RegistrationState::Waiting && known.unit == known.id
        };
        let waiting: Vec<usize> = (0..self.registrations.len()).filter(alone).collect();
        let Some(registration) = waiting.last().copied() else { return Ok(()) };
        let author = self.coordinator(cohort);
        let (unit, id) = (self.registrations[registration].unit.clone(), self.house.cohorts[cohort].id.clone());
        let place = self.chance.between(1, 3);
        let rank = self.ledger.rank_at(&id, &unit, place)?;
        self.ledger.run("INSERT INTO placements (unit, cohort_id, rank) VALUES (?1, ?2, ?3)", params![unit, id, rank])?;
        self.ledger.run(
            "INSERT INTO journal (at, author, act, registration_id, cohort_id, state, position, reason)
            VALUES (?1, ?2, 'reordered', ?3, ?4, 'waiting', ?5, ?6)",
            params![self.now.0, author, self.registrations[registration].id, id, place, self.chance.of(&REORDERED)],
        )?;
        self.give_turns(cohort)
    }

    fn remove(&mut self) -> Result<()> {
        let Some(cohort) = self.cohort_where(|story, cohort| Ok(!story.seated[cohort].is_empty()))? else { return Ok(()) };
        let registration = *self.chance.of(&self.seated[cohort]);
        let author = self.coordinator(cohort);
        let reason = *self.chance.of(&REMOVED);
        self.change(registration, RegistrationState::Removed, "removed", &author, Some(reason))?;
        self.give_turns(cohort)
    }

    fn close(&mut self) -> Result<()> {
        let open = |story: &Self, cohort: usize| {
            let seats = story.ledger.seats(&story.house.cohorts[cohort].id)?;
            Ok(story.house.cohorts[cohort].open && seats.waiting > 0)
        };
        let Some(cohort) = self.cohort_where(open)? else { return Ok(()) };
        let author = self.coordinator(cohort);
        let id = self.house.cohorts[cohort].id.clone();
        self.house.cohorts[cohort].open = false;
        self.ledger.run(
            "INSERT INTO journal (at, author, act, cohort_id, reason) VALUES (?1, ?2, 'cohort_closed', ?3, ?4)",
            params![self.now.0, author, id, self.chance.of(&CLOSED)],
        )?;
        self.ledger.run("UPDATE cohorts SET closed_at = ?2, version = version + 1 WHERE id = ?1", params![id, self.now.0])?;
        Ok(())
    }

    fn see_contacts(&mut self) -> Result<()> {
        let Some(cohort) = self.cohort_where(|story, cohort| Ok(!story.seated[cohort].is_empty()))? else { return Ok(()) };
        let registration = *self.chance.of(&self.seated[cohort]);
        let author = self.coordinator(cohort);
        self.ledger.run(
            "INSERT INTO journal (at, author, act, registration_id, cohort_id) VALUES (?1, ?2, 'contacts_seen', ?3, ?4)",
            params![self.now.0, author, self.registrations[registration].id, self.house.cohorts[cohort].id],
        )?;
        Ok(())
    }

    fn export(&mut self) -> Result<()> {
        let cohort = self.chance.between(0, self.house.cohorts.len() as i64 - 1) as usize;
        let author = self.coordinator(cohort);
        let subject = *self.chance.of(&["export:attendance", "export:attendance", "export:roster"]);
        self.ledger.run(
            "INSERT INTO journal (at, author, act, subject) VALUES (?1, ?2, 'exported', ?3)",
            params![self.now.0, author, subject],
        )?;
        Ok(())
    }

    fn cancel_session(&mut self, cohort: usize, number: usize) -> Result<()> {
        let session = self.house.cohorts[cohort].sessions[number];
        let reason = *self.chance.of(&CANCELLED);
        self.change_session(cohort, session, session, "cancelled", reason)
    }

    fn move_session(&mut self, cohort: usize, number: usize) -> Result<()> {
        let session = self.house.cohorts[cohort].sessions[number];
        let held = Session { date: session.date.plus_days(2), ..session };
        let reason = *self.chance.of(&MOVED);
        self.change_session(cohort, session, held, "moved", reason)
    }

    fn change_session(&mut self, cohort: usize, named: Session, held: Session, state: &str, reason: &str) -> Result<()> {
        let author = self.coordinator(cohort);
        let id = &self.house.cohorts[cohort].id;
        self.ledger.run(
            "INSERT INTO session_changes
                (cohort_id, day, starts, state, held_on, held_starts, held_ends, reason, author, changed_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                id,
                named.date.to_string(),
                named.start,
                state,
                held.date.to_string(),
                held.start,
                held.end,
                reason,
                author,
                self.now.0
            ],
        )?;
        self.ledger.run(
            "INSERT INTO journal (at, author, act, cohort_id, subject, reason) VALUES (?1, ?2, 'session_changed', ?3, ?4, ?5)",
            params![self.now.0, author, id, format!("session:{id}/{}/{}", named.date, named.start), reason],
        )?;
        Ok(())
    }
}
