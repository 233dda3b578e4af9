//! What a family reads about a registration that it has not ended itself.

use std::sync::Arc;

use domain::language::Language;
use domain::registration::Confirmation;
use domain::staff::access::Role;
use serde_json::json;
use tumo_tests::api::OneStudent;

use crate::inspection::{is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![what_the_centre_has_ended_says_so, an_offer_that_nobody_answered_twice_says_so];

/// One seat by `tests/seeds/one-seat.sql`.
const COHORT: &str = "astana-mon-wed-0900";

/// Opens the family's page, on which there is one registration, and it is over in this way.
async fn is_told(stage: &Stage, family: &Confirmation, state: &str, number: u8) {
    let mut phone = stage.phone(Language::Kazakh).await;
    phone.opens(&format!("{}#{}", Page::Ticket.path(phone.language), family.token)).await;
    phone.arrives_at(Page::Ticket).await;
    let past = format!("[data-test=past] [data-state={state}]");
    phone.reads(&past, words(phone.language, &format!("my.state_{state}"))).await;
    phone.sees("[data-test=nothing]").await;
    picture(&phone, &format!("{number}-{state}")).await;
    is_for_everybody_in_each_language(&mut phone, state, &past).await;
    phone.closes().await;
}

async fn what_the_centre_has_ended_says_so(stage: Arc<Stage>) {
    let family = stage.world.applied(&stage.world.form_for("astana-mon-thu-1630")).await;
    let coordinator = stage.world.staff(Role::Coordinator, Some("astana")).await;
    let ends = format!("/api/staff/registrations/{}/remove", family.one().registration);
    let ended = coordinator.post(&ends).json(&json!({ "reason": "Отбасы көшіп кетті" })).send().await;
    assert_eq!(ended.status, 200, "{}", ended.body);
    is_told(&stage, &family, "removed", 82).await;
}

async fn an_offer_that_nobody_answered_twice_says_so(stage: Arc<Stage>) {
    // As the due work does it when the hours of the second offer are over.
    const LAPSE: &str =
        "UPDATE registrations SET state = 'lapsed', act = 'lapsed', held_until = NULL, author = 'system' WHERE id = ?1";
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let first = small.world.applied(&small.world.form_for(COHORT)).await;
    let second = small.world.applied(&small.world.form_for(COHORT)).await;
    let gives_up = format!("/api/my/registrations/{}/withdraw", first.one().registration);
    let given_up = small.world.api.request(reqwest::Method::POST, &gives_up).token(&first.token).send().await;
    assert_eq!(given_up.status, 200, "{}", given_up.body);
    let offered = [json!(second.one().registration)];
    for step in ["UPDATE registrations SET returned = 1 WHERE id = ?1 AND state = 'offered'", LAPSE] {
        assert_eq!(small.world.change(step, &offered).await, 1, "{step}");
    }
    is_told(&small, &second, "lapsed", 83).await;
    server.stop();
}
