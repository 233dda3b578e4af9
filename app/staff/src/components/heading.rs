//! The one `h1` of a page, with what can be done there.

use app::el::{El, div};

/// The heading of a page; it names the tab and takes the focus when the page begins. `actions` stand beside it.
pub fn heading(title: &str, actions: Vec<El>) -> El {
    let heading = div("page-head").child(app::components::heading::heading(title));
    if actions.is_empty() { heading } else { heading.child(div("acts no-print").all(actions)) }
}
