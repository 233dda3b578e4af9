//! The way into the pages that come apart.

use crate::app::App;
use crate::el::El;
use crate::pages::{invariants, my};
use crate::router::Page;

/// One of these pages.
pub fn view(app: App, page: Page) -> El {
    match page {
        Page::Invariants => invariants::view(),
        page => my::view(app, page),
    }
}

/// Looks whether anything has changed about the private page that is shown.
pub fn refresh(app: App) {
    my::refresh(app);
}
