//! The site opened without network by somebody who was here before: what is there, and what is never kept.

use std::sync::Arc;

use domain::language::Language;
use tumo_tests::api::OneStudent;

use crate::family::Family;
use crate::inspection::{is_for_everybody, picture};
use crate::page::Page;
use crate::phone::Settings;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    who_was_here_once_opens_the_site_without_network,
    the_form_goes_on_without_network_and_is_sent_when_it_is_back,
    nothing_about_anybody_is_kept,
    who_has_no_page_kept_is_told_so_in_each_language,
    a_page_that_is_kept_waits_for_no_weak_network,
    another_language_is_kept_as_soon_as_it_is_read,
];

async fn who_was_here_once_opens_the_site_without_network(stage: Arc<Stage>) {
    for language in [Language::Kazakh, Language::Russian] {
        let (mut family, network) = stage.family_on_a_weak_network(language, "astana-mon-thu-1100").await;
        family.opens_the_site().await;
        family.phone.has_kept(language).await;
        family.phone.is_cut_off(&network).await;
        let home = Page::Home.path(language);
        for address in ["/", &home] {
            family.phone.opens(address).await;
            family.phone.arrives_at(Page::Home).await;
            family.phone.reads(".banner", words(language, "site.offline")).await;
            family.phone.reads("main", stage.world.catalogue.tracks[0].name.get(language)).await;
        }
        // Nothing of the other languages was paid for.
        let kept = family.phone.kept_files().await;
        let other = if language == Language::Kazakh { "_ru-" } else { "_kk-" };
        for (address, _) in &kept {
            assert!(!address.contains(other), "{address} is kept");
        }
        family.begins().await;
        family.phone.opens(&Page::Invariants.path(language)).await;
        family.phone.reads("main", words(language, "error.network")).await;
        family.phone.closes().await;
    }
}

async fn the_form_goes_on_without_network_and_is_sent_when_it_is_back(stage: Arc<Stage>) {
    let (mut family, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1430").await;
    family.comes_to(Page::School).await;
    family.phone.has_kept(Language::Kazakh).await;
    family.phone.is_cut_off(&network).await;

    family.phone.opens("/").await;
    family.phone.arrives_at(Page::Home).await;
    family.phone.presses("[data-test=start]").await;
    family.arrives_at(Page::School).await;
    family.comes_to(Page::Check).await;
    family.presses_send().await;
    family.is_told_to_wait().await;
    family.finds_nothing_stored();

    // It goes out by itself, and the answer is lost.
    network.will_lose_the_confirmation();
    family.phone.finds_the_network().await;
    network.has_died().await;
    assert_eq!(family.records().count(), 1, "the server has stored the application, and the family doesn't know");
    family.phone.is_cut_off(&network).await;
    family.phone.opens("/").await;
    family.is_told_to_wait().await;
    family.phone.reads(".banner", words(Language::Kazakh, "site.offline")).await;

    network.recovers();
    family.phone.finds_the_network().await;
    family.gets_the_ticket().await;
    family.finds_itself_stored("enrolled").await;
    family.phone.closes().await;
}

async fn nothing_about_anybody_is_kept(stage: Arc<Stage>) {
    let form = stage.world.form_for("astana-mon-thu-1630");
    let confirmation = stage.world.applied(&form).await;
    let (family, network) = stage.family_on_a_weak_network(Language::Russian, "astana-mon-thu-1630").await;
    let phone = family.phone;
    let private = format!("{}#{}", Page::Ticket.path(phone.language), confirmation.token);
    phone.opens(&private).await;
    phone.arrives_at(Page::Ticket).await;
    phone.has_kept(phone.language).await;
    // Now everything passes through what keeps.
    phone.opens(&private).await;
    phone.arrives_at(Page::Ticket).await;
    phone.presses(".site-logo").await;
    phone.arrives_at(Page::Home).await;
    phone.opens(&format!("{private}.{}", confirmation.one().registration).replace("/my", "/my/withdraw")).await;
    phone.arrives_at(Page::Withdraw).await;

    let kept = phone.kept_files().await;
    assert!(kept.len() > 8, "the files of the site are kept");
    for (address, contents) in &kept {
        let own = ["/assets/", "/art/"].iter().any(|folder| address.starts_with(folder));
        assert!(own || ["/page-ru", "/offline"].contains(&address.as_str()), "{address} is kept");
        for secret in [&confirmation.token, &confirmation.reference, &form.student.given_name, &form.guardian.phone] {
            assert!(!contents.contains(secret.as_str()), "{address} holds {secret}");
        }
    }

    // The registration was made elsewhere: its number isn't left here by reading its page.
    let left: String = phone.asks("return JSON.stringify(localStorage)", vec![]).await;
    assert!(!left.contains(&confirmation.reference) && !left.contains(&confirmation.token), "{left}");

    // Without network the page says so, and shows itself when it is back.
    phone.is_cut_off(&network).await;
    phone.opens(&private).await;
    phone.reads(".page-state", words(phone.language, "error.network")).await;
    network.recovers();
    phone.finds_the_network().await;
    phone.arrives_at(Page::Ticket).await;
    phone.reads("main", &confirmation.reference).await;
    phone.closes().await;
}

async fn who_has_no_page_kept_is_told_so_in_each_language(stage: Arc<Stage>) {
    const RETRY: &str = "[data-test=retry]";
    let confirmation = stage.world.applied(&stage.world.form_for("astana-mon-thu-1630")).await;
    let (mut family, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    family.opens_the_site().await;
    family.phone.has_kept(Language::Kazakh).await;
    family.phone.is_cut_off(&network).await;

    let private = format!("{}#{}", Page::Ticket.path(Language::Russian), confirmation.token);
    let phone = &mut family.phone;
    phone.opens(&private).await;
    phone.sees(RETRY).await;
    for said in ["Интернет жоқ", "Нет интернета", "No internet"] {
        phone.reads("h1", said).await;
    }
    is_for_everybody(phone, "no network").await;
    for (dark, name) in [(false, "24-no-network"), (true, "24-no-network-dark")] {
        phone.has_settings(Settings { dark, still: true, ..Settings::default() }).await;
        picture(phone, name).await;
    }
    phone.has_settings(Settings::default()).await;

    // What is kept is one tap away, also from another page.
    phone.opens("/ru").await;
    phone.sees(RETRY).await;
    phone.presses(".lang-switch [lang=kk]").await;
    phone.arrives_at(Page::Home).await;
    // Trying again keeps the secret of the address, as often as it is tried.
    phone.language = Language::Russian;
    phone.finds_the_network().await;
    phone.opens(&private).await;
    phone.asks::<bool>("return window.still = true", vec![]).await;
    phone.presses(RETRY).await;
    let again = "return !window.still && document.querySelector(arguments[0]) !== null";
    phone.waits_for("the page to try again", again, vec![RETRY.into()]).await;
    network.recovers();
    phone.presses(RETRY).await;
    phone.arrives_at(Page::Ticket).await;
    // And when the network is back, it tries by itself.
    phone.is_cut_off(&network).await;
    phone.opens(&private).await;
    phone.sees(RETRY).await;
    network.recovers();
    phone.finds_the_network().await;
    phone.arrives_at(Page::Ticket).await;
    family.phone.closes().await;
}

async fn a_page_that_is_kept_waits_for_no_weak_network(stage: Arc<Stage>) {
    let (mut family, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    family.opens_the_site().await;
    family.phone.has_kept(Language::Kazakh).await;
    network.keeps_the_front_page();
    family.opens_the_site().await;
    family.phone.sees(".track-card").await;
    // The shell of all pages but the front page is not to be found by searching.
    assert!(family.phone.asks::<bool>("return document.querySelector('meta[name=robots]') !== null", vec![]).await);
    family.phone.closes().await;
}

/// The first page is open still, and its language is changed on it.
async fn another_language_is_kept_as_soon_as_it_is_read(stage: Arc<Stage>) {
    let (Family { mut phone, .. }, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    phone.opens("/kk").await;
    phone.arrives_at(Page::Home).await;
    phone.has_kept(Language::Kazakh).await;
    phone.speaks(Language::Russian, "[data-test=start]").await;
    phone.has_kept(Language::Russian).await;
    phone.is_cut_off(&network).await;
    for address in ["/ru/register/who", "/"] {
        phone.opens(address).await;
        phone.reads("main", words(Language::Russian, if address == "/" { "home.lead" } else { "who.student" })).await;
    }
    phone.closes().await;
}
