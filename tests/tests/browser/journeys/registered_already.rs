//! The same student again: no second seat, no detail of the first registration, and the ways back to it.

use std::sync::Arc;

use domain::language::Language;

use crate::family::Family;
use crate::inspection::{is_for_everybody_in_each_language, picture};
use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    the_other_parents_phone_is_told_without_details,
    the_same_phone_is_led_to_its_registration,
    a_phone_without_room_leads_to_what_was_registered_on_it,
];

async fn the_other_parents_phone_is_told_without_details(stage: Arc<Stage>) {
    let first = registered(&stage).await;
    let reference = first.reference().await;
    let mut second = stage.family(Language::Kazakh, "almaty-tue-fri-0900").await;
    second.answers = first.answers.clone();
    second.comes_to(Page::Check).await;
    second.presses_send().await;
    second.arrives_at(Page::Already).await;
    second.phone.reads("h1", words(Language::Kazakh, "refused.already_title")).await;
    second.phone.reads("main", words(Language::Kazakh, "refused.already_centre")).await;
    picture(&second.phone, "70-already").await;
    is_for_everybody_in_each_language(&mut second.phone, "already registered", "[data-test=check]").await;
    assert!(!second.phone.texts("main").await.concat().contains(&reference), "a stranger may be asking");
    assert_eq!(second.records().count(), 1);
    second.phone.closes().await;
    first.phone.closes().await;
}

async fn the_same_phone_is_led_to_its_registration(stage: Arc<Stage>) {
    let mut family = registered(&stage).await;
    let reference = family.reference().await;
    family.phone.opens(&Page::Home.path(family.phone.language)).await;
    family.arrives_at(Page::Home).await;
    is_for_everybody_in_each_language(&mut family.phone, "the front page with a registration", "[data-test=saved-link]").await;
    family.comes_to(Page::Check).await;
    family.presses_send().await;
    family.arrives_at(Page::Already).await;
    picture(&family.phone, "71-already-same-phone").await;
    is_for_everybody_in_each_language(&mut family.phone, "already registered here", "[data-test=saved-link]").await;
    family.phone.presses("[data-test=saved-link]").await;
    family.arrives_at(Page::Ticket).await;
    assert_eq!(family.reference().await, reference);
    assert_eq!(family.records().count(), 1);
    family.phone.closes().await;
}

/// It has kept an earlier registration, and has no room for another one.
async fn a_phone_without_room_leads_to_what_was_registered_on_it(stage: Arc<Stage>) {
    const FILL: &str = "
        let piece = 'x'.repeat(2 ** 20);
        while (true) {
            try {
                localStorage.filling = (localStorage.filling ?? '') + piece;
            } catch {
                if (piece.length === 1) return true;
                piece = piece.slice(piece.length / 2);
            }
        }";
    let mut family = registered(&stage).await;
    let first = family.reference().await;
    family.answers = stage.answers(Language::Kazakh, "almaty-tue-fri-0900");
    family.page = Page::Home;
    family.comes_to(Page::Check).await;
    family.phone.asks::<bool>(FILL, vec![]).await;
    family.sends().await;
    let second = family.reference().await;
    assert_ne!(first, second);
    family.phone.presses(".site-logo").await;
    family.arrives_at(Page::Home).await;
    for reference in [&first, &second] {
        family.phone.reads(".saved", reference).await;
    }
    family.phone.closes().await;
}

async fn registered(stage: &Stage) -> Family {
    let mut family = stage.family(Language::Kazakh, "almaty-tue-fri-0900").await;
    family.comes_to(Page::Check).await;
    family.sends().await;
    family
}
