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
use crate::{clock, dom, links};
use domain::catalogue::{Catalogue, Phase};
use domain::date::Date;
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
    if !is_open(app, &catalogue) {
        // They come with the server's time of this moment; that of the catalogue may be as old as the copy of it.
        app.load_seats();
        return home::not_open(&catalogue.intake);
    }
    match page {
        Page::Question { step, student, change } => {
            let next = app.draft.with_untracked(|draft| (draft.reached == step).then(|| draft.next(step, clock::now())));
            next.inspect(|next| make_ready(app, page, *next));
            question(Question::new(app, step, student, change, catalogue))
        }
        Page::OutsideAges { student } => match born_outside(app, &catalogue, student) {
            Some(born) => outside_ages::view(app, &catalogue, student, born),
            None => loading(),
        },
        _ => loading(),
    }
}

/// Builds a question and throws it away, while the page before it is read. What a page is made of is compiled when it runs for the first
/// time; the tap that leads to it doesn't wait for that then.
pub fn make_ready(app: App, before: Page, step: Step) {
    dom::later(A_MOMENT, move || {
        let catalogue = app.known_catalogue().filter(|_| app.router.page.get_untracked() == before);
        let Some(catalogue) = catalogue else { return };
        // Where the way goes on is decided at each of its pages.
        instead_of(app, Page::Register);
        let (built, title) = (Owner::new(), dom::title());
        built.with(|| untrack(|| drop(question(Question::new(app, step, 0, false, catalogue)))));
        built.cleanup();
        // A heading names the tab.
        dom::set_title(&title);
    });
}

/// The page to show for this address: the first question without an answer, unless this one may be answered now. While nothing can be
/// answered, the page itself.
pub fn instead_of(app: App, page: Page) -> Page {
    let Some(catalogue) = app.known_catalogue().filter(|catalogue| is_open(app, catalogue)) else { return page };
    let now = clock::now();
    let (locked, open) = app.draft.with_untracked(|draft| (draft.is_locked(), draft.first_unanswered(0, &catalogue, now)));
    let allowed = if locked { Step::Check } else { open };
    let stays = match page {
        Page::Question { step, .. } if locked => step == Step::Check,
        Page::Question { step, student, .. } => app.draft.with_untracked(|draft| draft.leads_to(step, student, allowed, now)),
        Page::OutsideAges { student } => born_outside(app, &catalogue, student).is_some(),
        _ => false,
    };
    if stays {
        page
    } else if page != Page::Register && allowed == Step::Who && !links::all().is_empty() {
        // Back, behind an application that was sent: an empty first question would look as if it were lost.
        Page::Home
    } else {
        Page::question(allowed)
    }
}

/// Whether questions are asked now. A try without an outcome goes on whatever the time: the server may have taken it while it was open.
fn is_open(app: App, catalogue: &Catalogue) -> bool {
    app.draft.with_untracked(|draft| draft.is_locked()) || catalogue.intake.phase(clock::now()) == Phase::Open
}

/// The birth date of this student, when it is outside the intake's ages.
fn born_outside(app: App, catalogue: &Catalogue, student: usize) -> Option<Date> {
    let born = app.draft.with_untracked(|draft| {
        let sibling = student.checked_sub(1).map(|sibling| draft.form.siblings.get(sibling).map(|sibling| &sibling.student));
        sibling.unwrap_or(Some(&draft.form.student)).and_then(|student| student.born_on.date().ok())
    });
    born.filter(|born| outside_ages::is_outside(*born, catalogue))
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
