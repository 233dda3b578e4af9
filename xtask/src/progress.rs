//! What a person sees while waiting, on stderr: one line a step, `· wasm target … ok (0.1 s)`.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// How often a long step says that it is alive when stderr is a file or a pipe.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// One step of the work, timed from [`Step::begin`].
pub struct Step {
    name: String,
    started: Instant,
    last_said: Instant,
    terminal: bool,
}

impl Step {
    /// Starts the clock. Nothing is printed yet, so that steps done in no time stay one line.
    pub fn begin(name: &str) -> Self {
        let now = Instant::now();
        Self { name: name.to_owned(), started: now, last_said: now, terminal: stderr().is_terminal() }
    }

    /// Says what the step is doing right now: rewritten in place on a terminal, now and then elsewhere.
    pub fn now(&mut self, doing: &str) {
        let seconds = self.started.elapsed().as_secs();
        if self.terminal {
            eprint!("\r\x1b[K· {} … {doing} ({seconds} s)", self.name);
            // A terminal that is gone is no reason to stop building.
            stderr().flush().ok();
        } else if self.last_said.elapsed() >= HEARTBEAT {
            eprintln!("· {} … {doing} ({seconds} s)", self.name);
            self.last_said = Instant::now();
        }
    }

    /// Ends the step with its outcome in a word or two.
    pub fn done(self, outcome: &str) {
        let clear = if self.terminal { "\r\x1b[K" } else { "" };
        eprintln!("{clear}· {} … {outcome} ({:.1} s)", self.name, self.started.elapsed().as_secs_f64());
    }
}
