//! `cargo xtask`: see the library for what is behind each command.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use xtask::bench::{self, Bench};
use xtask::build_app::build_app;
use xtask::build_native::build_native;
use xtask::build_worker::build_worker;
use xtask::layout;
use xtask::serve::{self, Serve};
use xtask::setup;
use xtask::staff::{self, Staff};
use xtask::test::{self, Test};

/// Build, serve, prove and measure TUMO registration.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(Serve),
    Build(Build),
    Test(Test),
    Bench(Bench),
    Staff(Staff),
    /// Install what this machine lacks, the browser included
    Setup,
    /// Run the pinned wrangler in the repository's root, to deploy
    Wrangler {
        /// What wrangler is told
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

/// Build without serving; everything when nothing is named
#[derive(Args)]
struct Build {
    /// The app, into dist/site
    #[arg(long)]
    app: bool,
    /// The Worker, into dist/worker
    #[arg(long)]
    worker: bool,
    /// The backend as a program of this host
    #[arg(long)]
    native: bool,
    /// Optimise the native backend
    #[arg(long)]
    release: bool,
}

fn main() -> ExitCode {
    let result = match CommandLine::parse().command {
        Command::Serve(asked) => serve::serve(asked).map(|()| ExitCode::SUCCESS),
        Command::Build(asked) => build(&asked).map(|()| ExitCode::SUCCESS),
        Command::Test(asked) => test::test(&asked),
        Command::Staff(asked) => staff::staff(asked).map(|()| ExitCode::SUCCESS),
        Command::Bench(asked) => bench::bench(&asked).map(|()| ExitCode::SUCCESS),
        Command::Wrangler { arguments } => wrangler(&arguments),
        Command::Setup => install().map(|()| ExitCode::SUCCESS),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn build(asked: &Build) -> Result<()> {
    let all = !(asked.app || asked.worker || asked.native);
    if all || asked.app || asked.worker {
        setup::wasm_target()?;
        let npm = setup::npm()?;
        if all || asked.app {
            build_app(&npm)?;
        }
        if all || asked.worker {
            build_worker(&npm)?;
        }
    }
    if all || asked.native {
        build_native(asked.release)?;
    }
    Ok(())
}

fn install() -> Result<()> {
    setup::wasm_target()?;
    setup::npm()?;
    setup::browser()?;
    Ok(())
}

fn wrangler(arguments: &[String]) -> Result<ExitCode> {
    let status = setup::npm()?
        .tool(setup::WRANGLER)
        .args(arguments)
        .current_dir(layout::root())
        .env("WRANGLER_SEND_METRICS", "false")
        .status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
