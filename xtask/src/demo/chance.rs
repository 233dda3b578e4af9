//! Draws that are the same for the same seed.

use domain::date::Timestamp;
use domain::reference::Reference;
use fastrand::Rng;
use ulid::Ulid;

/// The source of everything that is drawn.
pub struct Chance(Rng);

impl Chance {
    /// The draws of this seed.
    pub fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: f64) -> bool {
        self.0.f64() * 100.0 < share
    }

    /// A number between the two, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        self.0.i64(least..=most.max(least))
    }

    /// A number between 0 and 1.
    pub fn fraction(&mut self) -> f64 {
        self.0.f64()
    }

    /// One of them. A list without anything is a mistake in this program.
    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.0.usize(0..list.len())]
    }

    /// One of the words of a text.
    pub fn word(&mut self, words: &'static str) -> &'static str {
        let count = words.split_whitespace().count();
        words.split_whitespace().nth(self.0.usize(0..count)).unwrap_or_default()
    }

    /// The place of one of them, as often as its weight says; none when all weigh nothing.
    pub fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
        let mut left = self.0.f64() * weights.clone().sum::<f64>();
        let heavy = |(place, weight): (usize, f64)| {
            left -= weight;
            (weight > 0.0 && left < 0.0).then_some(place)
        };
        weights.enumerate().find_map(heavy)
    }

    /// An identifier of this moment.
    pub fn ulid(&mut self, at: Timestamp) -> String {
        Ulid::from_parts(u64::try_from(at.0).unwrap_or_default(), self.0.u128(..)).to_string()
    }

    /// A reference number.
    pub fn reference(&mut self) -> Reference {
        Reference::from_random(self.0.u64(..))
    }

    /// Bytes.
    pub fn bytes<const LENGTH: usize>(&mut self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        self.0.fill(&mut bytes);
        bytes
    }
}
