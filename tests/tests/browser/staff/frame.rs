//! What surrounds every screen: navigation by rights, languages, pages that explain.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};
use crate::words::staff_filled;

journeys![
    everybody_sees_the_screens_their_role_may_see,
    the_language_is_changed_anywhere_and_sticks,
    the_menu_of_a_phone_opens_and_leads_on,
    a_screen_that_is_closed_to_a_role_explains_itself,
    an_address_that_means_nothing_explains_itself,
    the_back_button_works,
    whoever_reaches_every_centre_chooses_one,
];

async fn everybody_sees_the_screens_their_role_may_see(stage: Arc<Stage>) {
    let screens = |role: Role| match role {
        Role::Administrator => {
            vec![
                "nav.overview",
                "nav.roll_call",
                "nav.cohorts",
                "nav.students",
                "nav.exports",
                "nav.import",
                "nav.journal",
                "nav.members",
            ]
        }
        Role::Coordinator => {
            vec!["nav.overview", "nav.roll_call", "nav.cohorts", "nav.students", "nav.exports", "nav.import", "nav.journal"]
        }
        Role::Trainer => vec!["nav.overview", "nav.roll_call", "nav.cohorts", "nav.students"],
        Role::Viewer => vec!["nav.overview", "nav.cohorts"],
    };
    for role in Role::ALL {
        let centre = role.needs_a_centre().then_some("astana");
        let colleague = Colleague::at("/staff", &stage, *role, centre, Screen::Desk, Language::Kazakh).await;
        let shown = colleague.device.texts(".side-list a").await;
        let expected: Vec<&str> = screens(*role).into_iter().map(|key| colleague.words(key)).collect();
        assert_eq!(shown, expected, "{role:?}");
        colleague.leaves().await;
    }
}

async fn the_language_is_changed_anywhere_and_sticks(stage: Arc<Stage>) {
    let mut colleague = Colleague::at("/staff/account", &stage, Role::Viewer, None, Screen::Desk, Language::Kazakh).await;
    for language in [Language::Russian, Language::English, Language::Kazakh, Language::Russian] {
        colleague.device.presses(&format!(".lang-switch [lang={}]", language.as_str())).await;
        colleague.device.language = language;
        colleague.reads_the_heading("nav.account").await;
        let declared: String = colleague.device.asks("return document.documentElement.lang", vec![]).await;
        assert_eq!(declared, language.as_str());
    }
    colleague.opens("/staff/account").await;
    colleague.reads_the_heading("nav.account").await;
    colleague.leaves().await;
}

async fn the_menu_of_a_phone_opens_and_leads_on(stage: Arc<Stage>) {
    let colleague = Colleague::at("/staff", &stage, Role::Administrator, None, Screen::Phone, Language::Kazakh).await;
    assert!(!colleague.device.shows(".side-list a").await);
    colleague.device.presses("[data-test=menu]").await;
    colleague.device.sees("[data-test=menu][aria-expanded=true]").await;
    colleague.looks_at("menu").await;
    colleague.device.presses(".side-list a[href='/staff/members']").await;
    colleague.reads_the_heading("nav.members").await;
    colleague.device.has_the_focus_on("h1").await;
    assert!(!colleague.device.shows(".side-list a").await);
    colleague.leaves().await;
}

async fn a_screen_that_is_closed_to_a_role_explains_itself(stage: Arc<Stage>) {
    let colleague =
        Colleague::at("/staff/members", &stage, Role::Trainer, Some("astana"), Screen::Phone, Language::Kazakh).await;
    colleague.reads_the_heading("not_allowed.title").await;
    let said = staff_filled(Language::Kazakh, "not_allowed.text", &[("role", &colleague.words("role.trainer").to_lowercase())]);
    colleague.device.reads("main", &said).await;
    colleague.looks_at("not-allowed").await;
    colleague.device.presses("[data-test=overview]").await;
    colleague.reads_the_heading("nav.overview").await;
    colleague.leaves().await;
}

async fn an_address_that_means_nothing_explains_itself(stage: Arc<Stage>) {
    let colleague = Colleague::at("/staff/prices/2019", &stage, Role::Viewer, None, Screen::Desk, Language::Russian).await;
    colleague.reads_the_heading("lost.title").await;
    colleague.looks_at("lost").await;
    colleague.leaves().await;
}

async fn the_back_button_works(stage: Arc<Stage>) {
    let colleague = Colleague::at("/staff", &stage, Role::Viewer, None, Screen::Desk, Language::Kazakh).await;
    colleague.device.presses("[data-test=account]").await;
    colleague.reads_the_heading("nav.account").await;
    colleague.device.goes_back().await;
    colleague.reads_the_heading("nav.overview").await;
    colleague.leaves().await;
}

async fn whoever_reaches_every_centre_chooses_one(stage: Arc<Stage>) {
    let colleague = Colleague::at("/staff", &stage, Role::Administrator, None, Screen::Desk, Language::Kazakh).await;
    colleague.device.chooses("frame-centre", "almaty").await;
    colleague.opens("/staff").await;
    assert_eq!(colleague.device.value("frame-centre").await, "almaty", "the choice sticks");
    colleague.leaves().await;

    let coordinator = Colleague::at("/staff", &stage, Role::Coordinator, Some("almaty"), Screen::Desk, Language::Kazakh).await;
    assert!(!coordinator.device.shows("#frame-centre").await);
    coordinator.device.reads(".top-centre", "TUMO").await;
    coordinator.leaves().await;
}
