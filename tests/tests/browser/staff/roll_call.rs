//! The roll call: thirty students by a few taps, with the network and without, on several phones, and by the camera.

mod ahead;
mod background;
mod camera;
mod keyboard;
mod list;
mod offline;
mod taps;
mod today;
mod told;
mod trainer;

use domain::staff::attendance::SessionKey;

use crate::stage::Journey;

/// Every journey of the roll call.
pub fn journeys() -> Vec<Journey> {
    [
        list::journeys(),
        today::journeys(),
        taps::journeys(),
        ahead::journeys(),
        offline::journeys(),
        background::journeys(),
        camera::journeys(),
        keyboard::journeys(),
        told::journeys(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where the roll call of a session is.
pub fn path_of(session: &SessionKey) -> String {
    let SessionKey { cohort, date, start } = session;
    format!("/staff/roll-call/{cohort}/{date}/{:02}:{:02}", start / 60, start % 60)
}
