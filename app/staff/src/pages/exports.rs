//! Files of attendance and rosters: what is taken, settings that are used again, and how far a file has come.

mod choice;
mod form;
mod saved;
mod size;
mod taking;

use crate::components::heading::heading;
use crate::download::Download;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, t};
use app::app::Loaded;
use app::el::{El, el, p};
use choice::Choice;
use domain::staff::cohort::StaffCohorts;
use domain::staff::exchange::{ExportQuery, SavedExport};
use leptos::prelude::*;
use taking::Taking;

/// What the parts of the page share. A copy is a few numbers.
#[derive(Clone, Copy)]
struct Exports {
    session: Session,
    /// What can be chosen from.
    cohorts: Remote<StaffCohorts>,
    saved: Remote<Vec<SavedExport>>,
    choice: Choice,
    taking: Taking,
}

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let exports = Exports {
        session,
        cohorts: Remote::get(session, "/api/staff/cohorts"),
        saved: Remote::get(session, "/api/staff/exports/saved"),
        choice: Choice::new(session),
        taking: Taking::new(Download::new(session)),
    };
    let part = |title: Text, content: El| el("section").class("part").child(el("h2").text(t(title))).child(content);
    vec![
        heading(t(Text::NavExports), Vec::new()),
        p(t(Text::ExportsLead)).class("aside"),
        part(Text::ExportsSaved, exports.saved.view(move |all| saved::view(exports, all))),
        part(Text::ExportsNew, exports.cohorts.view(move |_| form::view(exports))).id("new-export"),
        exports.taking.view(),
    ]
}

impl Exports {
    /// What is found among the cohorts; none while they aren't here.
    fn with_cohorts<T>(self, find: impl FnOnce(&StaffCohorts) -> T) -> Option<T> {
        self.cohorts.value.with_untracked(|cohorts| match cohorts {
            Loaded::Ready(cohorts) => Some(find(cohorts)),
            Loaded::Loading | Loaded::Failed(_) => None,
        })
    }

    /// Takes this file.
    fn take(self, query: &ExportQuery) {
        let rows = self.with_cohorts(|cohorts| query.rows_about(cohorts)).unwrap_or_default();
        self.taking.begin(query.clone(), query.bytes_about(rows));
    }
}
