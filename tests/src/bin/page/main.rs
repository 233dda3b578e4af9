//! What a phone waits for when it opens the site, ours and a peer's, and when it is tapped: the machinery of `cargo xtask bench page`,
//! which builds both sites and judges the figures.
//!
//! - [`loads`] visits both sites in turn; [`visit`] is one visit: a browser, slowed down, opens an address; [`edge`] is how both are
//!   served.
//! - [`replies`] taps through ours: as a [`family`], as [`staff`]; [`hand`] is what taps, and learns how long the answer took.

mod edge;
mod family;
mod hand;
mod loads;
mod replies;
mod staff;
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
    /// How often a family and a staff member go their ways
    #[arg(long)]
    rounds: usize,
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
    Runtime::new()?.block_on(async {
        if asked.visits > 0 {
            loads::measure(&driver.browsers(), &asked.peer, asked.visits, &mut figures).await?;
        }
        if asked.rounds > 0 {
            replies::measure(&driver.browsers(), asked.rounds, &mut figures).await?;
        }
        anyhow::Ok(())
    })?;
    fs::write(&asked.figures, serde_json::to_vec(&figures)?)?;
    Ok(())
}
