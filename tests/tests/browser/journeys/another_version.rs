//! The site is replaced by another version while families have it open, or kept on their phones.

mod site;

use std::sync::Arc;

use domain::language::Language;

use self::site::Site;
use crate::family::Family;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![
    another_version_of_the_site_takes_over,
    a_version_that_is_not_whole_is_not_taken,
    what_is_not_of_the_site_is_not_kept,
    a_file_that_came_wrong_is_had_right_when_the_site_has_it,
];

async fn another_version_of_the_site_takes_over(stage: Arc<Stage>) {
    const STATUS: &str = "const done = arguments[arguments.length - 1];
        fetch(arguments[0], { cache: 'no-store' }).then((answer) => done(answer.status), () => done(0));";
    let mut site = Site::new();
    let (elsewhere, server) = stage.with_site(site.folder()).await;
    let (mut family, network) = elsewhere.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    family.opens_the_site().await;
    family.phone.has_kept(Language::Kazakh).await;
    let phone = &family.phone;
    let status = |address: String| async move { phone.asks_and_waits::<u32>(STATUS, vec![address.into()]).await };

    let first = site.text();
    site.becomes_another("Екінші нұсқа");
    let second = site.text();
    phone.opens("/kk").await;
    phone.reads("h1", "Екінші нұсқа").await;
    phone.has_kept_file(&second).await;
    phone.has_kept(Language::Kazakh).await;
    assert_eq!(status(first.clone()).await, 200, "a page of the version before may be open");
    phone.is_cut_off(&network).await;
    phone.opens("/kk").await;
    phone.reads("h1", "Екінші нұсқа").await;

    network.recovers();
    phone.finds_the_network().await;
    site.becomes_another("Үшінші нұсқа");
    phone.opens("/kk").await;
    phone.has_kept_file(&site.text()).await;
    phone.has_kept(Language::Kazakh).await;
    assert_eq!(status(first.clone()).await, 404, "what is missing stays missing");
    assert_eq!(status(second).await, 200);
    let kept = phone.kept_files().await;
    assert!(kept.iter().all(|(address, _)| *address != first), "the oldest version is dropped");
    family.phone.closes().await;
    server.stop();
}

/// Lets a page look for a newer service worker: what becomes of it.
const BECOMES: &str = "const done = arguments[arguments.length - 1];
    navigator.serviceWorker.ready.then((registration) => {
        registration.addEventListener('updatefound', () => {
            const { installing } = registration;
            const ended = () => ['redundant', 'activated'].includes(installing.state) && done(installing.state);
            installing.addEventListener('statechange', ended);
        });
        registration.update().catch(() => {});
    });";

/// Somebody on the way gives something of their own in place of ours, or the half of it.
async fn what_is_not_of_the_site_is_not_kept(stage: Arc<Stage>) {
    const FOREIGN: &str = "sign in to this network";
    let mut site = Site::new();
    let (elsewhere, server) = stage.with_site(site.folder()).await;
    let phone = elsewhere.phone(Language::Kazakh).await;
    phone.opens("/kk").await;
    phone.has_kept(Language::Kazakh).await;
    let before = phone.kept_files().await;
    site.becomes_another("Екінші нұсқа");
    let text = site.text();
    for (address, foreign) in [
        (text.clone(), format!("<!doctype html><title>{FOREIGN}</title></html>")),
        (text.clone(), format!("{{\"portal\":\"{FOREIGN}\"}}")),
        (text.clone(), site.contents(&text).replacen(']', "", 1)),
        ("/page-kk".into(), site.contents("/page-kk").replace("</html>", "")),
        // Last: by then the pages of the language are there.
        ("/offline".into(), format!("<!doctype html><title>{FOREIGN}</title></html>")),
    ] {
        let ours = site.contents(&address);
        site.answers_instead(&address, &foreign);
        assert_eq!(phone.asks_and_waits::<String>(BECOMES, vec![]).await, "redundant", "{address}: {foreign}");
        site.answers_instead(&address, &ours);
    }
    let kept = phone.kept_files().await;
    assert!(kept.iter().all(|(_, contents)| !contents.contains(FOREIGN)), "what isn't ours is nowhere");
    assert!(before.iter().all(|file| kept.contains(file)), "what was there still is");
    phone.closes().await;
    server.stop();
}

/// The browser itself keeps what came under a name for ever, as it may.
async fn a_file_that_came_wrong_is_had_right_when_the_site_has_it(stage: Arc<Stage>) {
    let mut site = Site::new();
    let (elsewhere, server) = stage.with_site(site.folder()).await;
    let (Family { phone, .. }, network) = elsewhere.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    phone.opens("/kk").await;
    phone.has_kept(Language::Kazakh).await;
    site.becomes_another("Екінші нұсқа");
    let ours = site.contents(&site.text());
    site.answers_instead(&site.text(), "[]");
    phone.opens("/kk").await;
    phone.sees("#boot-failed:not([hidden])").await;
    site.answers_instead(&site.text(), &ours);
    phone.opens("/kk").await;
    phone.has_kept_file(&site.text()).await;
    phone.has_kept(Language::Kazakh).await;
    phone.is_cut_off(&network).await;
    phone.opens("/kk").await;
    phone.reads("h1", "Екінші нұсқа").await;
    phone.closes().await;
    server.stop();
}

/// The site is being replaced: the new worker is there and finds pages of yet another version.
async fn a_version_that_is_not_whole_is_not_taken(stage: Arc<Stage>) {
    let mut site = Site::new();
    let (elsewhere, server) = stage.with_site(site.folder()).await;
    let (mut family, network) = elsewhere.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    family.opens_the_site().await;
    family.phone.has_kept(Language::Kazakh).await;
    let (phone, first) = (&family.phone, site.text());
    site.becomes_another("Екінші нұсқа");
    site.is_half_there();
    assert_eq!(phone.asks_and_waits::<String>(BECOMES, vec![]).await, "redundant");
    phone.is_cut_off(&network).await;
    phone.opens("/kk").await;
    phone.reads("h1", words(Language::Kazakh, "home.tagline")).await;

    network.recovers();
    phone.finds_the_network().await;
    site.is_whole();
    phone.opens("/kk").await;
    phone.has_kept_file(&site.text()).await;
    phone.has_kept(Language::Kazakh).await;
    // What was left of the version between is gone, and not taken for the one before.
    let kept = phone.kept_files().await;
    assert!(kept.iter().any(|(address, _)| *address == first), "the version before stays");
    assert_eq!(kept.iter().filter(|(address, _)| address == "/page-kk").count(), 2);
    family.phone.closes().await;
    server.stop();
}
