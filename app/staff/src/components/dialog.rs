//! What lies over the page and has to be answered first. The browser's own `dialog` keeps the focus inside, closes on Escape, and
//! gives the focus back.

use crate::components::button::{Weight, button};
use crate::components::form::Form;
use crate::console::Console;
use crate::text::{Text, t};
use app::api::Failure;
use app::dom;
use app::el::{El, div, el, p};
use domain::error::FaultCode;
use leptos::prelude::*;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlDialogElement;

/// What a dialog shows.
pub type Content = Rc<dyn Fn(Dialog) -> Vec<El>>;

/// The id of the open dialog; there is one at a time.
const ID: &str = "dialog";

/// The open dialog. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Dialog {
    console: Console,
}

impl Dialog {
    /// Takes it away; the focus goes back to where it came from.
    pub fn close(self) {
        if let Some(dialog) = element() {
            dialog.close();
        }
        self.console.dialog.set(None);
    }

    /// The button that closes it without doing anything.
    pub fn cancel_button(self) -> El {
        self.cancel_button_saying(Text::ActionCancel)
    }

    /// The same with other words, where these could be taken for the act itself.
    fn cancel_button_saying(self, text: Text) -> El {
        button(text, Weight::Plain, "cancel", move || self.close())
    }

    /// The heading of a dialog; it also names it to those who can't see it.
    pub fn title(self, title: &str) -> El {
        el("h2").class("dialog-title").id("dialog-title").attr("tabindex", "-1").text(title)
    }
}

/// Opens a dialog over the page. The content begins with [`Dialog::title`].
pub fn open(console: Console, content: impl Fn(Dialog) -> Vec<El> + 'static) {
    console.dialog.set(Some(Rc::new(content)));
}

/// The place in the frame where dialogs appear.
pub fn host(console: Console) -> El {
    el("div").live(move || {
        let Some(content) = console.dialog.get() else { return Vec::new() };
        let dialog = Dialog { console };
        dom::later(0, || {
            if let Some(dialog) = element() {
                let _ = dialog.show_modal();
            }
        });
        let content = untrack(|| content(dialog));
        vec![el("dialog").class("dialog").id(ID).attr("aria-labelledby", "dialog-title").child(div("dialog-body").all(content))]
    })
}

/// Notices, for as long as the tab lives, that a dialog was closed by Escape. Not the dialog's own listener: the event comes when
/// the dialog is gone already.
pub fn watch(console: Console) {
    let noticed = Closure::<dyn FnMut()>::new(move || {
        if element().is_none_or(|dialog| !dialog.open()) && console.dialog.with_untracked(Option::is_some) {
            console.dialog.set(None);
        }
    });
    if let Some(document) = dom::document() {
        // The event doesn't bubble; on its way down it passes the document.
        let _ = document.add_event_listener_with_callback_and_bool("close", noticed.as_ref().unchecked_ref(), true);
    }
    noticed.forget();
}

fn element() -> Option<HtmlDialogElement> {
    dom::element(ID)?.dyn_into().ok()
}

/// A question before something is done.
///
/// ```ignore
/// Question::new(&title, Text::MembersDisable).saying(&text).danger().with_reason().ask(console, move |reason| async move {
///     session.post::<()>(&path, &ReasonForm { reason }).await.map(|()| members.reload())
/// });
/// ```
pub struct Question {
    title: String,
    text: String,
    act: Text,
    cancel: Text,
    weight: Weight,
    reason: bool,
}

impl Question {
    /// What is asked, and the button that does it.
    pub fn new(title: &str, act: Text) -> Self {
        let (title, text, cancel) = (title.to_owned(), String::new(), Text::ActionCancel);
        Self { title, text, act, cancel, weight: Weight::Main, reason: false }
    }

    /// Whether something done is to be undone, and why. Undoing and cancelling are one word in Russian, so both buttons say more.
    pub fn undoing(title: &str) -> Self {
        Self { cancel: Text::ToastNotPutBack, ..Self::new(title, Text::ToastPutBack).with_reason() }
    }

    /// What will come of it.
    pub fn saying(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self
    }

    /// It can't be taken back easily.
    pub fn danger(mut self) -> Self {
        self.weight = Weight::Danger;
        self
    }

    /// It takes a reason, which the journal keeps.
    pub fn with_reason(mut self) -> Self {
        self.reason = true;
        self
    }

    /// Asks; `act` gets the reason, and the dialog closes when it has succeeded.
    pub fn ask<F>(self, console: Console, act: impl Fn(String) -> F + 'static)
    where
        F: Future<Output = Result<(), Failure>> + 'static,
    {
        let act = Rc::new(act);
        open(console, move |dialog| {
            let (form, reason) = (Form::new("question"), RwSignal::new(String::new()));
            let asks_why = self.reason;
            let why = asks_why.then(|| form.field("reason", Text::FieldReason).hint(t(Text::FieldReasonHint)).lines(reason));
            let act = Rc::clone(&act);
            let cancel = vec![dialog.cancel_button_saying(self.cancel)];
            let form = form.view_with(why.into_iter().collect(), self.act, self.weight, cancel, move || {
                let act = Rc::clone(&act);
                async move {
                    let why = reason.get_untracked().trim().to_owned();
                    if asks_why && why.is_empty() {
                        form.refuse("reason", FaultCode::Required);
                        return Ok(());
                    }
                    act(why).await?;
                    dialog.close();
                    Ok(())
                }
            });
            let text = (!self.text.is_empty()).then(|| p(&self.text));
            vec![dialog.title(&self.title)].into_iter().chain(text).chain([form]).collect()
        });
    }
}
