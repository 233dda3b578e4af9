//! Why a page isn't shown, and where to go on.

use crate::components::button::{Weight, button_link};
use crate::fault_text::role_name;
use crate::router::Page;
use crate::session::Session;
use crate::text::{Text, fill, t};
use app::components::page_state::{Art, page_state};
use app::el::El;

/// The role doesn't include it.
pub fn not_allowed(session: Session) -> Vec<El> {
    let said = fill(t(Text::NotAllowedText), &[("role", &role_name(session.me().role).to_lowercase())]);
    vec![page_state(Art::Lost, t(Text::NotAllowedTitle), &[said], vec![on()])]
}

/// The address means nothing.
pub fn lost() -> Vec<El> {
    vec![page_state(Art::Lost, t(Text::LostTitle), &[t(Text::LostText).to_owned()], vec![on()])]
}

fn on() -> El {
    button_link(Text::ActionOverview, Weight::Main, "overview", &Page::Overview.path())
}
