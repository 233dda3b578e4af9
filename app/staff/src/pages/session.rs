//! The marks of one session.

use crate::components::heading::heading;
use crate::components::state;
use crate::session::Session;
use crate::text::{Text, t};
use app::el::El;
use domain::date::Date;

/// The screen.
pub fn view(_session: Session, cohort: &str, date: Date, start: u16) -> Vec<El> {
    let title = [cohort, " · ", &app::format::date(date), " · ", &app::format::time(start)].concat();
    vec![heading(&title, Vec::new()), state::notice(t(Text::StateSoon))]
}
