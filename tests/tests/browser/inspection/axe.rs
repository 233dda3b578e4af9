//! axe-core.

use std::fs;
use std::sync::LazyLock;

use serde_json::{Value, json};
use xtask::setup;

use super::is_clean;
use crate::phone::Phone;

static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = setup::installed_npm().expect("the npm packages").path("axe-core/axe.min.js");
    fs::read_to_string(file).expect("axe-core")
});

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Everything in WCAG 2.2, levels A and AA, that a machine can judge.
    All,
    /// Contrast alone.
    Colours,
}

/// Nothing on this page, as it is shown now, breaks these rules.
pub async fn finds_nothing(phone: &Phone, name: &str, rules: Rules) {
    const RUN: &str = "
        const [runOnly, done] = arguments;
        axe.run(document, { runOnly, resultTypes: ['violations'], preload: false }).then(found => done(
            found.violations.map(rule => ({ rule: rule.id, help: rule.help, at: rule.nodes.map(node => [node.html.slice(0, 160), node.failureSummary]) }))
        ), error => done([String(error)]))";
    let known: bool = phone.asks("return 'axe' in window", vec![]).await;
    if !known {
        phone.asks::<Value>(&AXE, vec![]).await;
    }
    let rules = match rules {
        Rules::All => json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]),
        Rules::Colours => json!({ "type": "rule", "values": ["color-contrast"] }),
    };
    let found: Vec<Value> = phone.asks_and_waits(RUN, vec![rules]).await;
    is_clean(name, &found);
}
