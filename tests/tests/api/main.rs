//! The contract of the API, the same on both homes: one file a behaviour.

mod already_registered;
mod applications;
mod attendance;
mod budgets;
mod calendar;
mod catalogue;
mod changes;
mod demo_story;
mod faults;
mod headers;
mod intake;
mod invariants;
mod letters;
mod limit;
mod log;
mod my;
mod odd_requests;
mod openapi;
mod pages;
mod parties;
mod receipt;
mod refusals;
mod replay;
mod seats;
mod staff_access;
mod staff_adding;
mod staff_closing;
mod staff_cohorts;
mod staff_dates;
mod staff_demo;
mod staff_exported_files;
mod staff_exports;
mod staff_import;
mod staff_import_cohorts;
mod staff_import_files;
mod staff_journal;
mod staff_members;
mod staff_messages;
mod staff_overview;
mod staff_reach;
mod staff_registrations;
mod staff_rights;
mod staff_roster;
mod staff_second_factor;
mod staff_sessions;
mod staff_sign_in;
mod staff_throttle;
mod staff_tracks;
mod waiting;

use std::process::ExitCode;
use tumo_tests::suite;

fn main() -> ExitCode {
    let tests = [
        already_registered::tests(),
        applications::tests(),
        attendance::tests(),
        budgets::tests(),
        calendar::tests(),
        catalogue::tests(),
        changes::tests(),
        demo_story::tests(),
        faults::tests(),
        headers::tests(),
        intake::tests(),
        invariants::tests(),
        letters::tests(),
        limit::tests(),
        my::tests(),
        odd_requests::tests(),
        openapi::tests(),
        pages::tests(),
        parties::tests(),
        receipt::tests(),
        refusals::tests(),
        replay::tests(),
        seats::tests(),
        staff_demo::tests(),
        staff_exported_files::tests(),
        staff_exports::tests(),
        staff_import::tests(),
        staff_import_cohorts::tests(),
        staff_import_files::tests(),
        staff_journal::tests(),
        staff_members::tests(),
        staff_access::tests(),
        staff_adding::tests(),
        staff_cohorts::tests(),
        staff_messages::tests(),
        staff_overview::tests(),
        staff_reach::tests(),
        staff_registrations::tests(),
        staff_rights::tests(),
        staff_roster::tests(),
        staff_second_factor::tests(),
        staff_sessions::tests(),
        staff_sign_in::tests(),
        staff_throttle::tests(),
        staff_tracks::tests(),
        waiting::tests(),
    ];
    let seeds = ["cohorts.sql", "intakes.sql", "closed-days.sql", "running.sql"];
    // What changes the catalogue, or the days of a whole centre, comes after all that compares them.
    let changing = staff_closing::tests().into_iter().chain(staff_dates::tests()).collect();
    suite::run(&seeds, [tests.into_iter().flatten().collect(), changing, log::tests()])
}
