//! The authenticator app: codes are asked for, and each serves once.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::staff::access::{Me, Pending, Role};
use tumo_tests::staff::Making;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![the_code_finishes_signing_in_and_serves_once, a_member_may_use_an_app_that_their_role_does_not_ask_for];

async fn the_code_finishes_signing_in_and_serves_once(world: Arc<World>) {
    let mut coordinator = world.staff_made(Role::Coordinator, Some("almaty"), Making::default()).await;
    let answer = coordinator.knocks().await;
    assert_eq!(coordinator.takes(&answer).pending, Some(Pending::Code));
    let unfinished = coordinator.clone();
    coordinator.sends_code("000").await.assert_refused(401, ErrorCode::WrongCode);

    let code = coordinator.code_at(world.now());
    let answer = coordinator.sends_code(&code).await;
    assert_eq!(coordinator.takes(&answer).pending, None);
    assert_ne!(coordinator.session, unfinished.session, "another secret");
    unfinished.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    assert_eq!(coordinator.get("/api/staff/me").send().await.json::<Me>().pending, None);
    coordinator.sends_code(&code).await.assert_refused(409, ErrorCode::WrongState);

    // Whoever saw the code over a shoulder, and knows the password.
    let mut thief = coordinator.clone();
    let answer = thief.knocks().await;
    thief.takes(&answer);
    thief.sends_code(&code).await.assert_refused(401, ErrorCode::WrongCode);
    let next = thief.code_at(world.now() + 30_000);
    assert_eq!(thief.sends_code(&next).await.status, 200, "the next one is as good as any");
}

async fn a_member_may_use_an_app_that_their_role_does_not_ask_for(world: Arc<World>) {
    let mut trainer = world.staff_made(Role::Trainer, Some("astana"), Making::default()).await;
    let answer = trainer.knocks().await;
    let me = trainer.takes(&answer);
    assert_eq!((me.pending, me.second_factor), (Some(Pending::Code), true));
    let code = trainer.code_at(world.now());
    let answer = trainer.sends_code(&code).await;
    assert_eq!(trainer.takes(&answer).pending, None);
}
