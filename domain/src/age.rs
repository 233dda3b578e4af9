//! Ages, counted in whole years on a given day.

use crate::date::Date;

/// From this age the student accepts the terms personally, beside the guardian's consent (Civil Code, art. 22: minors from
/// fourteen act with the consent of their legal representatives).
pub const ACCEPTS_PERSONALLY_FROM: u8 = 14;

/// From this age nobody else's consent is needed (Civil Code, art. 17).
pub const OF_AGE: u8 = 18;

/// Whole years lived on the day `on`; 0 for a birth date later than that. Somebody born on 29 February grows older on
/// 1 March in a common year.
pub fn age_on(born: Date, on: Date) -> u8 {
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    let years = on.year() - born.year() - i32::from(before_birthday);
    u8::try_from(years.max(0)).unwrap_or(u8::MAX)
}

/// The first day on which somebody is `age` years old.
pub fn birthday(born: Date, age: u8) -> Date {
    let year = born.year() + i32::from(age);
    // Only 29 February can be missing from a year.
    Date::new(year, born.month(), born.day()).or_else(|| Date::new(year, 3, 1)).unwrap_or(born)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    #[test]
    fn the_birthday_itself_counts() {
        assert_eq!(age_on(day("2014-09-01"), day("2026-08-31")), 11);
        assert_eq!(age_on(day("2014-09-01"), day("2026-09-01")), 12);
        assert_eq!(age_on(day("2007-09-02"), day("2026-09-01")), 18);
        assert_eq!(age_on(day("2007-09-01"), day("2026-09-01")), 19);
    }

    #[test]
    fn a_leap_day_child_grows_older_on_the_first_of_march() {
        assert_eq!(age_on(day("2012-02-29"), day("2026-02-28")), 13);
        assert_eq!(age_on(day("2012-02-29"), day("2026-03-01")), 14);
        assert_eq!(birthday(day("2012-02-29"), 14), day("2026-03-01"));
        assert_eq!(birthday(day("2012-02-29"), 12), day("2024-02-29"));
    }

    #[test]
    fn nobody_is_younger_than_zero() {
        assert_eq!(age_on(day("2030-01-01"), day("2026-01-01")), 0);
    }

    proptest! {
        #[test]
        fn the_birthday_is_the_boundary(offset in 0u64..20_000, age in 1u8..90) {
            let born = day("1960-01-01").plus_days(offset);
            let boundary = birthday(born, age);
            prop_assert_eq!(age_on(born, boundary), age);
            let eve = (0..).map(|back| born.plus_days(back)).take_while(|date| *date < boundary).last().expect("a day before");
            prop_assert_eq!(age_on(born, eve), age - 1);
        }
    }
}
