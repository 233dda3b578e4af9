//! The staff console: its journeys, and who walks there.
//!
//! A journey of a screen begins with [`Colleague::at`], who is signed in already, and ends with [`Colleague::leaves`]. What holds for
//! every screen is looked at by [`Colleague::looks_at`]: a picture, light and dark, and whether everybody can use it.

mod account;
mod adding;
mod cohorts;
mod dates;
mod every_page;
mod exports;
mod frame;
mod import;
mod journal;
mod members;
mod organisation;
mod overview;
mod roll_call;
mod roster;
mod signing_in;
mod students;

use std::sync::Arc;

use domain::language::Language;
use domain::staff::access::Role;
use serde_json::json;
use tumo_tests::staff::{COOKIE, Making, Staff};
use tumo_tests::world::World;

use crate::inspection::{is_for_everybody, picture_in};
use crate::phone::{Phone, Screen};
use crate::stage::{Journey, Stage};
use crate::words::staff_words;

/// Every journey of the console.
pub fn all() -> Vec<Journey> {
    [
        signing_in::journeys(),
        organisation::journeys(),
        frame::journeys(),
        import::journeys(),
        account::journeys(),
        cohorts::journeys(),
        cohorts::several::journeys(),
        dates::journeys(),
        every_page::journeys(),
        exports::journeys(),
        journal::journeys(),
        members::journeys(),
        overview::journeys(),
        roster::journeys(),
        roster::acts::journeys(),
        roster::tracks::journeys(),
        adding::journeys(),
        students::journeys(),
        roll_call::journeys(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A staff member before a screen.
pub struct Colleague {
    /// What they look at.
    pub device: Phone,
    /// Who they are.
    pub staff: Staff,
    /// The server, from outside.
    pub world: Arc<World>,
}

impl Colleague {
    /// Somebody of this role at this address, signed in.
    pub async fn at(path: &str, stage: &Stage, role: Role, centre: Option<&str>, screen: Screen, language: Language) -> Self {
        let staff = stage.world.staff(role, centre).await;
        let colleague = Self { device: stage.device(screen, language).await, staff, world: Arc::clone(&stage.world) };
        let cookie = json!({
            "name": COOKIE, "value": colleague.staff.session, "url": stage.world.base_url, "path": "/",
            "secure": true, "httpOnly": true, "sameSite": "Strict",
        });
        colleague.device.devtools("Network.setCookie", cookie).await;
        colleague.opens(path).await;
        colleague
    }

    /// Somebody who has never signed in, at this address.
    pub async fn unknown_at(path: &str, stage: &Stage, role: Role, making: Making, screen: Screen, language: Language) -> Self {
        let centre = role.needs_a_centre().then_some("astana");
        let staff = stage.world.staff_made(role, centre, making).await;
        let colleague = Self { device: stage.device(screen, language).await, staff, world: Arc::clone(&stage.world) };
        colleague.opens(path).await;
        colleague
    }

    /// Types an address and waits until there is a page with nothing under way.
    pub async fn opens(&self, path: &str) {
        self.device.opens(path).await;
        self.waits().await;
    }

    /// Waits until nothing on the page is under way.
    pub async fn waits(&self) {
        const CALM: &str = "return document.querySelector('header.top') !== null && document.querySelector('[aria-busy=true], .waiting') === null";
        self.device.waits_for("a page with nothing under way", CALM, vec![]).await;
    }

    /// Waits until the heading is this text of the console.
    pub async fn reads_the_heading(&self, key: &str) {
        self.device.reads("h1", self.words(key)).await;
    }

    /// A text of the console, in the language of the page.
    pub fn words(&self, key: &str) -> &'static str {
        staff_words(self.device.language, key)
    }

    /// Sends e-mail and password.
    pub async fn knocks(&self) {
        self.device.types("sign-in-email", &self.staff.email).await;
        self.device.types("sign-in-password", &self.staff.password).await;
        self.device.presses("#sign-in [type=submit]").await;
    }

    /// Shows the code of the authenticator app.
    pub async fn shows_the_code(&self) {
        self.device.sees("#code-code").await;
        self.device.types("code-code", &self.staff.code_at(self.world.now())).await;
        self.device.presses("#code [type=submit]").await;
    }

    /// Looks at what holds for every screen, and keeps pictures of it as `target/screens/staff/{name}-…`.
    pub async fn looks_at(&self, name: &str) {
        let screen = match self.device.screen() {
            Screen::Phone => "phone",
            Screen::Desk => "desk",
        };
        for (dark, scheme) in [(false, "light"), (true, "dark")] {
            self.device.prefers_dark(dark).await;
            // Taking a picture waits until the colours have changed.
            let picture = format!("{name}-{}-{screen}-{scheme}", self.device.language.as_str());
            picture_in(&self.device, "staff", &picture).await;
        }
        is_for_everybody(&self.device, name).await;
    }

    /// Closes the browser, whose console has stayed silent but for answers that were expected to refuse.
    pub async fn leaves(self) {
        let complaints = self.device.complaints().await;
        let serious: Vec<&String> =
            complaints.iter().filter(|line| !line.contains("the server responded with a status of 4")).collect();
        assert!(serious.is_empty(), "{serious:#?}");
        self.device.closes().await;
    }
}
