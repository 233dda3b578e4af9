//! The file that is on its way: how much is here of about how much, a way to call it off, and what came of it.

use super::size::size;
use crate::components::button::{Weight, button};
use crate::components::progress::progress;
use crate::components::state;
use crate::download::{Download, Progress};
use crate::text::{Text, fill, t};
use app::api::Failure;
use app::el::{El, div, el, p};
use domain::staff::exchange::ExportQuery;
use js_sys::encode_uri_component;
use leptos::prelude::*;

/// What is being taken. A copy is a few numbers.
#[derive(Clone, Copy)]
pub struct Taking {
    download: Download,
    query: StoredValue<Option<ExportQuery>>,
    /// How many bytes there will be, about.
    about: RwSignal<u64>,
}

/// What is shown; the bytes that come don't build it anew.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Nothing,
    Coming,
    CalledOff,
    Here(u64),
    Failed(Failure),
}

impl Taking {
    /// Nothing yet.
    pub fn new(download: Download) -> Self {
        Self { download, query: StoredValue::new(None), about: RwSignal::new(0) }
    }

    /// Takes this file, of about so many bytes, unless one is on its way.
    pub fn begin(self, query: ExportQuery, about: u64) {
        if untrack(|| self.download.is_coming()) {
            return;
        }
        let (path, name) = (path(&query), query.file_name());
        self.query.set_value(Some(query));
        self.about.set(about);
        self.download.start(path, name);
    }

    /// What is told about it, at the lower edge of the screen.
    pub fn view(self) -> El {
        let shown = Memo::new(move |_| match self.download.progress.get() {
            Progress::Nothing => Shown::Nothing,
            Progress::Coming(_) => Shown::Coming,
            Progress::CalledOff => Shown::CalledOff,
            Progress::Here(bytes) => Shown::Here(bytes),
            Progress::Failed(failure) => Shown::Failed(failure),
        });
        div("taking no-print").attr("aria-live", "polite").live(move || match shown.get() {
            Shown::Nothing => Vec::new(),
            Shown::Coming => vec![self.coming()],
            Shown::CalledOff => vec![div("taking-card").child(p(t(Text::ExportsCalledOff)))],
            Shown::Here(bytes) => {
                let said = fill(t(Text::ExportsHere), &[("file", &self.file_name()), ("size", &size(bytes))]);
                let said = p(&said).class("said").test("here");
                vec![div("taking-card").child(said).child(p(t(Text::ExportsHereNote)).class("hint"))]
            }
            Shown::Failed(failure) => vec![state::failed(&failure, move || self.again())],
        })
    }

    fn coming(self) -> El {
        let label = fill(t(Text::ExportsComing), &[("file", &self.file_name())]);
        let here = move || match self.download.progress.get() {
            Progress::Coming(bytes) => bytes,
            _ => 0,
        };
        // The length is a guess, so the bar isn't full before the last byte is here.
        let bar = progress(&label, move || {
            let about = self.about.get().max(1);
            let percent = u32::try_from(here().saturating_mul(100) / about).unwrap_or(u32::MAX);
            Some((percent.min(99), 100))
        });
        let more = move || fill(t(Text::ExportsMore), &[("size", &size(here())), ("all", &size(self.about.get()))]);
        let more = el("p").class("hint").attr("aria-live", "off").live_text(more);
        let stop = button(Text::ExportsCallOff, Weight::Plain, "call-off", move || self.download.call_off());
        div("taking-card").child(bar).child(div("taking-line").child(more).child(stop))
    }

    fn again(self) {
        if let Some(query) = self.query.get_value() {
            self.begin(query, self.about.get_untracked());
        }
    }

    fn file_name(self) -> String {
        self.query.with_value(|query| query.as_ref().map(ExportQuery::file_name)).unwrap_or_default()
    }
}

/// Where the file is to be had.
fn path(query: &ExportQuery) -> String {
    let written = |text: &str| String::from(encode_uri_component(text));
    let mut path = [
        "/api/staff/export?kind=",
        query.kind.as_str(),
        "&format=",
        query.format.as_str(),
        "&from=",
        &query.from.to_string(),
        "&to=",
        &query.to.to_string(),
        "&language=",
        query.language.as_str(),
    ]
    .concat();
    if let Some(centre) = &query.centre {
        path.push_str("&centre=");
        path.push_str(&written(centre));
    }
    if !query.cohorts.is_empty() {
        path.push_str("&cohorts=");
        path.push_str(&written(&query.cohorts.join(",")));
    }
    path
}
