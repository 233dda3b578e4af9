//! What has to be so after every move.

use super::{Differs, Play};
use crate::rule::{Rule, Unit};
use crate::world::{Seen, SeenRegistration};

impl Play<'_> {
    /// Whether the store is as the model says, and as it must be whatever the model says.
    pub(super) fn compare(&self, seen: &Seen) -> Result<(), Differs> {
        let ids = |numbers: &[usize]| numbers.iter().map(|one| self.world.registrations[*one].clone()).collect::<Vec<_>>();
        for (number, (store, model)) in seen.cohorts.iter().zip(&self.rule.cohorts).enumerate() {
            same!(store.list, ids(&model.list), format!("the list of cohort {number}"));
            let counted = (store.seats, store.taken, store.waiting, store.waited, store.seated);
            let expected = (model.seats, self.rule.taken(number), model.list.len(), model.waited, model.seated);
            same!(counted, expected, format!("seats, taken, waiting, waited, seated of cohort {number}"));
            same!(store.taken <= store.seats, true, "no more taken than there are");
            same!(store.somebody_eligible, 0_u8, format!("somebody may have a free seat of cohort {number} and waits"));
        }
        same!(seen.registrations.len(), self.rule.registrations.len(), "how many registrations");
        for (number, (store, model)) in seen.registrations.iter().zip(&self.rule.registrations).enumerate() {
            let expected = (model.state.as_str(), model.held_until);
            same!((store.state.as_str(), store.held_until), expected, format!("state of registration {number}"));
            same!(store.journalled, store.state, format!("the newest journal entry of registration {number}"));
        }
        for (id, overtaken, preferred) in &seen.parties {
            let number = self.world.applications.iter().position(|other| other == id).ok_or("an unknown party")?;
            let model = &self.rule.applications[number];
            same!(
                (*overtaken, *preferred == 1),
                (model.overtaken, model.preferred),
                format!("the party of application {number}")
            );
        }
        self.must_hold(seen)
    }

    /// What holds by the store's own rows.
    fn must_hold(&self, seen: &Seen) -> Result<(), Differs> {
        for (number, id) in self.world.students.iter().enumerate() {
            let own = || seen.registrations.iter().filter(|one| one.student == *id);
            let seats = own().filter(|one| one.state == "enrolled").count();
            let live = own().filter(|one| matches!(one.state.as_str(), "waiting" | "offered" | "enrolled")).count();
            same!((seats <= 1, live <= 4), (true, true), format!("{seats} seats and {live} places of student {number}"));
        }
        for one in seen.registrations.iter().filter(|one| one.party.is_some()) {
            let waits = |state: &str| matches!(state, "waiting" | "offered");
            let apart = |other: &&SeenRegistration| {
                other.party == one.party && waits(&other.state) && waits(&one.state) && other.state != one.state
            };
            same!(seen.registrations.iter().find(apart), None, "a party gets its offer together");
        }
        Ok(())
    }

    /// Who was served behind a preferred party has left its seats free; only a party that applied earlier may take them.
    pub(super) fn nobody_passed_a_preferred_party(&self, before: &Rule, seen: &Seen) -> Result<(), Differs> {
        for (number, cohort) in before.cohorts.iter().enumerate() {
            let mut kept_for: Vec<usize> = vec![];
            for one in &cohort.list {
                let unit = before.registrations[*one].unit;
                let now_waits = seen.registrations[*one].state == "waiting" && self.rule.cohorts[number].list.contains(one);
                match unit {
                    Unit::Party(party) if before.applications[party].preferred && now_waits => kept_for.push(party),
                    _ if now_waits => {}
                    _ if !matches!(seen.registrations[*one].state.as_str(), "offered" | "enrolled") => {}
                    _ => {
                        let free = seen.cohorts[number].seats - seen.cohorts[number].taken;
                        let earlier = |party: &usize| matches!(unit, Unit::Party(own) if own <= *party);
                        let kept = kept_for.iter().filter(|party| !earlier(party)).count();
                        same!(free >= kept, true, format!("{kept} seats of cohort {number} are kept, {free} are free"));
                    }
                }
            }
        }
        Ok(())
    }
}
