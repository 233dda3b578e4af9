//! Signing in, step by step: password, then the code of the authenticator app; before that, whatever has to be set up first.

use super::{new_second_factor, password};
use crate::components::button::{Weight, button};
use crate::components::form::Form;
use crate::components::heading::heading;
use crate::console::Console;
use crate::router::Page;
use crate::session::Account;
use crate::text::{Text, t};
use app::dom;
use app::el::{El, div, el, p};
use domain::staff::access::{CodeForm, Pending, SignInForm};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The first step.
pub fn view(console: Console) -> Vec<El> {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Form::new("sign-in");
    let fields = vec![
        form.field("email", Text::FieldEmail).autocomplete("username").email(email),
        form.field("password", Text::FieldPassword).password("current-password", password),
    ];
    let form = form.view(fields, Text::SignInSubmit, move || async move {
        let form = SignInForm { email: email.get_untracked(), password: password.get_untracked() };
        let account = console.sign_in(&form).await?;
        password.set(String::new());
        console.entered(account);
        Ok(())
    });
    let help = el("details").class("details").child(el("summary").text(t(Text::SignInHelp))).child(p(t(Text::SignInHelpText)));
    vec![heading(t(Text::SignInTitle), Vec::new()), form, by_access(console), help]
}

/// The way through the organisation's own accounts, where the site has one: by an address that its identity provider guards. Only
/// who opens that as a page can be led past the provider's own pages.
fn by_access(console: Console) -> El {
    let (offered, form) = (RwSignal::new(false), Form::new("sign-in-access"));
    let is_there = console.router.page.get_untracked() == Page::Organisation;
    spawn_local(async move {
        // Without an answer there is the password.
        let ways = console.ways_in().await;
        let offers = ways.is_ok_and(|ways| ways.access);
        if offered.try_set(offers).is_none() && offers && is_there {
            form.sends(|| async move {
                console.entered(console.sign_in_by_access().await?);
                Ok(())
            });
        }
    });
    div("").live(move || {
        let enter = || {
            form.view_with(Vec::new(), Text::SignInAccess, Weight::Plain, Vec::new(), move || async move {
                dom::open(&Page::Organisation.path());
                Ok(())
            })
        };
        offered.get().then(enter).into_iter().collect()
    })
}

/// What is still missing.
pub fn go_on(console: Console, account: Account) -> Vec<El> {
    let mut content = match account.pending() {
        Some(Pending::Password) => password::forced(console, account),
        Some(Pending::Enrolment) => new_second_factor::view(account, move |_| console.who_is_it()),
        Some(Pending::Code) | None => code(console, account),
    };
    let other = button(Text::SignInOther, Weight::Quiet, "sign-out", move || account.signs_in_anew());
    content.push(div("acts").child(other));
    content
}

fn code(console: Console, account: Account) -> Vec<El> {
    let (form, typed) = (Form::new("code"), RwSignal::new(String::new()));
    let field = form.field("code", Text::FieldCode).hint(t(Text::SignInCodeHint)).autocomplete("one-time-code").digits(typed);
    let form = form.view(vec![field], Text::SignInCodeSubmit, move || async move {
        let code = typed.get_untracked().trim().to_owned();
        console.entered(account.show_code(&CodeForm { code }).await?);
        Ok(())
    });
    let recovery =
        el("details").class("details").child(el("summary").text(t(Text::SignInRecovery))).child(p(t(Text::SignInRecoveryText)));
    vec![heading(t(Text::SignInCodeTitle), Vec::new()), form, recovery]
}
