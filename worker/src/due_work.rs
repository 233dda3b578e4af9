//! What happens every minute: offers that ran out, turns, letters, tries to sign in that no longer count. Each run is bounded, may be repeated, and may overlap another.

use crate::letters::send_due_letters;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::state::Backend;
use crate::store::{offers, students, tries};

/// How many offers one run ends: bounded, so that runs stay shorter than the minute between them. The rest waits for the next run.
const OFFERS_A_RUN: i64 = 50;

/// How many students who were stored by hand one run makes searchable.
const STUDENTS_A_RUN: i64 = 1_000;

/// Does what is due.
///
/// # Errors
/// When the database can't be read or written; what was not done stays due. The text is for the log.
pub async fn run_due_work<P: Platform>(backend: &Backend<P>) -> Result<(), String> {
    run(backend).await.map_err(told)
}

async fn run<P: Platform>(backend: &Backend<P>) -> Result<(), Refusal> {
    let platform = &backend.platform;
    offers::look_at_the_clock(platform, platform.now()).await?;
    for unit in offers::run_out(platform, platform.now(), OFFERS_A_RUN).await? {
        // One that can't be ended must not keep the others, and all letters, waiting.
        if let Err(refusal) = offers::lapse(platform, &unit, platform.now()).await {
            platform.log(&format!("offer of {unit}: {}", told(refusal)));
        }
    }
    offers::end_preferences(platform, platform.now()).await?;
    tries::sweep(platform, platform.now()).await?;
    students::make_searchable(platform, STUDENTS_A_RUN).await?;
    send_due_letters(backend).await
}

fn told(refusal: Refusal) -> String {
    refusal.log.unwrap_or_else(|| refusal.code.as_str().to_owned())
}
