//! What a phone waits for when it opens the site, beside a plain Preact build of the same first two pages (`tests/peers/page`), and
//! when it is tapped.
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
use super::values::{median, percentile};
use crate::build_app::build_app;
use crate::build_native::build_native;
use crate::{cargo, layout, setup};

/// How thoroughly is looked.
#[derive(Args)]
pub struct Page {
    /// How often each page is visited, for the first time and again; 0 leaves the visits out
    #[arg(long, default_value_t = 5)]
    visits: usize,
    /// How often a family and a staff member tap their way through, on half a year of data; 0 leaves the taps out
    #[arg(long, default_value_t = 3)]
    rounds: usize,
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

/// What is tapped, and what that means.
const REPLIES: [(&str, &str); 5] = [
    ("step", "a question is answered, the next one is there"),
    ("choose", "a full cohort is chosen in the list"),
    ("list", "a long list is shown, from its data on"),
    ("search", "a letter narrows a list; a search is answered"),
    ("mark", "a student is marked in the roll call"),
];

/// How long an answer may take, 95 times of a hundred, in milliseconds.
const REPLY_BAR_MS: f64 = 50.0;

/// Builds both sites, lets the phone visit and tap them, and prints what came of it.
///
/// # Errors
/// When a page doesn't come to be usable, or one of ours is above its bar.
pub fn measure(asked: &Page) -> Result<()> {
    ensure!(asked.visits + asked.rounds > 0, "nothing asked, nothing measured");
    setup::wasm_target()?;
    let npm = setup::npm()?;
    setup::browser()?;
    build_app(&npm)?;
    build_native(true)?;
    let told = told(asked, &peer::build(&npm)?)?;
    let mut judged = Judged::default();
    if asked.visits > 0 {
        judged.loads(&told)?;
    }
    if asked.rounds > 0 {
        judged.replies(&told)?;
    }
    super::write("page", &judged.figures)?;
    ensure!(judged.above.is_empty(), "above the bar: {:?}", judged.above);
    Ok(())
}

/// Figures, and those of them that are above their bar.
#[derive(Default)]
struct Judged {
    figures: Figures,
    above: Vec<String>,
}

impl Judged {
    fn loads(&mut self, told: &Told) -> Result<()> {
        println!("{:<40} {:>10} {:>10} {:>10}", "medians", "ours", "Preact", "the bar");
        for (name, meaning, bar) in LOADS {
            let ours = self.keep(name, median(values(told, name)?), bar);
            let theirs = self.keep(&format!("{PEER}{name}"), median(values(told, &format!("{PEER}{name}"))?), None);
            let digits = if name.ends_with("_ms") { 0 } else { 3 };
            let bar = bar.map(|bar| format!("{bar:.digits$}")).unwrap_or_default();
            println!("{meaning:<40} {ours:>10.digits$} {theirs:>10.digits$} {bar:>10}");
        }
        Ok(())
    }

    fn replies(&mut self, told: &Told) -> Result<()> {
        println!("{:<48} {:>6} {:>8} {:>8} {:>8}", "ms until the answer is painted", "taps", "p50", "p95", "the bar");
        for (name, meaning) in REPLIES {
            let mut times = values(told, name)?;
            let [p50, p95] = [0.50, 0.95].map(|share| percentile(&mut times, share));
            println!("{meaning:<48} {:>6} {p50:>8.1} {p95:>8.1} {REPLY_BAR_MS:>8.0}", times.len());
            self.keep(&format!("{name}_p50_ms"), p50, None);
            self.keep(&format!("{name}_ms"), p95, Some(REPLY_BAR_MS));
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, value: f64, bar: Option<f64>) -> f64 {
        self.figures.insert(name.to_owned(), value);
        if bar.is_some_and(|bar| value > bar) {
            self.above.push(name.to_owned());
        }
        value
    }
}

/// Every value that was measured, by its name.
type Told = BTreeMap<String, Vec<f64>>;

fn values(told: &Told, name: &str) -> Result<Vec<f64>> {
    told.get(name).cloned().with_context(|| format!("no {name} was measured"))
}

fn told(asked: &Page, peer: &Path) -> Result<Told> {
    let file = layout::target().join("bench/page.part");
    // What an earlier run found must not be taken for a result of this one.
    fs::remove_file(&file).ok();
    let status = cargo::command()
        .args(["run", "--quiet", "--package", "tumo-tests", "--bin", "page", "--"])
        .arg("--peer")
        .arg(peer)
        .args(["--visits", &asked.visits.to_string(), "--rounds", &asked.rounds.to_string()])
        .arg("--figures")
        .arg(&file)
        .status()
        .context("cargo could not be started")?;
    ensure!(status.success(), "the visits came to no end");
    let told = fs::read(&file)?;
    fs::remove_file(&file)?;
    Ok(serde_json::from_slice(&told)?)
}
