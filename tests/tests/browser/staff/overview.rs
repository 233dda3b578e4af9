//! The screen of figures.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use domain::staff::attendance::MarkStatus;
use tumo_tests::api::OneStudent;
use tumo_tests::roll_call::mark;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![figures_are_plots_with_their_numbers_behind, a_cohort_is_one_click_away_for_who_sees_names];

const OVERVIEW: &str = "/staff";

/// Somebody has a seat and was marked, so that no plot is empty.
async fn something_happens(stage: &Stage, cohort: &str) {
    let told = stage.world.seated(cohort).await;
    let session = stage.world.begins(cohort).await;
    let trainer = stage.world.staff(Role::Trainer, Some("astana")).await;
    trainer.sends(&[mark(&session, &told.one().registration, MarkStatus::Present)]).await;
}

async fn figures_are_plots_with_their_numbers_behind(stage: Arc<Stage>) {
    something_happens(&stage, "astana-tue-thu-1430").await;
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let colleague = Colleague::at(OVERVIEW, &stage, Role::Administrator, None, screen, language).await;
        colleague.device.sees(".figure svg").await;
        colleague.device.reads("main", colleague.words("overview.progress")).await;
        colleague.device.reads("main", colleague.words("overview.demand")).await;
        colleague.looks_at("overview").await;
        colleague.device.presses(".figure details summary").await;
        colleague.device.sees(".figure details[open] table tbody tr").await;
        colleague.looks_at("overview-table").await;
        colleague.leaves().await;
    }
}

async fn a_cohort_is_one_click_away_for_who_sees_names(stage: Arc<Stage>) {
    let viewer = Colleague::at(OVERVIEW, &stage, Role::Viewer, Some("astana"), Screen::Desk, Language::Russian).await;
    viewer.device.sees(".bar-row").await;
    assert_eq!(viewer.device.texts(".bar-row a").await, [] as [String; 0], "figures without names");
    viewer.leaves().await;

    let coordinator = Colleague::at(OVERVIEW, &stage, Role::Coordinator, Some("astana"), Screen::Desk, Language::Kazakh).await;
    coordinator.device.presses(".bar-row a").await;
    coordinator.waits().await;
    coordinator.device.sees("h1").await;
    coordinator.leaves().await;
}
