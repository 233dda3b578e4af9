//! The authenticator app: codes are asked for, and each serves once.

use std::collections::BTreeSet;
use std::sync::Arc;

use credentials::totp;
use domain::error::ErrorCode;
use domain::staff::access::{CodeForm, Me, PasswordForm, Pending, RecoveryCodes, Role, SecondFactorSetup};
use domain::staff::sign_in::FRESH_MINUTES;
use tumo_tests::personal::note_secret;
use tumo_tests::staff::{Making, Staff, given};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    the_code_finishes_signing_in_and_serves_once,
    a_member_may_use_an_app_that_their_role_does_not_ask_for,
    who_needs_an_app_sets_it_up_at_the_first_sign_in,
    a_recovery_code_serves_once,
    replacing_an_app_takes_a_fresh_session_and_ends_the_others,
    an_offered_secret_counts_only_when_it_is_confirmed,
];

/// Sets an app up in this session; the recovery codes.
async fn sets_up(world: &World, staff: &mut Staff) -> Vec<String> {
    let setup: SecondFactorSetup = staff.post("/api/staff/second-factor").send().await.json();
    note_secret(&setup.secret);
    let app = totp::Secret::from_base32(&setup.secret).expect("base32");
    assert_eq!(setup.address, app.address("TUMO", &staff.email));
    assert!(setup.qr_svg.starts_with("<svg "), "{}", setup.qr_svg);
    let confirm = |code: String| staff.post("/api/staff/second-factor/confirm").json(&CodeForm { code }).send();
    confirm("000000 is no code".into()).await.assert_refused(401, ErrorCode::WrongCode);
    let answer = confirm(app.code_at(world.now())).await;
    let codes = answer.json::<RecoveryCodes>().codes;
    codes.iter().for_each(|code| note_secret(code));
    staff.app = Some(app);
    staff.session = given(&answer).expect("another cookie").to_owned();
    note_secret(&staff.session);
    codes
}

async fn who_needs_an_app_sets_it_up_at_the_first_sign_in(world: Arc<World>) {
    let making = Making { without_app: true, first_password: true };
    let mut administrator = world.staff_made(Role::Administrator, None, making).await;
    let answer = administrator.knocks().await;
    assert_eq!(administrator.takes(&answer).pending, Some(Pending::Password));
    administrator.get("/api/staff/members").send().await.assert_refused(403, ErrorCode::SignInPending);
    let form = PasswordForm { current: administrator.password.clone(), new: "жеті ата, жеті қазына".into() };
    let answer = administrator.put("/api/staff/password").json(&form).send().await;
    assert_eq!(administrator.takes(&answer).pending, Some(Pending::Enrolment));
    administrator.password = form.new;

    administrator.sends_code("000000").await.assert_refused(409, ErrorCode::WrongState);
    let codes = sets_up(&world, &mut administrator).await;
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
    assert_eq!(administrator.get("/api/staff/me").send().await.json::<Me>().pending, None);
    assert_eq!(administrator.get("/api/staff/members").send().await.status, 200);

    let (app, stored) = (administrator.app.expect("an app"), &world.database);
    for secret in [app.base32(), codes[0].clone(), codes[0].replace('-', "")] {
        assert_eq!(stored.places_of(&secret), Vec::<String>::new(), "nothing of it is readable in the store");
    }
    let acts =
        stored.column("SELECT act FROM journal WHERE subject = ?1 ORDER BY entry", [format!("member:{}", administrator.id)]);
    assert_eq!(acts, ["password_changed", "second_factor_set"]);
    // The code that confirmed it has served.
    let answer = administrator.knocks().await;
    assert_eq!(administrator.takes(&answer).pending, Some(Pending::Code));
}

async fn a_recovery_code_serves_once(world: Arc<World>) {
    let making = Making { without_app: true, ..Making::default() };
    let mut coordinator = world.staff_made(Role::Coordinator, Some("almaty"), making).await;
    let answer = coordinator.knocks().await;
    coordinator.takes(&answer);
    let codes = sets_up(&world, &mut coordinator).await;
    let other = world.staff_made(Role::Coordinator, Some("almaty"), Making::default()).await;
    for (typed, taken) in
        [(codes[0].to_uppercase().replace('-', " "), true), (codes[0].clone(), false), (codes[1].clone(), true)]
    {
        let answer = coordinator.knocks().await;
        coordinator.takes(&answer);
        let answer = coordinator.sends_code(&typed).await;
        if taken {
            assert_eq!(coordinator.takes(&answer).pending, None);
        } else {
            answer.assert_refused(401, ErrorCode::WrongCode);
        }
    }
    let mut other = other;
    let answer = other.knocks().await;
    other.takes(&answer);
    other.sends_code(&codes[2]).await.assert_refused(401, ErrorCode::WrongCode);
    let used = "SELECT count(*) AS used FROM journal WHERE subject = ?1 AND act = 'recovery_code_used'";
    assert_eq!(world.database.row(used, [format!("member:{}", coordinator.id)])["used"], 2);
}

async fn replacing_an_app_takes_a_fresh_session_and_ends_the_others(world: Arc<World>) {
    let mut desk = world.staff(Role::Coordinator, Some("astana")).await;
    let stale = Staff { session: world.session_of(&desk, world.now() - FRESH_MINUTES * 60_000).await, ..desk.clone() };
    stale.post("/api/staff/second-factor").send().await.assert_refused(403, ErrorCode::SignInAnew);
    let (before, codes) = (desk.app, sets_up(&world, &mut desk).await);
    assert_ne!(before.map(|app| app.base32()), desk.app.map(|app| app.base32()));
    stale.get("/api/staff/me").send().await.assert_refused(401, ErrorCode::NotSignedIn);
    let again = sets_up(&world, &mut desk).await;
    assert!(codes.iter().all(|code| !again.contains(code)), "new codes");
    let answer = desk.knocks().await;
    desk.takes(&answer);
    desk.sends_code(&codes[0]).await.assert_refused(401, ErrorCode::WrongCode);
    assert_eq!(desk.sends_code(&again[0]).await.status, 200);
}

async fn an_offered_secret_counts_only_when_it_is_confirmed(world: Arc<World>) {
    let mut coordinator = world.staff(Role::Coordinator, Some("astana")).await;
    let confirm = |code: String| CodeForm { code };
    let path = "/api/staff/second-factor/confirm";
    let early = coordinator.post(path).json(&confirm(coordinator.code_at(world.now())));
    early.send().await.assert_refused(409, ErrorCode::WrongState);
    let first: SecondFactorSetup = coordinator.post("/api/staff/second-factor").send().await.json();
    let second: SecondFactorSetup = coordinator.post("/api/staff/second-factor").send().await.json();
    [&first, &second].into_iter().for_each(|setup| note_secret(&setup.secret));
    let code = |setup: &SecondFactorSetup| totp::Secret::from_base32(&setup.secret).expect("base32").code_at(world.now());
    let replaced = coordinator.post(path).json(&confirm(code(&first))).send().await;
    replaced.assert_refused(401, ErrorCode::WrongCode);
    // Until then the app that is set up is asked for.
    let answer = coordinator.knocks().await;
    coordinator.takes(&answer);
    coordinator.sends_code(&code(&second)).await.assert_refused(401, ErrorCode::WrongCode);
    let right = coordinator.code_at(world.now());
    assert_eq!(coordinator.sends_code(&right).await.status, 200);
}

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
