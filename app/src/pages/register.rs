//! The way through: decides which question may be shown, and when a page explains instead.

mod birth_date;
mod centre;
mod check;
mod consent;
mod guardian;
mod iin;
mod rows;
mod schedule;
mod school;
mod second_guardian;
mod siblings;
mod student;
mod together;
mod tracks;
mod unsent;
mod who;

use crate::app::{App, Loaded};
use crate::components::page_state::{failed, loading};
use crate::components::question::Question;
use crate::el::El;
use crate::pages::{home, outside_ages};
use crate::router::Page;
use crate::step::Step;
use crate::{clock, dom};
use domain::catalogue::Phase;
use leptos::prelude::*;

/// After how long a question is there and answers, on a slow phone too; what else it may need comes then. In milliseconds.
const A_MOMENT: u32 = 500;

/// The page, or what stands in its way.
pub fn view(app: App, page: Page) -> El {
    let catalogue = match app.catalogue.get_untracked() {
        Loaded::Loading => return loading(),
        Loaded::Failed(failure) => return failed(&failure, move || app.load_catalogue()),
        Loaded::Ready(catalogue) => catalogue,
    };
    // It comes while this is read: at the end the network may be gone.
    dom::later(A_MOMENT, move || app.apart.fetch());
    // A try without an outcome goes on whatever the time: the server may have taken it while it was open.
    let locked = app.draft.with_untracked(|draft| draft.is_locked());
    if !locked && catalogue.intake.phase(clock::now()) != Phase::Open {
        // They come with the server's time of this moment; that of the catalogue may be as old as the copy of it.
        app.load_seats();
        return home::not_open(&catalogue.intake);
    }
    let now = clock::now();
    let open = app.draft.with_untracked(|draft| draft.first_unanswered(0, &catalogue, now));
    let allowed = if locked { Step::Check } else { open };
    match page {
        Page::Question { step, .. } if locked && step != Step::Check => redirect(app, Page::question(Step::Check)),
        Page::Question { step, student, change }
            if app.draft.with_untracked(|draft| draft.leads_to(step, student, allowed, now)) =>
        {
            question(Question::new(app, step, student, change, catalogue))
        }
        Page::OutsideAges { student } => {
            let born = app.draft.with_untracked(|draft| {
                let sibling =
                    student.checked_sub(1).map(|sibling| draft.form.siblings.get(sibling).map(|sibling| &sibling.student));
                sibling.unwrap_or(Some(&draft.form.student)).and_then(|student| student.born_on.date().ok())
            });
            match born.filter(|born| outside_ages::is_outside(*born, &catalogue)) {
                Some(born) => outside_ages::view(app, &catalogue, student, born),
                None => redirect(app, Page::question(allowed)),
            }
        }
        _ => redirect(app, Page::question(allowed)),
    }
}

/// Leads on once this page is in its place.
fn redirect(app: App, page: Page) -> El {
    crate::dom::later(0, move || app.router.replace(page));
    loading()
}

fn question(question: Question) -> El {
    match question.step {
        Step::Who => who::view(question),
        Step::BirthDate => birth_date::view(question),
        Step::Centre => centre::view(question),
        Step::Tracks => tracks::view(question),
        Step::Schedule => schedule::view(question),
        Step::Student => student::view(question),
        Step::School => school::view(question),
        Step::Iin => iin::view(question),
        Step::Guardian => guardian::view(question),
        Step::SecondGuardian => second_guardian::view(question),
        Step::Consent => consent::view(question),
        Step::Together => together::view(question),
        Step::Check => check::view(question),
    }
}
