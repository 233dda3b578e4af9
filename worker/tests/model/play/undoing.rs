//! What staff do to single registrations, and undo.

use super::{Differs, Play, answered};
use domain::error::ErrorCode;
use domain::staff::Acted;
use tumo_worker::refusal::Refusal;
use tumo_worker::store::console::transfer::{self, Transfer};
use tumo_worker::store::console::{order, removal};

/// Which act an entry of the journal tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undo {
    Removal,
    Place,
    Transfer,
}

impl Play<'_> {
    /// Notes an act of staff that was done.
    pub(super) fn acted(&mut self, what: Undo, acted: Result<Acted, Refusal>) -> Result<(), ErrorCode> {
        match acted {
            Ok(acted) => {
                self.undos.push((what, acted.entry));
                Ok(())
            }
            Err(refusal) => Err(answered(refusal)),
        }
    }

    pub(super) async fn transfer(&mut self, one: usize, cohort: usize) -> Result<(), Differs> {
        let new = format!("{}r{}", self.world.intake, self.world.registrations.len());
        let wish = Transfer {
            registration: &self.world.registrations[one],
            new: &new,
            cohort: &self.world.cohorts[cohort],
            tracks: &[],
        };
        let acted = transfer::transfer(&self.world.base.platform, wish, &self.world.base.scope, self.act()).await;
        let told = self.acted(Undo::Transfer, acted);
        let expected = self.rule.transfer(one, cohort, self.now);
        if expected.is_ok() {
            self.world.registrations.push(new);
        }
        same!(told, expected.map(drop), "the answer");
        Ok(())
    }

    pub(super) async fn undo(&mut self, number: usize) -> Result<(), Differs> {
        let (what, entry) = self.undos[number];
        let base = self.world.base;
        let undone = match what {
            Undo::Removal => removal::restore(&base.platform, entry, &base.scope, self.act()).await,
            Undo::Place => order::undo_place(&base.platform, entry, &base.scope, self.act()).await,
            Undo::Transfer => transfer::move_back(&base.platform, entry, &base.scope, self.act()).await,
        };
        // Only a place that was taken back can be taken again.
        let told = match (what, undone) {
            (Undo::Place, undone) => self.acted(what, undone),
            (_, undone) => undone.map(drop).map_err(answered),
        };
        same!(told, self.rule.undo(number, self.now).then_some(()).ok_or(ErrorCode::NotUndoable), "the answer");
        Ok(())
    }
}
