//! What a family reads on its private page: words that stay true while things change, and buttons in an order that loses nothing.

use std::sync::Arc;

use domain::date::{Date, Timestamp};
use domain::language::Language;
use domain::registration::MyApplication;
use reqwest::Method;
use serde_json::json;
use tumo_tests::api::OneStudent;

use crate::inspection::picture;
use crate::page::Page;
use crate::phone::Screen;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    the_first_words_give_way_to_an_offer,
    an_application_keeps_its_time_when_its_student_moves,
    giving_up_comes_last,
    at_a_desk_the_page_stands_in_the_middle,
];

/// One seat by `tests/seeds/one-seat.sql`.
const SMALL: &str = "astana-mon-wed-0900";

/// With seats for everybody.
const LARGE: &str = "astana-tue-fri-0900";

/// The page stays open from the registration on until a seat is offered.
async fn the_first_words_give_way_to_an_offer(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let first = small.world.applied(&small.world.form_for(SMALL)).await;
    let mut family = small.family(Language::Kazakh, SMALL).await;
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.phone.reads("h1", words(Language::Kazakh, "my.first_waiting")).await;
    let give_up = format!("/api/my/registrations/{}/withdraw", first.one().registration);
    small.world.api.request(Method::POST, &give_up).token(&first.token).send().await.json::<MyApplication>();
    family.phone.asks::<bool>("return document.dispatchEvent(new Event('visibilitychange'))", vec![]).await;
    family.phone.sees("[data-test=offer]").await;
    family.phone.reads("h1", &family.answers.student.given_name).await;
    assert!(!family.phone.texts("h1").await.concat().contains(words(Language::Kazakh, "my.first_waiting")));
    family.phone.closes().await;
    server.stop();
}

async fn an_application_keeps_its_time_when_its_student_moves(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let family = small.world.applied(&small.world.form_for(SMALL)).await;
    let received = Timestamp::of_local(Date::parse("2026-08-15").expect("a day"), 605);
    let earlier = "UPDATE applications SET received_at = ?1 WHERE reference = ?2";
    small.world.change(earlier, &[json!(received.0), json!(family.reference)]).await;
    let phone = small.phone(Language::Kazakh).await;
    phone.opens(&format!("{}#{}", Page::Ticket.path(phone.language), family.token)).await;
    phone.arrives_at(Page::Ticket).await;
    phone.presses("[data-test=join]").await;
    phone.arrives_at(Page::Join).await;
    phone.ticks(&format!("cohort-{LARGE}")).await;
    phone.presses("[data-test=submit]").await;
    phone.arrives_at(Page::Ticket).await;
    phone.reads("[data-test=done]", words(phone.language, "my.done_moved")).await;
    phone.reads(".ticket", "2026 ж. 15 тамыз, сағат 10:05").await;
    phone.closes().await;
    server.stop();
}

async fn giving_up_comes_last(stage: Arc<Stage>) {
    const ORDER: &str = "return [...document.querySelectorAll('.student a, .student button')].map(it => it.dataset.test)";
    let family = stage.world.applied(&stage.world.form_for(LARGE)).await;
    let phone = stage.phone(Language::Kazakh).await;
    phone.opens(&format!("{}#{}", Page::Ticket.path(phone.language), family.token)).await;
    phone.arrives_at(Page::Ticket).await;
    assert_eq!(phone.asks::<Vec<String>>(ORDER, vec![]).await, ["code", "calendar", "join", "withdraw"]);
    phone.closes().await;
}

async fn at_a_desk_the_page_stands_in_the_middle(stage: Arc<Stage>) {
    const SIDES: &str =
        "const [main, page] = ['main', '.question'].map(it => document.querySelector(it).getBoundingClientRect());
        return [page.left - main.left, main.right - page.right]";
    let desk = stage.device(Screen::Desk, Language::Kazakh).await;
    desk.opens(&Page::Who.path(Language::Kazakh)).await;
    desk.arrives_at(Page::Who).await;
    let [left, right]: [f64; 2] = desk.asks(SIDES, vec![]).await;
    assert!(left > 100. && (left - right).abs() < 2., "{left} on the left, {right} on the right");
    picture(&desk, "01-who-at-a-desk").await;
    desk.closes().await;
}
