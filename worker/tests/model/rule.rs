//! The rule of the waiting list, said a second time and as plainly as possible: lists, and a loop that gives seats until nobody can
//! get one. Nothing here is fast, and nothing here looks at the store.

mod changes;
mod undoing;

pub use undoing::StaffAct;

use domain::registration::RegistrationState::{self, Enrolled, Offered, Waiting};

/// One hour in milliseconds.
pub const HOUR: i64 = 3_600_000;

/// How long a seat is held, in milliseconds.
pub const HELD: i64 = 6 * HOUR;

/// Where an unanswered offer returns to.
pub const RETURN_PLACE: usize = 3;

/// How many seats may pass a party.
pub const OVERTAKES_MAX: usize = 2;

/// In how many cohorts a student may be.
const PLACES_MAX: usize = 4;

/// A rule that is wrong on purpose: the test has to notice each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twist {
    /// The rule as it is.
    None,
    /// A free seat goes to the last who can have it.
    LastFirst,
    /// A party may be passed for ever.
    PassedForEver,
    /// A newcomer takes a free seat although somebody waits.
    NewcomerPasses,
    /// The second unanswered offer brings a family back like the first.
    ReturnsForEver,
    /// Who accepts a seat keeps the one elsewhere.
    KeepsBoth,
    /// Who comes back to a list comes last.
    BackIsLast,
}

/// What takes its seats together: numbers of an application or of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The students of an application who want seats together or not at all.
    Party(usize),
    /// A registration by itself.
    Alone(usize),
}

/// An application.
#[derive(Debug, Clone)]
pub struct Application {
    /// Take a seat without being asked.
    pub at_once: bool,
    /// Seats that passed its party.
    pub overtaken: usize,
    /// Seats are kept for its party.
    pub preferred: bool,
}

/// A student's record.
#[derive(Debug, Clone)]
pub struct Student {
    /// The application it came with.
    pub application: usize,
    /// Who it is; the same child may have several records, one after another.
    pub identity: usize,
    /// Whether it is the newest record of the child.
    pub newest: bool,
}

/// A registration.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The student's record.
    pub student: usize,
    /// The cohort.
    pub cohort: usize,
    /// What it takes its seat with.
    pub unit: Unit,
    /// State.
    pub state: RegistrationState,
    /// Deadline of its offer.
    pub held_until: Option<i64>,
    /// When it was offered last.
    pub offered_at: i64,
    /// An unanswered offer has brought it back.
    pub returned: bool,
    /// The act of staff that touched it last; none when something else has happened to it since.
    pub last: Option<usize>,
}

/// A cohort.
#[derive(Debug, Clone, Default)]
pub struct Cohort {
    /// Seats.
    pub seats: usize,
    /// Waiting registrations in their order.
    pub list: Vec<usize>,
    /// How many have ever waited.
    pub waited: usize,
    /// How many of them were given or offered a seat.
    pub seated: usize,
}

/// A small world of cohorts and families.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What is wrong about it.
    pub twist: Twist,
    /// Cohorts.
    pub cohorts: Vec<Cohort>,
    /// Applications in the order of their coming.
    pub applications: Vec<Application>,
    /// Students' records.
    pub students: Vec<Student>,
    /// Registrations in the order of their coming.
    pub registrations: Vec<Registration>,
    /// What staff did to single registrations.
    pub acts: Vec<StaffAct>,
    /// When the clock was looked at last.
    pub ran_at: i64,
}

fn is_seat(state: RegistrationState) -> bool {
    matches!(state, Offered | Enrolled)
}

impl Rule {
    /// Empty cohorts.
    pub fn new(twist: Twist, seats: &[usize], ran_at: i64) -> Self {
        let cohorts = seats.iter().map(|&seats| Cohort { seats, ..Cohort::default() }).collect();
        Self { twist, cohorts, applications: vec![], students: vec![], registrations: vec![], acts: vec![], ran_at }
    }

    fn count(&self, wanted: impl Fn(&Registration) -> bool) -> usize {
        self.registrations.iter().filter(|registration| wanted(registration)).count()
    }

    /// Seats that are taken: enrolled and offered.
    pub fn taken(&self, cohort: usize) -> usize {
        self.count(|registration| registration.cohort == cohort && is_seat(registration.state))
    }

    fn free(&self, cohort: usize) -> usize {
        self.cohorts[cohort].seats - self.taken(cohort)
    }

    fn seat_of(&self, student: usize) -> Option<usize> {
        self.registrations.iter().position(|registration| registration.student == student && registration.state == Enrolled)
    }

    fn live_of(&self, student: usize) -> usize {
        self.count(|registration| registration.student == student && registration.state.is_live())
    }

    /// The registrations of the unit that are in this state.
    fn members(&self, unit: Unit, state: RegistrationState) -> Vec<usize> {
        let own = |number: &usize| self.registrations[*number].unit == unit && self.registrations[*number].state == state;
        (0..self.registrations.len()).filter(own).collect()
    }

    /// In which cohorts the unit waits, and for how many seats in each.
    fn wishes(&self, unit: Unit) -> Vec<(usize, usize)> {
        let waits =
            |cohort: usize| self.cohorts[cohort].list.iter().filter(|one| self.registrations[**one].unit == unit).count();
        (0..self.cohorts.len()).map(|cohort| (cohort, waits(cohort))).filter(|(_, needs)| *needs > 0).collect()
    }

    /// Who is ahead of the unit in the cohort's list, one for each registration.
    fn ahead(&self, unit: Unit, cohort: usize) -> Vec<Unit> {
        let list = self.cohorts[cohort].list.iter().map(|one| self.registrations[*one].unit);
        list.take_while(|other| *other != unit).collect()
    }

    /// Whether there are seats enough, whoever else waits.
    pub fn seats_suffice(&self, unit: Unit) -> bool {
        self.wishes(unit).iter().all(|(cohort, needs)| self.free(*cohort) >= *needs)
    }

    /// Whether somebody ahead has to be served before the unit.
    fn goes_before(&self, other: Unit, unit: Unit) -> bool {
        match (other, unit) {
            // The first gets the seat anyway.
            (Unit::Alone(_), Unit::Alone(_)) => false,
            (Unit::Alone(_), Unit::Party(_)) => true,
            (Unit::Party(party), Unit::Alone(_)) => self.applications[party].preferred,
            (Unit::Party(party), Unit::Party(own)) => {
                let in_its_way = |cohort: usize| self.ahead(other, cohort).contains(&unit);
                let crosswise = self.wishes(other).iter().any(|(cohort, _)| in_its_way(*cohort));
                (self.applications[party].preferred || self.seats_suffice(other)) && !(crosswise && own < party)
            }
        }
    }

    /// Whether the unit may have its seats now: they are there beside those of everybody who goes before it.
    pub fn eligible(&self, unit: Unit) -> bool {
        self.wishes(unit).iter().all(|&(cohort, needs)| {
            let before = self.ahead(unit, cohort).into_iter().filter(|other| self.goes_before(*other, unit)).count();
            self.free(cohort) >= needs + before
        })
    }

    /// The first of the cohort's list who may have a seat now.
    fn first_eligible(&self, cohort: usize) -> Option<Unit> {
        let mut units = self.cohorts[cohort].list.iter().map(|one| self.registrations[*one].unit);
        match self.twist {
            Twist::LastFirst => units.rev().find(|unit| self.eligible(*unit)),
            _ => units.find(|unit| self.eligible(*unit)),
        }
    }

    /// Gives seats, cohort by cohort and round by round, until nobody can get one.
    pub fn give_turns(&mut self, now: i64) {
        loop {
            let mut given = false;
            for cohort in 0..self.cohorts.len() {
                if let Some(unit) = self.first_eligible(cohort) {
                    self.seat(unit, now);
                    given = true;
                }
            }
            if !given {
                return;
            }
        }
    }

    fn seat(&mut self, unit: Unit, now: i64) {
        let members = self.members(unit, Waiting);
        let wish =
            members.iter().all(|one| self.applications[self.students[self.registrations[*one].student].application].at_once);
        let in_unit = [members.clone(), self.members(unit, Enrolled)].concat();
        let has_a_seat_elsewhere = in_unit.iter().any(|one| {
            self.seat_of(self.registrations[*one].student).is_some_and(|seat| self.registrations[seat].unit != unit)
        });
        for one in members {
            let cohort = self.registrations[one].cohort;
            let mut passed: Vec<usize> = vec![];
            for ahead in self.ahead(unit, cohort) {
                if let Unit::Party(party) = ahead
                    && !passed.contains(&party)
                {
                    passed.push(party);
                }
            }
            for party in passed {
                self.applications[party].overtaken += 1;
                let often = self.applications[party].overtaken >= OVERTAKES_MAX;
                self.applications[party].preferred = often && self.twist != Twist::PassedForEver;
            }
            self.cohorts[cohort].list.retain(|other| *other != one);
            self.cohorts[cohort].seated += usize::from(!self.registrations[one].returned);
            let registration = &mut self.registrations[one];
            registration.last = None;
            if wish && !has_a_seat_elsewhere {
                registration.state = Enrolled;
            } else {
                registration.state = Offered;
                registration.held_until = Some(now + HELD);
                registration.offered_at = now;
            }
        }
    }
}
