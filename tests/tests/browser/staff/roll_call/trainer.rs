//! A trainer with a phone whose network can fail.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use domain::language::Language;
use domain::registration::Confirmation;
use domain::staff::access::Role;
use domain::staff::attendance::{MarkStatus, RollCall, SessionKey};
use domain::staff::cohort::MarkCounts;
use serde_json::json;
use tumo_tests::api::OneStudent;
use tumo_tests::browser::{PATIENCE, POLL};
use tumo_tests::staff::{COOKIE, Staff};
use tumo_tests::world::World;

use crate::phone::Screen;
use crate::staff::Colleague;
use crate::stage::Stage;
use crate::weak_network::WeakNetwork;

/// A group of the centre of these journeys, with a session that has just begun.
pub struct Group {
    /// The session.
    pub session: SessionKey,
    /// Its students, in the order in which they applied.
    pub students: Vec<Confirmation>,
}

impl Group {
    /// A group of so many students; each journey takes a cohort of its own.
    pub async fn of(world: &World, cohort: &str, size: usize) -> Self {
        let mut students = Vec::new();
        for _ in 0..size {
            students.push(world.seated(cohort).await);
        }
        Self { session: world.begins(cohort).await, students }
    }

    /// Where its roll call is.
    pub fn path(&self) -> String {
        super::path_of(&self.session)
    }

    /// The registration of a student, by number.
    pub fn registration(&self, number: usize) -> &str {
        &self.students[number].one().registration
    }
}

/// Somebody who calls the roll.
pub struct Trainer {
    /// They and their phone.
    pub colleague: Colleague,
    /// Between the phone and the server.
    pub network: WeakNetwork,
    taps: AtomicUsize,
}

impl Trainer {
    /// A trainer of the group's centre, signed in, with its roll call before them.
    pub async fn of(group: &Group, stage: &Stage, language: Language) -> Self {
        Self::with_flags(group, stage, language, &[]).await
    }

    /// The same with a browser that was started with these flags.
    pub async fn with_flags(group: &Group, stage: &Stage, language: Language, flags: &[String]) -> Self {
        // Journeys make cohorts of their own in Astana.
        let centre = Some(if group.session.cohort.starts_with("almaty-") { "almaty" } else { "astana" });
        let staff = stage.world.staff(Role::Trainer, centre).await;
        let network = WeakNetwork::to(&stage.world.base_url).await.expect("a network");
        let device = stage.device_over(network.base_url(), Screen::Phone, language, flags).await;
        let colleague = Colleague { device, staff, world: stage.world.clone() };
        let trainer = Self { colleague, network, taps: AtomicUsize::new(0) };
        trainer.has_the_session_of(&trainer.colleague.staff).await;
        trainer.opens(&group.path()).await;
        trainer
    }

    /// The browser has the cookie of this member from now on.
    pub async fn has_the_session_of(&self, staff: &Staff) {
        let cookie = json!({
            "name": COOKIE, "value": staff.session, "url": self.network.base_url(), "path": "/",
            "secure": true, "httpOnly": true, "sameSite": "Strict",
        });
        self.colleague.device.devtools("Network.setCookie", cookie).await;
    }

    /// Types an address, or loads the page anew.
    pub async fn opens(&self, path: &str) {
        self.colleague.opens(path).await;
    }

    /// Waits until everything is there that the console needs without network.
    pub async fn has_everything(&self) {
        const READY: &str = "
            const done = arguments[arguments.length - 1];
            const look = async () => {
                const files = (await caches.keys()).some(name => name.startsWith('staff-files /'));
                const reader = (await (await caches.open('staff-scan')).keys()).length === 2;
                const { active, installing, waiting } = await navigator.serviceWorker.ready;
                const calm = !installing && !waiting && active.state === 'activated';
                const serves = calm && navigator.serviceWorker.controller === active;
                files && reader && serves ? done(true) : setTimeout(look, 25);
            };
            look().catch(() => done(false));";
        assert!(self.colleague.device.asks_and_waits::<bool>(READY, vec![]).await, "a service worker with all its files");
    }

    /// One tap.
    pub async fn taps(&self, css: &str) {
        self.taps.fetch_add(1, Ordering::Relaxed);
        self.colleague.device.presses(css).await;
    }

    /// How many taps there were.
    pub fn tapped(&self) -> usize {
        self.taps.load(Ordering::Relaxed)
    }

    /// Taps a status of a student.
    pub async fn says(&self, registration: &str, status: MarkStatus) {
        self.taps(&format!("{} [data-says={}]", row(registration), status.as_str())).await;
    }

    /// Waits until a student is shown as this.
    pub async fn sees_as(&self, registration: &str, status: MarkStatus) {
        self.colleague.device.sees(&format!("{}[data-status={}]", row(registration), status.as_str())).await;
    }

    /// Waits until so many marks are on the phone alone.
    pub async fn has_waiting(&self, number: usize) {
        self.colleague.device.sees(&format!("[data-test=state-line][data-waiting='{number}']")).await;
    }

    /// Waits until the server has every mark.
    pub async fn has_nothing_waiting(&self) {
        self.has_waiting(0).await;
        self.colleague.device.reads("[data-test=state-line]", self.colleague.words("queue.empty")).await;
    }

    /// The phone's clock goes so many milliseconds ahead from now on, until an answer of the server sets it right.
    pub async fn clock_goes_ahead(&self, milliseconds: i64) {
        const AHEAD: &str = "const now = Date.now, ahead = arguments[0]; Date.now = () => now.call(Date) + ahead;";
        self.colleague.device.asks::<Option<()>>(AHEAD, vec![milliseconds.into()]).await;
    }

    /// The roll call as the server has it.
    pub async fn on_the_server(&self, group: &Group) -> RollCall {
        self.colleague.staff.calls(&group.session).await
    }

    /// Waits until the server has these counts.
    pub async fn has_on_the_server(&self, group: &Group, counts: MarkCounts) {
        let deadline = Instant::now() + PATIENCE;
        while self.counted(group).await != counts {
            assert!(Instant::now() < deadline, "the server has {:?}", self.counted(group).await);
            tokio::time::sleep(POLL).await;
        }
    }

    /// Waits until the browser has been asked to send what waits when the network is back.
    pub async fn has_asked_for_the_background(&self) {
        const ASKED: &str = "
            const done = arguments[arguments.length - 1];
            const look = async () => {
                const tags = await (await navigator.serviceWorker.ready).sync.getTags();
                tags.includes('marks') ? done(true) : setTimeout(look, 25);
            };
            look().catch(() => done(false));";
        assert!(self.colleague.device.asks_and_waits::<bool>(ASKED, vec![]).await, "Background Sync");
    }

    /// The counts as the server has them.
    pub async fn counted(&self, group: &Group) -> MarkCounts {
        self.on_the_server(group).await.session.marks
    }

    /// Puts the phone away.
    pub async fn leaves(self) {
        self.colleague.device.closes().await;
    }
}

/// The row of a student.
pub fn row(registration: &str) -> String {
    format!("[data-test=student][data-registration='{registration}']")
}
