//! How many applications one contact may send.

use domain::date::Timestamp;
use std::collections::HashMap;

/// Applications of one contact in one window: far more than a family with many children needs. The Worker's binding in
/// `wrangler.toml` has the same limit.
const LIMIT: u32 = 60;

/// Length of a window, in milliseconds.
const WINDOW_MS: i64 = 60_000;

/// Counts by contact in the current window.
#[derive(Debug, Default)]
pub struct Throttle {
    window: i64,
    counts: HashMap<String, u32>,
}

impl Throttle {
    /// Whether one more application is within the limit.
    pub fn allows(&mut self, contact: &str, now: Timestamp) -> bool {
        let window = now.0.div_euclid(WINDOW_MS);
        if window != self.window {
            self.window = window;
            self.counts.clear();
        }
        let count = self.counts.entry(contact.to_owned()).or_default();
        *count = count.saturating_add(1);
        *count <= LIMIT
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
}
