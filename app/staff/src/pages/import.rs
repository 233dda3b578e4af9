//! The screen “Import”.

use crate::components::heading::heading;
use crate::components::state;
use crate::session::Session;
use crate::text::{Text, t};
use app::el::El;

/// The screen.
pub fn view(_session: Session) -> Vec<El> {
    vec![heading(t(Text::NavImport), Vec::new()), state::notice(t(Text::StateSoon))]
}
