//! Every route of the staff console, for every role: exactly what the domain says. The routes and their rights are read from the
//! description of the API, so that a new route is walked as soon as it exists.

use std::sync::Arc;

use domain::error::{ErrorBody, ErrorCode};
use domain::staff::access::{Right, Role};
use reqwest::Method;
use serde_json::Value;
use tumo_tests::api::Answer;
use tumo_tests::staff::{Making, Staff};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    whoever_is_not_signed_in_gets_nowhere,
    each_role_gets_exactly_as_far_as_its_rights,
    an_unfinished_session_can_only_be_finished,
    pages_of_other_sites_get_nowhere,
];

/// A staff route.
pub struct Route {
    pub method: Method,
    pub path: String,
    /// None: whoever comes.
    pub right: Option<Right>,
}

impl Route {
    /// An address with every parameter filled in.
    fn address(&self) -> String {
        let filled = self.path.split('/').map(|part| if part.starts_with('{') { "01NOTHINGOFTHISNAME0000000" } else { part });
        filled.collect::<Vec<_>>().join("/")
    }
}

pub async fn routes(world: &World) -> Vec<Route> {
    let description: Value = world.api.get("/api/openapi.json").send().await.json();
    let mut routes = Vec::new();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let right = operation["x-right"].as_str();
            assert_eq!(
                right.is_some(),
                path.starts_with("/api/staff/"),
                "{method} {path}: a right on every staff route and on no other"
            );
            let Some(right) = right else { continue };
            let method = method.to_uppercase().parse().expect("a method");
            let known = Right::parse(right);
            assert!(known.is_some() || right == "anybody", "{method} {path}: {right}");
            routes.push(Route { method, path: path.clone(), right: known });
        }
    }
    assert!(routes.len() > 5, "only {} staff routes", routes.len());
    routes
}

/// What somebody's right was refused with, if it was.
fn refused(answer: &Answer) -> Option<ErrorCode> {
    let code = serde_json::from_str::<ErrorBody>(&answer.body).ok()?.error.code;
    let about_rights = [ErrorCode::NotSignedIn, ErrorCode::SignInPending, ErrorCode::NotAllowed, ErrorCode::CrossSite];
    about_rights.contains(&code).then_some(code)
}

async fn asked(route: &Route, staff: &Staff) -> Option<ErrorCode> {
    let answer = staff.request(route.method.clone(), &route.address()).send().await;
    assert!(answer.status < 500, "{}: {}", answer.name, answer.body);
    refused(&answer)
}

async fn whoever_is_not_signed_in_gets_nowhere(world: Arc<World>) {
    let open: Vec<String> =
        routes(&world).await.into_iter().filter(|route| route.right.is_none()).map(|route| route.path).collect();
    assert!(open.iter().all(|path| path.starts_with("/api/staff/sign-in")), "{open:?}");
    for route in routes(&world).await.iter().filter(|route| route.right.is_some()) {
        let answer = world.api.request(route.method.clone(), &route.address()).send().await;
        answer.assert_refused(401, ErrorCode::NotSignedIn);
    }
}

async fn each_role_gets_exactly_as_far_as_its_rights(world: Arc<World>) {
    for route in routes(&world).await {
        let Some(right) = route.right else { continue };
        for role in Role::ALL {
            // Each route gets a member of its own, as some end the session.
            let member = world.staff(*role, (*role != Role::Administrator).then_some("astana")).await;
            let expected = (!role.may(right)).then_some(ErrorCode::NotAllowed);
            assert_eq!(asked(&route, &member).await, expected, "{role:?}: {} {}", route.method, route.path);
        }
    }
}

async fn an_unfinished_session_can_only_be_finished(world: Arc<World>) {
    for route in routes(&world).await {
        let Some(right) = route.right else { continue };
        let mut member = world.staff_made(Role::Administrator, None, Making::default()).await;
        member.session = world.session_with(&member, world.now(), false).await;
        let expected = (right != Right::SigningIn).then_some(ErrorCode::SignInPending);
        assert_eq!(asked(&route, &member).await, expected, "{} {}", route.method, route.path);
    }
}

async fn pages_of_other_sites_get_nowhere(world: Arc<World>) {
    let member = world.staff(Role::Administrator, None).await;
    // An export is read, but told in the journal.
    let writes = |route: &&Route| route.method != Method::GET || route.path == "/api/staff/export";
    for route in routes(&world).await.iter().filter(writes) {
        for site in ["cross-site", "same-site"] {
            let request = member.request(route.method.clone(), &route.address()).header("sec-fetch-site", site);
            request.send().await.assert_refused(403, ErrorCode::CrossSite);
        }
    }
}
