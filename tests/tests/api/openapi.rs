//! `GET /api/openapi.json`: the description and the routes are the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::error::ErrorCode;
use domain::staff::access::Role;
use reqwest::Method;
use serde_json::{Value, json};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    it_lists_exactly_the_routes_and_each_answers,
    it_describes_what_is_sent_and_answered,
    an_address_that_is_no_text_is_refused_like_one_that_names_nothing,
];

const ROUTES: [(&str, &str); 15] = [
    ("GET", "/api/catalogue"),
    ("GET", "/api/cohorts"),
    ("GET", "/api/health"),
    ("GET", "/api/invariants"),
    ("GET", "/api/keys"),
    ("GET", "/api/my"),
    ("GET", "/api/my/calendar.ics"),
    ("GET", "/api/my/registrations/{registration}/receipt.svg"),
    ("GET", "/api/openapi.json"),
    ("POST", "/api/applications"),
    ("POST", "/api/my/registrations/{registration}/accept"),
    ("POST", "/api/my/registrations/{registration}/decline"),
    ("POST", "/api/my/registrations/{registration}/withdraw"),
    ("POST", "/api/my/students/{student}/registrations"),
    ("PUT", "/api/my/settings"),
];

async fn description(world: &World) -> Value {
    world.api.get("/api/openapi.json").send().await.json()
}

async fn it_lists_exactly_the_routes_and_each_answers(world: Arc<World>) {
    let description = description(&world).await;
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let mut listed = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        // Those of the staff console are walked with their rights, in `staff_rights`.
        if !path.starts_with("/api/staff/") {
            listed.extend(methods.as_object().expect("methods").keys().map(|method| (method.to_uppercase(), path.clone())));
        }
    }
    let known = ROUTES.map(|(method, path)| (method.to_owned(), path.to_owned()));
    assert_eq!(listed, BTreeSet::from(known));

    for (method, path) in listed {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let answer = world.api.request(method, &path).send().await;
        assert!(answer.status < 500, "{}: {}", answer.name, answer.body);
        if answer.status != 200 {
            let code = serde_json::from_str::<Value>(&answer.body).expect("JSON")["error"]["code"].clone();
            assert!(code != json!("not_found") && code != json!("method_not_allowed"), "{}: {code}", answer.name);
        }
    }
}

async fn it_describes_what_is_sent_and_answered(world: Arc<World>) {
    let description = description(&world).await;
    let post = &description["paths"]["/api/applications"]["post"];
    let statuses: BTreeSet<&str> = post["responses"].as_object().expect("answers").keys().map(String::as_str).collect();
    assert_eq!(statuses, ["200", "201", "400", "403", "409", "413", "415", "422", "429", "503"].into());
    assert_eq!(post["parameters"][0]["name"], "Idempotency-Key");

    // Every reference leads somewhere.
    let text = description.to_string();
    let schemas = description["components"]["schemas"].as_object().expect("schemas");
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(schemas.contains_key(name), "{name} is not described");
    }
    let form = serde_json::to_value(world.form()).expect("JSON");
    let described: BTreeSet<&String> =
        schemas["ApplicationForm"]["properties"].as_object().expect("properties").keys().collect();
    assert_eq!(described, form.as_object().expect("an object").keys().collect());
}

async fn an_address_that_is_no_text_is_refused_like_one_that_names_nothing(world: Arc<World>) {
    let description = description(&world).await;
    let administrator = world.staff(Role::Administrator, None).await;
    let mut walked = 0;
    for (path, methods) in description["paths"].as_object().expect("paths") {
        let parts: Vec<&str> = path.split('/').collect();
        for parameter in (0..parts.len()).filter(|place| parts[*place].starts_with('{')) {
            let filled = |(place, part): (usize, &&str)| match part.starts_with('{') {
                true if place == parameter => "%ff".to_owned(),
                true => "01NOTHINGOFTHISNAME0000000".to_owned(),
                false => (*part).to_owned(),
            };
            let address = parts.iter().enumerate().map(filled).collect::<Vec<_>>().join("/");
            for method in methods.as_object().expect("methods").keys() {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
                administrator.request(method, &address).send().await.assert_refused(404, ErrorCode::Unknown);
                walked += 1;
            }
        }
    }
    assert!(walked > 30, "only {walked} addresses");
}
