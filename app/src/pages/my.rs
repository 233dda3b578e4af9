//! The private page of one registration, opened by the secret in the fragment: the family's receipt.

mod actions;

use crate::api::{self, Failure, Refusal};
use crate::app::{App, Loaded};
use crate::components::heading::heading;
use crate::components::page_state::{Art, failed, loading, page_state};
use crate::dom;
use crate::el::{El, div, el, p};
use crate::format;
use crate::pages::lost::home_link;
use crate::text::{Text, fill, language, t};
use domain::error::ErrorCode;
use domain::registration::{Confirmation, MyRegistration, RegistrationState, Warning};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The registration, or why it can't be shown.
pub fn view(app: App) -> El {
    let token = dom::fragment();
    load(app, token.clone());
    el("div").live(move || {
        let (_, loaded) = app.mine.get();
        let page = untrack(|| match loaded {
            Loaded::Loading => loading(),
            Loaded::Failed(Failure::Refused(refused)) if refused.code == ErrorCode::UnknownLink => unknown(),
            Loaded::Failed(failure) => {
                let token = token.clone();
                failed(&failure, move || load(app, token.clone()))
            }
            Loaded::Ready(mine) => {
                let fresh = app.fresh.get().filter(|fresh| fresh.token == token);
                registration(app, &mine, fresh, token.clone())
            }
        });
        vec![page]
    })
}

/// Asks for the registration. One that is shown already stays until something about it has changed.
fn load(app: App, token: String) {
    let shown = app.mine.with_untracked(|(known, loaded)| *known == token && matches!(loaded, Loaded::Ready(_)));
    if !shown {
        app.mine.set((token.clone(), Loaded::Loading));
    }
    spawn_local(async move {
        let answer = if token.is_empty() { Err(Failure::Refused(no_link())) } else { api::my(&token).await };
        let loaded = match answer {
            Ok(mine) => Loaded::Ready(Arc::new(mine)),
            // What the family has seen before is better than a page that says there is no network.
            Err(_) if shown => return,
            Err(failure) => Loaded::Failed(failure),
        };
        let answered = (token, loaded);
        // Another link may have been opened meanwhile.
        if app.mine.with_untracked(|mine| mine.0 == answered.0 && *mine != answered) {
            app.mine.set(answered);
            if !shown {
                dom::later(0, dom::begin_page);
            }
        }
    });
}

/// The answer to an address without a secret, known without asking.
fn no_link() -> Refusal {
    Refusal { code: ErrorCode::UnknownLink, fields: Vec::new(), retry_after: None }
}

fn unknown() -> El {
    page_state(Art::Lost, t(Text::MyUnknownTitle), &[t(Text::MyUnknownText).to_owned()], vec![home_link()])
}

fn registration(app: App, mine: &MyRegistration, fresh: Option<Confirmation>, token: String) -> El {
    let title = match (&fresh, mine.state) {
        (Some(_), RegistrationState::Enrolled) => t(Text::MyFirstEnrolled).to_owned(),
        (Some(_), RegistrationState::Waiting) => t(Text::MyFirstWaiting).to_owned(),
        _ => fill(t(Text::MyTitle), &[("name", &mine.given_name)]),
    };
    let warned = fresh.is_some_and(|fresh| fresh.warnings.contains(&Warning::IinBirthDate));
    let warning = warned.then(|| div("notice").text(t(Text::MyWarningIin)));
    let next = next_steps(mine.state).iter().map(|line| el("li").text(t(*line))).collect();
    div("question")
        .child(heading(&title))
        .child(ticket(mine))
        .maybe(warning)
        .child(el("h2").text(t(Text::MyNextTitle)))
        .child(el("ol").class("next-steps").all(next))
        .child(actions::view(app, mine, token))
        .child(div("inset").child(el("h2").text(t(Text::MyKeepTitle))).child(p(t(Text::MyKeep))))
}

/// What to show at the door.
fn ticket(mine: &MyRegistration) -> El {
    let position = mine.position.unwrap_or_default();
    let values: &[(&str, &str)] = &[("n", &format::number(position)), ("count", &format::number(mine.waiting.max(position)))];
    let (class, state) = match mine.state {
        RegistrationState::Enrolled => ("badge badge--enrolled", Text::MyStateEnrolled),
        RegistrationState::Waiting => ("badge badge--waiting", Text::MyStateWaiting),
        RegistrationState::Offered => ("badge badge--enrolled", Text::MyStateOffered),
        RegistrationState::Withdrawn => ("badge badge--waiting", Text::MyStateWithdrawn),
        RegistrationState::Lapsed => ("badge badge--waiting", Text::MyStateLapsed),
        RegistrationState::Removed => ("badge badge--waiting", Text::MyStateRemoved),
    };
    let mut rows = vec![
        (Text::MyStudent, mine.given_name.clone()),
        (Text::MySchedule, format::slots(&mine.cohort.slots)),
        (Text::MyCentre, mine.centre.name.get(language()).to_owned()),
        (Text::MyAddress, mine.centre.address.get(language()).to_owned()),
        (Text::MyTracks, mine.tracks.iter().map(|track| track.name.get(language())).collect::<Vec<_>>().join(", ")),
    ];
    if let Some(first) = mine.first_session.filter(|_| has_a_place_to_come(mine.state)) {
        rows.insert(1, (Text::MyFirstSession, format::session(first)));
    }
    rows.push((Text::MyDecided, format::moment(mine.decided_at)));
    let rows = rows.into_iter().map(|(label, value)| {
        let provisional = label == Text::MyAddress && mine.centre.provisional;
        let tag = provisional.then(|| el("span").class("tag").text(t(Text::HomeAddressProvisional)));
        el("div").child(el("dt").text(t(label))).child(el("dd").text(&value).text(" ").maybe(tag))
    });
    el("section")
        .class("ticket")
        .attr("aria-label", t(Text::MyNumber))
        .child(el("p").class("ticket-label").text(t(Text::MyNumber)))
        .child(el("strong").class("ticket-number").test("reference").text(&mine.reference))
        .child(el("span").class(class).test("state").attr("data-state", mine.state.as_str()).text(&fill(t(state), values)))
        .child(el("dl").all(rows.collect()))
}

/// Whether dates of sessions concern the family.
pub(crate) fn has_a_place_to_come(state: RegistrationState) -> bool {
    matches!(state, RegistrationState::Enrolled | RegistrationState::Offered | RegistrationState::Waiting)
}

fn next_steps(state: RegistrationState) -> &'static [Text] {
    match state {
        RegistrationState::Enrolled => &[Text::MyNextEnrolled1, Text::MyNextEnrolled2, Text::MyNextEnrolled3],
        RegistrationState::Waiting => &[Text::MyNextWaiting1, Text::MyNextWaiting2, Text::MyNextWaiting3],
        RegistrationState::Offered => &[Text::MyNextOffered1, Text::MyNextOffered2],
        RegistrationState::Withdrawn | RegistrationState::Lapsed | RegistrationState::Removed => {
            &[Text::MyNextOver1, Text::MyNextOver2]
        }
    }
}
