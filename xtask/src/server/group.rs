//! A server's processes: one group, which ends when told to and never outlives us, however we end.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

/// Runs the command given as arguments, with a watcher in the same process group that holds the read end of a pipe whose
/// write end is ours alone. When we are gone, killed or not, the pipe closes and the watcher kills the group. A signal tied
/// to the parent (PR_SET_PDEATHSIG) would end with the starting *thread*, and would not reach the children's children.
const WATCHED: &str = r#"
exec 3<&0 </dev/null
{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 &
exec 3<&-
exec "$@"
"#;

/// How long a server may take to answer. Workerd under a busy machine needs most of a minute at worst.
const START_LIMIT: Duration = Duration::from_secs(120);

/// How long a server may take to end by itself.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// Pause between two looks at a condition that nobody announces.
const POLL: Duration = Duration::from_millis(20);

/// Lines of output kept for the message when a start fails.
const KEPT_LINES: usize = 40;

/// What becomes of a line of a server's output.
pub enum Line {
    /// The server says where it answers.
    Ready(String),
    /// Worth showing, in this form.
    Show(String),
    /// Noise.
    Drop,
}

/// The processes of one server.
pub struct Group {
    id: Pid,
    base_url: String,
    exited: Receiver<()>,
    ended: bool,
    verbose: bool,
    recent: Arc<Mutex<VecDeque<String>>>,
    readers: Vec<JoinHandle<()>>,
    // Closing it kills whatever of the group is left.
    lifeline: Option<ChildStdin>,
}

impl Group {
    /// Starts `command`, keeps its output in `log`, and waits until `judge` finds the address in it.
    pub fn start(command: &Command, log: &Path, verbose: bool, judge: fn(&str) -> Line) -> Result<Self> {
        let mut watched = Command::new("sh");
        watched.args(["-c", WATCHED, "sh"]).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => watched.env(name, value),
                None => watched.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            watched.current_dir(folder);
        }
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = watched
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{program} could not be started"))?;
        let id = Pid::from_child(&child);
        let lifeline = child.stdin.take();
        let recent = Arc::new(Mutex::new(VecDeque::new()));
        let log = Arc::new(Mutex::new(File::create(log).with_context(|| format!("{}", log.display()))?));
        let (ready, addresses) = channel();
        let mut readers = Vec::new();
        for stream in [
            child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
            child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
        ] {
            let reader = Reader { log: log.clone(), recent: recent.clone(), ready: ready.clone(), verbose, judge };
            if let Some(stream) = stream {
                readers.push(thread::spawn(move || reader.run(stream)));
            }
        }
        let (exit, exited) = channel();
        thread::spawn(move || {
            child.wait().ok();
            exit.send(()).ok();
        });
        let mut group = Self { id, base_url: String::new(), exited, ended: false, verbose, recent, readers, lifeline };
        let mut address = None;
        group.wait_for("it said where it answers", || {
            address = address.take().or_else(|| addresses.try_recv().ok());
            address.is_some()
        })?;
        group.base_url = address.context("the server did not say where it answers")?;
        Ok(group)
    }

    /// Where the server answers.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Waits until `condition` holds; fails with the server's own words when it ends or takes too long.
    pub fn wait_for(&mut self, what: &str, mut condition: impl FnMut() -> bool) -> Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        while !condition() {
            if self.has_ended() {
                bail!("it ended before {what}{}", self.last_words());
            }
            if Instant::now() > deadline {
                bail!("in {} s {what} did not come to pass{}", START_LIMIT.as_secs(), self.last_words());
            }
            thread::sleep(POLL);
        }
        Ok(())
    }

    /// Has the leading process ended?
    pub fn has_ended(&mut self) -> bool {
        self.ended = self.ended || !matches!(self.exited.try_recv(), Err(std::sync::mpsc::TryRecvError::Empty));
        self.ended
    }

    /// Asks the group to end, then makes it.
    pub fn terminate(&mut self) {
        if !self.has_ended() {
            kill_process_group(self.id, Signal::TERM).ok();
            self.ended = !matches!(self.exited.recv_timeout(STOP_LIMIT), Err(RecvTimeoutError::Timeout));
        }
        self.kill();
    }

    /// Ends the whole group at once and waits until it is gone.
    pub fn kill(&mut self) {
        // The group's id cannot have been given to others: the watcher belongs to it until the lifeline closes.
        if self.lifeline.is_some() {
            kill_process_group(self.id, Signal::KILL).ok();
            self.lifeline = None;
        }
        if !self.ended {
            self.exited.recv().ok();
            self.ended = true;
        }
    }

    /// Ends the group, and gives what it said last unless that was shown already.
    fn last_words(&mut self) -> String {
        self.kill();
        for reader in self.readers.drain(..) {
            // A reader that panicked has nothing more to add.
            reader.join().ok();
        }
        if self.verbose {
            return String::new();
        }
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.iter().fold("; it said:".to_owned(), |words, line| words + "\n  " + line)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.terminate();
    }
}

/// Follows one stream of output.
struct Reader {
    log: Arc<Mutex<File>>,
    recent: Arc<Mutex<VecDeque<String>>>,
    ready: Sender<String>,
    verbose: bool,
    judge: fn(&str) -> Line,
}

impl Reader {
    fn run(self, stream: Box<dyn Read + Send>) {
        let mut stream = BufReader::new(stream);
        let mut bytes = Vec::new();
        while stream.read_until(b'\n', &mut bytes).is_ok_and(|length| length > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            writeln!(self.log.lock().unwrap_or_else(PoisonError::into_inner), "{line}").ok();
            match (self.judge)(&line) {
                Line::Ready(address) => {
                    self.ready.send(address).ok();
                }
                Line::Show(text) if self.verbose => eprintln!("{text}"),
                Line::Show(_) | Line::Drop => {}
            }
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            if recent.len() == KEPT_LINES {
                recent.pop_front();
            }
            recent.push_back(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    /// A server with a child of its own; both hold the lock on a file for as long as they live.
    fn start() -> (TempDir, PathBuf, Group) {
        let folder = tempfile::tempdir().unwrap();
        let held = folder.path().join("held");
        let mut command = Command::new("sh");
        command.args(["-c", r#"exec 9>"$0"; flock 9; echo up; sleep 600 & sleep 600"#]).arg(&held);
        let judge = |line: &str| if line == "up" { Line::Ready("here".into()) } else { Line::Drop };
        let group = Group::start(&command, &folder.path().join("log"), false, judge).unwrap();
        assert!(File::open(&held).unwrap().try_lock().is_err());
        (folder, held, group)
    }

    /// Returns once the last holder is gone.
    fn wait_until_nobody_lives(held: &Path) {
        File::open(held).unwrap().lock().unwrap();
    }

    #[test]
    fn dropping_a_group_ends_its_children_too() {
        let (_folder, held, group) = start();
        drop(group);
        wait_until_nobody_lives(&held);
    }

    #[test]
    fn a_group_ends_when_we_are_gone() {
        let (_folder, held, mut group) = start();
        // All that is left of us when we are killed: the pipe is closed.
        group.lifeline = None;
        wait_until_nobody_lives(&held);
        assert!(group.exited.recv_timeout(STOP_LIMIT).is_ok());
    }

    #[test]
    fn a_server_that_ends_at_once_is_an_error_with_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "echo no seat in this house; exit 3"]);
        let error = Group::start(&command, &folder.path().join("log"), false, |_| Line::Drop).err().unwrap();
        assert!(error.to_string().contains("no seat in this house"), "{error}");
    }
}
