//! The private page by keys alone: everything that can be changed there, and where the focus is after each step.

use std::sync::Arc;

use domain::language::Language;
use domain::registration::Confirmation;

use crate::page::Page;
use crate::phone::{Phone, Settings};
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![an_offer_is_accepted_and_given_up_without_a_pointer, a_schedule_is_changed_without_a_pointer];

/// One seat by `tests/seeds/one-seat.sql`.
const SMALL: &str = "astana-mon-wed-0900";

/// With seats for everybody.
const LARGE: &str = "astana-tue-fri-0900";

/// A phone without touch, on the page of this family.
async fn keys_on(stage: &Stage, family: &Confirmation) -> Phone {
    let mut phone = stage.phone(Language::Kazakh).await;
    phone.uses_the_keyboard_alone();
    phone.opens(&format!("{}#{}", Page::Ticket.path(phone.language), family.token)).await;
    phone.arrives_at(Page::Ticket).await;
    phone
}

/// Follows a link to another private page, which begins at its heading.
async fn comes_to(phone: &Phone, link: &str, page: Page) {
    phone.presses(&format!("[data-test={link}]")).await;
    phone.arrives_at(page).await;
    phone.has_the_focus_on("h1").await;
}

/// Makes a change; what became of it has the focus.
async fn makes(phone: &Phone, button: &str, told: &str) {
    phone.presses(&format!("[data-test={button}]")).await;
    phone.reads("#told", words(phone.language, told)).await;
    phone.has_the_focus_on("#told").await;
}

async fn an_offer_is_accepted_and_given_up_without_a_pointer(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let mut families = Vec::new();
    for _ in 0..3 {
        families.push(small.world.applied(&small.world.form_for(SMALL)).await);
    }
    let first = keys_on(&small, &families[0]).await;
    comes_to(&first, "withdraw", Page::Withdraw).await;
    comes_to(&first, "no", Page::Ticket).await;
    comes_to(&first, "withdraw", Page::Withdraw).await;
    makes(&first, "yes", "my.done_withdrawn").await;
    first.closes().await;

    let second = keys_on(&small, &families[1]).await;
    comes_to(&second, "decline", Page::Decline).await;
    comes_to(&second, "back", Page::Ticket).await;
    makes(&second, "accept", "my.done_accepted").await;
    comes_to(&second, "withdraw", Page::Withdraw).await;
    makes(&second, "yes", "my.done_withdrawn").await;
    second.closes().await;

    let third = keys_on(&small, &families[2]).await;
    comes_to(&third, "decline", Page::Decline).await;
    makes(&third, "yes", "my.done_declined").await;
    third.closes().await;
    server.stop();
}

async fn a_schedule_is_changed_without_a_pointer(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let family = small.world.applied(&small.world.form_for(SMALL)).await;
    let waiting = small.world.applied(&small.world.form_for(SMALL)).await;
    let phone = keys_on(&small, &family).await;
    // Where the focus is can be seen in everybody's own colours too.
    phone.has_settings(Settings { forced_colours: true, ..Settings::default() }).await;
    phone.presses("[data-test=code]").await;
    phone.sees("[data-test=receipt-code] img").await;
    comes_to(&phone, "join", Page::Join).await;
    // Without a choice it says what is missing.
    makes(&phone, "submit", "fault.cohort_required").await;
    phone.presses("[data-test=tracks]").await;
    phone.sees("details[open]").await;
    phone.ticks(&format!("cohort-{LARGE}")).await;
    phone.reads("[data-test=outcome]", words(phone.language, "my.join_will_move")).await;
    makes(&phone, "submit", "my.done_moved").await;
    phone.closes().await;

    // Whoever waited for the seat that was left has an offer.
    let phone = keys_on(&small, &waiting).await;
    makes(&phone, "accept", "my.done_accepted").await;
    phone.closes().await;
    server.stop();
}
