//! The half-year of `cargo xtask serve --demo`: what the server itself counts on it holds, on either home.

use std::sync::Arc;

use domain::date::Timestamp;
use domain::invariants::Invariants;
use domain::staff::overview::Overview;
use tumo_tests::api::Api;
use tumo_tests::staff::COOKIE;
use tumo_tests::tests;
use tumo_tests::world::World;
use xtask::demo::staff::{ADMINISTRATOR, signed_in};
use xtask::demo::{self, Plan};
use xtask::server::{Options, Server, master_key};
use xtask::staff::demo_keys::DemoKeys;

tests![what_must_never_happen_has_not_happened_in_the_story];

async fn what_must_never_happen_has_not_happened_in_the_story(world: Arc<World>) {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { data: Some(folder.path().join("data")), ..Options::temporary(world.home) };
    // A home migrates and seeds when it starts; nobody may run on the database while it is filled.
    let server = Server::start(&options).expect("a server");
    let (data, database) = (server.data.clone(), server.database_file().expect("a database"));
    server.stop();
    let plan = Plan::small(Timestamp(world.now()), master_key(&data).expect("a key"), DemoKeys::drawn().expect("keys"));
    demo::fill(&database, &plan).expect("a story");
    let secret = signed_in(&database, ADMINISTRATOR, plan.now).expect("a session");

    let server = Server::start(&options).expect("a server");
    let api = Api::new(&server.base_url, None).expect("a client");
    let invariants: Invariants = api.get("/api/invariants").send().await.json();
    assert!(invariants.holds, "{invariants:?}");
    let asked = api.get("/api/staff/overview").header("cookie", &format!("{COOKIE}={secret}"));
    let figures: Overview = asked.send().await.json();
    let enrolled: u32 = figures.progress.iter().map(|centre| centre.enrolled).sum();
    assert_eq!((enrolled, figures.cohorts.len()), (invariants.totals.enrolled, 2 * plan.cohorts_a_centre));
    assert!(figures.progress.iter().all(|centre| centre.marks.rate().is_some_and(|rate| (70..90).contains(&rate))));
    server.stop();
}
