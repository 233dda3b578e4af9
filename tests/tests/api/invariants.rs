//! `GET /api/invariants`: whatever families do, every promise holds.

use std::sync::Arc;

use domain::date::Timestamp;
use domain::invariants::{Check, Invariants};
use domain::registration::{Confirmation, JoinForm, MyApplication};
use reqwest::Method;
use tumo_tests::forms::{email, sibling};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![every_promise_holds_after_a_mixed_day];

/// How long a counted answer may serve, in milliseconds.
const KEPT_MS: i64 = 10_000;

async fn look(world: &World) -> Invariants {
    world.api.get("/api/invariants").send().await.json()
}

/// Asks until the answer was counted later than `moment`; in between it is the one that was counted before.
async fn counted_after(world: &World, moment: Timestamp) -> Invariants {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let mut before: Option<Invariants> = None;
    loop {
        let counted = look(world).await;
        if counted.at > moment {
            return counted;
        }
        assert!(before.is_none_or(|before| before.at == counted.at), "an old answer is one answer");
        assert!(std::time::Instant::now() < deadline, "{KEPT_MS} ms are over and the answer is still of {:?}", counted.at);
        before = Some(counted);
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
}

async fn acts(world: &World, told: &Confirmation, act: &str) -> MyApplication {
    let path = format!("/api/my/registrations/{}/{act}", told.registrations[0].registration);
    world.api.request(Method::POST, &path).token(&told.token).send().await.json()
}

/// Seats, places, offers taken and declined, a change of schedule, a party: then the tables are counted.
async fn every_promise_holds_after_a_mixed_day(world: Arc<World>) {
    let (one, other) = (world.own_cohort(), world.own_cohort());
    let mut families = Vec::new();
    for cohort in [&one, &one, &one, &one, &other] {
        let mut form = world.form_for(cohort);
        form.guardian.email = email();
        families.push(world.applied(&form).await);
    }
    let mut party = world.form_for(&one);
    party.siblings = vec![sibling(&world.catalogue, &other)];
    party.together = true;
    world.applied(&party).await;
    acts(&world, &families[0], "withdraw").await;
    acts(&world, &families[1], "decline").await;
    let page = acts(&world, &families[2], "accept").await;
    let form =
        JoinForm { cohort: other.clone(), tracks: vec![world.catalogue.cohort(&other).expect("a cohort").tracks[0].clone()] };
    let path = format!("/api/my/students/{}/registrations", page.students[0].id);
    world.api.request(Method::POST, &path).token(&families[2].token).json(&form).send().await.json::<MyApplication>();
    acts(&world, &families[4], "withdraw").await;
    acts(&world, &families[4], "withdraw").await;

    let last: MyApplication = world.api.get("/api/my").token(&families[4].token).send().await.json();
    let counted = counted_after(&world, last.at).await;
    let broken: Vec<_> = counted.checks.iter().filter(|check| check.violations > 0).collect();
    assert!(counted.holds, "{broken:?}");
    let names: Vec<Check> = counted.checks.iter().map(|check| check.name).collect();
    assert_eq!(names, Check::ALL);
    let totals = counted.totals;
    // Here: a seat, an offer, somebody who waits and a party that waits; other tests leave theirs.
    assert!(totals.enrolled >= 1 && totals.offered >= 1 && totals.waiting >= 3, "{totals:?}");
    assert!(totals.registrations >= 8 && totals.journal_entries >= 14 && totals.seats > totals.enrolled, "{totals:?}");
}
