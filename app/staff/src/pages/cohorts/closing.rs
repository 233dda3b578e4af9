//! Closing a cohort to newcomers, and opening it again.

use super::Cohorts;
use crate::components::button::{Weight, button};
use crate::components::dialog::Question;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::el::El;
use domain::staff::cohort::StaffCohort;
use domain::staff::{Acted, ReasonForm};

/// The button that does what isn't so yet.
pub fn act(session: Session, cohorts: Cohorts, cohort: &StaffCohort) -> El {
    let name = session.cohort_of(cohort).line();
    let (act, title, text, said, word) = if cohort.closed {
        (Text::CohortsReopen, Text::CohortsReopenAsk, Text::CohortsReopenText, Text::CohortsReopenedSaid, "reopen")
    } else {
        (Text::CohortsClose, Text::CohortsCloseAsk, Text::CohortsCloseText, Text::CohortsClosedSaid, "close")
    };
    let path = [super::PATH, "/", &cohort.id, "/", word].concat();
    let (title, said) = (fill(t(title), &[("name", &name)]), fill(t(said), &[("name", &name)]));
    button(act, Weight::Plain, word, move || {
        let (path, said) = (path.clone(), said.clone());
        let question = Question::new(&title, act).saying(t(text)).with_reason();
        question.ask(session.console(), move |reason| {
            let (path, said) = (path.clone(), said.clone());
            async move {
                let acted: Acted = session.post(&path, &ReasonForm { reason }).await?;
                cohorts.reload();
                session.acted(&said, acted);
                Ok(())
            }
        });
    })
}
