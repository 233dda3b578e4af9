//! What families, staff and time change, in the model.

use super::{Application, HOUR, PLACES_MAX, RETURN_PLACE, Registration, Rule, StaffAct, Student, Twist, Unit};
use domain::error::ErrorCode;
use domain::registration::RegistrationState::{self, Enrolled, Lapsed, Offered, Removed, Waiting, Withdrawn};

impl Rule {
    /// A registration ends, whatever it was.
    pub(super) fn end(&mut self, one: usize, state: RegistrationState) {
        let cohort = self.registrations[one].cohort;
        self.cohorts[cohort].list.retain(|other| *other != one);
        self.registrations[one].state = state;
        self.registrations[one].held_until = None;
        self.registrations[one].last = None;
    }

    pub(super) fn begin(&mut self, student: usize, cohort: usize, unit: Unit, enrolled: bool) -> usize {
        let one = self.registrations.len();
        let state = if enrolled { Enrolled } else { Waiting };
        let begun = Registration { student, cohort, unit, state, held_until: None, offered_at: 0, returned: false, last: None };
        self.registrations.push(begun);
        if !enrolled {
            self.cohorts[cohort].list.push(one);
            self.cohorts[cohort].waited += 1;
        }
        one
    }

    /// Whether a newcomer finds so many seats.
    pub(super) fn open(&self, cohort: usize, seats: usize) -> bool {
        (self.cohorts[cohort].list.is_empty() || self.twist == Twist::NewcomerPasses) && self.free(cohort) >= seats
    }

    /// Applies for students: who they are, and in which cohort. Answers the state and place each gets at once; none when one of them is
    /// registered already.
    pub fn apply(
        &mut self,
        students: &[(usize, usize)],
        together: bool,
        at_once: bool,
        now: i64,
    ) -> Option<Vec<(RegistrationState, Option<usize>)>> {
        let identities: Vec<usize> = students.iter().map(|(identity, _)| *identity).collect();
        let known: Vec<usize> =
            (0..self.students.len()).filter(|one| identities.contains(&self.students[*one].identity)).collect();
        if known.iter().any(|one| self.live_of(*one) > 0) {
            return None;
        }
        known.iter().for_each(|one| self.students[*one].newest = false);
        let application = self.applications.len();
        self.applications.push(Application { at_once, overtaken: 0, preferred: false });
        let cohorts: Vec<usize> = students.iter().map(|(_, cohort)| *cohort).collect();
        // How many of the application want this cohort, up to and with this one.
        let wanted = |place: usize| cohorts[..=place].iter().filter(|other| **other == cohorts[place]).count();
        let open: Vec<bool> = (0..cohorts.len()).map(|place| self.open(cohorts[place], wanted(place))).collect();
        let mut decided = vec![];
        for (place, &(identity, cohort)) in students.iter().enumerate() {
            let student = self.students.len();
            self.students.push(Student { application, identity, newest: true });
            let unit = if together { Unit::Party(application) } else { Unit::Alone(self.registrations.len()) };
            let enrolled = if together { open.iter().all(|open| *open) } else { open[place] };
            let one = self.begin(student, cohort, unit, enrolled);
            let position = (!enrolled).then(|| self.cohorts[cohort].list.len());
            decided.push((self.registrations[one].state, position));
        }
        self.give_turns(now);
        Some(decided)
    }

    /// Registers a student in one more cohort.
    ///
    /// # Errors
    /// What the family is told instead.
    pub fn join(&mut self, student: usize, cohort: usize, now: i64) -> Result<Option<usize>, ErrorCode> {
        if self.count(|one| one.student == student && one.cohort == cohort && one.state.is_live()) > 0 {
            return Ok(None);
        }
        if self.live_of(student) >= PLACES_MAX {
            return Err(ErrorCode::TooManyPlaces);
        }
        if !self.students[student].newest {
            return Err(ErrorCode::AlreadyRegistered);
        }
        let open = self.open(cohort, 1);
        if let Some(seat) = self.seat_of(student).filter(|_| open) {
            self.end(seat, Withdrawn);
        }
        let one = self.begin(student, cohort, Unit::Alone(self.registrations.len()), open);
        self.give_turns(now);
        Ok(Some(one))
    }

    /// Accepts an offer, of a party all of them; a seat elsewhere ends. Whether the registration is enrolled after it.
    pub fn accept(&mut self, one: usize, now: i64) -> bool {
        if self.registrations[one].state == Offered {
            for member in self.members(self.registrations[one].unit, Offered) {
                let old = self.seat_of(self.registrations[member].student);
                if let Some(old) = old.filter(|_| self.twist != Twist::KeepsBoth) {
                    self.end(old, Withdrawn);
                }
                let registration = &mut self.registrations[member];
                (registration.state, registration.held_until, registration.last) = (Enrolled, None, None);
            }
        }
        self.give_turns(now);
        self.registrations[one].state == Enrolled
    }

    /// Declines an offer, of a party all of them. Whether the registration is withdrawn after it.
    pub fn decline(&mut self, one: usize, now: i64) -> bool {
        if self.registrations[one].state == Offered {
            self.members(self.registrations[one].unit, Offered).into_iter().for_each(|member| self.end(member, Withdrawn));
        }
        self.give_turns(now);
        self.registrations[one].state == Withdrawn
    }

    /// Gives up a seat or a place. Whether the registration is withdrawn after it.
    pub fn withdraw(&mut self, one: usize, now: i64) -> bool {
        if matches!(self.registrations[one].state, Waiting | Enrolled) {
            self.end(one, Withdrawn);
        }
        self.decline(one, now)
    }

    /// Staff end a registration. Whether there was something to end.
    pub fn remove(&mut self, one: usize, now: i64) -> bool {
        let before = self.registrations[one].state;
        if before.is_live() {
            let ahead = self.ahead_of(one);
            self.end(one, Removed);
            self.acted(StaffAct::removed(one, before, ahead));
        }
        self.give_turns(now);
        before.is_live()
    }

    /// Staff change the number of seats. Whether there are as many as are taken.
    pub fn set_seats(&mut self, cohort: usize, seats: usize, now: i64) -> bool {
        let enough = seats >= self.taken(cohort);
        if enough {
            self.cohorts[cohort].seats = seats;
            self.give_turns(now);
        }
        enough
    }

    /// Puts the members of a unit into the list before the unit that has this place among the others, from 1.
    pub(super) fn put(&mut self, members: &[usize], cohort: usize, place: usize) {
        let unit = self.registrations[members[0]].unit;
        let mut list = self.cohorts[cohort].list.clone();
        list.retain(|one| !members.contains(one));
        let holder = list.get(place - 1).map(|one| self.registrations[*one].unit);
        let at = list.iter().position(|one| Some(self.registrations[*one].unit) == holder).unwrap_or(list.len());
        assert_ne!(holder, Some(unit), "a unit is in the list once");
        list.splice(at..at, members.iter().copied());
        self.cohorts[cohort].list = list;
        self.put_elsewhere(members);
    }

    /// Staff move a waiting registration, with its party. Whether it waited.
    pub fn place(&mut self, one: usize, place: usize, now: i64) -> bool {
        let Registration { unit, cohort, state, .. } = self.registrations[one];
        if state == Waiting {
            let mut members = self.members(unit, Waiting);
            members.retain(|member| self.registrations[*member].cohort == cohort);
            let ahead = self.ahead_of(one);
            self.put(&members, cohort, place);
            self.acted(StaffAct::placed(one, ahead));
        }
        self.give_turns(now);
        state == Waiting
    }

    /// Ends the offers that have run out, the one that ran out first at the beginning.
    pub fn run_out(&mut self, now: i64) {
        let mut due: Vec<(i64, usize)> = vec![];
        for (number, one) in self.registrations.iter().enumerate() {
            let first = self.members(one.unit, Offered).first() == Some(&number);
            due.extend(one.held_until.filter(|until| first && *until <= now).map(|until| (until, number)));
        }
        due.sort_unstable();
        for (_, one) in due {
            self.lapse(self.registrations[one].unit, now);
        }
    }

    fn lapse(&mut self, unit: Unit, now: i64) {
        let members = self.members(unit, Offered);
        for cohort in 0..self.cohorts.len() {
            let here: Vec<usize> = members.iter().copied().filter(|one| self.registrations[*one].cohort == cohort).collect();
            let Some(&first) = here.first() else { continue };
            if self.registrations[first].returned && self.twist != Twist::ReturnsForEver {
                here.into_iter().for_each(|one| self.end(one, Lapsed));
            } else {
                for one in &here {
                    let registration = &mut self.registrations[*one];
                    (registration.state, registration.held_until, registration.returned) = (Waiting, None, true);
                    registration.last = None;
                }
                self.put(&here, cohort, RETURN_PLACE);
                if let Unit::Party(party) = unit {
                    self.applications[party].overtaken = 0;
                    self.applications[party].preferred = false;
                }
            }
        }
        self.give_turns(now);
    }

    /// Looks at the clock: after more than an hour without a look the deadlines move along.
    pub fn look(&mut self, now: i64) {
        let gap = now - self.ran_at;
        for one in &mut self.registrations {
            // Back only what was made before the jump, and so seems to be made later.
            if gap > HOUR || gap < -HOUR && one.offered_at > now {
                one.held_until = one.held_until.map(|until| until + gap);
            }
        }
        self.ran_at = now;
    }
}
