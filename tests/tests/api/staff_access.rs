//! Signing in through Cloudflare Access, where it stands in front of the site.

use std::sync::Arc;

use domain::error::ErrorCode;
use domain::staff::access::{Me, Role, Ways};
use reqwest::Method;
use serde_json::json;
use tumo_tests::api::{Answer, Api};
use tumo_tests::staff::Making;
use tumo_tests::team::{AUDIENCE, Team};
use tumo_tests::tests;
use tumo_tests::world::World;
use xtask::server::{Home, Options, Server};

tests![without_access_there_is_the_password, access_vouches_for_staff];

async fn shown(api: &Api, token: Option<&str>) -> Answer {
    let request = api.request(Method::POST, "/api/staff/sign-in/access");
    let request = match token {
        Some(token) => request.header("cf-access-jwt-assertion", token),
        None => request,
    };
    request.send().await
}

async fn without_access_there_is_the_password(world: Arc<World>) {
    let ways: Ways = world.api.get("/api/staff/sign-in").send().await.json();
    assert!(!ways.access);
    shown(&world.api, Some("whatever")).await.assert_refused(404, ErrorCode::Unknown);
}

/// On a server of its own, as Access is set for a whole site. One host makes no requests of its own, so it has no such way in.
async fn access_vouches_for_staff(world: Arc<World>) {
    if world.home == Home::Native {
        return;
    }
    let team = Team::begin().await.expect("a team");
    let variables = vec![("ACCESS_TEAM".into(), team.issuer.clone()), ("ACCESS_AUDIENCE".into(), AUDIENCE.into())];
    let options = Options { variables, ..Options::temporary(Home::Workerd) };
    let server = tokio::task::spawn_blocking(move || Server::start(&options)).await.expect("no panic").expect("a server");
    let behind = World::of(&server).await.expect("a world");
    let ways: Ways = behind.api.get("/api/staff/sign-in").send().await.json();
    assert!(ways.access);

    let coordinator = behind.staff_made(Role::Coordinator, Some("astana"), Making::default()).await;
    let now = behind.now();
    for refused in [None, Some("a.b.c"), Some(team.forged(&coordinator.email, now).as_str())] {
        shown(&behind.api, refused).await.assert_refused(401, ErrorCode::NotVouchedFor);
    }
    let nobody = team.token("nobody@tumo.example", now);
    shown(&behind.api, Some(&nobody)).await.assert_refused(401, ErrorCode::NotAMember);
    // Nobody's account and a closed one can't be told apart.
    let closed = behind.staff_made(Role::Trainer, Some("astana"), Making::default()).await;
    behind.change("UPDATE staff_members SET disabled_at = ?2 WHERE id = ?1", &[json!(closed.id), json!(now)]).await;
    shown(&behind.api, Some(&team.token(&closed.email, now))).await.assert_refused(401, ErrorCode::NotAMember);

    let token = team.token(&coordinator.email.to_uppercase(), now);
    let answer = shown(&behind.api, Some(&token)).await;
    let mut member = coordinator.clone();
    let me = member.takes(&answer);
    assert_eq!((me.id.as_str(), me.pending), (coordinator.id.as_str(), None), "the provider has asked for the second factor");
    let again: Me = member.get("/api/staff/me").send().await.json();
    assert_eq!(again.id, me.id);
    member.get("/api/staff/cohorts").send().await.json::<serde_json::Value>();
    assert_eq!(team.asked(), 1, "keys are kept");

    let cross = behind.api.request(Method::POST, "/api/staff/sign-in/access").header("cf-access-jwt-assertion", &token);
    cross.header("sec-fetch-site", "cross-site").send().await.assert_refused(403, ErrorCode::CrossSite);
}
