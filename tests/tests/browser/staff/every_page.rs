//! Every page of the console and its dialogs, in each language.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use tumo_tests::staff::Making;

use super::Colleague;
use super::cohorts::own_cohort;
use super::roll_call::path_of;
use crate::inspection::is_for_everybody;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![every_page_of_the_console_is_for_everybody, the_door_of_the_console_is_for_everybody,];

/// Where to look, and what is pressed there before.
const LOOKS: [(&str, &str); 28] = [
    ("/staff/overview", ""),
    ("/staff/roll-call", ""),
    ("{session}", ""),
    ("{session}", "[data-says=late]"),
    ("{session}", "[data-test=open-history]"),
    ("/staff/cohorts", ""),
    ("/staff/cohorts", "[data-test=add]"),
    ("/staff/cohorts?tab=closed-days", ""),
    ("/staff/cohorts?tab=closed-days", "[data-test=add-closed-day]"),
    ("/staff/cohorts/{cohort}", ""),
    ("/staff/cohorts/{cohort}", "[data-test=open]"),
    ("/staff/cohorts/{cohort}", "[data-test=write]"),
    ("/staff/cohorts/{cohort}", "[data-test=contacts]"),
    ("/staff/cohorts/{cohort}?tab=waiting", ""),
    ("/staff/cohorts/{cohort}/sessions", ""),
    ("/staff/cohorts/{cohort}/sessions", "[data-test=change]"),
    ("/staff/cohorts/{cohort}/sessions", "[data-test=seats]"),
    ("/staff/cohorts/{cohort}/sessions", "[data-test=close]"),
    ("/staff/cohorts/{cohort}/add", ""),
    ("/staff/cohorts/{cohort}/add", "#adding [type=submit]"),
    ("/staff/students", ""),
    ("/staff/exports", ""),
    ("/staff/import", ""),
    ("/staff/journal", ""),
    ("/staff/members", ""),
    ("/staff/members", "[data-test=add]"),
    ("/staff/account", "[data-test=sign-out-everywhere]"),
    ("/staff/nothing/here", ""),
];

async fn every_page_of_the_console_is_for_everybody(stage: Arc<Stage>) {
    let cohort = own_cohort(&stage, "Барша", 3, &[]).await;
    stage.world.seated(&cohort).await;
    let session = path_of(&stage.world.begins(&cohort).await);
    let mut colleague =
        Colleague::at("/staff/account", &stage, Role::Administrator, None, Screen::Phone, Language::Kazakh).await;
    for (path, pressed) in LOOKS {
        colleague.opens(&path.replace("{session}", &session).replace("{cohort}", &cohort)).await;
        is_for_everybody_in_each_language(&mut colleague, path, pressed).await;
    }
    colleague.leaves().await;
}

async fn the_door_of_the_console_is_for_everybody(stage: Arc<Stage>) {
    let making = Making::default();
    let mut colleague =
        Colleague::unknown_at("/staff/sign-in", &stage, Role::Coordinator, making, Screen::Phone, Language::Kazakh).await;
    for pressed in ["", "#sign-in [type=submit]"] {
        is_for_everybody_in_each_language(&mut colleague, "/staff/sign-in", pressed).await;
    }
    colleague.leaves().await;
}

async fn is_for_everybody_in_each_language(colleague: &mut Colleague, path: &str, pressed: &str) {
    const CLOSE: &str = "document.querySelector('dialog[open]')?.close()";
    for language in [Language::Russian, Language::English, Language::Kazakh] {
        colleague.device.speaks(language, "h1").await;
        colleague.waits().await;
        if !pressed.is_empty() {
            colleague.device.presses(pressed).await;
            colleague.waits().await;
        }
        is_for_everybody(&colleague.device, &format!("{path} {pressed}")).await;
        colleague.device.asks::<Option<()>>(CLOSE, vec![]).await;
    }
}
