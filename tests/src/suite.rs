//! Runs a suite: one server, shared by tests that run beside each other.

use std::fs;
use std::future::Future;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use libtest_mimic::{Arguments, Trial};
use tokio::runtime::Runtime;
use xtask::layout;
use xtask::server::{Home, Options, Server, default_seed};

use crate::world::World;

type Running = Pin<Box<dyn Future<Output = ()>>>;

/// How many tests run at a time. They wait for the server, most of all for its letters, far longer than they work.
const BESIDE_EACH_OTHER: usize = 8;

/// One test; it fails by panicking.
pub struct Test {
    name: String,
    run: Box<dyn FnOnce(Arc<World>) -> Running + Send>,
}

impl Test {
    /// A test of this name.
    pub fn new<F: Future<Output = ()> + 'static>(name: &str, run: fn(Arc<World>) -> F) -> Self {
        let name = name.split_once("::").map_or(name, |(_, inner)| inner).to_owned();
        Self { name, run: Box::new(move |world| Box::pin(run(world))) }
    }
}

/// Lists the tests of a module; one that is left out is dead code and so a warning.
#[macro_export]
macro_rules! tests {
    ($($name:ident),+ $(,)?) => {
        pub fn tests() -> Vec<$crate::suite::Test> {
            vec![$($crate::suite::Test::new(concat!(module_path!(), "::", stringify!($name)), $name)),+]
        }
    };
}

/// Starts a server with the demo intake and these seeds of `tests/seeds`, runs the tests of each round on it when those of the round
/// before are through, then ends it.
pub fn run<const ROUNDS: usize>(seeds: &[&str], rounds: [Vec<Test>; ROUNDS]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(BESIDE_EACH_OTHER);
    match try_run(&arguments, seeds, rounds) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn try_run<const ROUNDS: usize>(arguments: &Arguments, seeds: &[&str], rounds: [Vec<Test>; ROUNDS]) -> Result<bool> {
    let server = start(seeds)?;
    let runtime = Arc::new(Runtime::new()?);
    let world = Arc::new(runtime.block_on(World::of(&server))?);
    let mut all_passed = true;
    for tests in rounds.into_iter().filter(|tests| !tests.is_empty()) {
        let trials = tests.into_iter().map(|test| {
            let (runtime, world) = (Arc::clone(&runtime), Arc::clone(&world));
            Trial::test(test.name, move || {
                runtime.block_on((test.run)(world));
                Ok(())
            })
        });
        all_passed &= !libtest_mimic::run(arguments, trials.collect()).has_failed();
    }
    if !all_passed {
        let kept = layout::target().join(format!("failed-{}.log", server.home.name()));
        fs::copy(server.data.join("server.log"), &kept)?;
        eprintln!("what the server said is in {}", kept.display());
    }
    server.stop();
    Ok(all_passed)
}

/// A server on the home that `TUMO_HOME` names, with the demo intake and these seeds of `tests/seeds`.
pub fn start(seeds: &[&str]) -> Result<Server> {
    let folder = layout::root().join("tests/seeds");
    let mut options = Options::temporary(Home::from_environment()?);
    options.seeds = [default_seed()].into_iter().chain(seeds.iter().map(|name| folder.join(name))).collect();
    Server::start(&options)
}
