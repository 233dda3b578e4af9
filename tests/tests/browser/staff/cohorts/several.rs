//! One change to several cohorts, and taking it back.

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::language::Language;

use super::{COHORTS, coordinator, known, own_cohort, says_why_and_sends};
use crate::phone::Screen;
use crate::stage::{Stage, journeys};
use crate::words::staff_filled;

journeys![several_cohorts_are_changed_after_a_preview, what_was_done_to_several_cohorts_is_undone_at_once];

async fn several_cohorts_are_changed_after_a_preview(stage: Arc<Stage>) {
    for (screen, language, label) in [(Screen::Desk, Language::Russian, "Нұра"), (Screen::Phone, Language::Kazakh, "Ақсу")]
    {
        let full = own_cohort(&stage, &format!("{label} 1"), 1, &[]).await;
        own_cohort(&stage, &format!("{label} 2"), 4, &[]).await;
        for _ in 0..2 {
            stage.world.applied(&ApplicationForm { cohort: full.clone(), ..stage.world.form() }).await;
        }
        let colleague = coordinator(COHORTS, &stage, screen, language).await;
        colleague.device.types("cohorts-search", label).await;
        colleague.device.has_rows(2).await;
        colleague.device.presses(".tick-all label").await;
        colleague.device.sees("[data-test=bulk]").await;
        const TALL: &str = "return document.querySelector('.bulk-bar').getBoundingClientRect().height";
        assert!(colleague.device.asks::<f64>(TALL, vec![]).await < 60.0, "the bar hides what it is about");
        colleague.looks_at("cohorts-ticked").await;

        // One of them can't: nothing is done.
        colleague.device.presses("[data-test=bulk]").await;
        colleague.device.ticks("bulk-kind-fewer").await;
        colleague.device.types("bulk-number", "1").await;
        colleague.looks_at("cohorts-bulk").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("[data-test=bulk-lines]", colleague.words("error.below_taken")).await;
        colleague.looks_at("cohorts-bulk-refused").await;
        colleague.device.presses("dialog [data-test=cancel]").await;

        colleague.device.presses("[data-test=bulk]").await;
        colleague.device.types("bulk-number", "2").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads("[data-test=bulk-lines]", "1 → 3").await;
        colleague.looks_at("cohorts-bulk-preview").await;
        says_why_and_sends(&colleague, "bulk-reason-reason").await;
        colleague.device.reads(".toasts", "2").await;
        let seats =
            [known(&colleague, &format!("{label} 1")).await.seats, known(&colleague, &format!("{label} 2")).await.seats];
        assert_eq!(seats, [3, 6]);
        assert!(!colleague.device.shows("[data-test=bulk]").await, "nothing is ticked any more");

        // One act to whoever did it is undone as one; a seat that a family was offered meanwhile stays.
        colleague.device.presses(".toasts [data-test=undo]").await;
        says_why_and_sends(&colleague, "question-reason").await;
        let partly = staff_filled(language, "toast.undone_partly", &[("n", "1"), ("all", "2")]);
        colleague.device.reads(".toasts", &partly).await;
        let seats =
            [known(&colleague, &format!("{label} 1")).await.seats, known(&colleague, &format!("{label} 2")).await.seats];
        assert_eq!(seats, [3, 4]);
        colleague.leaves().await;
    }
}

async fn what_was_done_to_several_cohorts_is_undone_at_once(stage: Arc<Stage>) {
    for (screen, language, label) in [(Screen::Desk, Language::Kazakh, "Қорғас"), (Screen::Phone, Language::Russian, "Көксу")]
    {
        let both = [format!("{label} 1"), format!("{label} 2")];
        for label in &both {
            own_cohort(&stage, label, 4, &[]).await;
        }
        let colleague = coordinator(COHORTS, &stage, screen, language).await;
        colleague.device.types("cohorts-search", label).await;
        colleague.device.has_rows(2).await;
        colleague.device.presses(".tick-all label").await;
        colleague.device.presses("[data-test=bulk]").await;
        colleague.device.ticks("bulk-kind-close").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.sees("[data-test=bulk-lines]").await;
        says_why_and_sends(&colleague, "bulk-reason-reason").await;
        colleague.device.sees(".toasts [data-test=undo]").await;
        for label in &both {
            assert!(known(&colleague, label).await.closed);
        }
        colleague.looks_at("cohorts-bulk-done").await;
        colleague.device.presses(".toasts [data-test=undo]").await;
        says_why_and_sends(&colleague, "question-reason").await;
        colleague.device.reads(".toasts", colleague.words("toast.undone")).await;
        for label in &both {
            assert!(!known(&colleague, label).await.closed);
        }
        colleague.leaves().await;
    }
}
