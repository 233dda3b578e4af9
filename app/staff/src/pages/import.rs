//! Cohorts and students from a file: looked through first, with every fault named, and then taken in.

mod fault;
mod found;
mod run;

use crate::components::button::{Weight, button_link};
use crate::components::form::Form;
use crate::components::heading::heading;
use crate::session::Session;
use crate::text::{Text, fill, language, t};
use app::api::Failure;
use app::el::{El, div, el, p};
use domain::language::Language;
use domain::staff::exchange::import::FILE_MAX;
use domain::staff::exchange::{ExportFormat, FileFault, ImportKind, ImportReport};
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::File;

/// What somebody has chosen, and what was found in it.
#[derive(Clone, Copy)]
struct Import {
    session: Session,
    form: Form,
    kind: RwSignal<String>,
    letters: RwSignal<String>,
    file: RwSignal<Option<File>, LocalStorage>,
    step: RwSignal<Step>,
}

/// How far it has come.
#[derive(Clone)]
enum Step {
    /// Nothing was looked through yet.
    Choosing,
    /// The file was looked through.
    Tried(Arc<ImportReport>),
    /// It was taken in, as far as the report says.
    Done(Arc<ImportReport>),
}

/// The screen.
pub fn view(session: Session) -> Vec<El> {
    let import = Import {
        session,
        form: Form::new("import"),
        kind: RwSignal::new(ImportKind::Students.as_str().to_owned()),
        letters: RwSignal::new(language().as_str().to_owned()),
        file: RwSignal::new_local(None),
        step: RwSignal::new(Step::Choosing),
    };
    let result = el("div").live(move || match import.step.get() {
        Step::Choosing => Vec::new(),
        Step::Tried(report) => found::view(import, &report),
        Step::Done(report) => run::done(import, &report),
    });
    vec![heading(t(Text::NavImport), Vec::new()), import.choice(), result]
}

impl Import {
    fn kind(self) -> ImportKind {
        ImportKind::parse(&self.kind.get_untracked()).unwrap_or(ImportKind::Students)
    }

    fn letters(self) -> Language {
        Language::parse(&self.letters.get_untracked()).unwrap_or_else(language)
    }

    /// The address of the import; consents are asked for before it is not a dry run any more.
    fn path(self, dry_run: bool) -> String {
        let consent = if dry_run { "" } else { "&consent_on_paper=true" };
        let dry_run = if dry_run { "true" } else { "false" };
        let (kind, language) = (self.kind().as_str(), self.letters().as_str());
        ["/api/staff/import?kind=", kind, "&dry_run=", dry_run, "&language=", language, consent].concat()
    }

    /// The form that looks a file through.
    fn choice(self) -> El {
        let kinds = [(ImportKind::Students, Text::ImportStudents), (ImportKind::Cohorts, Text::ImportCohorts)];
        let kinds = kinds.map(|(kind, text)| (kind.as_str().to_owned(), t(text).to_owned())).into();
        let languages = [(Language::Kazakh, "Қазақша"), (Language::Russian, "Русский"), (Language::English, "English")];
        let languages: Vec<_> = languages.map(|(language, name)| (language.as_str().to_owned(), name.to_owned())).into();
        let letters = el("div").live(move || {
            let students = self.kind.get() == ImportKind::Students.as_str();
            let field = || self.form.field("language", Text::ImportLetters).hint(t(Text::ImportLettersHint));
            students.then(|| field().select(self.letters, languages.clone())).into_iter().collect()
        });
        let hint = fill(t(Text::ImportFileHint), &[("size", &(FILE_MAX / 1_000_000).to_string())]);
        let fields = vec![
            self.form.field("kind", Text::ImportKind).radios(self.kind, kinds),
            self.templates(),
            self.form.field("file", Text::ImportFile).hint(hint).file(".xlsx,.csv,.txt", self.file),
            letters,
            p(t(Text::ImportCheckHint)).class("hint"),
        ];
        let form = self.form.view(fields, Text::ImportCheck, move || self.look());
        // Another file, or another kind of it, has not been looked through.
        div("import").child(form).live_with(move |_| {
            self.kind.track();
            self.letters.track();
            self.file.track();
            self.step.set(Step::Choosing);
        })
    }

    /// Files to be filled in.
    fn templates(self) -> El {
        let links = move || {
            let of = |format: ExportFormat, text| {
                let path = ["/api/staff/import/template?kind=", &self.kind.get(), "&format=", format.as_str()];
                let path = [&path.concat(), "&language=", language().as_str()].concat();
                button_link(text, Weight::Plain, ["template-", format.as_str()].concat().as_str(), &path).attr("download", "")
            };
            vec![of(ExportFormat::Xlsx, Text::ImportTemplateXlsx), of(ExportFormat::Csv, Text::ImportTemplateCsv)]
        };
        div("note import-template").child(p(t(Text::ImportTemplate))).child(div("acts").live(links))
    }

    async fn look(self) -> Result<(), Failure> {
        self.step.set(Step::Choosing);
        let Some(file) = self.file.get_untracked() else {
            self.form.refuse_saying("file", t(Text::ImportFileMissing).to_owned());
            return Ok(());
        };
        if file.size() > FILE_MAX as f64 {
            self.form.refuse_saying("file", fault::file(FileFault::TooLarge));
            return Ok(());
        }
        let report: ImportReport = self.session.post_file(&self.path(true), None, &file).await?;
        match report.file {
            Some(found) => self.form.refuse_saying("file", fault::file(found)),
            None => {
                let _ = self.step.try_set(Step::Tried(Arc::new(report)));
                found::lead_there();
            }
        }
        Ok(())
    }
}
