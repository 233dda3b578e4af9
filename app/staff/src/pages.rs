//! Every page, and which of them is shown.

mod account;
mod adding;
mod cohort;
mod cohorts;
mod exports;
mod import;
mod journal;
mod members;
mod new_second_factor;
mod not_shown;
mod overview;
mod password;
mod recovery_codes;
mod roll_call;
mod roster;
mod session;
mod sign_in;
mod students;

use crate::components::heading::heading;
use crate::components::state;
use crate::console::{Console, Who};
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, t};
use app::api::Failure;
use app::el::El;
use domain::staff::access::Right;

/// What is shown of a page.
pub struct Shown {
    /// Whose frame it stands in; none where nobody is signed in yet.
    pub session: Option<Session>,
    /// The page itself: one that only leads on is followed.
    pub page: Page,
    /// What stands on it.
    pub content: Vec<El>,
}

/// The page, without what surrounds it.
pub fn view(console: Console, who: Who, unreachable: Option<Failure>, waits: bool, page: Page) -> Shown {
    let outside = |content| Shown { session: None, page: page.clone(), content };
    let loading = || vec![heading(t(Text::StateLoading), Vec::new()), state::loading()];
    if let Some(failure) = unreachable {
        let failed = state::failed(&failure, move || console.who_is_it());
        return outside(vec![heading(t(Text::ErrorNotLoaded), Vec::new()), failed]);
    }
    match who {
        Who::Unknown => outside(loading()),
        Who::Nobody => outside(sign_in::view(console)),
        Who::Halfway(account) => outside(sign_in::go_on(console, account)),
        Who::Somebody(_) if waits => outside(loading()),
        Who::Somebody(session) => {
            let page = if matches!(page, Page::Home | Page::SignIn | Page::Organisation) { session.first_page() } else { page };
            let content = match page.right() {
                Some(right) if !session.may(right) => not_shown::not_allowed(session),
                _ if page.names_cohorts() && !session.can_name_cohorts() => loading(),
                _ => {
                    make_ready(session, &page);
                    screen(session, page.clone())
                }
            };
            Shown { session: Some(session), page, content }
        }
    }
}

/// Builds beforehand what most go on to from a page.
fn make_ready(session: Session, page: &Page) {
    match page {
        Page::Cohorts if session.may(Right::SeeNames) => roster::make_ready(session),
        Page::RollCall => session::make_ready(session),
        _ => {}
    }
}

/// The screen of a page somebody may see.
fn screen(session: Session, page: Page) -> Vec<El> {
    match page {
        Page::Overview | Page::Home | Page::SignIn | Page::Organisation => overview::view(session),
        Page::Cohorts => cohorts::view(session),
        Page::Cohort { cohort } => cohort::view(session, &cohort),
        Page::Roster { cohort } => roster::view(session, &cohort),
        Page::AddStudent { cohort } => adding::view(session, &cohort),
        Page::RollCall => roll_call::view(session),
        Page::Session { cohort, date, start } => session::view(session, &cohort, date, start),
        Page::Students => students::view(session),
        Page::Exports => exports::view(session),
        Page::Import => import::view(session),
        Page::Journal => journal::view(session),
        Page::Members => members::view(session),
        Page::Account => account::view(session),
        Page::Lost => not_shown::lost(),
    }
}
