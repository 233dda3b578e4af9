//! The screens of cohorts, their sessions and closed days. Every journey has cohorts of its own, found by their label.

pub(super) mod several;

use std::sync::Arc;

use domain::application::ApplicationForm;
use domain::language::Language;
use domain::schedule::Slot;
use domain::staff::access::Role;
use domain::staff::cohort::{CohortForm, CohortMade, StaffCohort, StaffCohorts};
use serde_json::json;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};
use crate::words::staff_filled;

journeys![
    cohorts_are_found_sorted_and_filtered,
    the_table_of_cohorts_is_no_wider_than_the_page,
    who_sees_figures_alone_changes_nothing,
    a_new_cohort_has_its_page_with_students_and_sessions,
    a_cohort_is_added_and_a_clash_is_foreseen,
    a_cohort_is_copied_and_its_hours_are_changed,
    seats_are_added_and_never_fall_below_those_taken,
    a_cohort_is_closed_and_the_act_undone,
];

const COHORTS: &str = "/staff/cohorts";

/// Saturdays in the afternoon, when no other cohort of Astana meets.
pub(super) const SATURDAY: Slot = Slot { weekday: 6, start: 900, end: 1020 };

/// A cohort of this name in Astana that no other journey knows.
pub(super) async fn own_cohort(stage: &Stage, label: &str, seats: u32, trainers: &[&str]) -> String {
    let staff = stage.world.staff(Role::Coordinator, Some("astana")).await;
    let form = CohortForm {
        centre: "astana".into(),
        label: label.into(),
        slots: vec![SATURDAY],
        tracks: stage.world.catalogue.tracks.iter().map(|track| track.id.clone()).collect(),
        seats,
        trainers: trainers.iter().map(|id| (*id).to_owned()).collect(),
    };
    staff.post("/api/staff/cohorts").json(&form).send().await.json::<CohortMade>().id
}

/// The cohort of this label, as the server has it.
async fn known(colleague: &Colleague, label: &str) -> StaffCohort {
    let all: StaffCohorts = colleague.staff.get("/api/staff/cohorts").send().await.json();
    all.cohorts.into_iter().find(|cohort| cohort.label.as_deref() == Some(label)).expect("a cohort of this label")
}

/// Looks for the one cohort of this label.
async fn finds(colleague: &Colleague, label: &str) {
    colleague.device.types("cohorts-search", label).await;
    colleague.device.has_rows(1).await;
}

/// Says why and sends.
async fn says_why_and_sends(colleague: &Colleague, field: &str) {
    colleague.device.types(field, "Зал жөнделіп жатыр").await;
    colleague.device.presses("dialog [type=submit]").await;
}

async fn coordinator(path: &str, stage: &Stage, screen: Screen, language: Language) -> Colleague {
    Colleague::at(path, stage, Role::Coordinator, Some("astana"), screen, language).await
}

async fn cohorts_are_found_sorted_and_filtered(stage: Arc<Stage>) {
    own_cohort(&stage, "Іле", 12, &[]).await;
    for (screen, language) in [(Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)] {
        let colleague = coordinator(COHORTS, &stage, screen, language).await;
        colleague.device.sees(".table tbody tr").await;
        colleague.looks_at("cohorts").await;
        // Whoever has no Kazakh letters finds it too.
        finds(&colleague, "иле").await;
        assert!(colleague.device.texts("[data-test=count]").await.concat().contains('1'), "how many of all are shown");
        colleague.device.reads(".table tbody", colleague.words("warning.no_trainer")).await;
        // On a phone the filters are folded behind one button, which says how many are set.
        if screen == Screen::Phone {
            assert!(!colleague.device.shows("#cohorts-filter-0").await, "the filters hide the rows");
            assert_eq!(colleague.device.texts("[data-test=filters]").await, [colleague.words("table.filters")]);
            colleague.device.presses("[data-test=filters]").await;
            colleague.looks_at("cohorts-filters").await;
        }
        colleague.device.chooses("cohorts-filter-0", "0").await;
        colleague.device.has_rows(0).await;
        if screen == Screen::Phone {
            colleague.device.reads("[data-test=filters]", &staff_filled(language, "table.filters_set", &[("n", "1")])).await;
            colleague.device.presses("[data-test=filters]").await;
            assert!(!colleague.device.shows("#cohorts-filter-0").await);
        }
        colleague.looks_at("cohorts-none").await;
        colleague.device.presses("[data-test=clear]").await;
        colleague.device.sees(".table tbody tr").await;
        colleague.leaves().await;
    }
}

/// With everything that a row can say: trainers of long names whose hours clash, an offer, a list.
async fn the_table_of_cohorts_is_no_wider_than_the_page(stage: Arc<Stage>) {
    const TOO_WIDE: &str = "return document.scrollingElement.scrollWidth - document.documentElement.clientWidth";
    let trainer = stage.world.staff(Role::Trainer, Some("astana")).await;
    let named = "UPDATE staff_members SET name = 'Гүлбаршын Нұрмұхамедова' WHERE id = ?1";
    stage.world.change(named, &[json!(trainer.id)]).await;
    let id = own_cohort(&stage, "Шідерті", 1, &[&trainer.id]).await;
    own_cohort(&stage, "Шідерті 2", 1, &[&trainer.id]).await;
    for _ in 0..2 {
        stage.world.applied(&ApplicationForm { cohort: id.clone(), ..stage.world.form() }).await;
    }
    for (screen, language) in
        [(Screen::Desk, Language::Russian), (Screen::Desk, Language::Kazakh), (Screen::Phone, Language::Russian)]
    {
        let colleague = coordinator(COHORTS, &stage, screen, language).await;
        colleague.device.types("cohorts-search", "Шідерті").await;
        colleague.device.has_rows(2).await;
        colleague.device.reads(".table tbody", colleague.words("warning.trainer_clash")).await;
        colleague.looks_at("cohorts-everything").await;
        // Beside the gutter of a scroll bar the page is narrower.
        assert!(colleague.device.asks::<i64>(TOO_WIDE, vec![]).await <= 0, "{screen:?}, {language:?}");
        colleague.leaves().await;
    }
}

async fn who_sees_figures_alone_changes_nothing(stage: Arc<Stage>) {
    own_cohort(&stage, "Қаратал", 8, &[]).await;
    let viewer = Colleague::at(COHORTS, &stage, Role::Viewer, None, Screen::Desk, Language::Kazakh).await;
    finds(&viewer, "Қаратал").await;
    for css in ["[data-test=add]", "[data-test=change]", "[data-test=seats]", ".tick-box"] {
        assert!(!viewer.device.shows(css).await, "{css}");
    }
    viewer.device.presses(".table tbody th a").await;
    viewer.device.reads("h1", "Қаратал").await;
    viewer.device.sees(".table tbody tr").await;
    assert!(!viewer.device.shows("[data-test=move]").await);
    viewer.device.goes_back().await;
    viewer.reads_the_heading("nav.cohorts").await;
    viewer.leaves().await;
}

async fn a_new_cohort_has_its_page_with_students_and_sessions(stage: Arc<Stage>) {
    for (screen, language, label) in [(Screen::Desk, Language::Kazakh, "Тентек"), (Screen::Phone, Language::Russian, "Лепсі")]
    {
        own_cohort(&stage, label, 7, &[]).await;
        let colleague = coordinator(COHORTS, &stage, screen, language).await;
        finds(&colleague, label).await;
        colleague.device.presses(".table tbody th a").await;
        // The catalogue that came with the console has never heard of it.
        colleague.device.reads("h1", "15:00").await;
        // All that belongs to a cohort is in sight, on a phone too.
        const CUT: &str = "return [...document.querySelectorAll('[role=tab]')].map(tab => tab.getBoundingClientRect())
            .filter(tab => tab.left < 0 || tab.right > document.documentElement.clientWidth).length";
        assert_eq!(colleague.device.asks::<usize>(CUT, vec![]).await, 0, "tabs beyond the edge");
        colleague.device.presses("#cohort-tab-sessions").await;
        colleague.waits().await;
        colleague.device.sees("[data-test=move]").await;
        colleague.looks_at("roster-sessions").await;
        colleague.device.presses("button[data-test=seats]").await;
        colleague.device.types("seats-seats", "8").await;
        says_why_and_sends(&colleague, "seats-reason").await;
        colleague.device.reads(".data-list", "8").await;
        colleague.device.goes_back().await;
        colleague.reads_the_heading("nav.cohorts").await;
        colleague.leaves().await;
    }
}

async fn a_cohort_is_added_and_a_clash_is_foreseen(stage: Arc<Stage>) {
    for (screen, language, label) in [(Screen::Phone, Language::Kazakh, "Тобыл"), (Screen::Desk, Language::Russian, "Есіл")]
    {
        let trainer = stage.world.staff(Role::Trainer, Some("astana")).await;
        own_cohort(&stage, &format!("{label} бірінші"), 10, &[&trainer.id]).await;
        let colleague = coordinator(COHORTS, &stage, screen, language).await;
        colleague.device.presses("[data-test=add]").await;
        colleague.device.sees("dialog[open]").await;
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.has_the_focus_on("#cohort-errors").await;
        colleague.looks_at("cohort-form-refused").await;

        colleague.device.types("cohort-label", label).await;
        colleague.device.chooses("cohort-slots-0", "6").await;
        // In 24 hours, however it is typed: a phone's keypad has no colon.
        colleague.device.types("cohort-slots-0-start", "1600").await;
        colleague.device.types("cohort-slots-0-end", "18.00").await;
        colleague.device.types("cohort-seats", "15").await;
        assert!(!colleague.device.shows("[data-test=foreseen]").await, "nothing clashes without a trainer");
        colleague.device.ticks(&format!("cohort-trainers-{}", trainer.id)).await;
        colleague.device.reads("[data-test=foreseen]", &format!("{label} бірінші")).await;
        assert_eq!(colleague.device.value("cohort-slots-0-start").await, "16:00");
        assert_eq!(colleague.device.value("cohort-slots-0-end").await, "18:00");
        colleague.looks_at("cohort-form-clash").await;
        // A warning forbids nothing.
        colleague.device.presses("dialog [type=submit]").await;
        colleague.device.reads(".toasts", colleague.words("cohorts.added_said")).await;
        finds(&colleague, &format!("{label} 16:00")).await;
        colleague.device.reads(".table tbody", colleague.words("warning.trainer_clash")).await;
        let made = known(&colleague, label).await;
        assert_eq!((made.seats, made.slots.as_slice()), (15, [Slot { weekday: 6, start: 960, end: 1080 }].as_slice()));
        colleague.leaves().await;
    }
}

async fn a_cohort_is_copied_and_its_hours_are_changed(stage: Arc<Stage>) {
    let id = own_cohort(&stage, "Шу", 9, &[]).await;
    let colleague = coordinator(&format!("{COHORTS}/{id}/sessions"), &stage, Screen::Desk, Language::Kazakh).await;
    colleague.device.presses("[data-test=copy]").await;
    colleague.device.sees("dialog[open]").await;
    assert_eq!(colleague.device.value("cohort-seats").await, "9");
    assert_eq!(colleague.device.value("cohort-slots-0-start").await, "15:00");
    colleague.looks_at("cohort-copy").await;
    colleague.device.types("cohort-label", "Шу екінші").await;
    colleague.device.presses("dialog [data-test=slot-add]").await;
    colleague.device.sees("#cohort-slots-1").await;
    colleague.device.presses("dialog [type=submit]").await;
    colleague.device.reads(".toasts", colleague.words("cohorts.added_said")).await;
    let copy = known(&colleague, "Шу екінші").await;
    assert_eq!(copy.slots, [SATURDAY, Slot { weekday: 7, ..SATURDAY }]);

    let phone = coordinator(&format!("{COHORTS}/{}/sessions", copy.id), &stage, Screen::Phone, Language::Russian).await;
    phone.device.presses("[data-test=change]").await;
    phone.device.sees("dialog[open]").await;
    phone.looks_at("cohort-change").await;
    phone.device.sets("cohort-slots-1-end", "14:00").await;
    says_why_and_sends(&phone, "cohort-reason").await;
    phone.device.has_the_focus_on("#cohort-errors").await;
    phone.device.reads("#cohort-errors", phone.words("fault.out_of_range")).await;
    phone.device.sets("cohort-slots-1-start", "12:00").await;
    phone.device.presses("dialog [type=submit]").await;
    phone.device.reads(".toasts", phone.words("cohorts.changed_said")).await;
    assert_eq!(known(&phone, "Шу екінші").await.slots[1], Slot { weekday: 7, start: 720, end: 840 });
    phone.leaves().await;
    colleague.leaves().await;
}

async fn seats_are_added_and_never_fall_below_those_taken(stage: Arc<Stage>) {
    for (screen, language, label) in [(Screen::Desk, Language::Kazakh, "Талас"), (Screen::Phone, Language::Russian, "Сарысу")]
    {
        let id = own_cohort(&stage, label, 2, &[]).await;
        for _ in 0..4 {
            stage.world.applied(&ApplicationForm { cohort: id.clone(), ..stage.world.form() }).await;
        }
        let colleague = coordinator(COHORTS, &stage, screen, language).await;
        finds(&colleague, label).await;
        colleague.looks_at("cohorts-full").await;
        colleague.device.presses("[data-test=seats]").await;
        colleague.device.types("seats-seats", "1").await;
        says_why_and_sends(&colleague, "seats-reason").await;
        colleague.device.reads("#seats-errors", colleague.words("error.below_taken")).await;
        colleague.looks_at("cohort-seats-refused").await;
        colleague.device.types("seats-seats", "3").await;
        colleague.device.reads("dialog [role=status]", "1").await;
        colleague.looks_at("cohort-seats").await;
        colleague.device.presses("dialog [type=submit]").await;
        let said = staff_filled(language, "cohorts.seats_said", &[("n", "3")]);
        colleague.device.reads(".toasts", said.split('|').next().unwrap_or_default()).await;
        let cohort = known(&colleague, label).await;
        assert_eq!((cohort.seats, cohort.enrolled, cohort.offered, cohort.waiting), (3, 2, 1, 1));
        colleague.leaves().await;
    }
}

async fn a_cohort_is_closed_and_the_act_undone(stage: Arc<Stage>) {
    let id = own_cohort(&stage, "Ырғыз", 5, &[]).await;
    let colleague = coordinator(&format!("{COHORTS}/{id}/sessions"), &stage, Screen::Phone, Language::Kazakh).await;
    colleague.device.presses("[data-test=close]").await;
    colleague.device.reads("dialog", colleague.words("cohorts.close_text")).await;
    colleague.looks_at("cohort-close").await;
    says_why_and_sends(&colleague, "question-reason").await;
    colleague.device.reads(".data-list", colleague.words("cohorts.closed")).await;
    assert!(known(&colleague, "Ырғыз").await.closed);
    colleague.looks_at("cohort-closed").await;
    colleague.device.presses(".toasts [data-test=undo]").await;
    says_why_and_sends(&colleague, "question-reason").await;
    colleague.device.reads(".toasts", colleague.words("toast.undone")).await;
    colleague.device.sees("main [data-test=close]").await;
    assert!(!known(&colleague, "Ырғыз").await.closed);
    colleague.leaves().await;
}
