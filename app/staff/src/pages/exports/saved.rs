//! Settings that are used again: taken at once, changed first, renamed, let go.

use super::Exports;
use super::form::{kind_name, period_name};
use crate::components::button::{Weight, button};
use crate::components::dialog::{self, Question};
use crate::components::form::Form;
use crate::components::state;
use crate::text::{Text, fill, t};
use crate::when;
use app::dom;
use app::el::{El, div, el, p};
use app::format::number;
use domain::error::FaultCode;
use domain::staff::exchange::{ExportQuery, Period, SavedExport, SavedExportForm};
use leptos::prelude::*;

/// The list.
pub fn view(exports: Exports, all: &[SavedExport]) -> Vec<El> {
    if all.is_empty() {
        return vec![state::empty(t(Text::ExportsNoneSaved))];
    }
    vec![el("ul").class("kept").all(all.iter().map(|saved| entry(exports, saved)).collect())]
}

fn entry(exports: Exports, saved: &SavedExport) -> El {
    let whole = || saved.clone();
    let whom = || el("span").class("visually-hidden").text(": ").text(&saved.name);
    let take = {
        let saved = whole();
        button(Text::ExportsDownload, Weight::Plain, "take", move || {
            let query = exports.with_cohorts(|cohorts| saved.query_on(exports.choice.today(), &cohorts.intake));
            if let Some(query) = query {
                exports.take(&query);
            }
        })
    };
    let open = {
        let saved = whole();
        button(Text::ExportsOpen, Weight::Quiet, "open", move || {
            exports.choice.fill(&saved);
            dom::later(0, || dom::focus_field("export-kind"));
        })
    };
    let rename = {
        let saved = whole();
        button(Text::ExportsRename, Weight::Quiet, "rename", move || rename(exports, &saved))
    };
    let delete = {
        let saved = whole();
        button(Text::ExportsDelete, Weight::Quiet, "delete", move || delete(exports, &saved))
    };
    let acts = [take, open, rename, delete].into_iter().map(|act| act.child(whom())).collect();
    el("li")
        .class("kept-one")
        .child(el("h3").text(&saved.name))
        .child(p(&described(exports, saved)).class("hint"))
        .child(div("acts").all(acts))
}

/// “Attendance · XLSX · last month · TUMO Astana · groups chosen: 3”.
fn described(exports: Exports, saved: &SavedExport) -> String {
    let query = &saved.query;
    let days = match saved.period {
        Period::Fixed => [when::day(query.from), when::day(query.to)].join(" – "),
        period => period_name(period).to_lowercase(),
    };
    let centre = match &query.centre {
        Some(centre) => exports.session.centre_name(centre),
        None => t(Text::FrameEveryCentre).to_lowercase(),
    };
    let picked = u32::try_from(query.cohorts.len()).unwrap_or(u32::MAX);
    let cohorts = (picked > 0).then(|| fill(t(Text::ExportsChosenCohorts), &[("n", &number(picked))]).to_lowercase());
    let format = query.format.as_str().to_uppercase();
    [kind_name(query.kind).to_owned(), format, days, centre].into_iter().chain(cohorts).collect::<Vec<_>>().join(" · ")
}

/// Asks for a name, and keeps what is chosen under it.
pub fn save(exports: Exports, query: ExportQuery) {
    let period = untrack(|| exports.choice.period());
    named(exports, Text::ExportsSaveTitle, "", move |name| {
        let form = SavedExportForm { name: name.clone(), period, query: query.clone() };
        async move {
            exports.session.post::<SavedExport>("/api/staff/exports/saved", &form).await?;
            Ok(fill(t(Text::ExportsSavedSaid), &[("name", &name)]))
        }
    });
}

fn rename(exports: Exports, saved: &SavedExport) {
    let SavedExport { id, name, period, query } = saved.clone();
    named(exports, Text::ExportsRenameTitle, &name, move |name| {
        let form = SavedExportForm { name: name.clone(), period, query: query.clone() };
        let path = ["/api/staff/exports/saved/", &id].concat();
        async move {
            exports.session.put::<SavedExport>(&path, &form).await?;
            Ok(fill(t(Text::ExportsRenameSaid), &[("name", &name)]))
        }
    });
}

/// Asks for a name; `send` keeps it and answers what is said then.
fn named<F>(exports: Exports, title: Text, present: &str, send: impl Fn(String) -> F + Clone + 'static)
where
    F: Future<Output = Result<String, app::api::Failure>> + 'static,
{
    let present = present.to_owned();
    dialog::open(exports.session.console(), move |dialog| {
        let (form, name) = (Form::new("saved"), RwSignal::new(present.clone()));
        let send = send.clone();
        let field = form.field("name", Text::ExportsName).hint(t(Text::ExportsNameHint)).input(name);
        let view = form.view_with(vec![field], Text::ActionSave, Weight::Main, vec![dialog.cancel_button()], move || {
            let send = send.clone();
            async move {
                let name = name.get_untracked().trim().to_owned();
                if name.is_empty() {
                    form.refuse("name", FaultCode::Required);
                    return Ok(());
                }
                let said = send(name).await?;
                exports.saved.reload();
                exports.session.console().say(said);
                dialog.close();
                Ok(())
            }
        });
        vec![dialog.title(t(title)), view]
    });
}

fn delete(exports: Exports, saved: &SavedExport) {
    let title = fill(t(Text::ExportsDeleteAsk), &[("name", &saved.name)]);
    let said = fill(t(Text::ExportsDeletedSaid), &[("name", &saved.name)]);
    let path = ["/api/staff/exports/saved/", &saved.id].concat();
    let question = Question::new(&title, Text::ExportsDelete).saying(t(Text::ExportsDeleteText)).danger();
    question.ask(exports.session.console(), move |_| {
        let (path, said) = (path.clone(), said.clone());
        async move {
            exports.session.delete::<()>(&path).await?;
            exports.saved.reload();
            exports.session.console().say(said);
            Ok(())
        }
    });
}
