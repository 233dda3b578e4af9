//! What is looked at on the pages a family passes.

use std::fs;
use std::sync::LazyLock;

use data_encoding::BASE64;
use serde_json::{Value, json};
use xtask::{layout, setup};

use crate::page::Page;
use crate::phone::Phone;

/// One kind of look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inspection {
    /// A picture of the whole page, kept for people.
    Picture,
    /// Nothing has to be scrolled sideways on the narrowest phone (WCAG 2.2, 1.4.10).
    Narrow,
    /// Nothing that axe-core can find against WCAG 2.2, levels A and AA.
    Accessible,
}

/// The narrowest phone there is, in CSS pixels.
const NARROWEST: u32 = 320;

static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = setup::installed_npm().expect("the npm packages").path("axe-core/axe.min.js");
    fs::read_to_string(file).expect("axe-core")
});

/// Looks at a page.
pub async fn inspect(phone: &Phone, page: Page, moment: &str, inspection: Inspection) {
    match inspection {
        Inspection::Picture => {
            let place = Page::way().position(|known| known == page);
            let place = place.map_or_else(|| "x".to_owned(), |place| format!("{place:02}"));
            picture(phone, &format!("{place}-{}{moment}", page.name())).await;
        }
        Inspection::Narrow => fits_the_narrowest_screen(phone, page.name()).await,
        Inspection::Accessible => is_accessible(phone, page.name()).await,
    }
}

/// Keeps a picture of the whole page as `target/screens/{language}/{name}.png`.
pub async fn picture(phone: &Phone, name: &str) {
    picture_in(phone, phone.language.as_str(), name).await;
}

/// Keeps a picture of the whole page as `target/screens/{folder}/{name}.png`.
pub async fn picture_in(phone: &Phone, folder: &str, name: &str) {
    const WHOLE: &str = "
        for (const image of document.querySelectorAll('img[loading=lazy]')) image.loading = 'eager';
        return [...document.images].every(image => image.complete)
            && document.getAnimations().every(animation => animation.playState !== 'running' || animation.effect.getComputedTiming().iterations === Infinity)";
    phone.waits_for("drawings and movements to be complete", WHOLE, vec![]).await;
    // As tall as the page, so that a bar at the lower edge of the screen is at the lower edge of the picture.
    phone.is_as_tall_as_the_page().await;
    let drawn = phone.devtools("Page.captureScreenshot", json!({ "format": "png" })).await;
    phone.has_its_own_screen().await;
    let png = BASE64.decode(drawn["data"].as_str().unwrap_or_default().as_bytes()).expect("a picture");
    let folder = layout::target().join("screens").join(folder);
    fs::create_dir_all(&folder).expect("a folder for pictures");
    fs::write(folder.join(format!("{name}.png")), png).expect("a picture on the disk");
}

/// Nothing on this page has to be scrolled sideways on the narrowest phone.
pub async fn fits_the_narrowest_screen(phone: &Phone, page: &str) {
    const TOO_WIDE: &str = "
        const limit = document.documentElement.clientWidth;
        if (document.scrollingElement.scrollWidth <= limit) return [];
        return [...document.querySelectorAll('body *')]
            .filter(element => element.getBoundingClientRect().right > limit + 1 && element.checkVisibility())
            .map(element => element.outerHTML.slice(0, 120))";
    phone.is_wide(NARROWEST).await;
    phone
        .waits_for("the narrow screen", "return document.documentElement.clientWidth === arguments[0]", vec![NARROWEST.into()])
        .await;
    let too_wide: Vec<String> = phone.asks(TOO_WIDE, vec![]).await;
    assert!(too_wide.is_empty(), "{page} in {:?} has to be scrolled sideways: {too_wide:#?}", phone.language);
    phone.has_its_own_screen().await;
}

/// Nothing on this page breaks WCAG 2.2, as far as a machine can tell.
pub async fn is_accessible(phone: &Phone, page: &str) {
    const RUN: &str = "
        const done = arguments[arguments.length - 1];
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false }).then(found => done(
            found.violations.map(rule => ({ rule: rule.id, help: rule.help, at: rule.nodes.map(node => [node.html.slice(0, 160), node.failureSummary]) }))
        ), error => done([String(error)]))";
    let known: bool = phone.asks("return 'axe' in window", vec![]).await;
    if !known {
        phone.asks::<Value>(&AXE, vec![]).await;
    }
    let found: Vec<Value> = phone.asks_and_waits(RUN, vec![]).await;
    assert!(found.is_empty(), "{page}: {}", serde_json::to_string_pretty(&found).unwrap_or_default());
}
