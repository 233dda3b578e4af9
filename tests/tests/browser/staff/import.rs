//! The screen of imports: faults with their rows, then what would come of a file, then what came.

use std::fs;
use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::language::Language;
use domain::staff::access::Role;
use tempfile::TempDir;
use tumo_tests::api::fresh_key;
use tumo_tests::forms::name;
use tumo_tests::import::{COHORT_HEADINGS, Row, STUDENT_HEADINGS, csv, report, sent, student};

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};
use crate::words::staff_plural;

journeys![
    faulty_rows_are_listed_and_the_corrected_file_is_taken_in,
    cohorts_are_made_from_a_file,
    a_file_that_is_no_table_says_so,
    an_import_that_was_broken_off_goes_on,
];

const IMPORT: &str = "/staff/import";

/// Files on the disk of whoever imports.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    async fn is_chosen(&self, colleague: &Colleague, name: &str, content: impl AsRef<[u8]>) {
        let file = self.0.path().join(name);
        fs::write(&file, content).expect("a file");
        colleague.device.chooses_a_file("import-file", &file).await;
    }
}

fn students(forms: &[ApplicationForm]) -> Vec<Row> {
    forms.iter().map(student).collect()
}

/// The label of a new cohort that has one seat.
async fn cohort_of_one_seat(stage: &Stage) -> String {
    let (staff, label) = (stage.world.staff(Role::Coordinator, Some("astana")).await, name("Шамшырақ"));
    let row = ["Астана", &label, "1", "", "сенбі", "18:00", "20:00"].map(str::to_owned).to_vec();
    let answer = sent(&staff, "cohorts", &fresh_key(), csv(&COHORT_HEADINGS, &[row])).send().await;
    assert_eq!(report(&answer).0.stored, 1, "{}", answer.body);
    label
}

async fn looks_through(colleague: &Colleague) {
    colleague.device.presses("#import [type=submit]").await;
    colleague.waits().await;
}

async fn faulty_rows_are_listed_and_the_corrected_file_is_taken_in(stage: Arc<Stage>) {
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let colleague = Colleague::at(IMPORT, &stage, Role::Coordinator, Some("astana"), screen, language).await;
        let files = Files::new();
        colleague.looks_at("import").await;
        // Nothing chosen.
        colleague.device.presses("#import [type=submit]").await;
        colleague.device.reads("#import-file-error", colleague.words("import.file_missing")).await;

        let cohort = cohort_of_one_seat(&stage).await;
        let mut rows = students(&[stage.world.form(), stage.world.form_for(&cohort), stage.world.form_for(&cohort)]);
        let right = rows.clone();
        rows[0][4] = "2012".into();
        rows[1][0] = "Кешкі топ".into();
        rows[2][12] = "телефон жоқ".into();
        files.is_chosen(&colleague, "students.csv", csv(&STUDENT_HEADINGS, &rows)).await;
        looks_through(&colleague).await;
        colleague.device.has_the_focus_on("#import-found").await;
        colleague.device.has_rows(3).await;
        colleague.device.reads("main", &staff_plural(language, "import.faulty", 3)).await;
        colleague.device.reads("#import-found ~ * [data-test=count]", &staff_plural(language, "import.faults_count", 3)).await;
        for said in ["import.not_a_date", "import.unknown_cohort", "fault.phone"] {
            colleague.device.reads(".table tbody", colleague.words(said)).await;
        }
        assert!(!colleague.device.shows("[data-test=begin]").await, "a file with faults can't be taken in");
        colleague.looks_at("import-faults").await;

        files.is_chosen(&colleague, "students-2.csv", csv(&STUDENT_HEADINGS, &right)).await;
        assert!(!colleague.device.shows("#import-found").await, "another file has not been looked through");
        looks_through(&colleague).await;
        colleague.device.reads("main", &staff_plural(language, "import.would_enrol", 2)).await;
        colleague.device.reads("main", &staff_plural(language, "import.would_wait", 1)).await;
        // Nothing is sent before somebody answers for the consents.
        colleague.device.presses("[data-test=begin]").await;
        colleague.device.reads("#import-consent-error", colleague.words("import.consent_missing")).await;
        colleague.looks_at("import-clean").await;
        colleague.device.ticks("import-consent").await;
        colleague.device.presses("[data-test=begin]").await;
        colleague.device.reads("#import-found", colleague.words("import.done")).await;
        colleague.device.sees("[data-test=to-cohorts]").await;
        colleague.looks_at("import-done").await;
        let stored = "SELECT author FROM journal WHERE act = 'imported' AND author = ?1";
        assert_eq!(stage.world.database.column(stored, [colleague.staff.id.as_str()]).len(), 1);
        colleague.device.presses("[data-test=another]").await;
        colleague.waits().await;
        assert!(!colleague.device.shows("#import-found").await);
        colleague.leaves().await;
    }
}

async fn cohorts_are_made_from_a_file(stage: Arc<Stage>) {
    for (screen, language) in [(Screen::Desk, Language::Russian), (Screen::Phone, Language::Kazakh)] {
        let colleague = Colleague::at(IMPORT, &stage, Role::Administrator, None, screen, language).await;
        let files = Files::new();
        colleague.device.ticks("import-kind-cohorts").await;
        let row = |label: String| ["Алматы", &label, "15", "", "сенбі", "10:00", "12:00"].map(str::to_owned).to_vec();
        let rows: Vec<Row> = (0..3).map(|_| row(name("Сәуле"))).collect();
        files.is_chosen(&colleague, "cohorts.csv", csv(&COHORT_HEADINGS, &rows)).await;
        looks_through(&colleague).await;
        colleague.device.reads("main", "45").await;
        colleague.looks_at("import-cohorts").await;
        colleague.device.presses("[data-test=begin]").await;
        colleague.device.reads("#import-found", colleague.words("import.done")).await;
        colleague.looks_at("import-cohorts-done").await;
        let made = "SELECT subject FROM journal WHERE act = 'cohort_added' AND author = ?1";
        assert_eq!(stage.world.database.column(made, [colleague.staff.id.as_str()]).len(), 3);
        colleague.device.presses("[data-test=to-cohorts]").await;
        colleague.reads_the_heading("nav.cohorts").await;
        colleague.leaves().await;
    }
}

async fn a_file_that_is_no_table_says_so(stage: Arc<Stage>) {
    let colleague = Colleague::at(IMPORT, &stage, Role::Coordinator, Some("astana"), Screen::Desk, Language::Kazakh).await;
    let files = Files::new();
    files.is_chosen(&colleague, "picture.xlsx", b"PK\x03\x04 and nothing that follows").await;
    looks_through(&colleague).await;
    colleague.device.reads("#import-file-error", colleague.words("import.file_broken")).await;
    colleague.looks_at("import-broken").await;
    files.is_chosen(&colleague, "other.csv", csv(&["Тегі", "Ескерту"], &[vec!["Ахметов".into(), "-".into()]])).await;
    looks_through(&colleague).await;
    colleague.device.reads("main", colleague.words("import.wrong_columns")).await;
    // In one sentence, not a line a column.
    for missing in ["Топ", "Аты", "Телефоны"] {
        colleague.device.reads(".state--failed", missing).await;
    }
    assert!(!colleague.device.shows("main .table").await);
    colleague.looks_at("import-columns").await;
    colleague.leaves().await;
}

async fn an_import_that_was_broken_off_goes_on(stage: Arc<Stage>) {
    let colleague = Colleague::at(IMPORT, &stage, Role::Coordinator, Some("astana"), Screen::Phone, Language::Kazakh).await;
    let files = Files::new();
    let forms: Vec<ApplicationForm> = (0..90).map(|_| stage.world.form_for("astana-tue-fri-0900")).collect();
    files.is_chosen(&colleague, "students.csv", csv(&STUDENT_HEADINGS, &students(&forms))).await;
    looks_through(&colleague).await;
    colleague.device.ticks("import-consent").await;
    colleague.device.cannot_reach("*dry_run=false*").await;
    colleague.device.presses("[data-test=begin]").await;
    colleague.device.sees("[data-test=go-on]").await;
    colleague.looks_at("import-stopped").await;
    colleague.device.reaches_everything().await;
    colleague.device.presses("[data-test=go-on]").await;
    colleague.device.reads("#import-found", colleague.words("import.done")).await;
    let stored = "SELECT count(*) || '' FROM journal WHERE act = 'applied' AND author = ?1";
    assert_eq!(stage.world.database.column(stored, [colleague.staff.id.as_str()]), ["90"]);
    // The browser has told of the missing network.
    colleague.device.complaints().await;
    colleague.leaves().await;
}
