//! What happens in half a year, one moment after the other, as the journal tells it.

mod acts;
mod families;
mod roll_calls;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use anyhow::{Context, Result};
use domain::date::Timestamp;
use domain::registration::RegistrationState;
use rusqlite::params;

use super::chance::Chance;
use super::house::House;
use super::ledger::Ledger;
use super::{HOUR_MS, MINUTE_MS, Plan};

/// Something that happens at a moment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A family applies.
    Application { children: usize },
    /// A family answers the offer of a unit.
    Answer { unit: String },
    /// The offer of a unit runs out.
    Deadline { unit: String, held_until: i64 },
    /// A family gives a seat or a place up.
    Leave { registration: usize },
    /// A family joins one more cohort.
    Join { pupil: usize },
    /// A coordinator does something.
    Act(acts::Kind),
    /// A trainer calls the roll of a session.
    RollCall { cohort: usize, session: usize, begun: Timestamp },
    /// Somebody learns more about a student who was marked.
    Correction(roll_calls::Correction),
}

/// A registration, as far as the story has to know it.
struct Registration {
    id: String,
    pupil: usize,
    cohort: usize,
    unit: String,
    state: RegistrationState,
}

/// A student with all registrations.
struct Pupil {
    id: String,
    diligence: f64,
    registrations: Vec<usize>,
}

/// The story while it is told.
pub struct Story<'a> {
    plan: &'a Plan,
    house: House,
    ledger: Ledger<'a>,
    chance: Chance,
    events: BinaryHeap<Reverse<(Timestamp, u64, Event)>>,
    scheduled: u64,
    families: usize,
    pupils: Vec<Pupil>,
    registrations: Vec<Registration>,
    by_id: HashMap<String, usize>,
    /// Who has a seat, cohort by cohort.
    seated: Vec<Vec<usize>>,
    now: Timestamp,
}

impl<'a> Story<'a> {
    /// Everything that is going to happen by itself.
    pub fn new(plan: &'a Plan, house: House, ledger: Ledger<'a>, chance: Chance) -> Self {
        let mut story = Self {
            seated: house.cohorts.iter().map(|_| Vec::new()).collect(),
            now: house.opens_at,
            plan,
            house,
            ledger,
            chance,
            events: BinaryHeap::new(),
            scheduled: 0,
            families: 0,
            pupils: Vec::new(),
            registrations: Vec::new(),
            by_id: HashMap::new(),
        };
        story.schedule_applications();
        story.schedule_roll_calls();
        story.schedule_acts();
        story
    }

    /// Tells it until now.
    pub fn tell(&mut self, mut said: impl FnMut(&str)) -> Result<()> {
        let mut day = self.now.local_date();
        while let Some(Reverse((at, _, event))) = self.events.pop() {
            if at > self.plan.now {
                break;
            }
            self.now = at;
            if at.local_date() != day {
                day = at.local_date();
                said(&day.to_string());
            }
            self.happen(event.clone()).with_context(|| format!("{event:?} on {day}"))?;
        }
        self.ledger.run(
            "INSERT INTO clock (id, ran_at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET ran_at = excluded.ran_at",
            [self.plan.now.0],
        )?;
        // Nobody gets a letter of a story. What is due later stays due.
        self.ledger.run(
            "UPDATE outbox SET sent_at = due_at, attempts = 1 WHERE sent_at IS NULL AND dropped_at IS NULL AND due_at <= ?1",
            [self.plan.now.0],
        )?;
        Ok(())
    }

    fn happen(&mut self, event: Event) -> Result<()> {
        match event {
            Event::Application { children } => self.apply(children),
            Event::Answer { unit } => self.answer(&unit),
            Event::Deadline { unit, held_until } => self.deadline(&unit, held_until),
            Event::Leave { registration } => self.leave(registration),
            Event::Join { pupil } => self.join(pupil),
            Event::Act(kind) => self.act(kind),
            Event::RollCall { cohort, session, begun } => self.call_the_roll(cohort, session, begun),
            Event::Correction(correction) => self.correct(correction),
        }
    }

    fn schedule(&mut self, at: Timestamp, event: Event) {
        self.scheduled += 1;
        self.events.push(Reverse((at, self.scheduled, event)));
    }

    /// A moment so many hours from now, at least and at most.
    fn in_hours(&mut self, least: f64, most: f64) -> Timestamp {
        let hours = least + (most - least) * self.chance.fraction();
        Timestamp(self.now.0 + (hours * HOUR_MS as f64) as i64)
    }

    /// This moment, or the next one at which a coordinator is at work: between nine in the morning and seven in the evening.
    fn at_work(at: Timestamp) -> Timestamp {
        let (date, minute) = (at.local_date(), i64::from(at.local_minute()));
        let morning = |date| Timestamp(Timestamp::of_local(date, 9 * 60).0 + minute * MINUTE_MS / 24);
        match minute {
            0..540 => morning(date),
            540..1140 => at,
            _ => morning(date.plus_days(1)),
        }
    }

    /// Changes the state of a registration.
    fn change(
        &mut self,
        registration: usize,
        state: RegistrationState,
        act: &str,
        author: &str,
        reason: Option<&str>,
    ) -> Result<()> {
        let known = &mut self.registrations[registration];
        self.ledger.run(
            "UPDATE registrations
            SET state = ?2, held_until = NULL, act = ?3, author = ?4, reason = ?5, changed_at = ?6 WHERE id = ?1",
            params![known.id, state.as_str(), act, author, reason, self.now.0],
        )?;
        known.state = state;
        let cohort = known.cohort;
        self.seat(registration, cohort);
        Ok(())
    }

    /// Keeps the list of who has a seat.
    fn seat(&mut self, registration: usize, cohort: usize) {
        let seated = &mut self.seated[cohort];
        seated.retain(|other| *other != registration);
        if self.registrations[registration].state == RegistrationState::Enrolled {
            seated.push(registration);
        }
    }

    /// Gives free seats of a cohort on. Each unit that is asked will answer, or not.
    fn give_turns(&mut self, cohort: usize) -> Result<()> {
        let mut asked: Vec<String> = Vec::new();
        for turn in self.ledger.turns(&self.house.cohorts[cohort].id, self.now)? {
            let Some(registration) = self.by_id.get(&turn.registration).copied() else { continue };
            self.registrations[registration].state = turn.state;
            self.seat(registration, cohort);
            let unit = self.registrations[registration].unit.clone();
            if turn.state == RegistrationState::Enrolled {
                self.may_leave(registration);
            } else if !asked.contains(&unit) {
                asked.push(unit);
            }
        }
        for unit in asked {
            self.expect_an_answer(unit);
        }
        Ok(())
    }

    fn of_unit(&self, unit: &str, state: RegistrationState) -> Vec<usize> {
        // A unit is small and its students registered together.
        let Some(first) = self.by_id.get(unit).copied() else {
            let of = |place: &usize| self.registrations[*place].unit == unit && self.registrations[*place].state == state;
            return (0..self.registrations.len()).filter(of).collect();
        };
        Some(first).filter(|first| self.registrations[*first].state == state).into_iter().collect()
    }
}
