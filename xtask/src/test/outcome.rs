use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// How a suite went.
pub struct Outcome {
    name: &'static str,
    started: Instant,
    took: Duration,
    /// Tests and checks that passed.
    pub passed: u32,
    /// Tests and checks that failed, whatever could not run included.
    pub failed: u32,
}

impl Outcome {
    /// Nothing has happened yet; the clock runs.
    pub fn begin(name: &'static str) -> Self {
        Self { name, started: Instant::now(), took: Duration::ZERO, passed: 0, failed: 0 }
    }

    /// Stops the clock.
    pub fn end(mut self) -> Self {
        self.took = self.started.elapsed();
        self
    }

    /// Counts a pass, and says of what.
    pub fn pass(&mut self, what: &str) {
        self.passed += 1;
        println!("ok: {what}");
    }

    /// Counts a failure, and says of what.
    pub fn fail(&mut self, what: &str) {
        self.failed += 1;
        println!("FAILED: {what}");
    }

    /// A program that counts as one test: it succeeds or it does not.
    pub fn check(&mut self, what: &str, command: &mut Command) -> Result<()> {
        let status = command.stdin(Stdio::null()).status().with_context(|| format!("{what} could not be started"))?;
        if status.success() {
            self.pass(what);
        } else {
            self.fail(what);
        }
        Ok(())
    }

    /// A `cargo test`: its output is passed on, its tests are counted. One that fails without a failed test (it did not compile,
    /// it crashed) counts as one failure; one that passes without a test does too, for it was meant to prove something.
    pub fn tests(&mut self, command: &mut Command) -> Result<()> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cargo could not be started")?;
        let stdout = child.stdout.take().context("cargo has no stdout")?;
        let (mut passed, mut failed) = (0, 0);
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            println!("{line}");
            let (more_passed, more_failed) = Self::counts(&line);
            passed += more_passed;
            failed += more_failed;
        }
        let status = child.wait()?;
        self.passed += passed;
        self.failed += failed;
        if !status.success() && failed == 0 {
            self.fail("cargo test did not get as far as its tests");
        } else if passed + failed == 0 {
            self.fail("cargo test found no test");
        }
        Ok(())
    }

    /// Passed and failed tests by the `test result:` lines in `told`.
    pub fn counts(told: &str) -> (u32, u32) {
        let mut counts = (0, 0);
        for result in told.lines().filter_map(|line| line.strip_prefix("test result: ")) {
            for part in result.split(['.', ';']) {
                let mut words = part.split_whitespace();
                let number = words.next().and_then(|number| number.parse::<u32>().ok());
                match (number, words.next()) {
                    (Some(number), Some("passed")) => counts.0 += number,
                    (Some(number), Some("failed")) => counts.1 += number,
                    _ => {}
                }
            }
        }
        counts
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, passed, failed, .. } = self;
        write!(f, "{name:<8} {passed:>4} passed {failed:>4} failed {:>7.1} s", self.took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_over_the_binaries_of_a_package() {
        let told = "running 3 tests\n\
            test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 4 filtered out; finished in 0.12s\n\
            \n\
            test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(Outcome::counts(told), (9, 1));
    }

    #[test]
    fn other_lines_count_for_nothing() {
        assert_eq!(Outcome::counts("3 passed; 2 failed\nnot a test result: ok. 7 passed; 0 failed"), (0, 0));
    }
}
