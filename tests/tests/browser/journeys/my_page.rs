//! What a family changes on its private page: an offer answered, a seat given up, another schedule.

use std::sync::Arc;

use domain::language::Language;
use domain::registration::{Confirmation, RegistrationState};

use crate::inspection::{is_for_everybody, is_for_everybody_in_each_language as in_each_language, picture};
use crate::page::Page;
use crate::phone::Phone;
use crate::stage::{Stage, journeys};
use crate::words::{filled, words};

journeys![
    a_seat_given_up_is_offered_to_who_waits_and_accepting_ends_the_old_one,
    an_offer_is_declined_after_a_second_thought,
    another_schedule_with_a_free_seat_is_had_at_once,
    what_was_said_on_one_page_is_not_said_on_the_next,
    an_offer_that_is_over_says_so_and_shows_what_is,
    an_answer_that_got_lost_is_given_again,
    who_gave_everything_up_comes_back_from_the_same_page,
    a_seat_may_be_taken_without_asking,
];

/// One seat by `tests/seeds/one-seat.sql`.
const SMALL: &str = "astana-mon-wed-0900";

/// With seats for everybody.
const LARGE: &str = "astana-tue-fri-0900";

/// A family that has applied for a cohort, with the place it got.
async fn applied(stage: &Stage, cohort: &str, state: RegistrationState) -> Confirmation {
    let confirmation = stage.world.applied(&stage.world.form_for(cohort)).await;
    assert_eq!(confirmation.registrations.iter().map(|decided| decided.state).collect::<Vec<_>>(), [state]);
    confirmation
}

async fn opens_its_page(phone: &Phone, family: &Confirmation) {
    phone.opens(&format!("{}#{}", Page::Ticket.path(phone.language), family.token)).await;
    phone.arrives_at(Page::Ticket).await;
}

/// Gives up what is shown first, by the confirm page.
async fn gives_up(phone: &Phone) {
    phone.presses("[data-test=withdraw]").await;
    phone.arrives_at(Page::Withdraw).await;
    phone.presses("[data-test=yes]").await;
    phone.arrives_at(Page::Ticket).await;
    phone.reads("[data-test=done]", words(phone.language, "my.done_withdrawn")).await;
    is_in_sight(phone).await;
}

/// One family with the only seat, and one that waits for it; then the first gives it up.
async fn an_offer(stage: &Stage, language: Language) -> (Phone, Confirmation) {
    let first = applied(stage, SMALL, RegistrationState::Enrolled).await;
    let second = applied(stage, SMALL, RegistrationState::Waiting).await;
    let phone = stage.phone(language).await;
    opens_its_page(&phone, &first).await;
    gives_up(&phone).await;
    opens_its_page(&phone, &second).await;
    phone.sees("[data-test=offer]").await;
    (phone, second)
}

async fn states(phone: &Phone) -> Vec<String> {
    phone.asks("return [...document.querySelectorAll('[data-test=state]')].map(badge => badge.dataset.state)", vec![]).await
}

async fn a_seat_given_up_is_offered_to_who_waits_and_accepting_ends_the_old_one(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let language = Language::Kazakh;
    let first = applied(&small, SMALL, RegistrationState::Enrolled).await;
    let second = applied(&small, LARGE, RegistrationState::Enrolled).await;

    // The second wants the first's time: it waits there and keeps its seat.
    let mut waiting = small.phone(language).await;
    opens_its_page(&waiting, &second).await;
    picture(&waiting, "70-enrolled").await;
    in_each_language(&mut waiting, "enrolled", "[data-test=state]").await;
    waiting.presses("[data-test=join]").await;
    waiting.arrives_at(Page::Join).await;
    waiting.ticks(&format!("cohort-{SMALL}")).await;
    waiting.reads("[data-test=odds]", words(language, "seats.odds_none")).await;
    waiting.reads("[data-test=outcome]", words(language, "my.join_will_keep")).await;
    picture(&waiting, "71-join-full").await;
    is_for_everybody(&waiting, "another schedule, which is full,").await;
    waiting.presses("[data-test=submit]").await;
    waiting.arrives_at(Page::Ticket).await;
    waiting.reads("[data-test=done]", words(language, "my.done_waiting")).await;
    waiting.has_the_focus_on("#told").await;
    assert_eq!(states(&waiting).await, ["enrolled", "waiting"]);
    picture(&waiting, "72-enrolled-and-waiting").await;
    in_each_language(&mut waiting, "enrolled and waiting", "[data-test=done]").await;

    // The first thinks twice, and then gives its seat up.
    let mut leaving = small.phone(language).await;
    opens_its_page(&leaving, &first).await;
    leaving.presses("[data-test=withdraw]").await;
    leaving.arrives_at(Page::Withdraw).await;
    leaving.reads("main", words(language, "my.withdraw_lost")).await;
    picture(&leaving, "73-withdraw").await;
    leaving.goes_back().await;
    leaving.arrives_at(Page::Ticket).await;
    assert_eq!(states(&leaving).await, ["enrolled"]);
    leaving.presses("[data-test=withdraw]").await;
    leaving.arrives_at(Page::Withdraw).await;
    in_each_language(&mut leaving, "whether to withdraw", "[data-test=yes]").await;
    leaving.presses("[data-test=no]").await;
    leaving.arrives_at(Page::Ticket).await;
    gives_up(&leaving).await;
    leaving.sees("[data-test=past] [data-state=withdrawn]").await;
    picture(&leaving, "74-withdrawn").await;
    in_each_language(&mut leaving, "withdrawn", "[data-test=past]").await;
    leaving.closes().await;

    // The page that lay open learns of the offer when it is looked at again.
    waiting.asks::<bool>("return document.dispatchEvent(new Event('visibilitychange'))", vec![]).await;
    waiting.sees("[data-test=offer]").await;
    waiting.reads("[data-test=done]", words(language, "my.changed")).await;
    waiting.sees("[data-test=ends-old]").await;
    let hours = small.world.catalogue.intake.offer_hours - 1;
    waiting.reads("[data-test=deadline]", &filled(language, "my.hours_left", &[("n", &hours.to_string())])).await;
    picture(&waiting, "75-offered").await;
    in_each_language(&mut waiting, "offered", "[data-test=offer]").await;
    waiting.presses("[data-test=accept]").await;
    waiting.reads("[data-test=done]", words(language, "my.done_accepted")).await;
    assert_eq!(states(&waiting).await, ["enrolled"]);
    waiting.sees("[data-test=past] [data-state=withdrawn]").await;
    picture(&waiting, "76-accepted").await;
    in_each_language(&mut waiting, "accepted", "[data-test=done]").await;
    assert_eq!(small.world.seats_of(LARGE).await.taken, 0, "the old seat is free again");
    assert_eq!(waiting.complaints().await, Vec::<String>::new());
    waiting.closes().await;
    server.stop();
}

async fn an_offer_is_declined_after_a_second_thought(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let (mut phone, _) = an_offer(&small, Language::Russian).await;
    phone.presses("[data-test=decline]").await;
    phone.arrives_at(Page::Decline).await;
    for said in ["my.withdraw_lost", "my.decline_lost"] {
        phone.reads("main", words(phone.language, said)).await;
    }
    picture(&phone, "77-decline").await;
    in_each_language(&mut phone, "whether to decline", "[data-test=yes]").await;
    phone.presses("[data-test=no]").await;
    phone.arrives_at(Page::Ticket).await;
    phone.presses("[data-test=decline]").await;
    phone.arrives_at(Page::Decline).await;
    phone.presses("[data-test=yes]").await;
    phone.arrives_at(Page::Ticket).await;
    phone.reads("[data-test=done]", words(phone.language, "my.done_declined")).await;
    is_in_sight(&phone).await;
    phone.reads("[data-test=past]", words(phone.language, "my.state_declined")).await;
    assert_eq!(states(&phone).await, Vec::<String>::new());
    picture(&phone, "78-declined").await;
    in_each_language(&mut phone, "declined", "[data-test=done]").await;
    assert_eq!(small.world.seats_of(SMALL).await.open(), 1, "nobody else waits");
    phone.closes().await;
    server.stop();
}

async fn what_was_said_on_one_page_is_not_said_on_the_next(stage: Arc<Stage>) {
    let family = applied(&stage, LARGE, RegistrationState::Enrolled).await;
    let phone = stage.phone(Language::Kazakh).await;
    opens_its_page(&phone, &family).await;
    phone.presses("[data-test=join]").await;
    phone.arrives_at(Page::Join).await;
    phone.presses("[data-test=submit]").await;
    phone.sees("[data-test=not-done]").await;
    // What was missing is there.
    phone.ticks("cohort-astana-tue-fri-1100").await;
    phone.waits_for("no word of it", "return !document.querySelector('[data-test=not-done]')", vec![]).await;
    phone.reloads().await;
    phone.arrives_at(Page::Join).await;
    phone.presses("[data-test=submit]").await;
    phone.sees("[data-test=not-done]").await;
    phone.goes_back().await;
    phone.arrives_at(Page::Ticket).await;
    assert!(!phone.shows("[data-test=not-done]").await);
    phone.closes().await;
}

async fn another_schedule_with_a_free_seat_is_had_at_once(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let family = applied(&small, SMALL, RegistrationState::Enrolled).await;
    let mut phone = small.phone(Language::Russian).await;
    opens_its_page(&phone, &family).await;
    phone.presses("[data-test=join]").await;
    phone.arrives_at(Page::Join).await;
    assert!(!phone.shows(&format!("#cohort-{SMALL}")).await, "where it is already isn't another schedule");
    // Without a choice nothing is sent.
    phone.presses("[data-test=submit]").await;
    phone.reads("[data-test=not-done]", words(phone.language, "fault.cohort_required")).await;
    in_each_language(&mut phone, "another schedule without a choice", "[data-test=not-done]").await;
    phone.ticks(&format!("cohort-{LARGE}")).await;
    phone.reads("[data-test=outcome]", words(phone.language, "my.join_will_move")).await;
    picture(&phone, "79-join-free").await;
    is_for_everybody(&phone, "another schedule, which is free,").await;
    phone.presses("[data-test=submit]").await;
    phone.arrives_at(Page::Ticket).await;
    phone.reads("[data-test=done]", words(phone.language, "my.done_moved")).await;
    is_in_sight(&phone).await;
    assert_eq!(states(&phone).await, ["enrolled"]);
    phone.reads("[data-test=past]", words(phone.language, "my.state_moved")).await;
    assert_eq!((small.world.seats_of(SMALL).await.taken, small.world.seats_of(LARGE).await.taken), (0, 1));
    phone.closes().await;
    server.stop();
}

async fn an_offer_that_is_over_says_so_and_shows_what_is(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let (mut late, family) = an_offer(&small, Language::Kazakh).await;
    let other = small.phone(Language::Kazakh).await;
    opens_its_page(&other, &family).await;
    other.presses("[data-test=decline]").await;
    other.arrives_at(Page::Decline).await;
    other.presses("[data-test=yes]").await;
    other.arrives_at(Page::Ticket).await;
    other.closes().await;

    late.presses("[data-test=accept]").await;
    late.reads("[data-test=not-done]", words(late.language, "error.offer_over")).await;
    late.sees("[data-test=nothing]").await;
    assert!(!late.shows("[data-test=accept]").await);
    picture(&late, "80-offer-over").await;
    in_each_language(&mut late, "an offer that is over", "[data-test=not-done]").await;
    late.closes().await;
    server.stop();
}

async fn an_answer_that_got_lost_is_given_again(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let (mut phone, _) = an_offer(&small, Language::Kazakh).await;
    phone.cannot_reach("*/accept").await;
    phone.presses("[data-test=accept]").await;
    phone.reads("[data-test=not-done]", words(phone.language, "my.no_answer")).await;
    picture(&phone, "81-no-answer").await;
    in_each_language(&mut phone, "no answer", "[data-test=not-done]").await;
    phone.reaches_everything().await;
    phone.presses("[data-test=accept]").await;
    phone.reads("[data-test=done]", words(phone.language, "my.done_accepted")).await;
    assert_eq!(states(&phone).await, ["enrolled"]);
    phone.closes().await;
    server.stop();
}

async fn who_gave_everything_up_comes_back_from_the_same_page(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let family = applied(&small, SMALL, RegistrationState::Enrolled).await;
    let phone = small.phone(Language::English).await;
    opens_its_page(&phone, &family).await;
    gives_up(&phone).await;
    phone.sees("[data-test=nothing]").await;
    phone.reads("[data-test=past]", words(phone.language, "my.state_withdrawn")).await;
    phone.reads("[data-test=reference]", &family.reference).await;
    phone.presses("[data-test=join]").await;
    phone.arrives_at(Page::Join).await;
    phone.ticks(&format!("cohort-{SMALL}")).await;
    phone.reads("[data-test=outcome]", words(phone.language, "my.join_will_take")).await;
    phone.presses("[data-test=submit]").await;
    phone.arrives_at(Page::Ticket).await;
    phone.reads("[data-test=done]", words(phone.language, "my.done_moved")).await;
    assert_eq!(states(&phone).await, ["enrolled"]);
    phone.closes().await;
    server.stop();
}

async fn a_seat_may_be_taken_without_asking(stage: Arc<Stage>) {
    let (small, server) = stage.elsewhere("one-seat.sql").await;
    let first = applied(&small, SMALL, RegistrationState::Enrolled).await;
    let second = applied(&small, SMALL, RegistrationState::Waiting).await;
    let phone = small.phone(Language::Kazakh).await;
    opens_its_page(&phone, &second).await;
    phone.ticks("take-at-once").await;
    const PLACE: &str = "return document.getElementById('take-at-once').getBoundingClientRect().top";
    let before: f64 = phone.asks(PLACE, vec![]).await;
    phone.reads(".toast", words(phone.language, "my.done_settings")).await;
    phone.has_the_focus_on("#take-at-once").await;
    let after: f64 = phone.asks(PLACE, vec![]).await;
    assert!((before - after).abs() < 2., "{before}, {after}: the page stays where it is");
    assert!(phone.is_ticked("take-at-once").await);
    for said in ["my.next_waiting_at_once", "my.next_waiting_look"] {
        phone.reads(".next-steps", words(phone.language, said)).await;
    }

    // What isn't kept isn't ticked.
    phone.cannot_reach("*/settings").await;
    phone.presses("label:has(#take-at-once)").await;
    phone.reads(".toast", words(phone.language, "error.network")).await;
    assert!(phone.is_ticked("take-at-once").await);
    phone.reaches_everything().await;
    opens_its_page(&phone, &first).await;
    gives_up(&phone).await;
    opens_its_page(&phone, &second).await;
    assert_eq!(states(&phone).await, ["enrolled"]);
    phone.closes().await;
    server.stop();
}

/// What became of a change is read without scrolling.
async fn is_in_sight(phone: &Phone) {
    const IN_SIGHT: &str = "const box = document.querySelector('[data-test=done]').getBoundingClientRect();
        return scrollY === 0 && box.top >= 0 && box.bottom <= innerHeight";
    phone.has_the_focus_on("#told").await;
    phone.waits_for("what became of it to be in sight", IN_SIGHT, vec![]).await;
}
