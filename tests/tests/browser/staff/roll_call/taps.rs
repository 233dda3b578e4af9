//! Thirty students on a phone, and what else a thumb does.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::attendance::MarkStatus;
use domain::staff::cohort::MarkCounts;

use super::trainer::{Group, Trainer, row};
use crate::staff::cohorts::own_cohort;
use crate::stage::{Stage, journeys};

journeys![
    thirty_students_are_marked_by_eleven_taps,
    the_last_tap_is_taken_back_and_every_mark_is_kept,
    a_student_is_found_and_a_mark_is_written_in_own_words,
    two_phones_that_disagree_are_settled_by_a_tap,
];

use MarkStatus::{Absent, Excused, Late, Present};

async fn thirty_students_are_marked_by_eleven_taps(stage: Arc<Stage>) {
    for (language, label) in [(Language::Kazakh, "Отыз"), (Language::Russian, "Отыз 2")] {
        let cohort = own_cohort(&stage, label, 30, &[]).await;
        let group = Group::of(&stage.world, &cohort, 30).await;
        let trainer = Trainer::of(&group, &stage, language).await;
        let device = &trainer.colleague.device;
        device.sees("[data-test=student]").await;
        trainer.colleague.looks_at("roll-call-before").await;

        trainer.taps("[data-test=rest-present]").await;
        for student in [3, 17] {
            trainer.says(group.registration(student), Absent).await;
        }
        for (student, minutes) in [(5, 5), (11, 10), (29, 20)] {
            trainer.says(group.registration(student), Late).await;
            if student == 11 {
                trainer.colleague.looks_at("roll-call-minutes").await;
            }
            trainer.taps(&format!("{} [data-test=minutes-{minutes}]", row(group.registration(student)))).await;
        }
        trainer.says(group.registration(8), Excused).await;
        trainer.taps(&format!("{} [data-test=reason]", row(group.registration(8)))).await;
        assert_eq!(trainer.tapped(), 11, "a minute is long enough");

        trainer.has_nothing_waiting().await;
        let counts = MarkCounts { present: 24, late: 3, excused: 1, absent: 2 };
        assert_eq!(trainer.counted(&group).await, counts);
        for (status, number) in [(Present, "24"), (Late, "3"), (Excused, "1"), (Absent, "2")] {
            device.reads(&format!("[data-test=counts] [data-count={}]", status.as_str()), number).await;
        }
        trainer.colleague.looks_at("roll-call-marked").await;
        trainer.leaves().await;
    }
}

async fn the_last_tap_is_taken_back_and_every_mark_is_kept(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "astana-sat-wed", 3).await;
    let trainer = Trainer::of(&group, &stage, Language::Kazakh).await;
    let first = group.registration(0);
    trainer.says(first, Absent).await;
    trainer.says(first, Present).await;
    trainer.taps("[data-test=rest-present]").await;
    trainer.taps("[data-test=undo-tap]").await;
    trainer.sees_as(group.registration(1), MarkStatus::Cleared).await;
    trainer.sees_as(first, Present).await;
    trainer.taps("[data-test=undo-tap]").await;
    trainer.sees_as(first, Absent).await;
    trainer.has_nothing_waiting().await;

    trainer.taps(&format!("{} [data-test=open-history]", row(first))).await;
    let history = trainer.colleague.device.texts(&format!("{} [data-test=history] li", row(first))).await;
    assert_eq!(history.len(), 3, "absent, present, absent again: {history:?}");
    trainer.colleague.looks_at("roll-call-history").await;
    trainer.taps(&format!("{} [data-test=take-back]", row(first))).await;
    trainer.sees_as(first, MarkStatus::Cleared).await;
    trainer.has_nothing_waiting().await;
    assert_eq!(trainer.counted(&group).await, MarkCounts::default(), "not marked is not absent");
    trainer.leaves().await;
}

async fn a_student_is_found_and_a_mark_is_written_in_own_words(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "astana-sat-thu", 4).await;
    let trainer = Trainer::of(&group, &stage, Language::Russian).await;
    let device = &trainer.colleague.device;
    let called = trainer.on_the_server(&group).await;
    let student = &called.students[2];
    // Without the letters of a Kazakh keyboard.
    device.types("call-search", &student.surname.to_lowercase().replace(['Қ', 'қ'], "к")).await;
    device.has_only("[data-test=student]", &row(&student.registration)).await;
    trainer.says(&student.registration, Late).await;
    device.types("call-other", "37").await;
    trainer.taps(&format!("{} [data-test=other]", row(&student.registration))).await;
    trainer.sees_as(&student.registration, Late).await;
    device.types("call-search", "такого нет").await;
    device.reads("main", trainer.colleague.words("call.found_nobody")).await;
    device.types("call-search", "").await;

    let other = &called.students[0].registration;
    trainer.says(other, Excused).await;
    device.types("call-other", "стоматолог").await;
    trainer.colleague.looks_at("roll-call-reasons").await;
    trainer.taps(&format!("{} [data-test=other]", row(other))).await;
    trainer.has_nothing_waiting().await;
    let called = trainer.on_the_server(&group).await;
    let mark = |registration: &str| {
        let student = called.students.iter().find(|student| student.registration == registration).expect("a student");
        student.marks.last().expect("a mark").clone()
    };
    assert_eq!(mark(&student.registration).minutes, Some(37));
    assert_eq!(mark(other).reason.as_deref(), Some("стоматолог"));
    trainer.leaves().await;
}

async fn two_phones_that_disagree_are_settled_by_a_tap(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "astana-sat-fri", 2).await;
    let one = Trainer::of(&group, &stage, Language::Kazakh).await;
    let other = Trainer::of(&group, &stage, Language::Russian).await;
    let student = group.registration(0);
    one.network.dies();
    one.says(student, Absent).await;
    one.has_waiting(1).await;
    other.says(student, Present).await;
    other.has_nothing_waiting().await;

    one.network.recovers();
    one.has_nothing_waiting().await;
    let conflict = format!("{} [data-test=conflict]", row(student));
    one.colleague.device.sees(&conflict).await;
    one.sees_as(student, Present).await;
    one.colleague.looks_at("roll-call-conflict").await;
    // The other phone learns of it by itself.
    other.colleague.device.sees(&conflict).await;
    assert_eq!(one.on_the_server(&group).await.session.conflicts, 1);

    let absent = one.colleague.words("call.absent");
    let texts = one.colleague.device.texts(&format!("{conflict} [data-test=settle]")).await;
    let place = texts.iter().position(|text| text.starts_with(absent)).expect("what this phone has said") + 1;
    one.taps(&format!("{conflict} [data-test=settle]:nth-child({place})")).await;
    one.has_nothing_waiting().await;
    one.sees_as(student, Absent).await;
    let called = one.on_the_server(&group).await;
    assert_eq!((called.session.conflicts, called.session.marks.absent), (0, 1));
    other.sees_as(student, Absent).await;
    assert!(!other.colleague.device.shows(&conflict).await);
    one.leaves().await;
    other.leaves().await;
}
