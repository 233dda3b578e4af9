//! Faults: the machine dies in the middle of a surge, and the database is locked, slow, full or read-only. Nothing that was
//! acknowledged is lost, nothing is stored by halves, and who comes again with the same key gets one registration.
//!
//! - [`crash`] kills the server, again and again; `TUMO_KILLS` says how often, and `TUMO_FIGURES` names a file for the figures.
//! - [`surge`] is the families who come while it happens.
//! - [`stored`] is what the database must look like whatever happened.
//! - [`trouble`] takes away what the database needs and gives it back.
//!
//! Each test has a server of its own, which it may ruin.

mod crash;
mod disk;
mod house;
mod stored;
mod surge;
mod trouble;

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};
use tokio::runtime::Runtime;

use crate::disk::Disk;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One after the other: a surge is to have the machine for itself, and a time that is waited for is to mean something.
    arguments.test_threads.get_or_insert(1);
    let Ok(runtime) = Runtime::new() else { return ExitCode::FAILURE };
    let runtime = Arc::new(runtime);
    let run = |name: &str, test: fn(&Runtime)| {
        let runtime = Arc::clone(&runtime);
        Trial::test(name, move || {
            test(&runtime);
            Ok(())
        })
    };
    let trials = vec![
        run("crash::a_server_killed_in_a_surge_loses_nobody_and_takes_nobody_twice", |runtime| {
            runtime.block_on(crash::killed_in_a_surge());
        }),
        run("trouble::a_slow_database_is_waited_for", |runtime| runtime.block_on(trouble::slow())),
        run("trouble::a_locked_database_is_told_and_nothing_is_stored", |runtime| runtime.block_on(trouble::locked())),
        run("trouble::a_read_only_database_is_told_and_nothing_is_stored", |runtime| runtime.block_on(trouble::read_only()))
            .with_ignored_flag(!trouble::Frozen::can_be_had()),
        run("trouble::a_full_disk_is_told_and_nothing_is_stored_by_halves", |runtime| runtime.block_on(trouble::full()))
            .with_ignored_flag(!Disk::can_be_had()),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}
