//! Signing in with the organisation's account, where Cloudflare Access stands in front of the site.

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use serde_json::json;
use tumo_tests::staff::Making;
use tumo_tests::team::{AUDIENCE, Team};
use xtask::server::Home;

use super::Colleague;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};

journeys![whom_the_organisation_vouches_for_signs_in_by_one_button];

/// The button of that way in.
const ENTER: &str = "#sign-in-access [type=submit]";

impl Colleague {
    /// What Access adds to every request of whom it lets through.
    async fn is_vouched_for(&self, token: &str) {
        let vouched = json!({ "headers": { "Cf-Access-Jwt-Assertion": token } });
        self.device.devtools("Network.setExtraHTTPHeaders", vouched).await;
    }
}

/// One host makes no requests of its own, so it has no such way in.
async fn whom_the_organisation_vouches_for_signs_in_by_one_button(stage: Arc<Stage>) {
    let without =
        Colleague::unknown_at("/staff", &stage, Role::Trainer, Making::default(), Screen::Phone, Language::Kazakh).await;
    without.reads_the_heading("sign_in.title").await;
    assert!(!without.device.shows(ENTER).await, "there is nobody to vouch");
    without.leaves().await;
    if stage.world.home == Home::Native {
        return;
    }
    let team = Team::begin().await.expect("a team");
    let variables = vec![("ACCESS_TEAM".into(), team.issuer.clone()), ("ACCESS_AUDIENCE".into(), AUDIENCE.into())];
    let (behind, server) = stage.with_variables(variables).await;
    for (screen, language) in [(Screen::Phone, Language::Kazakh), (Screen::Desk, Language::Russian)] {
        let making = Making::default();
        let colleague = Colleague::unknown_at("/staff", &behind, Role::Coordinator, making, screen, language).await;
        colleague.device.sees(ENTER).await;
        colleague.looks_at("sign-in-access").await;
        // Whom Access doesn't vouch for is told so, and can still use the password.
        colleague.device.presses(ENTER).await;
        const TOLD: &str = "#sign-in-access [role=alert]";
        // The button leads to a page of its own, on the way to which a provider can show its pages.
        colleague.device.arrives_at_address("/staff/organisation", TOLD).await;
        colleague.device.reads(TOLD, colleague.words("error.not_vouched_for")).await;

        let token = team.token(&colleague.staff.email, behind.world.now());
        // Without being enabled the domain takes the headers and adds none.
        colleague.device.devtools("Network.enable", json!({})).await;
        // Somebody of the organisation who is nobody's colleague here.
        colleague.is_vouched_for(&team.token("nobody@tumo.example", behind.world.now())).await;
        colleague.device.presses(ENTER).await;
        colleague.device.reads(TOLD, colleague.words("error.not_a_member")).await;
        colleague.looks_at("sign-in-access-refused").await;

        colleague.is_vouched_for(&token).await;
        colleague.device.presses(ENTER).await;
        // The provider has asked for the second factor.
        colleague.reads_the_heading("nav.overview").await;
        colleague.opens("/staff").await;
        colleague.reads_the_heading("nav.overview").await;
        colleague.leaves().await;
    }
    server.stop();
}
