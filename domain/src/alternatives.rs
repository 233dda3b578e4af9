//! What to offer somebody whose wanted schedule is full.

use crate::catalogue::{Catalogue, Cohort, LiveSeats};
use crate::schedule::clash;

/// How many alternatives fit on a phone without scrolling.
pub const ALTERNATIVES_MAX: usize = 3;

/// The nearest cohorts with open seats for the same tracks, best first: the same centre at other hours, then another city.
/// Nearest means: the same part of the week, then the fewest minutes between the hours, then the order of display.
///
/// A cohort of the same centre that shares hours with the wanted one is no "other hours" and is left out.
pub fn alternatives<'a>(catalogue: &'a Catalogue, live: &LiveSeats, wanted: &Cohort, tracks: &[String]) -> Vec<&'a Cohort> {
    let open = |cohort: &Cohort| live.of(&cohort.id).is_some_and(|seats| seats.open() > 0);
    let mut found: Vec<&Cohort> = catalogue
        .cohorts
        .iter()
        .filter(|cohort| cohort.id != wanted.id && cohort.offers(tracks) && open(cohort))
        .filter(|cohort| cohort.centre != wanted.centre || !clash(&cohort.slots, &wanted.slots))
        .collect();
    let distance = |cohort: &Cohort| {
        (cohort.centre != wanted.centre, cohort.day_part() != wanted.day_part(), minutes_apart(cohort, wanted))
    };
    let mut nearest = Vec::new();
    // The few nearest are picked one by one; of equals the first, so the order of display decides between them.
    while nearest.len() < ALTERNATIVES_MAX
        && let Some(place) = (0..found.len()).min_by_key(|place| found.get(*place).map(|cohort| distance(cohort)))
    {
        nearest.push(found.remove(place));
    }
    nearest
}

/// The sum over the wanted slots of the distance to the nearest slot of the other, in minutes of the week.
fn minutes_apart(cohort: &Cohort, wanted: &Cohort) -> u32 {
    let minute = |weekday: u8, start: u16| u32::from(weekday) * 24 * 60 + u32::from(start);
    let nearest = |at: u32| cohort.slots.iter().map(|slot| minute(slot.weekday, slot.start).abs_diff(at)).min();
    wanted.slots.iter().filter_map(|slot| nearest(minute(slot.weekday, slot.start))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CohortSeats, Odds};
    use crate::schedule::Slot;
    use crate::testing;
    use proptest::prelude::*;

    fn cohort(id: &str, centre: &str, start: u16) -> Cohort {
        let slots = [1, 3].map(|weekday| Slot { weekday, start, end: start + 120 }).to_vec();
        Cohort { id: id.into(), centre: centre.into(), slots, tracks: vec!["music".into()], closed: false, first_session: None }
    }

    fn seats(id: &str, taken: u32, waiting: u32) -> CohortSeats {
        CohortSeats { id: id.into(), seats: 10, taken, waiting, odds: Odds::default() }
    }

    #[test]
    fn other_hours_come_before_another_city_and_full_ones_never() {
        let mut catalogue = testing::catalogue();
        catalogue.cohorts = vec![
            cohort("wanted", "astana", 540),
            cohort("same-hours", "astana", 600),
            cohort("evening", "astana", 960),
            cohort("next", "astana", 660),
            cohort("full", "astana", 840),
            cohort("waited-for", "astana", 840),
            cohort("far", "almaty", 540),
        ];
        let live = LiveSeats {
            at: crate::date::Timestamp(0),
            cohorts: catalogue
                .cohorts
                .iter()
                .map(|cohort| match cohort.id.as_str() {
                    "full" => seats("full", 10, 0),
                    "waited-for" => seats("waited-for", 9, 1),
                    id => seats(id, 1, 0),
                })
                .collect(),
        };
        let wanted = catalogue.cohorts[0].clone();
        let found: Vec<&str> =
            alternatives(&catalogue, &live, &wanted, &["music".into()]).iter().map(|cohort| cohort.id.as_str()).collect();
        assert_eq!(found, ["next", "evening", "far"]);
        assert!(alternatives(&catalogue, &live, &wanted, &["robotics".into()]).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_offered_is_open_fits_and_keeps_the_order(starts in prop::collection::vec(480u16..1200, 1..12), taken in prop::collection::vec(0u32..=10, 12)) {
            let mut catalogue = testing::catalogue();
            catalogue.cohorts = starts.iter().enumerate()
                .map(|(n, start)| cohort(&format!("c{n}"), if n % 3 == 0 { "almaty" } else { "astana" }, *start)).collect();
            let live = LiveSeats {
                at: crate::date::Timestamp(0),
                cohorts: catalogue.cohorts.iter().zip(&taken).map(|(c, t)| seats(&c.id, *t, 0)).collect(),
            };
            let wanted = catalogue.cohorts[0].clone();
            let found = alternatives(&catalogue, &live, &wanted, &["music".into()]);
            prop_assert!(found.len() <= ALTERNATIVES_MAX);
            prop_assert!(found.iter().all(|c| c.id != wanted.id && live.of(&c.id).is_some_and(|s| s.open() > 0)));
            prop_assert!(found.iter().all(|c| c.centre != wanted.centre || !clash(&c.slots, &wanted.slots)));
            prop_assert!(found.is_sorted_by_key(|c| c.centre != wanted.centre));
        }
    }
}
