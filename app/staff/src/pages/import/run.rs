//! Taking a file in, piece by piece, and what came of it. Broken off, it goes on with the same key: what is stored stays stored once.

use super::{Import, Step, found};
use crate::components::button::{Weight, button, button_link, button_saying};
use crate::components::progress::progress;
use crate::fault_text;
use crate::router::Page;
use crate::text::{Text, fill, plural, t};
use app::api::Failure;
use app::dom;
use app::el::{El, div, el, p};
use domain::staff::exchange::{ImportKind, ImportReport};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// An import that was begun, or is about to be.
#[derive(Clone, Copy)]
struct Run {
    import: Import,
    /// The same for every piece, and for every try.
    key: StoredValue<String>,
    /// How many of how many rows are stored; none before it has begun.
    come: RwSignal<Option<(u32, u32)>>,
    busy: RwSignal<bool>,
    /// Why it has stopped.
    failure: RwSignal<Option<Failure>>,
    /// That the consents are there, and that this was forgotten.
    consent: RwSignal<bool>,
    unconfirmed: RwSignal<bool>,
}

/// The question before it begins, then how far it has come.
pub fn confirm(import: Import, report: &ImportReport) -> El {
    let run = Run {
        import,
        key: StoredValue::new(dom::random_key()),
        come: RwSignal::new(None),
        busy: RwSignal::new(false),
        failure: RwSignal::new(None),
        consent: RwSignal::new(false),
        unconfirmed: RwSignal::new(false),
    };
    let (kind, rows) = (import.kind(), report.rows);
    el("div").live(move || match run.come.get() {
        None => run.question(kind, rows),
        Some(_) => vec![run.progress()],
    })
}

impl Run {
    fn question(self, kind: ImportKind, rows: u32) -> Vec<El> {
        let begin = |text| {
            button_saying(&plural(text, rows), Weight::Main, "begin", move || {
                if kind == ImportKind::Students && !self.consent.get_untracked() {
                    self.unconfirmed.set(true);
                } else {
                    self.go(rows);
                }
            })
        };
        match kind {
            ImportKind::Cohorts => vec![p(t(Text::ImportUndoCohorts)).class("hint"), begin(Text::ImportMake)],
            ImportKind::Students => {
                vec![p(t(Text::ImportLettersNote)).class("hint"), self.consent(), begin(Text::ImportTakeIn)]
            }
        }
    }

    fn consent(self) -> El {
        let tick = el("input")
            .attr("type", "checkbox")
            .id("import-consent")
            .live_attr("aria-invalid", move || self.unconfirmed.get().then(|| "true".to_owned()))
            .live_attr("aria-describedby", move || self.unconfirmed.get().then(|| "import-consent-error".to_owned()))
            .on_input("change", move |input| {
                self.consent.set(input.checked());
                self.unconfirmed.set(false);
            });
        let label = el("label").class("option").child(tick).child(el("span").text(t(Text::ImportConsent)));
        let fault = el("div").attr("role", "alert").live(move || {
            let said = || el("span").class("error-text").id("import-consent-error").text(t(Text::ImportConsentMissing));
            self.unconfirmed.get().then(said).into_iter().collect()
        });
        div("field").child(fault).child(label)
    }

    fn progress(self) -> El {
        let bar = progress(t(Text::ImportProgress), move || self.come.get());
        let stopped = el("div").attr("role", "alert").live(move || {
            let Some(failure) = self.failure.get() else { return Vec::new() };
            let (stored, rows) = self.come.get_untracked().unwrap_or_default();
            let said = plural(Text::ImportStopped, stored);
            let again = button(Text::ImportGoOn, Weight::Main, "go-on", move || self.go(rows));
            vec![div("state state--failed").child(p(&fault_text::failure(&failure))).child(p(&said)).child(again)]
        });
        div("import-progress").live_busy(move || self.busy.get()).child(bar).child(stopped)
    }

    fn go(self, rows: u32) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        if self.come.get_untracked().is_none() {
            self.come.set(Some((0, rows)));
        }
        spawn_local(async move {
            let came = self.pieces().await;
            // The page may have been left meanwhile.
            let _ = self.busy.try_set(false);
            match came {
                Ok(report) => {
                    let _ = self.import.step.try_set(Step::Done(Arc::new(report)));
                    found::lead_there();
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Sends the file until all of it is stored, or something stands against it.
    async fn pieces(self) -> Result<ImportReport, Failure> {
        let (path, key) = (self.import.path(false), self.key.get_value());
        let file = self.import.file.get_untracked().ok_or(Failure::Unreadable)?;
        let mut before = None;
        loop {
            let report: ImportReport = self.import.session.post_file(&path, Some(&key), &file).await?;
            let _ = self.come.try_set(Some((report.stored, report.rows)));
            let is_over = report.stored >= report.rows || !report.faults.is_empty() || report.file.is_some();
            if is_over || before == Some(report.stored) {
                return Ok(report);
            }
            before = Some(report.stored);
        }
    }
}

/// What came of it.
pub fn done(import: Import, report: &ImportReport) -> Vec<El> {
    let another = button(Text::ImportAnother, Weight::Plain, "another", move || import.session.console().router.again());
    let cohorts = button_link(Text::ImportToCohorts, Weight::Main, "to-cohorts", &Page::Cohorts.path());
    let ways = div("acts").child(cohorts).child(another);
    if report.stored < report.rows {
        // Somebody came in between.
        let said = plural(Text::ImportPartly, report.stored);
        let summary = div("state state--failed").child(p(&said)).child(p(t(Text::ImportPartlyFix)));
        return vec![found::part(
            t(Text::ImportFaultsTitle),
            vec![summary, found::faults(import, report.faults.clone()), ways],
        )];
    }
    let said = match import.kind() {
        ImportKind::Cohorts => found::of_cohorts(Text::ImportMade, report),
        ImportKind::Students => {
            let (enrolled, waiting) = found::sums(report);
            let numbers = [enrolled, waiting].map(app::format::number);
            fill(t(Text::ImportTakenIn), &[("enrolled", &numbers[0]), ("waiting", &numbers[1])])
        }
    };
    let content = [div("said").attr("role", "status").child(p(&said))].into_iter().chain(found::outcomes(import, report, true));
    vec![found::part(t(Text::ImportDone), content.chain([ways]).collect())]
}
