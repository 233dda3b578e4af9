//! A letter to the families of a cohort, counted and shown before it is sent.

use super::parts::Parts;
use crate::components::button::Weight;
use crate::components::dialog;
use crate::components::form::Form;
use crate::registration::state_name;
use crate::remote::Remote;
use crate::session::Session;
use crate::text::{Text, fill, plural, t};
use app::dom;
use app::el::{El, div, el, p};
use domain::registration::RegistrationState;
use domain::staff::roster::{MessageAnswer, MessageForm, check_message};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// To whom staff write, those who have a seat first.
const STATES: [RegistrationState; 3] = [RegistrationState::Enrolled, RegistrationState::Offered, RegistrationState::Waiting];

/// What is being written. A copy is a few numbers.
#[derive(Clone, Copy)]
struct Draft {
    subject: RwSignal<String>,
    body: RwSignal<String>,
    states: RwSignal<Vec<String>>,
    news: RwSignal<bool>,
    /// How many letters that would be; none while it isn't known.
    counted: RwSignal<Option<MessageAnswer>>,
}

impl Draft {
    fn form(self, id: &str, preview: bool) -> MessageForm {
        let states = self.states.get_untracked();
        let chosen = STATES.into_iter().filter(|state| states.iter().any(|word| word == state.as_str()));
        MessageForm {
            id: id.to_owned(),
            subject: self.subject.get_untracked(),
            body: self.body.get_untracked(),
            states: chosen.collect(),
            news: self.news.get_untracked(),
            preview,
        }
    }
}

/// Twenty-six letters: this message, however often it is sent.
fn drawn() -> String {
    dom::random_key().chars().take(26).collect()
}

/// Asks what to write, and to whom.
pub(super) fn write(session: Session, cohort: &str, roster: Remote<Parts>) {
    let (cohort, id) = (cohort.to_owned(), drawn());
    dialog::open(session.console(), move |dialog| {
        let draft = Draft {
            subject: RwSignal::new(String::new()),
            body: RwSignal::new(String::new()),
            states: RwSignal::new(vec![RegistrationState::Enrolled.as_str().to_owned()]),
            news: RwSignal::new(false),
            counted: RwSignal::new(None),
        };
        let path = ["/api/staff/cohorts/", &cohort, "/messages"].concat();
        let form = Form::new("message");
        let choices = STATES.map(|state| (state.as_str().to_owned(), state_name(state).to_owned())).into();
        let fields = vec![
            form.field("states", Text::MessageTo).checks(draft.states, choices),
            form.field("news", Text::MessageNews).check(draft.news),
            counted(session, draft, &path, &id),
            form.field("subject", Text::MessageSubject).input(draft.subject),
            form.field("body", Text::MessageBody).lines(draft.body),
            preview(session, draft, &cohort),
        ];
        let id = id.clone();
        let form = form.view_with(fields, Text::MessageSend, Weight::Main, vec![dialog.cancel_button()], move || {
            let (path, body) = (path.clone(), draft.form(&id, false));
            async move {
                if form.refuses(&check_message(&body)) {
                    return Ok(());
                }
                let sent: MessageAnswer = session.post(&path, &body).await?;
                roster.reload();
                session.console().say(plural(Text::MessageSent, sent.letters));
                dialog.close();
                Ok(())
            }
        });
        vec![
            dialog.title(t(Text::RosterWrite)),
            div("hint").child(session.cohort_known(&cohort).below_each_other(el("strong"))),
            form,
        ]
    });
}

/// How many letters it will be, asked anew whenever somebody is added or left out.
fn counted(session: Session, draft: Draft, path: &str, id: &str) -> El {
    let (path, id) = (path.to_owned(), id.to_owned());
    let asks = el("div").live_with(move |_| {
        draft.states.track();
        draft.news.track();
        draft.counted.set(None);
        let (path, form) = (path.clone(), draft.form(&id, true));
        if form.states.is_empty() {
            return;
        }
        spawn_local(async move {
            if let Ok(answer) = session.post::<MessageAnswer>(&path, &form).await {
                // Another choice may have been made meanwhile.
                let still = draft.states.try_with_untracked(|_| draft.form(&form.id, true).recipients() == form.recipients());
                if still == Some(true) {
                    draft.counted.set(Some(answer));
                }
            }
        });
    });
    let said = el("div").attr("role", "status").test("counted").live(move || match draft.counted.get() {
        None if draft.states.with(Vec::is_empty) => vec![p(t(Text::MessageUnchosen))],
        None => Vec::new(),
        Some(MessageAnswer { letters: 0, without_address: 0 }) => {
            vec![p(t(if draft.news.get() { Text::MessageNobodyAgreed } else { Text::MessageNobody }))]
        }
        Some(MessageAnswer { letters, without_address }) => {
            let without = (without_address > 0).then(|| p(&plural(Text::MessageWithout, without_address)));
            let count = if letters == 0 { t(Text::MessageNone).to_owned() } else { plural(Text::MessageCount, letters) };
            [p(&count)].into_iter().chain(without).collect()
        }
    });
    div("note").child(asks).child(said)
}

/// The letter as families get it, in the language of this page.
fn preview(session: Session, draft: Draft, cohort: &str) -> El {
    let group = session.cohort_of_families(cohort);
    let letter = div("letter").attr("aria-live", "off").test("preview").live(move || {
        let (subject, body) = (draft.subject.get(), draft.body.get());
        let mut lines = vec![
            p(&["TUMO: ", subject.trim()].concat()).class("letter-subject"),
            p(t(Text::MessageGreeting)),
            p(&fill(t(Text::MessageGroup), &[("cohort", &group)])),
        ];
        lines.extend(body.trim().split("\n\n").map(|part| p(part).class("letter-part")));
        lines.push(p(t(Text::MessageFoot)).class("hint"));
        lines
    });
    el("details").class("details").child(el("summary").text(t(Text::MessagePreview))).child(letter)
}
