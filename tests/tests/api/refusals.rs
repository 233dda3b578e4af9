//! Requests that are off as a whole: each has its own code and status, and nothing is stored.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use reqwest::Method;
use serde_json::{Value, json};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    what_is_no_json_is_broken,
    something_after_the_answers_is_broken,
    another_type_is_named_by_its_path,
    an_unknown_answer_is_named_by_its_path,
    another_content_type_is_refused,
    a_body_over_sixty_four_kibibytes_is_refused,
    the_key_must_be_there,
    the_key_must_have_its_form,
    a_page_of_another_site_is_refused,
    an_address_that_is_not_there,
    a_method_that_is_not_there,
];

async fn what_is_no_json_is_broken(world: Arc<World>) {
    let whole = serde_json::to_vec(&world.form()).expect("JSON");
    let cut = &whole[..whole.len() - 1];
    let bodies: [&[u8]; 9] = [
        b"",
        b" ",
        b"{",
        b"{'language':'kk'}",
        b"{\"language\":\"kk\",}",
        b"language=kk",
        b"{\"language\":\"\xff\"}",
        b"{\"language\":\"\\ud800\"}",
        cut,
    ];
    for body in bodies {
        let answer = world.refused(world.api.post(body)).await;
        answer.assert_refused(400, ErrorCode::BrokenJson);
    }
}

async fn something_after_the_answers_is_broken(world: Arc<World>) {
    for tail in ["x", "{}", ",", "\0"] {
        let mut body = serde_json::to_string(&world.form()).expect("JSON");
        body.push_str(tail);
        world.refused(world.api.post(body)).await.assert_refused(400, ErrorCode::BrokenJson);
    }
}

/// Complete answers with one of them replaced.
fn with(world: &World, pointer: &str, value: Value) -> Vec<u8> {
    let mut form = serde_json::to_value(world.form()).expect("JSON");
    *form.pointer_mut(pointer).expect("an answer") = value;
    serde_json::to_vec(&form).expect("JSON")
}

async fn another_type_is_named_by_its_path(world: Arc<World>) {
    for (pointer, value, path) in [
        ("/language", json!(null), "language"),
        ("/language", json!(["kk"]), "language"),
        ("/student", json!("Әйгерім"), "student"),
        ("/student/born_on", json!("2012-01-01"), "student.born_on"),
        ("/student/born_on/day", json!(5), "student.born_on.day"),
        ("/student/iin", json!(61_211_600_012_u64), "student.iin"),
        ("/tracks", json!("music"), "tracks"),
        ("/tracks", json!([1]), "tracks[0]"),
        ("/tracks", json!(["music", null]), "tracks[1]"),
        ("/guardian/phone", json!(77_071_234_567_u64), "guardian.phone"),
        ("/second_guardian", json!(false), "second_guardian"),
        ("/consent/student_accepts", json!("yes"), "consent.student_accepts"),
    ] {
        let answer = world.refused(world.api.post(with(&world, pointer, value))).await;
        answer.assert_faults(400, ErrorCode::WrongType, &[(path, FaultCode::WrongType)]);
    }
    for body in ["null", "7", "\"kk\""] {
        let answer = world.refused(world.api.post(body)).await;
        answer.assert_faults(400, ErrorCode::WrongType, &[(".", FaultCode::WrongType)]);
    }
}

async fn an_unknown_answer_is_named_by_its_path(world: Arc<World>) {
    for (pointer, path) in [("", "nickname"), ("/student", "student.nickname"), ("/consent", "consent.nickname")] {
        let mut form = serde_json::to_value(world.form()).expect("JSON");
        form.pointer_mut(pointer).expect("an object")["nickname"] = json!("Айка");
        let answer = world.refused(world.api.post(serde_json::to_vec(&form).expect("JSON"))).await;
        answer.assert_faults(400, ErrorCode::WrongType, &[(path, FaultCode::WrongType)]);
    }
}

async fn another_content_type_is_refused(world: Arc<World>) {
    let request = world.api.apply(&world.form());
    world.refused(request.clone().without("content-type")).await.assert_refused(415, ErrorCode::NotJson);
    for declared in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart/form-data; boundary=x"]
    {
        let answer = world.refused(request.clone().header("content-type", declared)).await;
        answer.assert_refused(415, ErrorCode::NotJson);
    }
}

async fn a_body_over_sixty_four_kibibytes_is_refused(world: Arc<World>) {
    for length in [64 * 1024 + 1, 200 * 1024] {
        let mut body = serde_json::to_vec(&world.form()).expect("JSON");
        body.resize(length, b' ');
        world.refused(world.api.post(body)).await.assert_refused(413, ErrorCode::BodyTooLarge);
    }
}

async fn the_key_must_be_there(world: Arc<World>) {
    let request = world.api.apply(&world.form()).without("idempotency-key");
    world.refused(request).await.assert_refused(400, ErrorCode::KeyMissing);
}

async fn the_key_must_have_its_form(world: Arc<World>) {
    let request = world.api.apply(&world.form());
    let long = "k".repeat(65);
    for key in
        ["", "short", "fifteen-letters", "with spaces in the middle", "ключ-ключ-ключ-ключ", "'; DROP TABLE journal", &long]
    {
        world.refused(request.clone().key(key)).await.assert_refused(400, ErrorCode::KeyMalformed);
    }
    // The bounds themselves are allowed.
    world.api.apply(&world.form()).key("sixteen--letters").send().await.created();
    world.api.apply(&world.form()).key(&"K_9-".repeat(16)).send().await.created();
}

async fn a_page_of_another_site_is_refused(world: Arc<World>) {
    let request = world.api.apply(&world.form());
    for (header, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
    ] {
        let answer = world.refused(request.clone().header(header, value)).await;
        answer.assert_refused(403, ErrorCode::CrossSite);
    }
    // Reading is anybody's.
    let read = world.api.get("/api/catalogue").header("sec-fetch-site", "cross-site").send().await;
    assert_eq!(read.status, 200);
}

async fn an_address_that_is_not_there(world: Arc<World>) {
    for path in ["/api/nothing", "/api/applications/1", "/api/my/", "/api/", "/api/catalogue.json"] {
        world.api.get(path).send().await.assert_refused(404, ErrorCode::NotFound);
    }
    let answer = world.refused(world.api.request(Method::POST, "/api/nothing")).await;
    answer.assert_refused(404, ErrorCode::NotFound);
}

async fn a_method_that_is_not_there(world: Arc<World>) {
    for (method, path, allowed) in [
        (Method::GET, "/api/applications", "POST"),
        (Method::PUT, "/api/applications", "POST"),
        (Method::DELETE, "/api/my", "GET,HEAD"),
        (Method::POST, "/api/catalogue", "GET,HEAD"),
    ] {
        let answer = world.refused(world.api.request(method, path)).await;
        answer.assert_refused(405, ErrorCode::MethodNotAllowed);
        assert_eq!(answer.header("allow"), allowed, "{}", answer.name);
    }
}
