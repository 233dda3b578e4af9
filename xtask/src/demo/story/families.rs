//! What families do: they apply, wait, answer, change their mind.

use anyhow::Result;
use domain::date::Timestamp;
use domain::registration::RegistrationState;
use rusqlite::params;

use super::super::families::Family;
use super::super::{DAY_MS, HOUR_MS};
use super::{Event, Pupil, Registration, Story};

/// How many of a hundred applications come in each week of the intake; the later ones alike.
const RUSH: [f64; 8] = [21.0, 9.0, 5.0, 3.5, 3.0, 3.0, 3.5, 4.5];
const LATER: f64 = 2.6;

/// How a day of applications goes, hour by hour from midnight.
const DAY: [f64; 24] =
    [0.4, 0.2, 0.1, 0.1, 0.1, 0.2, 0.6, 1.5, 3.0, 4.5, 5.5, 5.5, 5.0, 5.5, 5.0, 4.5, 4.5, 5.0, 6.0, 7.0, 7.5, 6.5, 4.0, 1.5];

impl Story<'_> {
    pub(super) fn schedule_applications(&mut self) {
        let opens_at = self.house.opens_at;
        let weeks = (self.plan.now.0 - opens_at.0) / (7 * DAY_MS) + 1;
        let week_weights: Vec<f64> = (0..weeks as usize).map(|week| RUSH.get(week).copied().unwrap_or(LATER)).collect();
        let mut missing = self.plan.students;
        while missing > 0 {
            let children = (1 + self.chance.weighted([83.0, 14.5, 2.5].into_iter()).unwrap_or_default()).min(missing);
            missing -= children;
            let week = self.chance.weighted(week_weights.iter().copied()).unwrap_or_default() as i64;
            let at = if week == 0 && self.chance.percent(55.0) {
                // The first hours.
                opens_at.0 + (self.chance.fraction().powi(3) * 5.0 * HOUR_MS as f64) as i64
            } else {
                let day = Timestamp(opens_at.0 + (week * 7 + self.chance.between(0, 6)) * DAY_MS).local_date();
                let hour = self.chance.weighted(DAY.into_iter()).unwrap_or_default() as u16;
                Timestamp::of_local(day, hour * 60).0 + self.chance.between(0, HOUR_MS - 1)
            };
            let at = if at < opens_at.0 || at > self.plan.now.0 { opens_at.0 + self.chance.between(0, DAY_MS / 3) } else { at };
            self.schedule(Timestamp(at), Event::Application { children });
        }
    }

    pub(super) fn apply(&mut self, children: usize) -> Result<()> {
        self.families += 1;
        let family = Family::draw(&mut self.chance, self.house.first_session, children, self.families);
        let centre = usize::from(self.chance.percent(49.0)).min(self.house.centres.len() - 1);
        let Some(first) = self.choose(centre, None)? else { return Ok(()) };
        let applied = self.ledger.application(&family, &self.house, &mut self.chance, self.now)?;
        let same = self.chance.percent(70.0);
        let party = family.students.len() > 1 && same && self.chance.percent(75.0);
        if party {
            self.ledger.run("INSERT INTO parties (id, application_id) VALUES (?1, ?1)", [&applied.id])?;
        }
        let fits = {
            let seats = self.ledger.seats(&self.house.cohorts[first].id)?;
            seats.waiting == 0 && seats.taken + family.students.len() as u32 <= seats.seats
        };
        for (student, id) in family.students.iter().zip(&applied.students) {
            self.pupils.push(Pupil { id: id.clone(), diligence: student.diligence, registrations: Vec::new() });
            let pupil = self.pupils.len() - 1;
            let cohort = if same { first } else { self.choose(centre, None)?.unwrap_or(first) };
            let enrolled = if party { fits } else { self.has_a_seat(cohort)? };
            let registration = self.register(pupil, cohort, enrolled, "applied", party.then_some(applied.id.as_str()))?;
            self.choose_tracks(registration)?;
            if self.chance.percent(9.0) {
                let at = self.in_hours(24.0, 61.0 * 24.0);
                self.schedule(at, Event::Join { pupil });
            }
            self.give_turns(cohort)?;
        }
        Ok(())
    }

    /// A cohort of the centre: the one that is liked, or, when it is full, more often one with seats.
    fn choose(&mut self, centre: usize, but: Option<&[usize]>) -> Result<Option<usize>> {
        let cohorts = &self.house.cohorts;
        let allowed: Vec<usize> = (0..cohorts.len())
            .filter(|place| {
                cohorts[*place].centre == centre && cohorts[*place].open && !but.unwrap_or_default().contains(place)
            })
            .collect();
        let Some(liked) = self.chance.weighted(allowed.iter().map(|place| self.house.cohorts[*place].appeal)) else {
            return Ok(None);
        };
        let liked = allowed[liked];
        if self.has_a_seat(liked)? || self.chance.percent(65.0) {
            return Ok(Some(liked));
        }
        let mut free = Vec::new();
        for place in allowed {
            let appeal = self.house.cohorts[place].appeal;
            free.push((place, if self.has_a_seat(place)? { appeal } else { 0.0 }));
        }
        let other = self.chance.weighted(free.iter().map(|(_, appeal)| *appeal));
        Ok(Some(other.map_or(liked, |other| free[other].0)))
    }

    fn has_a_seat(&self, cohort: usize) -> Result<bool> {
        let seats = self.ledger.seats(&self.house.cohorts[cohort].id)?;
        Ok(seats.waiting == 0 && seats.taken < seats.seats)
    }

    fn register(&mut self, pupil: usize, cohort: usize, enrolled: bool, act: &str, party: Option<&str>) -> Result<usize> {
        let id = self.chance.ulid(self.now);
        let state = if enrolled { RegistrationState::Enrolled } else { RegistrationState::Waiting };
        let name = self.house.cohorts[cohort].id.clone();
        self.ledger.run(
            "INSERT INTO registrations
                (id, student_id, intake_id, cohort_id, party_id, state, rank, decided_at, changed_at, author, act)
            SELECT ?1, ?2, c.intake_id, c.id, ?4, ?5,
                coalesce((SELECT max(w.rank) FROM registrations AS w WHERE w.cohort_id = ?3 AND w.state = 'waiting'), 0) + 1,
                ?6, ?6, 'family', ?7
            FROM cohorts AS c WHERE c.id = ?3",
            params![id, self.pupils[pupil].id, name, party, state.as_str(), self.now.0, act],
        )?;
        let registration = self.registrations.len();
        self.by_id.insert(id.clone(), registration);
        let unit = party.unwrap_or(&id).to_owned();
        self.registrations.push(Registration { id, pupil, cohort, unit, state });
        self.pupils[pupil].registrations.push(registration);
        self.seat(registration, cohort);
        self.may_leave(registration);
        Ok(registration)
    }

    /// One to three tracks of those on offer, the first of them by taste.
    fn choose_tracks(&mut self, registration: usize) -> Result<()> {
        let known = &self.registrations[registration];
        let cohort = &self.house.cohorts[known.cohort];
        let mut left: Vec<&String> = cohort.tracks.iter().collect();
        let wanted = 1 + self.chance.weighted([25.0, 35.0, 40.0].into_iter()).unwrap_or_default();
        for place in 1..=wanted as u32 {
            let Some(chosen) = self.chance.weighted(left.iter().map(|track| taste(track))) else { break };
            let track = left.remove(chosen);
            self.ledger.run(
                "INSERT INTO registration_tracks (registration_id, place, cohort_id, track_id) VALUES (?1, ?2, ?3, ?4)",
                params![known.id, place, cohort.id, track],
            )?;
        }
        Ok(())
    }

    /// Some leave one day, some of those who wait sooner.
    pub(super) fn may_leave(&mut self, registration: usize) {
        let enrolled = self.registrations[registration].state == RegistrationState::Enrolled;
        let (share, days) = if enrolled { (8.0, 120.0) } else { (16.0, 70.0) };
        if self.chance.percent(share) {
            let at = self.in_hours(5.0, days * 24.0);
            self.schedule(at, Event::Leave { registration });
        }
    }

    pub(super) fn leave(&mut self, registration: usize) -> Result<()> {
        let state = self.registrations[registration].state;
        if matches!(state, RegistrationState::Waiting | RegistrationState::Enrolled) {
            self.change(registration, RegistrationState::Withdrawn, "withdrawn", "family", None)?;
            self.give_turns(self.registrations[registration].cohort)?;
        }
        Ok(())
    }

    /// Wishes for another cohort: the seat changes at once where there is one; otherwise the student waits there and keeps it.
    pub(super) fn join(&mut self, pupil: usize) -> Result<()> {
        let own = self.pupils[pupil].registrations.clone();
        let live = |registration: &&usize| {
            matches!(self.registrations[**registration].state, RegistrationState::Waiting | RegistrationState::Enrolled)
        };
        let Some(from) = own.iter().find(live).copied() else { return Ok(()) };
        let there: Vec<usize> = own.iter().map(|registration| self.registrations[*registration].cohort).collect();
        let centre = self.house.cohorts[self.registrations[from].cohort].centre;
        let Some(cohort) = self.choose(centre, Some(&there))? else { return Ok(()) };
        let enrolled = self.has_a_seat(cohort)?;
        if enrolled {
            self.release_seats(pupil)?;
        }
        let registration = self.register(pupil, cohort, enrolled, "joined", None)?;
        self.choose_tracks(registration)?;
        for cohort in there.into_iter().chain([cohort]) {
            self.give_turns(cohort)?;
        }
        Ok(())
    }

    fn release_seats(&mut self, pupil: usize) -> Result<()> {
        for registration in self.pupils[pupil].registrations.clone() {
            if self.registrations[registration].state == RegistrationState::Enrolled {
                self.change(registration, RegistrationState::Withdrawn, "moved", "family", None)?;
            }
        }
        Ok(())
    }

    /// Most families answer soon, some not at all.
    pub(super) fn expect_an_answer(&mut self, unit: String) {
        let held = self.of_unit(&unit, RegistrationState::Offered).len() as i64;
        let held_until = self.now.0 + 48 * HOUR_MS;
        if held > 0 && self.chance.percent(83.0) {
            let at = self.in_hours(0.3, 40.0);
            self.schedule(at, Event::Answer { unit: unit.clone() });
        }
        self.schedule(Timestamp(held_until + 30_000), Event::Deadline { unit, held_until });
    }

    pub(super) fn answer(&mut self, unit: &str) -> Result<()> {
        let offered = self.of_unit(unit, RegistrationState::Offered);
        let takes = self.chance.percent(90.0);
        let mut freed = Vec::new();
        for registration in offered {
            if takes {
                let pupil = self.registrations[registration].pupil;
                freed.extend(self.pupils[pupil].registrations.iter().map(|other| self.registrations[*other].cohort));
                self.release_seats(pupil)?;
                self.change(registration, RegistrationState::Enrolled, "accepted", "family", None)?;
                self.may_leave(registration);
            } else {
                freed.push(self.registrations[registration].cohort);
                self.change(registration, RegistrationState::Withdrawn, "declined", "family", None)?;
            }
        }
        freed.sort_unstable();
        freed.dedup();
        freed.into_iter().try_for_each(|cohort| self.give_turns(cohort))
    }

    pub(super) fn deadline(&mut self, unit: &str, held_until: i64) -> Result<()> {
        let offered = self.of_unit(unit, RegistrationState::Offered);
        let Some(cohort) = offered.first().map(|first| self.registrations[*first].cohort) else { return Ok(()) };
        if self.ledger.held_until(&self.registrations[offered[0]].id)? != Some(held_until) {
            // Answered, and offered anew since.
            return Ok(());
        }
        self.ledger.lapse(unit, &self.house.cohorts[cohort].id, self.now)?;
        for registration in offered {
            self.registrations[registration].state = self.ledger.state(&self.registrations[registration].id)?;
        }
        self.give_turns(cohort)
    }
}

/// How much a track is liked.
fn taste(track: &str) -> f64 {
    match track {
        "programming" => 20.0,
        "game-development" => 18.0,
        "generative-ai" => 15.0,
        "robotics" => 11.0,
        "animation" => 8.0,
        "3d-modeling" => 7.0,
        "graphic-design" => 7.0,
        "music" => 5.0,
        "filmmaking" => 4.0,
        "web-design" => 3.0,
        _ => 2.5,
    }
}
