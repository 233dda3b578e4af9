//! What waits is sent without the console: its service worker does it when the browser says that the network is back.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::attendance::MarkStatus;
use domain::staff::cohort::MarkCounts;
use serde_json::json;

use super::trainer::{Group, Trainer};
use crate::stage::{Stage, journeys};

journeys![marks_are_sent_in_the_background_while_the_console_is_closed];

/// The one service worker of a browser that was never used before has this number.
const FIRST_WORKER: &str = "0";

async fn marks_are_sent_in_the_background_while_the_console_is_closed(stage: Arc<Stage>) {
    let group = Group::of(&stage.world, "almaty-tue-fri-0900", 2).await;
    let trainer = Trainer::of(&group, &stage, Language::Kazakh).await;
    let device = &trainer.colleague.device;
    trainer.has_everything().await;
    trainer.network.dies();
    trainer.says(group.registration(0), MarkStatus::Present).await;
    trainer.says(group.registration(1), MarkStatus::Absent).await;
    trainer.has_waiting(2).await;
    trainer.has_asked_for_the_background().await;

    // The console is closed: nothing of it runs in any tab.
    device.closes_the_tab().await;
    trainer.network.recovers();
    assert_eq!(trainer.counted(&group).await, MarkCounts::default());
    let network_is_back = json!({
        "origin": trainer.network.base_url(), "registrationId": FIRST_WORKER, "tag": "marks", "lastChance": false,
    });
    device.devtools("ServiceWorker.enable", json!({})).await;
    device.devtools("ServiceWorker.dispatchSyncEvent", network_is_back).await;
    trainer.has_on_the_server(&group, MarkCounts { present: 1, absent: 1, ..MarkCounts::default() }).await;
    trainer.leaves().await;
}
