//! A new password: because one wants it, or because the present one was given by somebody else.

use crate::components::form::Form;
use crate::components::heading::heading;
use crate::console::Console;
use crate::session::Account;
use crate::text::{Text, fill, t};
use app::el::{El, el, p};
use domain::staff::access::{PASSWORD_MIN, PasswordForm};
use leptos::prelude::*;

/// The step of signing in.
pub fn forced(console: Console, account: Account) -> Vec<El> {
    let form = form(account, move |account| console.entered(account));
    vec![heading(t(Text::PasswordForcedTitle), Vec::new()), p(t(Text::PasswordForcedText)), form]
}

/// The form; `done` learns how things stand afterwards.
pub fn form(account: Account, done: impl Fn(Account) + Clone + 'static) -> El {
    let form = Form::new("password");
    let [current, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let hint = fill(t(Text::PasswordHint), &[("min", &PASSWORD_MIN.to_string())]);
    let fields = vec![
        // Password managers want to know whose password it is.
        el("input").attr("type", "text").attr("autocomplete", "username").attr("hidden", "").value(&account.me().email),
        form.field("current", Text::PasswordCurrent).password("current-password", current),
        form.field("new", Text::PasswordNew).hint(hint).password("new-password", new),
        form.field("again", Text::PasswordAgain).password("new-password", again),
    ];
    form.view(fields, Text::PasswordSubmit, move || {
        let done = done.clone();
        async move {
            let body = PasswordForm { current: current.get_untracked(), new: new.get_untracked() };
            if body.new == body.current {
                form.refuse_saying("new", t(Text::PasswordSame).to_owned());
                return Ok(());
            }
            if form.refuses(&body.faults()) {
                return Ok(());
            }
            if again.get_untracked() != body.new {
                form.refuse_saying("again", t(Text::PasswordDiffers).to_owned());
                return Ok(());
            }
            let account = account.change_password(&body).await?;
            for typed in [current, new, again] {
                typed.set(String::new());
            }
            done(account);
            Ok(())
        }
    })
}
