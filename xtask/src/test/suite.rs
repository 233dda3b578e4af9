use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use clap::ValueEnum;

use super::outcome::Outcome;
use crate::build_native::{BINARY_VARIABLE, build_unguarded};
use crate::cargo;
use crate::server::{HOME_VARIABLE, Home, START_FAILURE};

/// One suite of tests, in the order in which they run: what is quick and tells most comes first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Format, lints and documentation, natively and for wasm.
    Style,
    /// This tool itself.
    Tools,
    /// The rules.
    Domain,
    /// The own tests of the app and of the staff console.
    App,
    /// The backend's own tests.
    Worker,
    /// The contract of the API, on both homes.
    Api,
    /// The last seat, on both homes; and the proof that this test can fail.
    Race,
    /// The machine dies in a surge, the database is locked, read-only, full; on both homes.
    Faults,
    /// A family's whole way, in a browser.
    Browser,
}

impl Suite {
    /// Every suite, in order.
    pub const ALL: [Self; 9] =
        [Self::Style, Self::Tools, Self::Domain, Self::App, Self::Worker, Self::Api, Self::Race, Self::Faults, Self::Browser];

    /// Its name on the command line and in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Style => "style",
            Self::Tools => "tools",
            Self::Domain => "domain",
            Self::App => "app",
            Self::Worker => "worker",
            Self::Api => "api",
            Self::Race => "race",
            Self::Faults => "faults",
            Self::Browser => "browser",
        }
    }

    /// Does it start servers, and so need the product built?
    pub fn needs_a_server(self) -> bool {
        matches!(self, Self::Api | Self::Race | Self::Faults | Self::Browser)
    }

    /// Does it compile for wasm?
    pub fn needs_wasm(self) -> bool {
        self == Self::Style || self.needs_a_server()
    }

    /// Runs the suite into `outcome`.
    pub fn run(self, outcome: &mut Outcome) -> Result<()> {
        match self {
            Self::Style => style(outcome),
            Self::Tools => outcome.tests(cargo::command().args([
                "test",
                "--no-fail-fast",
                "--package",
                "xtask",
                "--package",
                "tumo-texts",
            ])),
            Self::Domain => outcome.tests(cargo::command().args(["test", "--no-fail-fast", "--package", "tumo-domain"])),
            Self::App => outcome.tests(cargo::command().args([
                "test",
                "--no-fail-fast",
                "--package",
                "tumo-app",
                "--package",
                "tumo-staff",
            ])),
            Self::Worker => outcome.tests(cargo::command().args(["test", "--no-fail-fast", "--package", "tumo-worker"])),
            Self::Api => {
                outcome.tests(&mut on_home("api", Home::Native))?;
                outcome.tests(&mut on_home("api", Home::Workerd))
            }
            Self::Race => {
                outcome.tests(&mut on_home("race", Home::Native))?;
                outcome.tests(&mut on_home("race", Home::Workerd))?;
                race_without_guard(outcome)
            }
            Self::Faults => {
                outcome.tests(&mut on_home("faults", Home::Native))?;
                outcome.tests(&mut on_home("faults", Home::Workerd))
            }
            Self::Browser => outcome.tests(&mut on_home("browser", Home::Workerd)),
        }
    }
}

fn on_home(test: &str, home: Home) -> Command {
    let mut command = cargo::command();
    command.args(["test", "--no-fail-fast", "--package", "tumo-tests", "--test", test]).env(HOME_VARIABLE, home.name());
    command
}

fn style(outcome: &mut Outcome) -> Result<()> {
    const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
    const DENY: [&str; 3] = ["--", "-D", "warnings"];
    outcome.check("cargo fmt", cargo::command().args(["fmt", "--all", "--check"]))?;
    outcome.check("clippy", cargo::command().args(["clippy", "--workspace", "--all-targets"]).args(DENY))?;
    outcome.check(
        "clippy of the app for wasm",
        cargo::command().args(["clippy", "--package", "tumo-app", "--package", "tumo-staff"]).args(WASM).args(DENY),
    )?;
    outcome.check(
        "clippy of the Worker for wasm",
        cargo::command().args(["clippy", "--package", "tumo-worker", "--lib"]).args(WASM).args(DENY),
    )?;
    outcome.check("rustdoc", cargo::command().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The race test has to fail once the guard is out, and by what the server did: a test that cannot fail proves nothing.
fn race_without_guard(outcome: &mut Outcome) -> Result<()> {
    let binary = build_unguarded()?;
    let output = on_home("race", Home::Native)
        .env(BINARY_VARIABLE, binary)
        .stdin(Stdio::null())
        .output()
        .context("cargo could not be started")?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let (_, failed) = Outcome::counts(&told);
    if failed > 0 && !told.contains(START_FAILURE) {
        outcome.pass("without its guard the race test fails, as it must");
    } else {
        eprintln!("{told}");
        outcome.fail("without its guard the race test must fail, and by what the server did");
    }
    Ok(())
}
