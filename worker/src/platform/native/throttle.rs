//! How many applications one contact may send.

use domain::date::Timestamp;
use std::hash::{BuildHasher, RandomState};

/// Applications of one contact in one window: far more than a family with many children needs. The Worker's binding in
/// `wrangler.toml` has the same limit.
const LIMIT: u8 = 60;

/// Length of a window, in milliseconds.
const WINDOW_MS: i64 = 60_000;

/// Each contact is counted in one cell of each row.
const ROWS: usize = 4;

/// Cells of a row. A stranger is stopped by others only when each of the stranger's cells is shared by sixty of them: that
/// takes some three million contacts in a minute.
const CELLS: usize = 1 << 16;

/// Counts by contact in the current window.
///
/// A list of contacts would grow with every one that somebody makes up. This is a count-min sketch: a quarter of a megabyte
/// whatever comes. Contacts may share a cell, hardly ever all of their cells, so the least of a contact's cells is its count, or
/// a little more, never less. The hash is drawn anew by every process: nobody can choose a contact that shares another's cells.
#[derive(Debug)]
pub struct Throttle {
    window: i64,
    counts: Box<[u8]>,
    hash: RandomState,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { window: 0, counts: vec![0; ROWS * CELLS].into(), hash: RandomState::new() }
    }
}

impl Throttle {
    /// Whether one more application is within the limit.
    pub fn allows(&mut self, contact: &str, now: Timestamp) -> bool {
        let window = now.0.div_euclid(WINDOW_MS);
        if window != self.window {
            self.window = window;
            self.counts.fill(0);
        }
        let mut hash = self.hash.hash_one(contact);
        let mut least = u8::MAX;
        for row in self.counts.chunks_exact_mut(CELLS) {
            let place = usize::try_from(hash % CELLS as u64).unwrap_or_default();
            if let Some(count) = row.get_mut(place) {
                *count = count.saturating_add(1);
                least = least.min(*count);
            }
            hash /= CELLS as u64;
        }
        least <= LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_contact_is_stopped_at_the_limit_and_another_is_not() {
        let mut throttle = Throttle::default();
        assert!((0..LIMIT).all(|_| throttle.allows("a", Timestamp(5))));
        assert!(!throttle.allows("a", Timestamp(6)));
        assert!(throttle.allows("b", Timestamp(6)));
        assert!(throttle.allows("a", Timestamp(WINDOW_MS + 5)));
    }

    #[test]
    fn a_contact_that_goes_on_stays_stopped() {
        let mut throttle = Throttle::default();
        let let_through = (0..1_000).filter(|_| throttle.allows("a", Timestamp(5))).count();
        assert_eq!(let_through, usize::from(LIMIT));
    }

    /// As many as a host could be sent in a minute, and more: nobody is stopped for them, who was stopped stays so, and no memory
    /// is asked for.
    #[test]
    fn made_up_contacts_take_no_memory_and_stop_nobody() {
        let mut throttle = Throttle::default();
        let held = throttle.counts.len();
        while throttle.allows("a", Timestamp(5)) {}
        let stopped = (0..500_000).filter(|number| !throttle.allows(&format!("made up {number}"), Timestamp(5))).count();
        assert_eq!(stopped, 0, "strangers were stopped");
        assert!(!throttle.allows("a", Timestamp(5)), "who was stopped was forgotten");
        assert!(throttle.allows("a family", Timestamp(5)));
        assert_eq!(throttle.counts.len(), held);
    }
}
