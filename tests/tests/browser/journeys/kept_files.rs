//! What the service workers keep, and what they answer from it.

use std::fs;
use std::sync::Arc;

use domain::language::Language;
use serde_json::{Value, json};
use xtask::layout;

use crate::family::Family;
use crate::phone::Phone;
use crate::stage::{Stage, journeys};

journeys![
    drawings_nobody_has_seen_are_there_without_network,
    the_file_of_this_version_is_answered_and_of_no_other,
    a_kept_file_is_answered_however_it_is_asked_for,
    a_version_that_is_being_kept_is_left_alone,
];

/// What an address answers: status and contents.
async fn answers(phone: &Phone, address: &str) -> (u32, String) {
    const ASK: &str = "
        const done = arguments[arguments.length - 1];
        fetch(arguments[0]).then(async (answer) => done([answer.status, await answer.text()]), () => done([0, '']));";
    phone.asks_and_waits(ASK, vec![address.into()]).await
}

/// Puts a file into the cache whose name begins so, or into a new one of this name: asked for and answered with these headers.
async fn keeps(phone: &Phone, cache: &str, address: &str, contents: &str, headers: Value) {
    const KEEP: &str = "
        const [name, address, contents, headers, done] = arguments;
        (async () => {
            const known = (await caches.keys()).find((known) => known.startsWith(name));
            const cache = await caches.open(known || name);
            await cache.put(new Request(address, { headers }), new Response(contents, { headers }));
        })().then(done);";
    phone.asks_and_waits::<Value>(KEEP, vec![cache.into(), address.into(), contents.into(), headers]).await;
}

/// The address of the Kazakh texts.
fn texts() -> String {
    let files = fs::read_dir(layout::site().join("assets")).expect("the site");
    let mut names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    let name = names.find(|name| name.starts_with("text_kk-") && name.ends_with(".json"));
    format!("/assets/{}", name.expect("texts"))
}

async fn drawings_nobody_has_seen_are_there_without_network(stage: Arc<Stage>) {
    let (Family { phone, .. }, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    phone.opens("/kk").await;
    phone.has_kept(Language::Kazakh).await;
    phone.is_cut_off(&network).await;
    for drawing in fs::read_dir(layout::root().join("public/art")).expect("drawings").flatten() {
        let name = drawing.file_name().to_string_lossy().into_owned();
        // This one is part of the pages.
        if name != "wordmark.svg" {
            let ours = fs::read_to_string(drawing.path()).expect("a drawing");
            assert_eq!(answers(&phone, &format!("/art/{name}")).await, (200, ours), "{name}");
        }
    }
    phone.closes().await;
}

async fn the_file_of_this_version_is_answered_and_of_no_other(stage: Arc<Stage>) {
    let phone = stage.phone(Language::Kazakh).await;
    // A page that asks for no worker: what is put here comes before all that a worker keeps, and looks like a whole version.
    phone.opens("/offline").await;
    for address in ["/offline", &texts()] {
        keeps(&phone, "families-files 0", address, "former", json!({})).await;
    }
    phone.opens("/kk").await;
    phone.has_kept(Language::Kazakh).await;
    let former = phone.kept_files().await.iter().filter(|(_, contents)| contents == "former").count();
    assert_eq!(former, 2, "the version before stays");
    let ours = fs::read_to_string(layout::site().join(texts().trim_start_matches('/'))).expect("texts");
    assert_eq!(answers(&phone, &texts()).await, (200, ours));
    // What only the former has, a page of it may ask for.
    keeps(&phone, "families-files 0", "/assets/former.js", "former", json!({})).await;
    assert_eq!(answers(&phone, "/assets/former.js").await, (200, "former".to_owned()));
    // And what is none of the workers' is not taken for a file of the site.
    keeps(&phone, "another", "/assets/another.js", "another", json!({})).await;
    assert_eq!(answers(&phone, "/assets/another.js").await.0, 404);
    phone.closes().await;
}

async fn a_kept_file_is_answered_however_it_is_asked_for(stage: Arc<Stage>) {
    let (Family { phone, .. }, network) = stage.family_on_a_weak_network(Language::Kazakh, "astana-mon-thu-1630").await;
    phone.opens("/kk").await;
    phone.has_kept(Language::Kazakh).await;
    for address in ["/art/hero.svg?one", "/art/hero.svg?two"] {
        assert_eq!(answers(&phone, address).await.0, 200, "{address}");
    }
    let kept = phone.kept_files().await;
    assert_eq!(kept.iter().filter(|(address, _)| address.starts_with("/art/hero.svg")).count(), 1, "one is enough");
    // A server may say that its answer depends on how it was asked.
    keeps(&phone, "families-files ", &texts(), "ours", json!({ "vary": "x-asked", "x-asked": "otherwise" })).await;
    phone.is_cut_off(&network).await;
    assert_eq!(answers(&phone, &texts()).await, (200, "ours".to_owned()));
    // The browser itself has kept the others.
    assert_eq!(answers(&phone, "/art/hero.svg?three").await.0, 200, "a drawing without network");
    phone.closes().await;
}

/// The worker takes over while a newer one is being kept already: a moment that no visit hits. So it is told so.
async fn a_version_that_is_being_kept_is_left_alone(stage: Arc<Stage>) {
    let phone = stage.phone(Language::Kazakh).await;
    phone.opens("/offline").await;
    for kind in ["families", "staff"] {
        let worker = fs::read_to_string(layout::site().join(format!("{kind}-worker.js"))).expect("a worker");
        for (installing, stays) in [(true, true), (false, false)] {
            let newer = format!("{kind}-files newer");
            keeps(&phone, &newer, "/assets/newer.js", "newer", json!({})).await;
            let takes_over = format!(
                "const [name, installing, done] = arguments, heard = {{}};
                const self = {{
                    location, registration: {{ installing: installing ? {{}} : null }}, clients: {{ claim() {{}} }},
                    addEventListener: (event, act) => heard[event] = act,
                }};
                {worker}
                heard.activate({{ waitUntil: (end) => end.then(() => caches.has(name)).then(done) }});"
            );
            let there: bool = phone.asks_and_waits(&takes_over, vec![newer.into(), installing.into()]).await;
            assert_eq!(there, stays, "{kind}, while a newer one is being kept: {installing}");
        }
    }
    phone.closes().await;
}
