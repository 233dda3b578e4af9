//! Every page, and which of them an address leads to.

pub mod already;
pub mod home;
pub mod invariants;
pub mod lost;
pub mod my;
pub mod outside_ages;
pub mod register;

use crate::apart;
use crate::app::App;
use crate::el::El;
use crate::router::Page;

/// The page, without what surrounds it.
pub fn view(app: App, page: Page) -> Vec<El> {
    match page {
        Page::Home => home::view(app),
        Page::Register | Page::Question { .. } | Page::OutsideAges { .. } => vec![register::view(app, page)],
        Page::Already => vec![already::view(app)],
        Page::My | Page::Decline | Page::Withdraw | Page::Join | Page::Invariants => vec![apart::view(app, page)],
        Page::Lost => vec![lost::view()],
    }
}

/// The page that an address leads to now: a question may have to wait for those before it.
pub fn instead_of(app: App, page: Page) -> Page {
    match page {
        Page::Register | Page::Question { .. } | Page::OutsideAges { .. } => register::instead_of(app, page),
        other => other,
    }
}
