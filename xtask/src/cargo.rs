//! Calling cargo from a step: its progress becomes the step's, its warnings and errors are shown whole.

use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::layout;
use crate::progress::Step;

/// Lines by which cargo says what it is doing, as opposed to what went wrong.
const STATUS: [&str; 10] = [
    "Compiling",
    "Checking",
    "Documenting",
    "Downloading",
    "Downloaded",
    "Blocking",
    "Updating",
    "Locking",
    "Adding",
    "Finished",
];

/// The cargo that runs us, in the repository's root.
pub fn command() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(layout::root());
    command
}

/// Runs cargo with `arguments` under `step`.
pub fn run(step: &mut Step, arguments: &[&str]) -> Result<()> {
    run_with(step, arguments, &[])
}

/// Runs cargo with `arguments` under `step`, with these variables beside our own.
pub fn run_with(step: &mut Step, arguments: &[&str], variables: &[(&str, &str)]) -> Result<()> {
    let mut child = command()
        .args(arguments)
        .envs(variables.iter().copied())
        .args(["--color", "never"])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("cargo could not be started")?;
    let stderr = child.stderr.take().context("cargo has no stderr")?;
    let mut told = String::new();
    let mut crates = 0;
    for line in BufReader::new(stderr).lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        match words.next() {
            Some(word) if line.starts_with(' ') && STATUS.contains(&word) => {
                if let ("Compiling" | "Checking", Some(name)) = (word, words.next()) {
                    crates += 1;
                    step.now(&format!("{crates} crates, {name}"));
                }
            }
            _ => {
                told.push_str(&line);
                told.push('\n');
            }
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("cargo {} failed\n{told}", arguments.join(" "));
    }
    if !told.trim().is_empty() {
        eprintln!("{told}");
    }
    Ok(())
}
