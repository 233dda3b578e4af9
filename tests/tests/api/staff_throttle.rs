//! How often signing in may be tried, and that nobody is shut out by a stranger.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::staff::access::{Role, SignInForm};
use domain::staff::sign_in::{TRIES_CODE, TRIES_ELSEWHERE, TRIES_HERE, TryLimit};
use reqwest::Method;
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinSet;
use tumo_tests::api::Answer;
use tumo_tests::staff::{Making, Staff};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    an_account_rests_after_too_many_tries_from_one_place,
    a_stranger_cannot_shut_a_member_out_of_the_places_they_use,
    codes_rest_after_too_many_tries,
    many_tries_at_once_are_counted_one_by_one,
];

/// Time passes for all counts: these tests go one after the other.
async fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    TURN.lock().await
}

/// Tries from an address: what a proxy in front would say.
async fn from(world: &World, address: &str, staff: &Staff, password: &str) -> Answer {
    let form = SignInForm { email: staff.email.clone(), password: password.into() };
    let request = world.api.request(Method::POST, "/api/staff/sign-in").json(&form);
    request.header("x-real-ip", address).header("cf-connecting-ip", address).send().await
}

async fn trainer(world: &World) -> Staff {
    world.staff_made(Role::Trainer, Some("astana"), Making { without_app: true, ..Making::default() }).await
}

fn assert_rests(answer: &Answer, limit: TryLimit) {
    answer.assert_refused(429, ErrorCode::TooManyRequests);
    let seconds: i64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=limit.minutes * 60).contains(&seconds), "again in {seconds} s");
}

/// Lets the time of all counts pass.
async fn let_time_pass(world: &World) {
    world.change("UPDATE sign_in_tries SET until = until - ?1", &[(2 * 3_600_000).into()]).await;
}

async fn an_account_rests_after_too_many_tries_from_one_place(world: Arc<World>) {
    let _alone = alone().await;
    let trainer = trainer(&world).await;
    let (here, there) = ("198.51.100.1", "198.51.100.2");
    for _ in 0..TRIES_HERE.tries {
        from(&world, here, &trainer, "a wrong guess").await.assert_refused(401, ErrorCode::WrongCredentials);
    }
    assert_rests(&from(&world, here, &trainer, &trainer.password).await, TRIES_HERE);
    assert_eq!(from(&world, there, &trainer, &trainer.password).await.status, 200, "elsewhere nobody has tried");
    let_time_pass(&world).await;
    assert_eq!(from(&world, here, &trainer, &trainer.password).await.status, 200);
    // A success forgets the tries before it.
    for _ in 0..2 {
        for _ in 1..TRIES_HERE.tries {
            from(&world, here, &trainer, "a wrong guess").await.assert_refused(401, ErrorCode::WrongCredentials);
        }
        assert_eq!(from(&world, here, &trainer, &trainer.password).await.status, 200);
    }
}

async fn a_stranger_cannot_shut_a_member_out_of_the_places_they_use(world: Arc<World>) {
    let _alone = alone().await;
    let trainer = trainer(&world).await;
    assert_eq!(from(&world, "2001:db8:1:2::aa", &trainer, &trainer.password).await.status, 200);
    // A thousand addresses would not help: together they have so many tries.
    for stranger in 0..TRIES_ELSEWHERE.tries {
        let address = format!("203.0.113.{stranger}");
        from(&world, &address, &trainer, "a wrong guess").await.assert_refused(401, ErrorCode::WrongCredentials);
    }
    assert_rests(&from(&world, "203.0.113.250", &trainer, "a wrong guess").await, TRIES_ELSEWHERE);
    assert_rests(&from(&world, "192.0.2.77", &trainer, &trainer.password).await, TRIES_ELSEWHERE);
    let again = from(&world, "2001:db8:1:2::bb", &trainer, &trainer.password).await;
    assert_eq!(again.status, 200, "from the network they have signed in from");
}

async fn codes_rest_after_too_many_tries(world: Arc<World>) {
    let _alone = alone().await;
    let mut coordinator = world.staff_made(Role::Coordinator, Some("astana"), Making::default()).await;
    let answer = coordinator.knocks().await;
    coordinator.takes(&answer);
    for _ in 0..TRIES_CODE.tries {
        coordinator.sends_code("12345").await.assert_refused(401, ErrorCode::WrongCode);
    }
    let code = coordinator.code_at(world.now());
    assert_rests(&coordinator.sends_code(&code).await, TRIES_CODE);
    // Another session is no way round it.
    let answer = coordinator.knocks().await;
    coordinator.takes(&answer);
    assert_rests(&coordinator.sends_code(&code).await, TRIES_CODE);
    let_time_pass(&world).await;
    let code = coordinator.code_at(world.now());
    assert_eq!(coordinator.sends_code(&code).await.status, 200);
}

async fn many_tries_at_once_are_counted_one_by_one(world: Arc<World>) {
    let _alone = alone().await;
    let trainer = trainer(&world).await;
    let mut tries = JoinSet::new();
    for _ in 0..3 * TRIES_HERE.tries {
        let (world, trainer) = (Arc::clone(&world), trainer.clone());
        tries.spawn(async move { from(&world, "198.51.100.9", &trainer, "a wrong guess").await });
    }
    let judged = tries.join_all().await.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(judged, TRIES_HERE.tries as usize, "no more were judged than may be");
}
