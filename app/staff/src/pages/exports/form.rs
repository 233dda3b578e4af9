//! The form: what, in which form, of whom, of which days; and what will come of it.

use super::{Exports, saved, size::size};
use crate::components::button::{Weight, button};
use crate::components::form::Form;
use crate::components::state;
use crate::names::sort_cohorts;
use crate::text::{Text, fill, plural, t};
use crate::when;
use app::el::{El, div, el};
use app::format::number;
use domain::error::FaultCode;
use domain::language::Language;
use domain::staff::cohort::{StaffCohort, StaffCohorts};
use domain::staff::exchange::size::SHEET_ROWS_MAX;
use domain::staff::exchange::{EXPORT_DAYS_MAX, ExportFormat, ExportKind, ExportQuery, Period};
use leptos::prelude::*;

/// The form, built anew when saved settings fill it.
pub fn view(exports: Exports) -> Vec<El> {
    let form = Form::new("export");
    vec![el("div").live(move || {
        exports.choice.anew.track();
        untrack(|| fields(exports, form))
    })]
}

fn fields(exports: Exports, form: Form) -> Vec<El> {
    let choice = exports.choice;
    let kinds = ExportKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind_name(*kind).to_owned())).collect();
    let own = exports.session.me().centre.is_some();
    let centre = (!own).then(|| {
        let all = (String::new(), t(Text::FrameEveryCentre).to_owned());
        let centres = [all].into_iter().chain(exports.session.centres()).collect();
        form.field("centre", Text::FieldCentre).select(choice.centre, centres)
    });
    let periods = Period::ALL.iter().map(|period| (period.as_str().to_owned(), period_name(*period).to_owned())).collect();
    let languages = [(Language::Kazakh, "Қазақша"), (Language::Russian, "Русский"), (Language::English, "English")];
    let languages = languages.map(|(language, name)| (language.as_str().to_owned(), name.to_owned())).into();
    // What a workbook holds depends on what is asked for.
    let format = el("div").live(move || {
        let roster = choice.kind.get() == ExportKind::Roster.as_str();
        let formats =
            ExportFormat::ALL.iter().map(|format| (format.as_str().to_owned(), format_name(*format, roster).to_owned()));
        untrack(|| vec![form.field("format", Text::ExportsFormat).radios(choice.format, formats.collect())])
    });
    let fields = [form.field("kind", Text::ExportsKind).radios(choice.kind, kinds), format]
        .into_iter()
        .chain(centre)
        .chain([
            cohorts(exports, form),
            form.field("period", Text::ExportsPeriod).select(choice.period, periods),
            el("div").live(move || {
                let fixed = choice.period() == Period::Fixed;
                untrack(|| if fixed { vec![days(exports, form)] } else { Vec::new() })
            }),
            form.field("language", Text::ExportsLanguage).select(choice.language, languages),
            div("field").attr("role", "status").live(move || outlook(exports)),
        ])
        .collect();
    let keep = button(Text::ExportsSave, Weight::Plain, "save", move || {
        if let Some(query) = checked(exports, form) {
            saved::save(exports, query);
        }
    });
    vec![form.view_with(fields, Text::ExportsDownload, Weight::Main, vec![keep], move || async move {
        if let Some(query) = checked(exports, form) {
            exports.take(&query);
        }
        Ok(())
    })]
}

/// What is asked for, when nothing is wrong with it; otherwise the form says what.
fn checked(exports: Exports, form: Form) -> Option<ExportQuery> {
    let query = exports.with_cohorts(|cohorts| untrack(|| exports.choice.query(&cohorts.intake)))?;
    let Some(query) = query else {
        let missing = if exports.choice.from.get_untracked().is_empty() { "from" } else { "to" };
        form.refuse(missing, FaultCode::NotADate);
        return None;
    };
    if let Some(fault) = query.fault() {
        let said = match fault.field.as_str() {
            "cohorts" => t(Text::ExportsFaultCohorts).to_owned(),
            _ => fill(t(Text::ExportsDaysBounds), &[("max", &EXPORT_DAYS_MAX.to_string())]),
        };
        form.refuse_saying(&fault.field, said);
        return None;
    }
    let rows = exports.with_cohorts(|cohorts| query.rows_about(cohorts))?;
    if query.is_too_long(rows) {
        form.refuse_saying("format", fill(t(Text::ExportsTooLong), &[("max", &number(SHEET_ROWS_MAX))]));
        return None;
    }
    Some(query)
}

fn days(exports: Exports, form: Form) -> El {
    let from = form.field("from", Text::ExportsFrom).date(exports.choice.from);
    div("beside").child(from).child(form.field("to", Text::ExportsTo).date(exports.choice.to))
}

/// The cohorts of the chosen centre, out of the way while none is picked.
fn cohorts(exports: Exports, form: Form) -> El {
    let choice = exports.choice;
    el("div").class("field").live(move || {
        let centre = choice.centre.get();
        let choices = exports.with_cohorts(|all| choices(exports, all, &centre)).unwrap_or_default();
        // Another centre has other cohorts.
        let picked = choice.cohorts.get_untracked();
        let here: Vec<String> = picked.iter().filter(|id| choices.iter().any(|(known, _)| known == *id)).cloned().collect();
        if here != picked {
            choice.cohorts.set(here.clone());
        }
        let told = move || match u32::try_from(choice.cohorts.with(Vec::len)) {
            Ok(0) | Err(_) => t(Text::ExportsEveryCohort).to_owned(),
            Ok(picked) => fill(t(Text::ExportsChosenCohorts), &[("n", &number(picked))]),
        };
        let label = el("span").class("label").text(t(Text::ExportsCohorts));
        let summary = el("summary").id("export-cohorts-summary").live_text(told);
        let list = untrack(|| form.field("cohorts", Text::ExportsCohorts).checks(choice.cohorts, choices));
        let open = (!here.is_empty()).then_some("");
        let pick = el("details").class("pick").maybe_attr("open", open).child(summary).child(div("pick-list").child(list));
        vec![label, pick]
    })
}

fn choices(exports: Exports, all: &StaffCohorts, centre: &str) -> Vec<(String, String)> {
    let here = all.cohorts.iter().filter(|cohort| centre.is_empty() || cohort.centre == centre);
    let mut here: Vec<&StaffCohort> = here.collect();
    sort_cohorts(&mut here, |cohort| (cohort.centre.clone(), cohort.label.clone()));
    here.into_iter().map(|cohort| (cohort.id.clone(), exports.session.cohort_of(cohort).line())).collect()
}

/// What will come: days, about how much, under which name.
fn outlook(exports: Exports) -> Vec<El> {
    let choice = exports.choice;
    let told = exports.with_cohorts(|cohorts| {
        let query = choice.query(&cohorts.intake).filter(|query| query.fault().is_none())?;
        let rows = query.rows_about(cohorts);
        Some((query, rows))
    });
    let Some((query, rows)) = told.flatten() else { return Vec::new() };
    let days = [when::day(query.from), " – ".to_owned(), when::day(query.to)].concat();
    let much = [plural(Text::ExportsAboutRows, rows), size(query.bytes_about(rows))].join(", ");
    let line = |name: Text, value: &str| div("").child(el("dt").text(t(name))).child(el("dd").text(value));
    let told = el("dl")
        .class("data-list")
        .child(line(Text::ExportsDays, &days))
        .child(line(Text::ExportsSize, &much))
        .child(line(Text::ExportsFile, &query.file_name()));
    let note = match rows {
        0 => Some(t(Text::ExportsEmpty).to_owned()),
        _ if query.is_too_long(rows) => Some(fill(t(Text::ExportsTooLong), &[("max", &number(SHEET_ROWS_MAX))])),
        _ if rows >= SHEET_ROWS_MAX => Some(t(Text::ExportsLong).to_owned()),
        _ => None,
    };
    [told].into_iter().chain(note.map(|note| state::notice(&note))).collect()
}

/// What an export is about.
pub fn kind_name(kind: ExportKind) -> &'static str {
    t(match kind {
        ExportKind::Attendance => Text::ExportsKindAttendance,
        ExportKind::Roster => Text::ExportsKindRoster,
    })
}

fn format_name(format: ExportFormat, roster: bool) -> &'static str {
    t(match format {
        ExportFormat::Xlsx if roster => Text::ExportsXlsxRoster,
        ExportFormat::Xlsx => Text::ExportsXlsx,
        ExportFormat::Csv => Text::ExportsCsv,
    })
}

/// Which days a period is about.
pub fn period_name(period: Period) -> &'static str {
    t(match period {
        Period::Fixed => Text::ExportsPeriodFixed,
        Period::LastWeek => Text::ExportsLastWeek,
        Period::ThisMonth => Text::ExportsThisMonth,
        Period::LastMonth => Text::ExportsLastMonth,
        Period::Intake => Text::ExportsIntake,
    })
}
