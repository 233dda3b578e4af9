//! Signing in: e-mail and password, the code of the authenticator app, signing out.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::staff::access::{Me, Pending, Role};
use tumo_tests::staff::{COOKIE, Making, given};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![a_trainer_signs_in_and_out, whoever_is_wrong_learns_nothing];

async fn a_trainer_signs_in_and_out(world: Arc<World>) {
    let making = Making { without_app: true, ..Making::default() };
    let mut trainer = world.staff_made(Role::Trainer, Some("astana"), making).await;
    world.api.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);

    let answer = trainer.knocks().await;
    let me = trainer.takes(&answer);
    assert_eq!((me.role, me.centre.as_deref(), me.pending, me.second_factor), (Role::Trainer, Some("astana"), None, false));
    assert_eq!((&me.id, &me.email), (&trainer.id, &trainer.email));
    let attributes = answer.header("set-cookie").split_once(';').expect("attributes").1;
    assert_eq!(attributes, " Max-Age=1209600; Path=/; Secure; HttpOnly; SameSite=Strict");
    assert_eq!(trainer.session.len(), 43, "256 bits");

    let again: Me = trainer.get("/api/staff/me").send().await.json();
    assert_eq!(Me { at: me.at, ..again }, me);
    let answer = trainer.post("/api/staff/sign-out").send().await;
    assert_eq!((answer.status, given(&answer)), (204, Some("")), "the cookie is taken back");
    trainer.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    assert_eq!(world.database.places_of(&trainer.session), Vec::<String>::new(), "only its hash is ever stored");
}

async fn whoever_is_wrong_learns_nothing(world: Arc<World>) {
    let trainer = world.staff_made(Role::Trainer, Some("astana"), Making { without_app: true, ..Making::default() }).await;
    let wrong = trainer.knocks_with("something else entirely").await;
    wrong.assert_refused(401, ErrorCode::WrongCredentials);
    assert_eq!(given(&wrong), None);
    let mut nobody = trainer.clone();
    nobody.email = "nobody@tumo.example".into();
    assert_eq!(nobody.knocks().await.body, wrong.body);
    let forged = world.api.get("/api/staff/me").header("cookie", &format!("{COOKIE}={}", "A".repeat(43)));
    forged.send().await.assert_refused(401, ErrorCode::NotSignedIn);
    let coordinator = world.staff_made(Role::Coordinator, Some("astana"), Making::default()).await;
    let me: Me = coordinator.knocks().await.json();
    assert_eq!(me.pending, Some(Pending::Code));
}
