//! The site as an app of the phone.

use std::sync::Arc;

use domain::language::Language;
use serde_json::{Value, json};

use crate::page::Page;
use crate::stage::{Stage, journeys};
use crate::words::words;

journeys![the_site_can_be_put_among_the_apps];

async fn the_site_can_be_put_among_the_apps(stage: Arc<Stage>) {
    const MANIFEST: &str = "const done = arguments[arguments.length - 1];
        const drawn = (icon) => new Promise((resolve) => {
            const image = new Image();
            image.onload = () => resolve([icon.sizes, `${image.naturalWidth}x${image.naturalHeight}`, icon.purpose ?? 'any']);
            image.onerror = () => resolve([icon.sizes, 'none', '']);
            image.src = icon.src;
        });
        fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json()).then(async (manifest) =>
            done([manifest, await Promise.all(manifest.icons.map(drawn))]));";
    for language in Language::ALL.iter().copied() {
        let phone = stage.phone(language).await;
        phone.opens(&Page::Home.path(language)).await;
        phone.arrives_at(Page::Home).await;
        phone.has_kept(language).await;
        let (manifest, icons): (Value, Vec<[String; 3]>) = phone.asks_and_waits(MANIFEST, vec![]).await;
        assert_eq!(manifest["name"], words(language, "site.name"));
        assert_eq!(manifest["lang"], language.as_str());
        assert_eq!(manifest["start_url"], Page::Home.path(language));
        for [said, drawn, _] in &icons {
            assert!(said == drawn || said == "any" && drawn != "none", "{icons:?}");
        }
        let has = |size: &str, purpose: &str| icons.iter().any(|icon| icon[0] == size && icon[2] == purpose);
        assert!(has("192x192", "any") && has("512x512", "any") && has("512x512", "maskable"), "{icons:?}");
        let errors = phone.devtools("Page.getInstallabilityErrors", json!({})).await;
        assert_eq!(errors["installabilityErrors"], json!([]), "{}", language.as_str());
        let read = phone.devtools("Page.getAppManifest", json!({})).await;
        assert_eq!(read["errors"], json!([]), "{}", language.as_str());
        phone.closes().await;
    }
}
