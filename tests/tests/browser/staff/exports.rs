//! The screen of files.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::date::Timestamp;
use domain::language::Language;
use domain::staff::access::Role;
use domain::staff::attendance::MarkStatus;
use tumo_tests::api::OneStudent;
use tumo_tests::roll_call::mark;
use tumo_tests::sheets::{Cell, excel_of_russia, workbook};

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![
    a_file_of_one_cohort_is_chosen_and_opened,
    a_roster_comes_as_a_text_for_excel,
    settings_are_kept_used_renamed_and_let_go,
    a_download_is_shown_and_can_be_called_off,
    a_download_that_fails_can_be_tried_again,
    days_the_wrong_way_round_are_refused,
];

const EXPORTS: &str = "/staff/exports";

const HERE: &str = "[data-test=here]";

/// Somebody has a seat in this cohort and was marked a moment ago.
async fn something_happens(stage: &Stage, cohort: &str) -> ApplicationForm {
    let form = stage.world.form_for(cohort);
    let told = stage.world.applied(&form).await;
    let session = stage.world.begins(cohort).await;
    let trainer = stage.world.staff(Role::Trainer, Some("astana")).await;
    trainer.sends(&[mark(&session, &told.one().registration, MarkStatus::Late)]).await;
    form
}

/// What a file about this month is called.
fn named(colleague: &Colleague, kind: &str, format: &str) -> String {
    let today = Timestamp(colleague.world.now()).local_date();
    format!("tumo-{kind}-astana-{}-{:02}-01-{today}.{format}", today.year(), today.month())
}

async fn coordinator(stage: &Stage, screen: Screen, language: Language) -> Colleague {
    let colleague = Colleague::at(EXPORTS, stage, Role::Coordinator, Some("astana"), screen, language).await;
    colleague.device.sees("#export").await;
    colleague
}

async fn a_file_of_one_cohort_is_chosen_and_opened(stage: Arc<Stage>) {
    let cohort = "astana-wed-fri-0900";
    let student = something_happens(&stage, cohort).await.student;
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let colleague = coordinator(&stage, screen, language).await;
        let device = &colleague.device;
        assert!(!device.shows("#export-centre").await, "who has one centre isn't asked for it");
        colleague.looks_at("exports").await;
        device.presses("#export-cohorts-summary").await;
        device.ticks(&format!("export-cohorts-{cohort}")).await;
        device.reads("#export-cohorts-summary", colleague.words("exports.chosen_cohorts")).await;
        colleague.looks_at("exports-chosen").await;
        device.presses("#export [type=submit]").await;
        device.sees(HERE).await;
        colleague.looks_at("exports-here").await;
        let name = named(&colleague, "attendance", "xlsx");
        device.reads(HERE, &name).await;
        let file = device.finds_a_file_among_downloads(&name, |bytes| workbook(bytes).is_some()).await;
        let sheets = workbook(&file).expect("a workbook");
        assert_eq!(sheets.len(), 2, "the long sheet, and a register of the one cohort");
        let surname = Cell::Text(student.surname.clone());
        let row = sheets[0].rows.iter().find(|row| row.contains(&surname)).expect("the student's row");
        assert_eq!((&row[8], &row[12]), (&Cell::Text(student.given_name.clone()), &Cell::Number(5)));
        let headings = if language == Language::Kazakh { ["Қала", "Тегі"] } else { ["Город", "Фамилия"] };
        assert_eq!([&sheets[0].rows[0][0], &sheets[0].rows[0][7]].map(Cell::words), headings);
        assert!(sheets[1].rows.iter().any(|row| row.contains(&surname)));
        colleague.leaves().await;
    }
}

async fn a_roster_comes_as_a_text_for_excel(stage: Arc<Stage>) {
    let student = something_happens(&stage, "astana-sat-mon").await.student;
    let colleague = Colleague::at(EXPORTS, &stage, Role::Administrator, None, Screen::Phone, Language::Kazakh).await;
    let device = &colleague.device;
    device.ticks("export-kind-roster").await;
    device.ticks("export-format-csv").await;
    device.chooses("export-centre", "astana").await;
    device.chooses("export-language", "ru").await;
    colleague.looks_at("exports-roster").await;
    device.presses("#export [type=submit]").await;
    device.sees(HERE).await;
    let name = named(&colleague, "roster", "csv");
    let file = device.finds_a_file_among_downloads(&name, |bytes| bytes.ends_with(b"\r\n")).await;
    let rows = excel_of_russia(&file);
    assert_eq!(rows[0][4], "Фамилия");
    assert!(rows.iter().any(|row| row[4] == student.surname && row[5] == student.given_name), "{}", student.surname);
    assert!(rows[1..].iter().all(|row| row[0] == "Астана"));
    colleague.leaves().await;
}

async fn settings_are_kept_used_renamed_and_let_go(stage: Arc<Stage>) {
    for (screen, language) in [(Screen::Phone, Language::Kazakh), (Screen::Desk, Language::Russian)] {
        let colleague = coordinator(&stage, screen, language).await;
        let device = &colleague.device;
        device.reads("main", colleague.words("exports.none_saved")).await;
        device.ticks("export-kind-roster").await;
        device.chooses("export-period", "last_month").await;
        device.presses("[data-test=save]").await;
        device.sees("dialog[open]").await;
        colleague.looks_at("exports-save").await;
        // A name is needed.
        device.presses("dialog [type=submit]").await;
        device.reads("#saved-name-error", colleague.words("fault.required")).await;
        device.types("saved-name", "Министрлікке").await;
        device.presses("dialog [type=submit]").await;
        device.reads(".kept-one h3", "Министрлікке").await;
        device.reads(".kept-one", &colleague.words("exports.last_month").to_lowercase()).await;
        colleague.looks_at("exports-saved").await;

        // They are here when one comes back, and are taken with one press.
        colleague.opens(EXPORTS).await;
        device.presses(".kept-one [data-test=take]").await;
        device.reads(HERE, "tumo-roster-astana-").await;
        device.presses(".kept-one [data-test=open]").await;
        device.has_the_focus_on("#export-kind input").await;
        assert_eq!(device.value("export-period").await, "last_month");

        device.presses(".kept-one [data-test=rename]").await;
        device.types("saved-name", "Ай сайынғы есеп").await;
        device.presses("dialog [type=submit]").await;
        device.reads(".kept-one h3", "Ай сайынғы есеп").await;
        device.presses(".kept-one [data-test=delete]").await;
        device.reads("dialog[open]", colleague.words("exports.delete_text")).await;
        device.presses("dialog [type=submit]").await;
        device.reads("main", colleague.words("exports.none_saved")).await;
        colleague.leaves().await;
    }
}

async fn a_download_is_shown_and_can_be_called_off(stage: Arc<Stage>) {
    something_happens(&stage, "astana-sat-tue").await;
    for (screen, language) in [(Screen::Phone, Language::Russian), (Screen::Desk, Language::Kazakh)] {
        let colleague = coordinator(&stage, screen, language).await;
        let device = &colleague.device;
        device.has_a_network_of(Some(100)).await;
        device.presses("#export [type=submit]").await;
        device.sees(".taking progress").await;
        colleague.looks_at("exports-coming").await;
        device.presses("[data-test=call-off]").await;
        device.reads(".taking", colleague.words("exports.called_off")).await;
        // Another one may be begun.
        device.has_a_network_of(None).await;
        device.presses("#export [type=submit]").await;
        device.sees(HERE).await;
        colleague.leaves().await;
    }
}

async fn a_download_that_fails_can_be_tried_again(stage: Arc<Stage>) {
    let colleague = coordinator(&stage, Screen::Phone, Language::Kazakh).await;
    let device = &colleague.device;
    device.cannot_reach("*/api/staff/export?*").await;
    device.presses("#export [type=submit]").await;
    device.reads(".taking .state--failed", colleague.words("error.network")).await;
    colleague.looks_at("exports-failed").await;
    device.reaches_everything().await;
    device.presses(".taking [data-test=retry]").await;
    device.sees(HERE).await;
    // Chromium tells its console of what was blocked.
    colleague.device.complaints().await;
    colleague.leaves().await;
}

async fn days_the_wrong_way_round_are_refused(stage: Arc<Stage>) {
    let colleague = coordinator(&stage, Screen::Desk, Language::Russian).await;
    let device = &colleague.device;
    device.chooses("export-period", "fixed").await;
    device.presses("#export [type=submit]").await;
    device.reads("#export-from-error", colleague.words("fault.not_a_date")).await;
    const FILL: &str = "for (const [id, day] of arguments[0]) {
        const field = document.getElementById(id);
        field.value = day;
        field.dispatchEvent(new Event('input', { bubbles: true }));
    }";
    let days = serde_json::json!([["export-from", "2026-09-30"], ["export-to", "2026-09-01"]]);
    device.asks::<serde_json::Value>(FILL, vec![days]).await;
    device.presses("#export [type=submit]").await;
    device.reads("#export-to-error", colleague.words("exports.days_bounds")).await;
    device.has_the_focus_on("#export-errors").await;
    colleague.looks_at("exports-refused").await;
    colleague.leaves().await;
}
