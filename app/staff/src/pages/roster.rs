//! The students of one cohort.

use crate::components::heading::heading;
use crate::components::state;
use crate::session::Session;
use crate::text::{Text, t};
use app::el::El;

/// The screen.
pub fn view(_session: Session, cohort: &str) -> Vec<El> {
    vec![heading(cohort, Vec::new()), state::notice(t(Text::StateSoon))]
}
