//! The server's clock. A phone's own may be a day off, and the opening moment is the same for everybody.

use domain::date::Timestamp;
use std::cell::Cell;

thread_local! {
    /// How far the server's clock is ahead of the phone's, in milliseconds.
    static AHEAD: Cell<i64> = const { Cell::new(0) };
}

/// The moment by the server's clock, as far as it is known.
pub fn now() -> Timestamp {
    Timestamp(phone() + AHEAD.get())
}

/// Learns the server's clock from a moment in its answer.
pub fn set(server: Timestamp) {
    AHEAD.set(server.0 - phone());
}

/// Learns the server's clock from the `Date` header of its answer.
pub fn set_from_header(date: &str) {
    let parsed = js_sys::Date::parse(date);
    if parsed.is_finite() {
        // Whole seconds: the header says no more, and the half second evens out the rounding.
        let server = parsed as i64 + 500;
        // Within a second the finer moments of other answers know better.
        if (server - now().0).abs() > 1_500 {
            set(Timestamp(server));
        }
    }
}

fn phone() -> i64 {
    js_sys::Date::now() as i64
}
