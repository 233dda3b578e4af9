//! The roll call: thirty students by a few taps, with the network and without, on several phones, and by the camera.

mod ahead;
mod background;
mod camera;
mod list;
mod offline;
mod taps;
mod today;
mod trainer;

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
    ]
    .into_iter()
    .flatten()
    .collect()
}
