//! Plays a story to the store and to the model, and compares them after every move.

use crate::moves::{Move, Pick, Story};
use crate::rule::{Rule, Twist};
use crate::world::{BEGIN, Base, World};
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::registration::RegistrationState::{self, Enrolled, Offered, Waiting};
use tumo_worker::refusal::Refusal;
use tumo_worker::store::applications::{Outcome, apply, decided_before};
use tumo_worker::store::capacity::seats;
use tumo_worker::store::changes::{self, Change, Join};
use tumo_worker::store::console::{order, removal};
use tumo_worker::store::my::Stored;
use tumo_worker::store::offers;
use tumo_worker::store::staff::Act;

/// Why a story fails.
pub type Differs = String;

macro_rules! same {
    ($store:expr, $model:expr, $what:expr) => {
        let (store, model) = (&$store, &$model);
        if store != model {
            return Err(format!("{}: the store has {store:?}, the rule {model:?}", $what));
        }
    };
}

mod compare;
mod undoing;

use undoing::Undo;

/// A story going on.
pub struct Play<'a> {
    /// The store.
    pub world: World<'a>,
    /// The model.
    pub rule: Rule,
    /// The time, in milliseconds.
    pub now: i64,
    /// The entries of the model's acts of staff.
    undos: Vec<(Undo, u64)>,
}

/// Plays a story from its beginning to its end.
pub async fn play(base: &Base, story: &Story, twist: Twist) -> Result<(), Differs> {
    let mut play = Play::begin(base, &story.seats, twist).await;
    let mut told = Ok(());
    for (number, one) in story.moves.iter().enumerate() {
        told = play.make(one).await.map_err(|differs| format!("after move {number}, {one:?}: {differs}"));
        if told.is_err() {
            break;
        }
    }
    play.world.close().await;
    told
}

fn answer(answer: Result<Stored, Refusal>) -> Result<(), ErrorCode> {
    answer.map(drop).map_err(answered)
}

fn answered(refusal: Refusal) -> ErrorCode {
    match refusal.log {
        Some(log) => panic!("the store failed: {log}"),
        None => refusal.code,
    }
}

impl<'a> Play<'a> {
    /// Cohorts with so many seats.
    pub async fn begin(base: &'a Base, seats: &[usize], twist: Twist) -> Self {
        let world = World::open(base, seats).await;
        offers::look_at_the_clock(&base.platform, Timestamp(BEGIN)).await.expect("a clock");
        Self { world, rule: Rule::new(twist, seats, BEGIN), now: BEGIN, undos: vec![] }
    }

    /// The registration that is meant; none when there is none.
    fn find(&self, pick: Pick, sensible: &[RegistrationState]) -> Option<usize> {
        let all = &self.rule.registrations;
        let fitting: Vec<usize> = (0..all.len()).filter(|one| pick.any || sensible.contains(&all[*one].state)).collect();
        (!fitting.is_empty()).then(|| fitting[pick.index % fitting.len()])
    }

    fn change(&self, one: usize) -> Change<'_> {
        let application = self.rule.students[self.rule.registrations[one].student].application;
        Change {
            link_digest: &self.world.applications[application],
            registration: &self.world.registrations[one],
            now: Timestamp(self.now),
        }
    }

    fn act(&self) -> Act<'static> {
        Act { author: "staff", reason: "a test", now: Timestamp(self.now) }
    }

    /// Makes the move in both and compares.
    pub async fn make(&mut self, one: &Move) -> Result<(), Differs> {
        self.now += 1_000;
        let before = self.rule.clone();
        self.make_both(one).await?;
        let seen = self.world.see().await;
        self.compare(&seen)?;
        // Staff may put somebody before a party that seats are kept for.
        if matches!(one, Move::Place { .. } | Move::Undo(_)) {
            Ok(())
        } else {
            self.nobody_passed_a_preferred_party(&before, &seen)
        }
    }

    async fn make_both(&mut self, one: &Move) -> Result<(), Differs> {
        let (platform, now) = (self.world.base.platform.clone(), self.now);
        match one {
            Move::Apply { cohorts, together, at_once, again } => self.apply(cohorts, *together, *at_once, *again).await?,
            Move::Repeat(number) => self.repeat(*number).await?,
            Move::Accept(pick) => {
                if let Some(one) = self.find(*pick, &[Offered]) {
                    let told = answer(changes::accept(&platform, self.change(one)).await);
                    same!(told, self.rule.accept(one, now).then_some(()).ok_or(ErrorCode::OfferOver), "the answer");
                }
            }
            Move::Decline(pick) => {
                if let Some(one) = self.find(*pick, &[Offered]) {
                    let told = answer(changes::decline(&platform, self.change(one)).await);
                    same!(told, self.rule.decline(one, now).then_some(()).ok_or(ErrorCode::OfferOver), "the answer");
                }
            }
            Move::Withdraw(pick) => {
                if let Some(one) = self.find(*pick, &[Waiting, Offered, Enrolled]) {
                    let told = answer(changes::withdraw(&platform, self.change(one)).await);
                    same!(told, self.rule.withdraw(one, now).then_some(()).ok_or(ErrorCode::RegistrationOver), "the answer");
                }
            }
            Move::Join { student, cohort } if !self.rule.students.is_empty() => {
                let (student, cohort) = (student % self.rule.students.len(), cohort % self.rule.cohorts.len());
                self.join(student, cohort).await?;
            }
            Move::AtOnce { application, wanted } if !self.rule.applications.is_empty() => {
                let application = application % self.rule.applications.len();
                let told = changes::take_at_once(&platform, &self.world.applications[application], *wanted).await;
                same!(answer(told), Ok(()), "the answer");
                self.rule.applications[application].at_once = *wanted;
            }
            Move::Seats { cohort, seats } => {
                let cohort = cohort % self.rule.cohorts.len();
                let wanted = u32::try_from(*seats).expect("a few");
                let id = &self.world.cohorts[cohort];
                let done = seats::set(&platform, id, wanted, &self.world.base.scope, self.act()).await;
                let changed = self.rule.cohorts[cohort].seats != *seats;
                let expected = match (self.rule.set_seats(cohort, *seats, now), changed) {
                    (false, _) => Err(ErrorCode::BelowTaken),
                    (true, true) => Ok(()),
                    (true, false) => Err(ErrorCode::WrongState),
                };
                same!(done.map(drop).map_err(|refusal| refusal.code), expected, "the answer");
            }
            Move::Place { one, place } => {
                if let Some(one) = self.find(*one, &[Waiting]) {
                    let wanted = u32::try_from(*place).expect("a few");
                    let id = &self.world.registrations[one];
                    let acted = order::place(&platform, id, wanted, &self.world.base.scope, self.act()).await;
                    let told = self.acted(Undo::Place, acted);
                    same!(told, self.rule.place(one, *place, now).then_some(()).ok_or(ErrorCode::WrongState), "the answer");
                }
            }
            Move::Remove(pick) => {
                if let Some(one) = self.find(*pick, &[Waiting, Offered, Enrolled]) {
                    let id = &self.world.registrations[one];
                    let acted = removal::remove(&platform, id, &self.world.base.scope, self.act()).await;
                    let told = self.acted(Undo::Removal, acted);
                    same!(told, self.rule.remove(one, now).then_some(()).ok_or(ErrorCode::WrongState), "the answer");
                }
            }
            Move::Transfer { one, cohort } => {
                if let Some(one) = self.find(*one, &[Enrolled, Waiting]) {
                    self.transfer(one, cohort % self.rule.cohorts.len()).await?;
                }
            }
            Move::Undo(number) if !self.undos.is_empty() => self.undo(number % self.undos.len()).await?,
            Move::Pass { hours } => {
                self.now += hours * crate::rule::HOUR;
                let now = Timestamp(self.now);
                for unit in offers::run_out(&platform, now, 50).await.expect("units") {
                    offers::lapse(&platform, &unit, now).await.expect("a lapse");
                }
                self.rule.run_out(self.now);
            }
            Move::Look { hours } => {
                self.now += hours * crate::rule::HOUR;
                offers::look_at_the_clock(&platform, Timestamp(self.now)).await.expect("a look");
                self.rule.look(self.now);
            }
            Move::Join { .. } | Move::AtOnce { .. } | Move::Undo(_) => {}
        }
        Ok(())
    }

    async fn apply(&mut self, cohorts: &[usize], together: bool, at_once: bool, again: Option<usize>) -> Result<(), Differs> {
        let known = self.rule.students.len();
        let again = again.filter(|_| known > 0).map(|one| self.rule.students[one % known].identity);
        let newcomers = self.rule.students.iter().map(|student| student.identity + 1).max().unwrap_or(0)..;
        let identities: Vec<usize> = again.into_iter().chain(newcomers).take(cohorts.len()).collect();
        let cohorts = cohorts.iter().map(|cohort| cohort % self.rule.cohorts.len());
        let students: Vec<(usize, usize)> = identities.into_iter().zip(cohorts).collect();
        let id = format!("{}a{}", self.world.intake, self.world.applications.len());
        let application = self.world.application(&students, together, at_once);
        let added = self.world.added(&students);
        let new = self.world.new_application(&application, &added, &id, &id, self.now);
        let outcome = apply(&self.world.base.platform, &new).await.expect("an outcome");
        let expected = self.rule.apply(&students, together, at_once, self.now);
        match (outcome, expected) {
            (Outcome::Decided(decision), Some(expected)) => {
                let decided: Vec<(RegistrationState, Option<usize>)> = decision
                    .registrations
                    .iter()
                    .map(|one| (one.state, one.position.map(|place| usize::try_from(place).expect("a few"))))
                    .collect();
                // Known before it is judged, so that nothing of it is left over after the story.
                self.world.applications.push(id);
                self.world.students.extend(added.iter().map(|student| student.id.clone()));
                self.world.registrations.extend(added.into_iter().map(|student| student.registration));
                same!(decided, expected, "the decision");
                Ok(())
            }
            (Outcome::AlreadyRegistered, None) => Ok(()),
            (outcome, expected) => Err(format!("the outcome: the store has {outcome:?}, the rule {expected:?}")),
        }
    }

    async fn repeat(&mut self, number: usize) -> Result<(), Differs> {
        if self.world.applications.is_empty() {
            return Ok(());
        }
        let key = &self.world.applications[number % self.world.applications.len()];
        let platform = &self.world.base.platform;
        let decided = decided_before(platform, key).await.expect("a decision");
        let student = [(usize::MAX, 0)];
        let (application, added) = (self.world.application(&student, false, false), self.world.added(&student));
        let new = self.world.new_application(&application, &added, "another", key, self.now);
        match apply(platform, &new).await.expect("an outcome") {
            Outcome::KeyUsed => {}
            other => return Err(format!("a repeated key: {other:?}")),
        }
        same!(decided_before(platform, key).await.expect("a decision"), decided, "the decision that was given");
        Ok(())
    }

    async fn join(&mut self, student: usize, cohort: usize) -> Result<(), Differs> {
        let registration = format!("{}r{}", self.world.intake, self.world.registrations.len());
        let join = Join {
            link_digest: &self.world.applications[self.rule.students[student].application],
            student: &self.world.students[student],
            registration: &registration,
            cohort: &self.world.cohorts[cohort],
            tracks: &["t".to_owned()],
            now: Timestamp(self.now),
        };
        let told = answer(changes::join(&self.world.base.platform, join).await);
        let expected = self.rule.join(student, cohort, self.now);
        if let Ok(Some(_)) = expected {
            self.world.registrations.push(registration);
        }
        same!(told, expected.map(drop), "the answer");
        Ok(())
    }
}
