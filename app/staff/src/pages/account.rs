//! One's own account: password, authenticator app, signing out.

use super::{members, new_second_factor, password};
use crate::components::button::{Weight, button};
use crate::components::dialog::Question;
use crate::components::heading::heading;
use crate::fault_text::{self, role_name};
use crate::offline::kept;
use crate::router::Page;
use crate::session::{Account, Session};
use crate::text::{Text, plural, t};
use app::api::Failure;
use app::dom;
use app::el::{El, div, el, p};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The screen; setting up an authenticator app takes its place.
pub fn view(session: Session) -> Vec<El> {
    let renewing = RwSignal::new(false);
    let console = session.console();
    vec![el("div").live(move || {
        if renewing.get() {
            dom::later(0, dom::begin_page);
            return new_second_factor::view(session.account(), move |_| {
                console.who_is_it();
                console.say(t(Text::SecondFactorDone));
            });
        }
        overview(session, renewing)
    })]
}

fn overview(session: Session, renewing: RwSignal<bool>) -> Vec<El> {
    let (me, console) = (session.me(), session.console());
    let centre = me.centre.as_ref().map_or_else(|| t(Text::FrameEveryCentre).to_owned(), |id| session.centre_name(id));
    let facts = [
        (Text::FieldName, me.name.clone()),
        (Text::FieldEmail, me.email.clone()),
        (Text::FieldRole, role_name(me.role).to_owned()),
        (Text::FieldCentre, centre),
    ];
    let fact = |(name, value): (Text, String)| {
        let value = if name == Text::FieldEmail { members::email(&value) } else { el("span").text(&value) };
        el("div").child(el("dt").text(t(name))).child(el("dd").child(value))
    };
    let changed = move |account: Account| {
        console.entered(account);
        console.say(t(Text::PasswordChanged));
    };
    let sign_out = button(Text::AccountSignOut, Weight::Plain, "sign-out", move || spawn_local(leave(session)));
    let everywhere = button(Text::AccountEverywhere, Weight::Danger, "sign-out-everywhere", move || ask_everywhere(session));
    vec![
        heading(t(Text::NavAccount), vec![sign_out]),
        el("dl").class("data-list").all(facts.map(fact).into()),
        part(Text::SecondFactorHeading, second_factor(session, renewing)),
        part(Text::PasswordHeading, vec![password::form(session.account(), changed)]),
        part(Text::AccountEverywhereHeading, vec![p(t(Text::AccountEverywhereText)), div("acts").child(everywhere)]),
    ]
}

fn second_factor(session: Session, renewing: RwSignal<bool>) -> Vec<El> {
    let (text, begin) = if session.me().second_factor {
        (Text::SecondFactorSet, Text::SecondFactorRenew)
    } else {
        (Text::SecondFactorNone, Text::SecondFactorBegin)
    };
    let begin = button(begin, Weight::Plain, "second-factor", move || renewing.set(true));
    vec![p(t(text)), div("acts").child(begin)]
}

fn part(title: Text, content: Vec<El>) -> El {
    el("section").class("part").child(el("h2").text(t(title))).all(content)
}

fn ask_everywhere(session: Session) {
    let question = Question::new(t(Text::AccountEverywhereAsk), Text::AccountEverywhere).danger();
    question.ask(session.console(), move |_| async move {
        session.account().sign_out(true).await?;
        left(session);
        Ok(())
    });
}

/// Marks that aren't sent yet stay on the phone; whoever leaves should know.
async fn leave(session: Session) {
    let waiting = session.console().marks.waits().await;
    if waiting == 0 {
        return match sign_out(session).await {
            Ok(()) => {}
            Err(failure) => session.console().say(fault_text::failure(&failure)),
        };
    }
    let question = Question::new(&plural(Text::QueueLeave, waiting), Text::AccountSignOut).saying(t(Text::QueueLeaveText));
    question.ask(session.console(), move |_| sign_out(session));
}

/// Names of students go from the phone also when the server can't be told that somebody leaves.
async fn sign_out(session: Session) -> Result<(), Failure> {
    match session.account().sign_out(false).await {
        Err(Failure::Network | Failure::Timeout) => {
            session.console().leaves_later();
            left(session);
            session.console().say(t(Text::AccountLeftOffline));
        }
        answer => {
            answer?;
            left(session);
        }
    }
    Ok(())
}

/// Who signs out on purpose begins at the beginning next time.
fn left(session: Session) {
    spawn_local(kept::forget());
    session.console().router.replace(&Page::SignIn);
    session.console().signed_out();
}
