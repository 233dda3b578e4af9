//! `cargo xtask test`: every suite, a line for each at the end, and `N passed, N failed` as the last line of all.

mod outcome;
mod suite;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::build_app::build_app;
use crate::build_native::build_native;
use crate::build_worker::build_worker;
use crate::setup;
use outcome::Outcome;
use suite::Suite;

/// Prove that the product does what it should.
#[derive(Args)]
pub struct Test {
    /// Run this suite only; may be given several times
    #[arg(long, value_name = "SUITE")]
    only: Vec<Suite>,
}

/// Runs the suites; the exit code is a failure as soon as one test failed.
pub fn test(asked: &Test) -> Result<ExitCode> {
    let suites: Vec<Suite> =
        Suite::ALL.into_iter().filter(|suite| asked.only.is_empty() || asked.only.contains(suite)).collect();
    let prepared = prepare(&suites);
    if let Err(error) = &prepared {
        eprintln!("error: {error:#}");
    }
    let mut outcomes = Vec::new();
    for suite in suites {
        eprintln!("\n== {}", suite.name());
        let mut outcome = Outcome::begin(suite.name());
        if prepared.is_err() && suite.needs_a_server() {
            outcome.fail("not run: what it needs could not be built");
        } else if let Err(error) = suite.run(&mut outcome) {
            outcome.fail(&format!("{error:#}"));
        }
        outcomes.push(outcome.end());
    }
    println!();
    for outcome in &outcomes {
        println!("{outcome}");
    }
    let passed: u32 = outcomes.iter().map(|outcome| outcome.passed).sum();
    let failed: u32 = outcomes.iter().map(|outcome| outcome.failed).sum();
    println!("{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Installs and builds, once, what the suites need between them.
fn prepare(suites: &[Suite]) -> Result<()> {
    if suites.iter().any(|suite| suite.needs_wasm()) {
        setup::wasm_target()?;
    }
    if suites.contains(&Suite::Browser) {
        setup::browser()?;
    }
    if suites.iter().any(|suite| suite.needs_a_server()) {
        let npm = setup::npm()?;
        build_app(&npm)?;
        build_worker(&npm)?;
        build_native(false)?;
    }
    Ok(())
}
