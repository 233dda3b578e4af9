//! One's own account.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![signing_out_leads_to_the_door, signing_out_everywhere_asks_first, a_password_is_changed,];

async fn signing_out_leads_to_the_door(stage: Arc<Stage>) {
    let colleague =
        Colleague::at("/staff/account", &stage, Role::Coordinator, Some("astana"), Screen::Desk, Language::Russian).await;
    colleague.looks_at("account").await;
    colleague.device.presses("[data-test=sign-out]").await;
    colleague.reads_the_heading("sign_in.title").await;
    assert!(colleague.device.link().await.ends_with("/staff/sign-in"));
    colleague.opens("/staff/account").await;
    colleague.reads_the_heading("sign_in.title").await;
    colleague.leaves().await;
}

async fn signing_out_everywhere_asks_first(stage: Arc<Stage>) {
    let colleague =
        Colleague::at("/staff/account", &stage, Role::Trainer, Some("astana"), Screen::Phone, Language::Kazakh).await;
    colleague.looks_at("account").await;
    colleague.device.presses("[data-test=sign-out-everywhere]").await;
    colleague.device.reads("dialog[open]", colleague.words("account.everywhere_ask")).await;
    colleague.looks_at("sign-out-everywhere").await;
    colleague.device.presses("dialog [data-test=cancel]").await;
    colleague.device.has_the_focus_on("[data-test=sign-out-everywhere]").await;
    colleague.device.presses("[data-test=sign-out-everywhere]").await;
    colleague.device.presses("dialog [data-test=submit]").await;
    colleague.reads_the_heading("sign_in.title").await;
    colleague.staff.get("/api/staff/me").send().await.assert_refused(401, domain::error::ErrorCode::NotSignedIn);
    colleague.leaves().await;
}

async fn a_password_is_changed(stage: Arc<Stage>) {
    let mut colleague =
        Colleague::at("/staff/account", &stage, Role::Trainer, Some("astana"), Screen::Phone, Language::Kazakh).await;
    let chosen = "тағы бір құпиясөз";
    let device = &colleague.device;
    device.types("password-current", &colleague.staff.password).await;
    device.types("password-new", chosen).await;
    device.types("password-again", chosen).await;
    device.presses("#password [type=submit]").await;
    device.reads(".toast", colleague.words("password.changed")).await;
    device.presses("[data-test=sign-out]").await;
    colleague.reads_the_heading("sign_in.title").await;
    colleague.staff.password = chosen.to_owned();
    colleague.knocks().await;
    colleague.reads_the_heading("nav.roll_call").await;
    colleague.leaves().await;
}
