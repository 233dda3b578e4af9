//! What a phone waits for when it opens the site, beside a plain Preact build of the same first two pages (`tests/peers/page`).
//!
//! The browser and the server in front of both are in the crate `tests`, in `src/bin/page`; here both sites are built and the figures
//! judged.

mod peer;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use clap::Args;

use super::Figures;
use super::values::median;
use crate::build_app::build_app;
use crate::build_native::build_native;
use crate::{cargo, layout, setup};

/// How thoroughly is looked.
#[derive(Args)]
pub struct Page {
    /// How often each page is visited, for the first time and again
    #[arg(long, default_value_t = 5)]
    visits: usize,
}

/// What is printed of the loads, and how much it may be.
const LOADS: [(&str, &str, Option<f64>); 10] = [
    ("fcp_ms", "first question: something is painted", Some(500.0)),
    ("usable_ms", "it answers a tap", Some(1400.0)),
    ("cls", "how much moves", Some(0.0)),
    ("warm_fcp_ms", "second visit: something is painted", None),
    ("warm_usable_ms", "it answers a tap", Some(500.0)),
    ("front_fcp_ms", "front page: something is painted", None),
    ("front_usable_ms", "it is complete, its button leads on", None),
    ("front_cls", "how much moves", Some(0.0)),
    ("front_warm_fcp_ms", "second visit: something is painted", None),
    ("front_warm_usable_ms", "it is complete, its button leads on", None),
];

/// What the peer's figures begin with.
const PEER: &str = "preact_";

/// Builds both sites, lets the phone visit them, and prints the medians.
///
/// # Errors
/// When a page doesn't come to be usable, or one of ours is above its bar.
pub fn measure(asked: &Page) -> Result<()> {
    ensure!(asked.visits > 0, "nothing asked, nothing measured");
    setup::wasm_target()?;
    let npm = setup::npm()?;
    setup::browser()?;
    build_app(&npm)?;
    build_native(true)?;
    let figures: Figures = told(asked, &peer::build(&npm)?)?.into_iter().map(|(name, values)| (name, median(values))).collect();
    println!("{:<40} {:>10} {:>10} {:>10}", "", "ours", "Preact", "the bar");
    let mut above = Vec::new();
    for (name, meaning, bar) in LOADS {
        let value = |name: &str| figures.get(name).copied().with_context(|| format!("no {name} was measured"));
        let (ours, theirs) = (value(name)?, value(&format!("{PEER}{name}"))?);
        let digits = if name.ends_with("_ms") { 0 } else { 3 };
        let bar_said = bar.map(|bar| format!("{bar:.digits$}")).unwrap_or_default();
        println!("{meaning:<40} {ours:>10.digits$} {theirs:>10.digits$} {bar_said:>10}");
        if bar.is_some_and(|bar| ours > bar) {
            above.push(name);
        }
    }
    super::write("page", &figures)?;
    ensure!(above.is_empty(), "above the bar: {above:?}");
    Ok(())
}

/// Every value that was measured, by its name.
fn told(asked: &Page, peer: &Path) -> Result<BTreeMap<String, Vec<f64>>> {
    let file = layout::target().join("bench/page.part");
    // What an earlier run found must not be taken for a result of this one.
    fs::remove_file(&file).ok();
    let status = cargo::command()
        .args(["run", "--quiet", "--package", "tumo-tests", "--bin", "page", "--"])
        .arg("--peer")
        .arg(peer)
        .args(["--visits", &asked.visits.to_string()])
        .arg("--figures")
        .arg(&file)
        .status()
        .context("cargo could not be started")?;
    ensure!(status.success(), "the visits came to no end");
    let told = fs::read(&file)?;
    fs::remove_file(&file)?;
    Ok(serde_json::from_slice(&told)?)
}
