//! Taking an act back. Each act's own module knows how; here is which, and what has to hold for all of them: it lies within reach, its time
//! isn't over, it was not undone before, and whoever undoes it has the right it took. That it is undone once is the schema's business.

use super::{attendance, entries, order, removal, tracks, transfer};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::store::capacity::{closed_days, closing, edit, making, seats, sessions};
use crate::store::scope::Scope;
use crate::store::staff::Act;
use domain::error::ErrorCode;
use domain::staff::Acted;
use domain::staff::access::Role;
use domain::staff::journal;

/// Undoes the entry of this number.
///
/// # Errors
/// [`ErrorCode::Unknown`]; [`ErrorCode::NotAllowed`] without the right of whoever did it; [`ErrorCode::NotUndoable`] when it can't be
/// undone, or not any more.
pub async fn undo(platform: &impl Platform, entry: u64, scope: &Scope, role: Role, act: Act<'_>) -> Result<Acted, Refusal> {
    let known = entries::known(platform, entry, scope).await?.ok_or(ErrorCode::Unknown)?;
    let right = known.act.undo_right().ok_or(ErrorCode::NotUndoable)?;
    if !role.may(right) {
        return Err(ErrorCode::NotAllowed.into());
    }
    if !known.can_be_undone(act.now) {
        return Err(ErrorCode::NotUndoable.into());
    }
    let undone = match known.act {
        journal::Act::Removed => removal::restore(platform, entry, scope, act).await,
        journal::Act::Transferred => transfer::move_back(platform, entry, scope, act).await,
        journal::Act::TracksChanged => tracks::change_back(platform, entry, scope, act).await,
        journal::Act::Marked => attendance::undo(platform, entry, scope, act).await,
        journal::Act::Reordered => order::undo_place(platform, entry, scope, act).await,
        journal::Act::SeatsChanged => seats::undo(platform, entry, scope, act).await,
        journal::Act::CohortAdded => making::undo(platform, entry, scope, act).await,
        journal::Act::CohortChanged => edit::undo(platform, entry, scope, act).await,
        what @ (journal::Act::CohortClosed | journal::Act::CohortReopened) => {
            closing::undo(platform, entry, what, scope, act).await
        }
        journal::Act::SessionChanged => sessions::undo(platform, entry, scope, act).await,
        what @ (journal::Act::ClosedDayAdded | journal::Act::ClosedDayRemoved) => {
            closed_days::undo(platform, entry, what, scope, act).await
        }
        _ => Err(ErrorCode::NotUndoable.into()),
    }?;
    Ok(Acted { undo_until: None, ..undone })
}
