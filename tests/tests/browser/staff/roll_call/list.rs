//! Where roll calls are found, and whose they are.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;

use super::trainer::{Group, Trainer};
use crate::phone::Screen;
use crate::staff::Colleague;
use crate::stage::{Stage, journeys};

journeys![
    the_sessions_of_a_day_open_with_the_network_and_without,
    a_trainer_opens_roll_calls_of_their_own_centre_alone,
    a_coordinator_calls_the_roll_at_a_desk,
];

async fn the_sessions_of_a_day_open_with_the_network_and_without(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-tue-fri-1100", 1).await;
    let trainer = Trainer::of(&group, &stage, Language::Kazakh).await;
    let device = &trainer.colleague.device;
    trainer.has_everything().await;
    trainer.taps("[data-test=back]").await;
    device.reads("[data-test=day]", trainer.colleague.words("roll_call.today")).await;
    trainer.colleague.waits().await;
    // The lessons of these families begin in some weeks.
    device.reads("main", trainer.colleague.words("roll_call.none")).await;
    trainer.taps("[data-test=day-after]").await;
    trainer.colleague.waits().await;
    trainer.taps("[data-test=today]").await;
    trainer.colleague.waits().await;
    trainer.colleague.looks_at("roll-call-sessions").await;

    trainer.network.dies();
    trainer.opens("/staff/roll-call").await;
    device.sees("[data-test=from-phone]").await;
    trainer.network.recovers();

    // What serves the console never stands between families and their pages.
    device.opens("/kk").await;
    assert!(device.asks::<bool>("return navigator.serviceWorker.controller === null", vec![]).await);
    trainer.leaves().await;
}

async fn a_trainer_opens_roll_calls_of_their_own_centre_alone(stage: Arc<Stage>) {
    let own = Group::of(&stage.world, "almaty-mon-wed-1100", 1).await;
    let other = Group::of(&stage.world, "astana-tue-thu-1100", 1).await;
    let trainer = Trainer::of(&own, &stage, Language::Russian).await;
    let device = &trainer.colleague.device;
    device.sees("[data-test=student]").await;
    trainer.opens(&other.path()).await;
    device.sees(".state--failed").await;
    assert!(!device.shows("[data-test=student]").await);
    trainer.leaves().await;
}

async fn a_coordinator_calls_the_roll_at_a_desk(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "astana-tue-thu-0900", 4).await;
    let (role, at) = (Role::Coordinator, Some("astana"));
    let colleague = Colleague::at(&group.path(), &stage, role, at, Screen::Desk, Language::Russian).await;
    colleague.device.presses("[data-test=rest-present]").await;
    colleague.device.reads("[data-test=counts] [data-count=present]", "4").await;
    colleague.device.reads("[data-test=state-line]", colleague.words("queue.empty")).await;
    colleague.looks_at("roll-call-marked").await;
    colleague.leaves().await;
}
