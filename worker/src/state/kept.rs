//! What was read a moment ago and serves a little longer.

use domain::date::Timestamp;
use std::sync::{Arc, Mutex};

/// The last value read, for some time.
pub struct Kept<T> {
    slot: Mutex<Option<Read<T>>>,
    for_ms: i64,
}

struct Read<T> {
    at: Timestamp,
    value: Arc<T>,
}

impl<T> Kept<T> {
    /// Keeps each value for so many milliseconds.
    pub fn new(for_ms: i64) -> Self {
        Self { slot: Mutex::new(None), for_ms }
    }

    /// The value kept, or the one that is read anew and kept from the moment `now`.
    ///
    /// # Errors
    /// When it can't be read.
    pub async fn or_read<E>(&self, now: Timestamp, read: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E> {
        if let Some(kept) = self.get(now) {
            return Ok(kept);
        }
        let value = Arc::new(read.await?);
        self.put(now, Arc::clone(&value));
        Ok(value)
    }

    /// The value, unless the caller has to read it anew. When its time is over, one caller is told to; whoever comes while that one
    /// reads gets the old value, so that a crowd doesn't become as many reads.
    fn get(&self, now: Timestamp) -> Option<Arc<T>> {
        let mut slot = self.slot.lock().ok()?;
        let read = slot.as_mut()?;
        if (0..self.for_ms).contains(&(now.0 - read.at.0)) {
            return Some(Arc::clone(&read.value));
        }
        read.at = now;
        None
    }

    /// Keeps what was read at the moment `at`.
    fn put(&self, at: Timestamp, value: Arc<T>) {
        if let Ok(mut slot) = self.slot.lock() {
            *slot = Some(Read { at, value });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_serves_its_time_and_then_one_caller_reads_anew() {
        let kept = Kept::new(10);
        assert_eq!(kept.get(Timestamp(100)), None);
        kept.put(Timestamp(100), Arc::new('a'));
        assert_eq!(kept.get(Timestamp(109)).as_deref(), Some(&'a'));
        assert_eq!(kept.get(Timestamp(110)), None);
        assert_eq!(kept.get(Timestamp(110)).as_deref(), Some(&'a'));
        kept.put(Timestamp(110), Arc::new('b'));
        assert_eq!(kept.get(Timestamp(119)).as_deref(), Some(&'b'));
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nothing() {
        let kept = Kept::new(10);
        kept.put(Timestamp(100), Arc::new('a'));
        assert_eq!(kept.get(Timestamp(99)), None);
    }
}
