//! The screen “Cohorts”.

use crate::components::heading::heading;
use crate::components::state;
use crate::session::Session;
use crate::text::{Text, t};
use app::el::El;

/// The screen.
pub fn view(_session: Session) -> Vec<El> {
    vec![heading(t(Text::NavCohorts), Vec::new()), state::notice(t(Text::StateSoon))]
}
