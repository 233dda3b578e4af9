//! `cargo xtask bench`: figures, as a table for people and as `target/bench/<name>.json`.

mod console;
mod export;
mod faults;
mod import;
mod ledger;
mod load;
mod page;
mod peers;
mod site;
mod size;
mod surge;
mod values;

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::layout;

/// Measure something.
#[derive(Args)]
pub struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// What every screen of the staff console asks, on half a year of data
    Console(console::Console),
    /// Two hundred thousand marks in one workbook: what workerd holds meanwhile
    Export,
    /// kill -9 in the middle of surges, 20 times on each home
    Faults,
    /// Ten thousand students from one file, on half a year of data
    Import,
    /// What a slow phone waits for: the first two pages, beside a plain Preact build of them; then each tap
    Page(page::Page),
    /// The same write in a plain JavaScript Worker, side by side
    Peers(peers::Peers),
    /// What a phone downloads: every file of the site, compressed as well as it gets
    Size,
    /// Opening day: twenty thousand applications at once, on workerd and on the native home
    Surge(surge::Surge),
}

/// Metric name, with its unit in the name, and value.
type Figures = BTreeMap<String, f64>;

/// Runs the bench and writes its figures.
pub fn bench(asked: &Bench) -> Result<()> {
    match &asked.what {
        What::Console(asked) => console::measure(asked),
        What::Export => export::measure(),
        What::Faults => write("faults", &faults::measure()?),
        What::Import => import::measure(),
        What::Page(asked) => page::measure(asked),
        What::Peers(asked) => peers::measure(asked),
        What::Size => write("size", &size::measure()?),
        What::Surge(asked) => surge::measure(asked),
    }
}

fn write(name: &str, figures: &Figures) -> Result<()> {
    let folder = layout::target().join("bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.json"));
    fs::write(&file, serde_json::to_vec_pretty(figures)?)?;
    println!("\n{}", file.display());
    Ok(())
}
