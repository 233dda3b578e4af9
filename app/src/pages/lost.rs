//! An address that means nothing.

use crate::components::page_state::{Art, button_link, page_state};
use crate::el::El;
use crate::router::Page;
use crate::text::{Text, language, t};

/// Says so and leads to the start page.
pub fn view() -> El {
    page_state(Art::Lost, t(Text::LostTitle), &[t(Text::LostText).to_owned()], vec![home_link()])
}

/// The way to the start page, where nothing else leads on.
pub fn home_link() -> El {
    button_link("button button--primary", "home", t(Text::ActionHome), &Page::Home.path(language()))
}
