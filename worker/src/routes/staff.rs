//! Every address of the staff console, in one table with the right it asks for. The router and the description of the API are both
//! made from the table, so there is no staff route without a right, and none that isn't described.
//!
//! To add a route: write the handler with its `#[utoipa::path]` in a module of this folder, and add a line to the table. A handler
//! takes [`Signed`], which tells who acts; functions of the store take [`Signed::scope`], which tells at which centres. Answers, for
//! whoever asks without being entitled to, are the same everywhere:
//!
//! - nobody signed in, or not any more: 401 `not_signed_in`;
//! - signing in isn't finished: 403 `sign_in_pending`;
//! - the role hasn't the right, at whatever centre: 403 `not_allowed`;
//! - the thing doesn't exist, or belongs to a centre the member doesn't reach: 404 `unknown`.
//!
//! The test `staff_rights` walks the table through the description of the API (`x-right`); it has to be told what the parameters of
//! new paths stand for, once.

mod account;
mod adding;
mod attendance;
mod closed_days;
mod cohorts;
mod cookie;
mod exports;
mod forms;
mod guard;
mod importing;
mod journal;
mod members;
mod messages;
mod overview;
mod registrations;
mod roster;
mod second_factor;
mod sessions;
mod sign_in;

use crate::platform::Platform;
use crate::state::Backend;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, delete, get, post, put};
use domain::staff::access::Right;
use guard::{Guard, guard};
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;

pub use cookie::NAME as COOKIE;
pub use guard::Signed;

/// What a route asks for; none: whoever comes, to sign in.
macro_rules! right {
    (Anybody) => {
        None
    };
    ($right:ident) => {
        Some(Right::$right)
    };
}

/// Makes the router and the description from the same lines.
macro_rules! table {
    ($($method:ident $path:literal $right:ident => $($handler:ident)::+;)+) => {
        /// The routes, each behind a guard for its right.
        pub fn router<P: Platform>(backend: &Backend<P>) -> Router<Backend<P>> {
            Router::new()$(.route($path, guarded(backend, right!($right), $method($($handler)::+::<P>))))+
        }

        #[derive(OpenApi)]
        #[openapi(paths($($($handler)::+),+))]
        struct Description;

        /// What the description of the API says about these routes.
        pub fn description() -> utoipa::openapi::OpenApi {
            let mut description = Description::openapi();
            let paths = &mut description.paths.paths;
            $(tell_right(paths.get_mut($path).and_then(|item| item.$method.as_mut()), right!($right));)+
            description
        }
    };
}

table! {
    get "/api/staff/sign-in" Anybody => sign_in::ways;
    post "/api/staff/sign-in" Anybody => sign_in::sign_in;
    post "/api/staff/sign-in/access" Anybody => sign_in::access;
    post "/api/staff/sign-in/code" SigningIn => sign_in::code;
    get "/api/staff/me" SigningIn => account::me;
    post "/api/staff/sign-out" SigningIn => account::sign_out;
    post "/api/staff/sign-out-everywhere" OwnAccount => account::sign_out_everywhere;
    put "/api/staff/password" OwnAccount => account::change_password;
    post "/api/staff/second-factor" OwnAccount => second_factor::offer;
    post "/api/staff/second-factor/confirm" OwnAccount => second_factor::confirm;
    get "/api/staff/members" ManageStaff => members::list;
    post "/api/staff/members" ManageStaff => members::add;
    put "/api/staff/members/{member}" ManageStaff => members::change;
    post "/api/staff/members/{member}/disable" ManageStaff => members::disable;
    post "/api/staff/members/{member}/enable" ManageStaff => members::enable;
    post "/api/staff/members/{member}/reset-password" ManageStaff => members::reset_password;
    post "/api/staff/members/{member}/reset-second-factor" ManageStaff => members::reset_second_factor;
    get "/api/staff/overview" SeeFigures => overview::show;
    get "/api/staff/export" Export => exports::file;
    get "/api/staff/exports/saved" Export => exports::saved;
    post "/api/staff/exports/saved" Export => exports::save;
    put "/api/staff/exports/saved/{export}" Export => exports::change;
    delete "/api/staff/exports/saved/{export}" Export => exports::remove;
    post "/api/staff/import" Import => importing::file;
    get "/api/staff/import/template" Import => importing::template;
    get "/api/staff/journal" SeeJournal => journal::list;
    post "/api/staff/journal/{entry}/undo" SeeJournal => journal::undo;
    get "/api/staff/cohorts" SeeFigures => cohorts::list;
    post "/api/staff/cohorts" ManageCohorts => cohorts::make;
    post "/api/staff/cohorts/bulk" ManageCohorts => cohorts::bulk;
    put "/api/staff/cohorts/{cohort}" ManageCohorts => cohorts::change;
    put "/api/staff/cohorts/{cohort}/seats" ManageCohorts => cohorts::seats;
    post "/api/staff/cohorts/{cohort}/close" ManageCohorts => cohorts::close;
    post "/api/staff/cohorts/{cohort}/reopen" ManageCohorts => cohorts::reopen;
    get "/api/staff/sessions" SeeFigures => sessions::list;
    put "/api/staff/sessions/{cohort}/{date}/{start}" ManageCohorts => sessions::change;
    get "/api/staff/closed-days" SeeFigures => closed_days::list;
    post "/api/staff/closed-days" ManageCohorts => closed_days::add;
    delete "/api/staff/closed-days/{day}" ManageCohorts => closed_days::remove;
    get "/api/staff/cohorts/{cohort}/roster" SeeNames => roster::of_cohort;
    post "/api/staff/students/search" SeeNames => roster::search;
    post "/api/staff/cohorts/{cohort}/students" ManageRegistrations => adding::add;
    post "/api/staff/cohorts/{cohort}/messages" ManageRegistrations => messages::send;
    post "/api/staff/registrations/{registration}/contacts" SeeContacts => registrations::look_at_contacts;
    post "/api/staff/registrations/{registration}/move" ManageRegistrations => registrations::move_to_cohort;
    put "/api/staff/registrations/{registration}/tracks" ManageRegistrations => registrations::change_tracks;
    post "/api/staff/registrations/{registration}/place" ManageRegistrations => registrations::place;
    post "/api/staff/registrations/{registration}/remove" ManageRegistrations => registrations::remove;
    get "/api/staff/sessions/{cohort}/{date}/{start}" MarkAttendance => attendance::roll_call;
    post "/api/staff/marks" MarkAttendance => attendance::keep;
}

fn guarded<P: Platform>(
    backend: &Backend<P>,
    right: Option<Right>,
    handler: MethodRouter<Backend<P>>,
) -> MethodRouter<Backend<P>> {
    match right {
        None => handler,
        Some(right) => handler.route_layer(from_fn_with_state(Guard { backend: backend.clone(), right }, guard)),
    }
}

/// Writes the right into the description as `x-right`; `anybody` where there is none. A handler that describes itself under another
/// address than the table's gets none, which the test notices.
fn tell_right(operation: Option<&mut Operation>, right: Option<Right>) {
    if let Some(operation) = operation {
        let right = right.map_or("anybody", Right::as_str);
        operation.extensions = Some([("x-right", right)].into_iter().collect());
    }
}
