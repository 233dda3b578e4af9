//! What every answer of the API carries, refusals included; and `GET /api/health`.

use std::sync::Arc;

use domain::date::Timestamp;
use reqwest::Method;
use serde_json::Value;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![every_answer_is_fenced, only_the_catalogue_may_be_kept, health_tells_the_time];

async fn every_answer_is_fenced(world: Arc<World>) {
    let token = world.applied(&world.form()).await.token;
    let api = &world.api;
    let requests = [
        api.get("/api/catalogue"),
        api.get("/api/cohorts"),
        api.get("/api/cohorts?centre=paris"),
        api.get("/api/my"),
        api.get("/api/my").token(&token),
        api.get("/api/my/calendar.ics").token(&token),
        api.get("/api/keys"),
        api.get("/api/health"),
        api.get("/api/openapi.json"),
        api.get("/api/nothing"),
        api.request(Method::DELETE, "/api/catalogue"),
        api.request(Method::HEAD, "/api/catalogue"),
        api.request(Method::OPTIONS, "/api/applications"),
        api.post("{"),
        api.post("{}").without("idempotency-key"),
        api.post("{}").header("sec-fetch-site", "cross-site"),
        api.post(" ".repeat(64 * 1024 + 1)),
        api.apply(&world.form()),
    ];
    for request in requests {
        let answer = request.send().await;
        let said = |header: &str| (answer.name.clone(), answer.status, answer.header(header).to_owned());
        for (header, value) in [
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("referrer-policy", "no-referrer"),
            ("strict-transport-security", "max-age=31536000"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(said(header), (answer.name.clone(), answer.status, value.to_owned()), "{header}");
        }
        for never in ["set-cookie", "access-control-allow-origin", "x-powered-by"] {
            assert_eq!(said(never).2, "", "{} sends {never}", answer.name);
        }
        assert!(answer.header("date").ends_with(" GMT"), "{}", answer.name);
    }
}

async fn only_the_catalogue_may_be_kept(world: Arc<World>) {
    let told = world.api.apply(&world.form()).send().await;
    assert_eq!(told.header("cache-control"), "no-store");
    let token = told.created().token;
    for path in ["/api/cohorts", "/api/my", "/api/my/calendar.ics", "/api/health", "/api/nothing"] {
        let answer = world.api.get(path).token(&token).send().await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(world.api.get("/api/catalogue").send().await.header("cache-control"), "public, max-age=60");
}

async fn health_tells_the_time(world: Arc<World>) {
    let first: Value = world.api.get("/api/health").send().await.json();
    let second: Value = world.api.get("/api/health").send().await.json();
    assert_eq!((&first["ok"], first.as_object().map(serde_json::Map::len)), (&Value::Bool(true), Some(2)));
    let at = |health: &Value| Timestamp(health["at"].as_i64().expect("milliseconds"));
    assert!(at(&first) <= at(&second));
}
