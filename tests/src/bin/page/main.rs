//! What a phone waits for when it opens the site, ours and a peer's: the machinery of `cargo xtask bench page`, which builds both and
//! judges the figures.
//!
//! - [`edge`] is how both are served.
//! - [`visit`] is what is measured: a browser, slowed down, opens an address.
//! - [`loads`] visits both sites in turn.

mod edge;
mod loads;
mod visit;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use tokio::runtime::Runtime;
use tumo_tests::browser::Driver;

/// Metric name, with its unit in the name, and every value that was measured.
type Figures = BTreeMap<String, Vec<f64>>;

#[derive(Parser)]
struct CommandLine {
    /// The folder of the peer's site
    #[arg(long)]
    peer: PathBuf,
    /// How often each page is visited, for the first time and again
    #[arg(long)]
    visits: usize,
    /// The file for the figures
    #[arg(long)]
    figures: PathBuf,
}

fn main() -> ExitCode {
    match measure(&CommandLine::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(asked: &CommandLine) -> Result<()> {
    let driver = Driver::start()?;
    let mut figures = Figures::new();
    Runtime::new()?.block_on(loads::measure(&driver.browsers(), &asked.peer, asked.visits, &mut figures))?;
    fs::write(&asked.figures, serde_json::to_vec(&figures)?)?;
    Ok(())
}
