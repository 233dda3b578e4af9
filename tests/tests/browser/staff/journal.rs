//! The screen of the journal.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use domain::staff::cohort::SeatsForm;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};
use crate::words::staff_filled;

journeys![an_act_is_found_and_undone_with_a_reason, the_journal_is_narrowed_by_what_is_chosen];

/// Changes the seats of a cohort, and answers the address of its journal.
async fn seats_are_changed(stage: &Stage, cohort: &str, seats: u32) -> String {
    let staff = stage.world.staff(Role::Coordinator, Some("astana")).await;
    let form = SeatsForm { seats, reason: "Жаңа зал ашылды".to_owned() };
    let answer = staff.put(&format!("/api/staff/cohorts/{cohort}/seats")).json(&form).send().await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    format!("/staff/journal?cohort={cohort}")
}

async fn an_act_is_found_and_undone_with_a_reason(stage: Arc<Stage>) {
    let screens =
        [(Screen::Desk, Language::Kazakh, "astana-tue-thu-1630"), (Screen::Phone, Language::Russian, "astana-tue-fri-1630")];
    for (screen, language, cohort) in screens {
        let address = seats_are_changed(&stage, cohort, 201).await;
        let colleague = Colleague::at(&address, &stage, Role::Coordinator, Some("astana"), screen, language).await;
        colleague.device.reads(".table tbody", "200 → 201").await;
        colleague.device.reads(".table tbody", "Жаңа зал ашылды").await;
        // On a phone what is chosen is folded behind a button that says how much of it is.
        if screen == Screen::Phone {
            colleague.device.reads("[data-test=filters]", &staff_filled(language, "journal.filters_set", &[("n", "1")])).await;
            assert!(!colleague.device.shows("#search-group").await);
            colleague.device.presses("[data-test=filters]").await;
            colleague.device.sees("#search-group").await;
        }
        colleague.looks_at("journal").await;
        colleague.device.presses("[data-test=undo]").await;
        colleague.device.sees("dialog[open]").await;
        colleague.looks_at("journal-undo").await;
        // Without a reason nothing is sent.
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("#question-reason-error", colleague.words("fault.required")).await;
        colleague.device.types("question-reason", "Қате басылды").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".table tbody", colleague.words("journal.undone")).await;
        colleague.device.reads(".table tbody", "201 → 200").await;
        colleague.device.reads(".table tbody", "Қате басылды").await;
        assert_eq!(colleague.device.texts("[data-test=undo]").await, [] as [String; 0], "once");
        colleague.looks_at("journal-undone").await;
        colleague.leaves().await;
    }
}

async fn the_journal_is_narrowed_by_what_is_chosen(stage: Arc<Stage>) {
    let address = seats_are_changed(&stage, "astana-wed-fri-1430", 199).await;
    let colleague = Colleague::at(&address, &stage, Role::Administrator, None, Screen::Desk, Language::Russian).await;
    colleague.device.has_rows(1).await;
    colleague.device.chooses("search-group", "sessions").await;
    colleague.device.has_rows(0).await;
    colleague.device.reads("main", colleague.words("journal.empty")).await;
    colleague.looks_at("journal-empty").await;
    colleague.device.chooses("search-group", "cohorts").await;
    colleague.device.has_rows(1).await;
    colleague.device.chooses("search-author", "family").await;
    colleague.device.has_rows(0).await;
    colleague.leaves().await;
}
