//! The student is registered already: the ways back to that registration, and not a detail of it, as anybody may be asking.

use crate::app::App;
use crate::components::page_state::{Art, button_link, page_state};
use crate::el::{El, p};
use crate::pages::home::saved_links;
use crate::pages::lost::home_link;
use crate::router::Page;
use crate::step::Step;
use crate::text::{Text, language, t};
use domain::application::ApplicationForm;
use leptos::prelude::*;

/// The links kept on this phone, the e-mail, the centre.
pub fn view(app: App) -> El {
    let mut ways = saved_links();
    if app.draft.with_untracked(|draft| gave_email(&draft.form)) {
        ways.push(p(t(Text::RefusedAlreadyEmail)));
    }
    ways.push(p(t(Text::RefusedAlreadyCentre)));
    if app.draft.with_untracked(|draft| !draft.form.siblings.is_empty()) {
        ways.push(p(t(Text::SiblingAlready)));
    }
    ways.push(home_link());
    if app.draft.with_untracked(|draft| draft.is_begun()) {
        let check = Page::question(Step::Check).path(language());
        ways.push(button_link("button button--secondary", "check", t(Text::CheckTitle), &check));
    }
    page_state(Art::Done, t(Text::RefusedAlreadyTitle), &[t(Text::RefusedAlreadyText).to_owned()], ways)
}

/// Whether the answers name an address to which the server can send the link.
fn gave_email(form: &ApplicationForm) -> bool {
    let second = form.second_guardian.as_ref().map(|guardian| &guardian.email);
    [Some(&form.guardian.email), second].into_iter().flatten().any(|email| !email.trim().is_empty())
}
