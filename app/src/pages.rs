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
use crate::components::shell::shell;
use crate::el::El;
use crate::router::Page;

/// The page, in its shell.
pub fn view(app: App, page: Page) -> Vec<El> {
    let content = match page {
        Page::Home => home::view(app),
        Page::Register | Page::Question { .. } | Page::OutsideAges { .. } => vec![register::view(app, page)],
        Page::Already => vec![already::view(app)],
        Page::My | Page::Decline | Page::Withdraw | Page::Join | Page::Invariants => vec![apart::view(app, page)],
        Page::Lost => vec![lost::view()],
    };
    shell(app, page, content)
}
