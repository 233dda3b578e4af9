//! What every test of a suite is given.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use domain::application::ApplicationForm;
use domain::catalogue::{Catalogue, CohortSeats, LiveSeats};
use domain::registration::Confirmation;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};
use xtask::server::{Home, Server, master_key};

use crate::api::{Api, Request};
use crate::database::{Counts, Database};
use crate::forms;

/// A started server, seen from outside.
pub struct World {
    /// Where the backend runs.
    pub home: Home,
    /// Where it answers.
    pub base_url: String,
    /// The folder in which it keeps everything.
    pub data: PathBuf,
    /// Requests to it.
    pub api: Api,
    /// What it stored.
    pub database: Database,
    /// What families choose from.
    pub catalogue: Catalogue,
    /// Held for itself by a test during which nobody else may store anything.
    pub(crate) storing: Arc<RwLock<()>>,
    cohorts_given: AtomicUsize,
}

impl World {
    /// The world of this server.
    pub async fn of(server: &Server) -> Result<Self> {
        let storing = Arc::new(RwLock::new(()));
        let api = Api::new(&server.base_url, Some(Arc::clone(&storing)))?;
        Ok(Self {
            home: server.home,
            base_url: server.base_url.clone(),
            data: server.data.clone(),
            catalogue: api.get("/api/catalogue").send().await.json(),
            api,
            database: Database::new(server.database_file()?),
            storing,
            cohorts_given: AtomicUsize::new(0),
        })
    }

    /// A cohort of one seat that no other test uses.
    pub fn own_cohort(&self) -> String {
        let mut own = self.catalogue.cohorts.iter().filter(|cohort| cohort.id.starts_with("test-"));
        let next = own.nth(self.cohorts_given.fetch_add(1, Ordering::Relaxed));
        next.expect("a cohort for every test: add some to tests/seeds/cohorts.sql").id.clone()
    }

    /// Complete answers of a family that nobody else has, for a cohort with seats for everybody.
    pub fn form(&self) -> ApplicationForm {
        self.form_for("astana-mon-wed-0900")
    }

    /// Complete answers of a family that nobody else has.
    pub fn form_for(&self, cohort: &str) -> ApplicationForm {
        forms::complete(&self.catalogue, cohort)
    }

    /// Applies and gives back the decision, which has to be a new one.
    pub async fn applied(&self, form: &ApplicationForm) -> Confirmation {
        self.api.apply(form).send().await.created()
    }

    /// The live seats of one cohort.
    pub async fn seats_of(&self, cohort: &str) -> CohortSeats {
        let live: LiveSeats = self.api.get("/api/cohorts").send().await.json();
        live.of(cohort).expect("a cohort of the intake").clone()
    }

    /// Waits until no other test stores anything, and keeps it so until the answer is dropped.
    pub async fn calm(&self) -> Calm<'_> {
        let alone = Arc::clone(&self.storing).write_owned().await;
        Calm { before: self.database.counts(), world: self, _alone: alone }
    }

    /// Changes rows in a way nobody can from outside: how many. For somebody with rights to begin with, and for what is older than
    /// a test can wait.
    pub async fn change(&self, sql: &str, parameters: &[Value]) -> u64 {
        let _storing = self.storing.read().await;
        match self.home {
            Home::Native => self.database.execute(sql, parameters),
            // workerd refuses to wait for somebody else's lock on its file, so its own hand has to do it.
            Home::Workerd => {
                let asked = self.api.request(Method::POST, "/api/__execute").token(&self.master_key()).alone();
                let answer = asked.json(&json!({ "sql": sql, "parameters": parameters })).send().await;
                answer.json::<Value>()["changes"].as_u64().unwrap_or_else(|| panic!("{sql}: {}", answer.body))
            }
        }
    }

    /// The key from which the server derives all others.
    pub fn master_key(&self) -> String {
        master_key(&self.data).expect("the server's key")
    }

    /// What this request does, it does without storing anything.
    pub async fn refused(&self, request: Request) -> crate::api::Answer {
        let calm = self.calm().await;
        let answer = request.alone().send().await;
        calm.nothing_was_stored();
        answer
    }
}

/// A time in which only one test stores something.
pub struct Calm<'a> {
    before: Counts,
    world: &'a World,
    _alone: OwnedRwLockWriteGuard<()>,
}

impl Calm<'_> {
    /// Every table has as many rows as at the beginning.
    pub fn nothing_was_stored(&self) {
        assert_eq!(self.world.database.counts(), self.before, "rows were stored or lost");
    }

    /// Every table but this one has as many rows as at the beginning.
    pub fn nothing_was_stored_but_in(&self, table: &str) {
        let (mut now, mut before) = (self.world.database.counts(), self.before.clone());
        now.remove(table);
        before.remove(table);
        assert_eq!(now, before, "rows were stored or lost outside {table}");
    }
}
