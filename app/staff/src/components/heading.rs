//! The one `h1` of a page, with what can be done there, and the way back above it.

use crate::cohort_words::CohortName;
use crate::router::Page;
use app::components::heading::name_tab;
use app::el::{El, div, el};

/// The heading of a page; it names the tab and takes the focus when the page begins. `actions` stand beside it.
pub fn heading(title: &str, actions: Vec<El>) -> El {
    headed(app::components::heading::heading(title), actions)
}

/// The heading of a cohort's page. Reactive, as a cohort can be renamed there.
pub fn heading_of_cohort(name: impl Fn() -> CohortName + 'static, actions: Vec<El>) -> El {
    let heading = el("h1").class("question-title").attr("tabindex", "-1").live(move || {
        let name = name();
        name_tab(&name.line(), false);
        vec![name.below_each_other(el("span"))]
    });
    headed(heading, actions)
}

fn headed(heading: El, actions: Vec<El>) -> El {
    let heading = div("page-head").child(heading);
    if actions.is_empty() { heading } else { heading.child(div("acts no-print").all(actions)) }
}

/// The way to the page this one belongs to, above the heading.
pub fn back(to: &str, page: &Page) -> El {
    let arrow = el("span").attr("aria-hidden", "true").text("←");
    el("p")
        .class("back no-print")
        .child(el("a").test("back").attr("href", &page.path()).child(arrow).child(el("span").text(to)))
}
