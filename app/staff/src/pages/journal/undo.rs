//! Taking an act back.

use super::{Entries, sentence};
use crate::components::button::{Weight, button};
use crate::components::dialog::Question;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::el::{El, el};
use domain::staff::journal::JournalEntry;
use domain::staff::{Acted, ReasonForm};

/// The button, while the entry can be undone, and by whom.
pub fn offer(session: Session, entries: Entries, entry: &JournalEntry) -> Option<El> {
    let until = entry.undo_until.filter(|_| entry.act.undo_right().is_some_and(|right| session.may(right)))?;
    let path = ["/api/staff/journal/", &entry.entry.to_string(), "/undo"].concat();
    let said = sentence::of(entry, |tracks| session.track_names(tracks));
    let whose = el("span").class("visually-hidden").text(": ").text(&said);
    let ask = move || {
        let (path, said) = (path.clone(), said.clone());
        let text = [&said, ". ", &fill(t(Text::JournalUndoUntil), &[("moment", &when::moment(until))])].concat();
        Question::undoing(t(Text::JournalUndoAsk)).saying(&text).ask(session.console(), move |reason| {
            let path = path.clone();
            async move {
                session.post::<Acted>(&path, &ReasonForm { reason }).await?;
                session.console().say(t(Text::JournalUndoneSaid));
                entries.reload();
                Ok(())
            }
        });
    };
    Some(button(Text::ActionUndo, Weight::Quiet, "undo", ask).child(whose))
}
