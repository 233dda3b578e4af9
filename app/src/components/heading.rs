//! The one `h1` of a page. It also names the tab.

use crate::dom;
use crate::el::{El, el};
use crate::text::{Text, t};

/// The heading of a page; it takes the focus when the page begins, so that it is read out.
pub fn heading(title: &str) -> El {
    name_tab(title, false);
    el("h1").class("question-title").attr("tabindex", "-1").text(title)
}

/// Names the tab after the page; with errors on it, the name says so first.
pub fn name_tab(title: &str, with_errors: bool) {
    let mut name = String::new();
    if with_errors {
        name.push_str(t(Text::SiteErrorPrefix));
        name.push_str(": ");
    }
    name.push_str(title);
    name.push_str(" — ");
    name.push_str(t(Text::SiteName));
    dom::set_title(&name);
}
