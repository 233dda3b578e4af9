//! What staff do to single registrations, and undo, in the model.

use super::{Registration, Rule, Twist, Unit};
use domain::error::ErrorCode;
use domain::registration::RegistrationState::{self, Enrolled, Offered, Waiting, Withdrawn};

/// An act of staff on a registration.
#[derive(Debug, Clone)]
pub struct StaffAct {
    what: What,
    /// The registration.
    one: usize,
    /// Who was ahead of it on the list.
    ahead: Vec<Unit>,
    /// Who was put elsewhere on a list since.
    put: Vec<usize>,
    /// Who came before it, and came back to the list since.
    back: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
enum What {
    /// Ended when it was in this state.
    Removed(RegistrationState),
    /// Put elsewhere on its list.
    Placed,
    /// Ended in this state for another one, which began in this.
    Transferred { before: RegistrationState, new: usize, begun: RegistrationState },
}

impl StaffAct {
    fn new(what: What, one: usize, ahead: Vec<Unit>) -> Self {
        Self { what, one, ahead, put: vec![], back: vec![] }
    }

    /// Ended.
    pub fn removed(one: usize, before: RegistrationState, ahead: Vec<Unit>) -> Self {
        Self::new(What::Removed(before), one, ahead)
    }

    /// Put elsewhere on its list.
    pub fn placed(one: usize, ahead: Vec<Unit>) -> Self {
        Self::new(What::Placed, one, ahead)
    }
}

impl Rule {
    /// Who is ahead of a registration on its list, its own unit left out.
    pub(super) fn ahead_of(&self, one: usize) -> Vec<Unit> {
        let Registration { cohort, unit, state, .. } = self.registrations[one];
        let list = if state == Waiting { &self.cohorts[cohort].list[..] } else { &[] };
        let ahead = list.iter().take_while(|other| **other != one).map(|other| self.registrations[*other].unit);
        ahead.filter(|other| *other != unit).collect()
    }

    /// Keeps an act. What happened to its registration last is this; for a place, to its whole unit in the cohort.
    pub(super) fn acted(&mut self, act: StaffAct) {
        let number = self.acts.len();
        let Registration { unit, cohort, .. } = self.registrations[act.one];
        for (other, registration) in self.registrations.iter_mut().enumerate() {
            let beside = matches!(act.what, What::Placed)
                && registration.unit == unit
                && registration.cohort == cohort
                && registration.state == Waiting;
            if other == act.one || beside {
                registration.last = Some(number);
            }
        }
        self.acts.push(act);
    }

    /// These got another place of their list than they had.
    pub(super) fn put_elsewhere(&mut self, members: &[usize]) {
        for act in &mut self.acts {
            act.put.extend(members);
            act.back.retain(|one| !members.contains(one));
        }
    }

    /// Where on the list the registration of this act was: behind the last of those who were ahead and stayed where they were.
    fn old_place(&self, act: &StaffAct) -> usize {
        let Registration { cohort, unit, .. } = self.registrations[act.one];
        let list = &self.cohorts[cohort].list;
        let back: Vec<Unit> =
            act.back.iter().filter(|one| list.contains(one)).map(|one| self.registrations[*one].unit).collect();
        let is_ahead = |one: &usize| {
            let other = self.registrations[*one].unit;
            other != unit && (act.ahead.contains(&other) && !act.put.contains(one) || back.contains(&other))
        };
        match self.twist {
            Twist::BackIsLast => list.len(),
            _ => list.iter().rposition(is_ahead).map_or(0, |last| last + 1),
        }
    }

    /// Staff move a student who has a seat or waits to another cohort.
    ///
    /// # Errors
    /// What they are told instead.
    pub fn transfer(&mut self, one: usize, cohort: usize, now: i64) -> Result<usize, ErrorCode> {
        let Registration { student, state, cohort: old, .. } = self.registrations[one];
        if state == Offered {
            return Err(ErrorCode::OfferStands);
        }
        if !state.is_live() {
            return Err(ErrorCode::WrongState);
        }
        if old == cohort {
            return Err(ErrorCode::InvalidForm);
        }
        let open = self.open(cohort, 1);
        if state == Enrolled && !open {
            return Err(ErrorCode::NoOpenSeat);
        }
        if self.count(|other| other.student == student && other.cohort == cohort && other.state.is_live()) > 0 {
            return Err(ErrorCode::AlreadyRegistered);
        }
        let ahead = self.ahead_of(one);
        self.end(one, Withdrawn);
        // Nobody loses a seat elsewhere unasked.
        let enrolled = open && self.seat_of(student).is_none();
        let new = self.begin(student, cohort, Unit::Alone(self.registrations.len()), enrolled);
        let begun = self.registrations[new].state;
        self.acted(StaffAct::new(What::Transferred { before: state, new, begun }, one, ahead));
        self.give_turns(now);
        Ok(new)
    }

    /// Staff undo the act of this number. Whether it could be undone.
    pub fn undo(&mut self, number: usize, now: i64) -> bool {
        let act = self.acts[number].clone();
        if self.registrations[act.one].last != Some(number) {
            return false;
        }
        let undone = match act.what {
            What::Removed(before) => self.restore(&act, before, None),
            What::Placed => self.put_back(&act),
            What::Transferred { new, begun, .. } if self.registrations[new].state != begun => false,
            What::Transferred { before: Enrolled, new, .. } => self.move_back(&act, new),
            What::Transferred { before, new, .. } => self.restore(&act, before, Some(new)),
        };
        if undone {
            self.give_turns(now);
        }
        undone
    }

    /// Brings the registration back, instead of the one that began when it ended.
    fn restore(&mut self, act: &StaffAct, before: RegistrationState, instead_of: Option<usize>) -> bool {
        let Registration { student, cohort, unit, returned, .. } = self.registrations[act.one];
        let seat = before == Enrolled && self.open(cohort, 1);
        let there = self.count(|other| other.student == student && other.cohort == cohort && other.state.is_live()) > 0;
        let two_seats = seat && self.seat_of(student).is_some();
        let apart = !seat && matches!(unit, Unit::Party(_)) && !self.members(unit, Offered).is_empty();
        let places = self.live_of(student) - usize::from(instead_of.is_some());
        if there || two_seats || apart || places >= 4 || !self.students[student].newest {
            return false;
        }
        if let Some(new) = instead_of {
            self.end(new, Withdrawn);
        }
        let registration = &mut self.registrations[act.one];
        registration.last = None;
        if seat {
            registration.state = Enrolled;
            return true;
        }
        registration.state = Waiting;
        let list = &self.cohorts[cohort].list;
        let beside = list.iter().rposition(|other| self.registrations[*other].unit == unit);
        let at = beside.map_or_else(|| self.old_place(act), |sibling| sibling + 1);
        self.cohorts[cohort].list.insert(at, act.one);
        self.cohorts[cohort].waited += usize::from(before != Waiting && !returned);
        for other in &mut self.acts {
            if other.one > act.one && self.registrations[other.one].cohort == cohort {
                other.back.push(act.one);
            }
        }
        true
    }

    fn put_back(&mut self, act: &StaffAct) -> bool {
        let Registration { cohort, unit, state, .. } = self.registrations[act.one];
        if state != Waiting {
            return false;
        }
        let ahead = self.ahead_of(act.one);
        let mut members = self.members(unit, Waiting);
        members.retain(|member| self.registrations[*member].cohort == cohort);
        let behind = self.old_place(act).checked_sub(1).map(|last| self.cohorts[cohort].list[last]);
        let list = &mut self.cohorts[cohort].list;
        list.retain(|one| !members.contains(one));
        let at = behind.map_or(0, |last| list.iter().position(|one| *one == last).expect("on the list") + 1);
        list.splice(at..at, members.iter().copied());
        self.put_elsewhere(&members);
        self.acted(StaffAct::placed(act.one, ahead));
        true
    }

    fn move_back(&mut self, act: &StaffAct, new: usize) -> bool {
        let Registration { student, cohort, .. } = self.registrations[act.one];
        let there = self.count(|other| other.student == student && other.cohort == cohort && other.state.is_live()) > 0;
        if !self.open(cohort, 1) || there {
            return false;
        }
        self.end(new, Withdrawn);
        let old = &mut self.registrations[act.one];
        (old.state, old.last) = (Enrolled, None);
        true
    }
}
