//! Setting up an authenticator app: the picture, the secret in letters, the first code, then the recovery codes.

use super::recovery_codes;
use crate::components::button::{Weight, button};
use crate::components::form::Form;
use crate::components::heading::heading;
use crate::components::state;
use crate::session::Account;
use crate::text::{Text, t};
use app::api::{Failure, Refusal};
use app::app::Loaded;
use app::dom;
use app::el::{El, div, el, p};
use domain::error::ErrorCode;
use domain::staff::access::{CodeForm, RecoveryCodes, SecondFactorSetup};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The whole way; `done` is called when the recovery codes have been kept.
pub fn view(account: Account, done: impl Fn(Account) + Clone + 'static) -> Vec<El> {
    let setup = RwSignal::new(Loaded::Loading);
    let codes = RwSignal::new(None::<RecoveryCodes>);
    begin(account, setup);
    let content = move || {
        if let Some(codes) = codes.get() {
            let done = done.clone();
            return recovery_codes::view(&codes, move || done(account));
        }
        let head = [heading(t(Text::SecondFactorTitle), Vec::new()), p(t(Text::SecondFactorLead))];
        let rest = match setup.get() {
            Loaded::Loading => vec![state::loading()],
            Loaded::Failed(Failure::Refused(Refusal { code: ErrorCode::SignInAnew, .. })) => anew(account),
            Loaded::Failed(failure) => vec![state::failed(&failure, move || begin(account, setup))],
            Loaded::Ready(setup) => steps(account, &setup, codes),
        };
        head.into_iter().chain(rest).collect()
    };
    vec![el("div").class("stack").live(content)]
}

/// Another app takes a session that has just begun: whoever finds an unlocked screen must not put theirs in its place.
fn anew(account: Account) -> Vec<El> {
    let again = button(Text::SecondFactorAnew, Weight::Main, "sign-in-anew", move || account.signs_in_anew());
    vec![state::notice(t(Text::ErrorSignInAnew)), div("acts").child(again)]
}

fn begin(account: Account, setup: RwSignal<Loaded<SecondFactorSetup>>) {
    setup.set(Loaded::Loading);
    spawn_local(async move {
        let answer = account.begin_second_factor().await;
        let _ = setup.try_set(answer.map_or_else(Loaded::Failed, Loaded::Ready));
    });
}

fn steps(account: Account, setup: &SecondFactorSetup, codes: RwSignal<Option<RecoveryCodes>>) -> Vec<El> {
    // As a picture of its own: whatever the document holds, it can't run.
    let picture = ["data:image/svg+xml,", &String::from(js_sys::encode_uri_component(&setup.qr_svg))].concat();
    let drawing = el("img").class("qr").attr("src", &picture).attr("alt", t(Text::SecondFactorPicture));
    let secret = el("code").class("secret").test("secret").text(&grouped(&setup.secret));
    let (form, typed) = (Form::new("second-factor"), RwSignal::new(String::new()));
    let field = form.field("code", Text::FieldCode).hint(t(Text::SecondFactorCodeHint)).autocomplete("one-time-code");
    let form = form.view(vec![field.digits(typed)], Text::SecondFactorSubmit, move || async move {
        let code = typed.get_untracked().trim().to_owned();
        codes.set(Some(account.confirm_second_factor(&CodeForm { code }).await?));
        dom::later(0, dom::begin_page);
        Ok::<(), Failure>(())
    });
    let steps = el("ol")
        .class("steps")
        .child(el("li").text(t(Text::SecondFactorInstall)))
        .child(el("li").text(t(Text::SecondFactorScan)).child(drawing))
        .child(el("li").text(t(Text::SecondFactorSecret)).child(secret))
        .child(el("li").text(t(Text::SecondFactorType)));
    vec![steps, form]
}

/// In fours, as it is read from a screen and typed into a phone.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_secret_is_read_in_fours() {
        assert_eq!(grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
