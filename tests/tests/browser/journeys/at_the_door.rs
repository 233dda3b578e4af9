//! The ticket at the door of the centre, where there is often no network: what the phone has seen last, and that it is no more.

use std::sync::Arc;

use domain::language::Language;
use serde_json::json;

use crate::family::Family;
use crate::inspection::{is_for_everybody, picture};
use crate::page::Page;
use crate::phone::{Phone, Settings};
use crate::stage::{Stage, journeys};
use crate::weak_network::WeakNetwork;
use crate::words::words;

journeys![
    in_kazakh_the_seat_is_shown_as_it_was_seen_last,
    in_russian_the_seat_is_shown_as_it_was_seen_last,
    in_english_the_seat_is_shown_as_it_was_seen_last,
    a_silent_network_is_as_good_as_none,
    what_is_over_is_shown_no_more,
    a_code_that_comes_late_brings_no_seat_back,
];

const COHORT: &str = "astana-mon-thu-1100";
const AS_OF: &str = "[data-test=as-of]";

async fn in_kazakh_the_seat_is_shown_as_it_was_seen_last(stage: Arc<Stage>) {
    is_shown_as_it_was_seen_last(&stage, Language::Kazakh).await;
}

async fn in_russian_the_seat_is_shown_as_it_was_seen_last(stage: Arc<Stage>) {
    is_shown_as_it_was_seen_last(&stage, Language::Russian).await;
}

async fn in_english_the_seat_is_shown_as_it_was_seen_last(stage: Arc<Stage>) {
    is_shown_as_it_was_seen_last(&stage, Language::English).await;
}

/// Registers, and waits until everything is on the phone: the address of its page.
async fn registers(stage: &Stage, language: Language) -> (Family, WeakNetwork, String) {
    let (mut family, network) = stage.family_on_a_weak_network(language, COHORT).await;
    family.comes_to(Page::Check).await;
    family.sends().await;
    family.phone.has_kept(language).await;
    let coded = "return localStorage.links.includes('<svg')";
    family.phone.waits_for("the code to be kept", coded, vec![]).await;
    let page = family.phone.link().await;
    (family, network, page)
}

/// Whether the phone keeps anything of a seat.
async fn keeps_a_seat(phone: &Phone) -> bool {
    phone.asks("return JSON.parse(localStorage.links).some(link => link.seen !== '')", vec![]).await
}

async fn is_shown_as_it_was_seen_last(stage: &Stage, language: Language) {
    let (family, network, page) = registers(stage, language).await;
    let (phone, reference) = (&family.phone, family.reference().await);
    let kept: String = phone.asks("return localStorage.links", vec![]).await;
    let answers = &family.answers;
    let other = [&answers.student.surname, &answers.guardian.phone, &answers.guardian.given_name, &answers.guardian.surname];
    for private in other {
        assert!(!kept.contains(private.as_str()), "{private} is kept");
    }

    phone.is_cut_off(&network).await;
    phone.opens(&page).await;
    for said in ["error.network", "my.as_of"] {
        phone.reads(AS_OF, words(language, said)).await;
    }
    let cohort = stage.world.catalogue.cohort(COHORT).expect("the cohort");
    let begins = format!("{:02}:{:02}", cohort.slots[0].start / 60, cohort.slots[0].start % 60);
    for said in [&reference, &answers.student.given_name, &begins] {
        phone.reads(".ticket", said).await;
    }
    phone.reads("[data-test=receipt-code]", words(language, "my.code_use")).await;
    const DRAWN: &str = "const [code] = document.querySelectorAll('[data-test=receipt-code] img'); return code.complete && code.naturalWidth > 0";
    phone.waits_for("the code to be drawn", DRAWN, vec![]).await;
    phone.reads(".banner", words(language, "site.offline")).await;
    assert!(!phone.texts(".banner").await.concat().contains(words(language, "site.offline_kept")), "nothing is typed here");
    const ABOVE: &str =
        "const [retry, code] = ['retry', 'receipt-code'].map(it => document.querySelector(`[data-test=${it}]`));
        return (retry.compareDocumentPosition(code) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0";
    assert!(phone.asks::<bool>(ABOVE, vec![]).await, "to try again is offered above the codes");
    for change in ["join", "withdraw", "copy", "calendar"] {
        assert!(!phone.shows(&format!("[data-test={change}]")).await, "nothing can be changed now: {change}");
    }
    is_for_everybody(phone, "the ticket without network").await;
    for (dark, name) in [(false, "25-at-the-door"), (true, "25-at-the-door-dark")] {
        phone.has_settings(Settings { dark, still: true, ..Settings::default() }).await;
        picture(phone, name).await;
    }
    phone.has_settings(Settings::default()).await;

    // Trying in vain takes nothing away, and begins the page anew.
    phone.presses("[data-test=retry]").await;
    phone.has_the_focus_on("h1").await;
    phone.reads(AS_OF, words(language, "error.network")).await;
    phone.reads(".ticket", &reference).await;
    network.recovers();
    phone.finds_the_network().await;
    phone.arrives_at(Page::Ticket).await;
    assert!(!phone.shows(AS_OF).await, "it is live again");
    family.phone.closes().await;
}

async fn a_silent_network_is_as_good_as_none(stage: Arc<Stage>) {
    let (family, network, page) = registers(&stage, Language::Kazakh).await;
    let (phone, reference) = (&family.phone, family.reference().await);
    network.keeps_the_ticket();
    phone.opens(&page).await;
    phone.reads(AS_OF, words(Language::Kazakh, "error.timeout")).await;
    phone.reads(".ticket", &reference).await;
    network.recovers();
    phone.presses("[data-test=retry]").await;
    phone.arrives_at(Page::Ticket).await;
    assert!(!phone.shows(AS_OF).await);
    family.phone.closes().await;
}

async fn what_is_over_is_shown_no_more(stage: Arc<Stage>) {
    let (family, network, page) = registers(&stage, Language::Russian).await;
    let phone = &family.phone;
    assert!(keeps_a_seat(phone).await);
    // The link turns out to be none.
    const WRONG: &str =
        "localStorage.links = localStorage.links.replace(JSON.parse(localStorage.links)[0].token, 'wrong'); return true";
    let right: String = phone.asks("return localStorage.links", vec![]).await;
    phone.asks::<bool>(WRONG, vec![]).await;
    phone.opens(&format!("{}#wrong", Page::Ticket.path(phone.language))).await;
    phone.reads("main", words(phone.language, "my.unknown_text")).await;
    assert!(!keeps_a_seat(phone).await, "nothing is kept of what isn't there");
    phone.asks::<bool>("localStorage.links = arguments[0]; return true", vec![right.into()]).await;

    phone.opens(&page).await;
    phone.arrives_at(Page::Ticket).await;
    phone.presses("[data-test=withdraw]").await;
    phone.arrives_at(Page::Withdraw).await;
    phone.presses("[data-test=yes]").await;
    phone.arrives_at(Page::Ticket).await;
    phone.sees("[data-test=nothing]").await;
    assert!(!keeps_a_seat(phone).await);
    phone.is_cut_off(&network).await;
    phone.opens(&page).await;
    phone.reads(".page-state", words(phone.language, "error.network")).await;
    assert!(!phone.shows(".ticket").await);
    family.phone.closes().await;
}

async fn a_code_that_comes_late_brings_no_seat_back(stage: Arc<Stage>) {
    // Codes are on their way until somebody lets them come.
    const HELD: &str = "const own = window.fetch;
        globalThis.held = [];
        window.fetch = (request, ...more) => {
            const answer = () => own.call(window, request, ...more);
            if (!request.url?.endsWith('/receipt.svg')) return answer();
            return new Promise((come) => held.push(async () => {
                const drawing = await answer();
                const read = drawing.clone().text();
                come(drawing);
                await read;
            }));
        };";
    const FORGOTTEN: &str =
        "localStorage.links = JSON.stringify(JSON.parse(localStorage.links).map(link => ({ ...link, seen: '' })));
        return true";
    const COME: &str = "const done = arguments[arguments.length - 1];
        const frame = () => new Promise(requestAnimationFrame);
        Promise.all(held.map((come) => come())).then(frame).then(frame).then(() => done(held.length));";
    let (family, _network, _page) = registers(&stage, Language::Kazakh).await;
    let phone = &family.phone;
    phone.asks::<bool>(FORGOTTEN, vec![]).await;
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HELD })).await;
    phone.reloads().await;
    phone.waits_for("a code to be asked for", "return held.length > 0", vec![]).await;
    assert!(keeps_a_seat(phone).await, "the seat is kept before its code is here");
    phone.presses("[data-test=withdraw]").await;
    phone.arrives_at(Page::Withdraw).await;
    phone.presses("[data-test=yes]").await;
    phone.sees("[data-test=nothing]").await;
    assert!(phone.asks_and_waits::<u32>(COME, vec![]).await > 0);
    assert!(!keeps_a_seat(phone).await, "it was given up before the code came");
    family.phone.closes().await;
}
