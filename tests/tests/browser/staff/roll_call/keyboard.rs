//! The roll call by keys alone, and where the focus is after each of them.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::attendance::MarkStatus;
use domain::staff::cohort::MarkCounts;

use super::trainer::{Group, Trainer, row};
use crate::staff::cohorts::own_cohort;
use crate::stage::{Stage, journeys};

journeys![the_roll_is_called_without_a_pointer,];

use MarkStatus::{Absent, Excused, Late, Present};

async fn the_roll_is_called_without_a_pointer(stage: Arc<Stage>) {
    let cohort = own_cohort(&stage, "Пернелер", 4, &[]).await;
    let group = Group::of(&stage.world, &cohort, 4).await;
    let mut trainer = Trainer::of(&group, &stage, Language::Kazakh).await;
    trainer.colleague.device.uses_the_keyboard_alone();
    let device = &trainer.colleague.device;
    let says =
        |number: usize, status: MarkStatus| format!("{} [data-says={}]", row(group.registration(number)), status.as_str());

    trainer.says(group.registration(0), Absent).await;
    device.has_the_focus_on(&says(0, Absent)).await;
    trainer.says(group.registration(1), Late).await;
    trainer.taps(&format!("{} [data-test=minutes-10]", row(group.registration(1)))).await;
    device.has_the_focus_on(&says(1, Late)).await;
    trainer.says(group.registration(2), Excused).await;
    trainer.taps(&format!("{} [data-test=reason]", row(group.registration(2)))).await;
    device.has_the_focus_on(&says(2, Excused)).await;
    trainer.taps("[data-test=rest-present]").await;
    trainer.sees_as(group.registration(3), Present).await;
    device.has_the_focus_on("[data-test=undo-tap]").await;
    // Again and again, until there is nothing left to take back.
    for number in [3, 2, 1, 0] {
        device.has_the_focus_on("[data-test=undo-tap]").await;
        trainer.taps("[data-test=undo-tap]").await;
        trainer.sees_as(group.registration(number), MarkStatus::Cleared).await;
    }
    device.has_the_focus_on("[data-test=rest-present]").await;

    trainer.says(group.registration(0), Present).await;
    trainer.taps(&format!("{} [data-test=open-history]", row(group.registration(0)))).await;
    trainer.taps(&format!("{} [data-test=take-back]", row(group.registration(0)))).await;
    device.has_the_focus_on(&format!("{} [data-test=open-history]", row(group.registration(0)))).await;
    trainer.sees_as(group.registration(0), MarkStatus::Cleared).await;
    trainer.has_nothing_waiting().await;
    assert_eq!(trainer.counted(&group).await, MarkCounts::default());
    trainer.leaves().await;
}
