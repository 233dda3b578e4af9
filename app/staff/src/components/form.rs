//! Forms: fields with their faults, sent when asked to, and what the server has against it, said where it belongs.

use crate::components::button::Weight;
use crate::components::choose::focus_soon;
use crate::components::field::Field;
use crate::fault_text;
use crate::text::{Text, t};
use app::api::Failure;
use app::dom;
use app::el::{El, div, el, p};
use domain::error::{FaultCode, FieldFault};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::future::Future;
use web_sys::Node;

/// A form. A copy is a few numbers.
///
/// ```ignore
/// let (form, name) = (Form::new("member"), RwSignal::new(String::new()));
/// form.view(vec![form.field("name", Text::FieldName).input(name)], Text::ActionSave, move || async move {
///     session.post::<Member>("/api/staff/members", &body()).await.map(|member| done(member))
/// })
/// ```
#[derive(Clone, Copy)]
pub struct Form {
    name: &'static str,
    /// What is wrong with single answers: what the contract calls each, and the sentence.
    faults: RwSignal<Vec<(String, String)>>,
    /// What each field is called on the page, so that the summary can say which one is meant.
    labels: RwSignal<Vec<(String, String)>>,
    /// Why nothing came of it otherwise.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether it is being sent.
    pub busy: RwSignal<bool>,
}

impl Form {
    /// An empty form of this name; ids of its elements begin with it.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            faults: RwSignal::new(Vec::new()),
            labels: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// A field; `path` is what the contract calls it, by which the server names its faults.
    pub fn field(self, path: impl Into<Cow<'static, str>>, label: Text) -> Field {
        let path = path.into();
        self.names(&path, t(label).to_owned());
        Field::new(self, path, label)
    }

    /// What the summary calls a field.
    pub(super) fn names(self, path: &str, name: String) {
        self.labels.update_untracked(|labels| {
            labels.retain(|(known, _)| known != path);
            labels.push((path.to_owned(), name));
        });
    }

    /// The id of the element of a field.
    pub fn id(self, path: &str) -> String {
        [self.name, "-", &path.replace('.', "-")].concat()
    }

    /// What is wrong with this answer. Reactive.
    pub fn fault(self, path: &str) -> Option<String> {
        self.faults.with(|faults| faults.iter().find(|(field, _)| field == path).map(|(_, said)| said.clone()))
    }

    /// Finds a fault before anything is sent.
    pub fn refuse(self, path: &str, code: FaultCode) {
        self.refuse_saying(path, fault_text::fault(code));
    }

    /// Finds faults by the rules of the contract; whether there are any. A form that is sent asks this first.
    pub fn refuses(self, faults: &[FieldFault]) -> bool {
        if !faults.is_empty() {
            self.leads_to(self.in_order(faults));
        }
        !faults.is_empty()
    }

    /// The same with one more fault, of the field that stands above all others, in a sentence of one's own.
    pub fn refuses_also(self, path: &str, said: &str, faults: &[FieldFault]) {
        let mut all = self.in_order(faults);
        all.insert(0, (path.to_owned(), said.to_owned()));
        self.leads_to(all);
    }

    /// The same as [`Form::refuse`] with a sentence of one's own.
    pub fn refuse_saying(self, path: &str, said: String) {
        self.leads_to(vec![(path.to_owned(), said)]);
    }

    fn leads_to(self, faults: Vec<(String, String)>) {
        self.failure.set(None);
        self.faults.set(faults);
        focus_soon(self.id("errors"));
    }

    /// Forgets all faults: the fields they were about may be gone.
    pub fn forgets_faults(self) {
        self.faults.set(Vec::new());
    }

    /// Says why nothing came of it, and leads there.
    pub fn failed(self, failure: Failure) {
        // The form may have been left meanwhile.
        let Some(faults) = self.faults.try_update(|faults| {
            *faults = match &failure {
                Failure::Refused(refusal) => self.in_order(&refusal.fields),
                _ => Vec::new(),
            };
            faults.len()
        }) else {
            return;
        };
        self.failure.set((faults == 0).then_some(failure));
        focus_soon(self.id("errors"));
    }

    /// The form with its fields and the button that sends it. `send` is called once at a time; what it fails with is shown.
    pub fn view<F>(self, fields: Vec<El>, submit: Text, send: impl Fn() -> F + 'static) -> El
    where
        F: Future<Output = Result<(), Failure>> + 'static,
    {
        self.view_with(fields, submit, Weight::Main, Vec::new(), send)
    }

    /// The same with another kind of button, and further ones beside it.
    pub fn view_with<F>(
        self,
        fields: Vec<El>,
        submit: Text,
        weight: Weight,
        beside: Vec<El>,
        send: impl Fn() -> F + 'static,
    ) -> El
    where
        F: Future<Output = Result<(), Failure>> + 'static,
    {
        let submit = el("button")
            .class(weight.class())
            .attr("type", "submit")
            .test("submit")
            .text(t(submit))
            .live_busy(move || self.busy.get());
        el("form")
            .class("form")
            .id(self.name)
            .attr("novalidate", "")
            .child(self.errors())
            .all(fields)
            .child(div("acts").child(submit).all(beside))
            .on("submit", move |event| {
                event.prevent_default();
                self.sends(&send);
            })
    }

    /// What its button does: sends it, once at a time, and shows what that fails with.
    pub fn sends<F>(self, send: impl FnOnce() -> F)
    where
        F: Future<Output = Result<(), Failure>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.faults.set(Vec::new());
        self.failure.set(None);
        let sending = send();
        spawn_local(async move {
            let sent = sending.await;
            let _ = self.busy.try_set(false);
            if let Err(failure) = sent {
                self.failed(failure);
            }
        });
    }

    /// The faults with their sentences, from the top of the page to its end.
    fn in_order(self, faults: &[FieldFault]) -> Vec<(String, String)> {
        let place = |fault: &FieldFault| dom::element(&self.id(&fault.field));
        let mut placed: Vec<_> = faults.iter().map(|fault| (place(fault), said(fault))).collect();
        placed.sort_by(|(one, _), (other, _)| match (one, other) {
            (Some(one), Some(other)) if one == other => Ordering::Equal,
            (Some(one), Some(other)) if one.compare_document_position(other) & Node::DOCUMENT_POSITION_PRECEDING != 0 => {
                Ordering::Greater
            }
            (Some(_), Some(_)) => Ordering::Less,
            (one, other) => one.is_some().cmp(&other.is_some()),
        });
        placed.into_iter().map(|(_, fault)| fault).collect()
    }

    /// “Surname: Fill this in”: a sentence of the summary, where the field isn't seen beside it.
    fn named(self, path: &str, said: &str) -> String {
        self.labels.with_untracked(|labels| match labels.iter().find(|(known, _)| known == path) {
            Some((_, label)) => [label, ": ", said].concat(),
            None => said.to_owned(),
        })
    }

    /// The summary on top; every fault leads to its field.
    fn errors(self) -> El {
        let id = self.id("errors");
        el("div").live(move || {
            let (faults, failure) = (self.faults.get(), self.failure.get());
            let said = match (faults.is_empty(), failure) {
                (true, None) => return Vec::new(),
                (true, Some(failure)) => p(&fault_text::failure(&failure)),
                (false, _) => {
                    let fault = |(field, said): &(String, String)| {
                        let said = self.named(field, said);
                        el("li").child(el("a").attr("href", &["#", &self.id(field)].concat()).text(&said))
                    };
                    el("ul").all(faults.iter().map(fault).collect())
                }
            };
            let summary = div("error-summary").id(&id).attr("tabindex", "-1").attr("role", "alert");
            vec![summary.child(el("h2").text(t(Text::FormErrors))).child(said)]
        })
    }
}

fn said(fault: &FieldFault) -> (String, String) {
    (fault.field.clone(), fault_text::fault(fault.code))
}
