//! Days and moments as tables write them: all of one width, in digits.

use domain::date::{Date, Timestamp};

/// “07.09.2026”.
pub fn day(date: Date) -> String {
    [two(date.day()), two(date.month()), date.year().to_string()].join(".")
}

/// “07.09.2026 09:05”, by the clocks of the cities.
pub fn moment(moment: Timestamp) -> String {
    [day(moment.local_date()), app::format::time(moment.local_minute())].join(" ")
}

fn two(number: u32) -> String {
    let digits = number.to_string();
    if number < 10 { ["0", &digits].concat() } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_as_wide_as_any_other() {
        let early = Date::parse("2026-09-07").expect("a day");
        assert_eq!(day(early), "07.09.2026");
        assert_eq!(moment(Timestamp::of_local(early, 545)), "07.09.2026 09:05");
    }
}
