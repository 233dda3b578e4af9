//! The journeys, by what they are about.

mod ages;
mod ahead;
mod among_the_apps;
mod another_version;
mod apart;
mod at_the_door;
mod changing_course;
mod ended_by_others;
mod every_page;
mod front_page;
mod full;
mod intake_times;
mod kept_files;
mod keyboard;
mod languages;
mod mistakes;
mod my_page;
mod my_ticket;
mod network;
mod promises;
mod registered_already;
mod siblings;
mod told;
mod whole_way;
mod without_network;

use crate::stage::Journey;

/// Every journey.
pub fn all() -> Vec<Journey> {
    [
        whole_way::journeys(),
        network::journeys(),
        changing_course::journeys(),
        mistakes::journeys(),
        every_page::journeys(),
        ages::journeys(),
        ahead::journeys(),
        full::journeys(),
        my_page::journeys(),
        my_ticket::journeys(),
        keyboard::journeys(),
        promises::journeys(),
        registered_already::journeys(),
        siblings::journeys(),
        intake_times::journeys(),
        languages::journeys(),
        front_page::journeys(),
        told::journeys(),
        apart::journeys(),
        without_network::journeys(),
        another_version::journeys(),
        kept_files::journeys(),
        at_the_door::journeys(),
        ended_by_others::journeys(),
        among_the_apps::journeys(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
