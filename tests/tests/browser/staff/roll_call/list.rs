//! Where roll calls are found, and whose they are.

use std::sync::Arc;

use domain::date::Timestamp;
use domain::language::Language;
use domain::schedule::sessions;
use domain::staff::access::Role;

use super::trainer::{Group, Trainer};
use crate::phone::Screen;
use crate::staff::Colleague;
use crate::staff::cohorts::own_cohort;
use crate::stage::{Stage, journeys};

journeys![
    the_sessions_of_a_day_open_with_the_network_and_without,
    a_day_names_its_sessions_and_leads_to_them,
    a_trainer_opens_roll_calls_of_their_own_centre_alone,
    a_coordinator_calls_the_roll_at_a_desk,
    a_group_made_a_moment_ago_is_called_by_its_name,
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
    trainer.taps("[data-test=today]").await;
    trainer.colleague.waits().await;
    trainer.colleague.looks_at("roll-call-no-sessions").await;

    trainer.network.dies();
    trainer.opens("/staff/roll-call").await;
    device.sees("[data-test=from-phone]").await;
    trainer.network.recovers();

    // What serves the console never stands between families and their pages.
    device.opens("/kk").await;
    assert!(device.asks::<bool>("return navigator.serviceWorker.controller === null", vec![]).await);
    trainer.leaves().await;
}

async fn a_day_names_its_sessions_and_leads_to_them(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-lab-game-development", 1).await;
    let trainer = Trainer::of(&group, &stage, Language::Russian).await;
    let device = &trainer.colleague.device;
    let (cohort, catalogue) = (&group.session.cohort, &stage.world.catalogue);
    let slots = &catalogue.cohort(cohort).expect("a cohort").slots;
    // The first days may be holidays.
    let planned = sessions(slots, catalogue.intake.first_session_on, catalogue.intake.last_session_on)[4];
    trainer.opens("/staff/roll-call").await;
    let mut date = Timestamp(stage.world.now()).local_date();
    while date < planned.date {
        trainer.taps("[data-test=day-after]").await;
        date = date.plus_days(1);
    }
    let card = format!("[data-test=session][data-cohort='{cohort}']");
    device.sees(&card).await;
    trainer.colleague.looks_at("roll-call-sessions").await;
    assert!(!device.shows("[data-test=session][data-cohort^=astana]").await);
    trainer.taps(&card).await;
    device.sees("[data-test=early]").await;
    device.sees("[data-test=student]").await;
    trainer.leaves().await;
}

async fn a_trainer_opens_roll_calls_of_their_own_centre_alone(stage: Arc<Stage>) {
    let own = Group::of(&stage.world, "astana-mon-wed-1430", 1).await;
    let other = Group::of(&stage.world, "almaty-mon-thu-0900", 1).await;
    let trainer = Trainer::of(&own, &stage, Language::Russian).await;
    let device = &trainer.colleague.device;
    device.sees("[data-test=student]").await;
    trainer.opens(&other.path()).await;
    device.sees(".state--failed").await;
    assert!(!device.shows("[data-test=student]").await);
    trainer.leaves().await;
}

async fn a_coordinator_calls_the_roll_at_a_desk(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "astana-tue-thu-1100", 4).await;
    let (role, at) = (Role::Coordinator, Some("astana"));
    let colleague = Colleague::at(&group.path(), &stage, role, at, Screen::Desk, Language::Russian).await;
    colleague.device.presses("[data-test=rest-present]").await;
    colleague.device.reads("[data-test=counts] [data-count=present]", "4").await;
    colleague.device.reads("[data-test=state-line]", colleague.words("queue.empty")).await;
    colleague.looks_at("roll-call-marked").await;
    colleague.leaves().await;
}

async fn a_group_made_a_moment_ago_is_called_by_its_name(stage: Arc<Stage>) {
    let (role, at) = (Role::Coordinator, Some("astana"));
    let colleague = Colleague::at("/staff/roll-call", &stage, role, at, Screen::Phone, Language::Kazakh).await;
    let cohort = own_cohort(&stage, "Қаракөл", 3, &[]).await;
    let group = Group { session: stage.world.begins(&cohort).await, students: Vec::new() };
    // The page isn't loaded anew: the catalogue that came with it has never heard of the group.
    let goes = "history.pushState(null, '', arguments[0]); window.dispatchEvent(new PopStateEvent('popstate'));";
    colleague.device.asks::<Option<()>>(goes, vec![group.path().into()]).await;
    colleague.device.reads("[data-test=group]", "Қаракөл\u{a0}· ").await;
    colleague.device.reads("[data-test=group]", "15:00").await;
    assert!(!colleague.device.texts("main").await.concat().contains(&cohort));
    colleague.leaves().await;
}
