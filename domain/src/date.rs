//! Calendar days and moments.
//!
//! The cities share one zone, UTC+5 without daylight saving since 1 March 2024 (Government resolution of 19 January 2024 No 20), so
//! the offset is a constant. Days travel as `YYYY-MM-DD`, written and read by hand: chrono's formatting machinery would
//! cost every phone some kilobytes.

use chrono::{DateTime, Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// How far the cities are ahead of UTC, in minutes.
pub const ZONE_OFFSET_MINUTES: i64 = 5 * 60;

/// A calendar day in the cities' zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day, if the calendar has it and the year has four digits.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1000..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        Self::new(number(year)?, number(month)?, number(day)?)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
    pub fn weekday(self) -> u8 {
        // A number from 1 to 7.
        self.0.weekday().number_from_monday() as u8
    }

    /// The day `days` later; the last representable day when there is none.
    pub fn plus_days(self, days: u64) -> Self {
        Self(self.0.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX))
    }

    /// Whole days from 1970-01-01.
    fn since_epoch(self) -> i64 {
        self.0.signed_duration_since(NaiveDate::default()).num_days()
    }
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a day is written YYYY-MM-DD"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Date {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date)))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Date {}

/// A moment: milliseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment at which the clocks of the cities show `minute` (of the day) on `date`.
    pub fn of_local(date: Date, minute: u16) -> Self {
        Self((date.since_epoch() * 24 * 60 + i64::from(minute) - ZONE_OFFSET_MINUTES) * 60_000)
    }

    /// The day the calendars of the cities show.
    pub fn local_date(self) -> Date {
        let local = DateTime::from_timestamp_millis(self.0.saturating_add(ZONE_OFFSET_MINUTES * 60_000));
        Date(local.map_or(NaiveDate::MAX, |moment| moment.date_naive()))
    }

    /// The minute of the day the clocks of the cities show, 0 to 1439.
    pub fn local_minute(self) -> u16 {
        // The remainder is below 1440.
        (self.0.div_euclid(60_000) + ZONE_OFFSET_MINUTES).rem_euclid(24 * 60) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_zone_is_five_hours_ahead() {
        let day = Date::new(2026, 11, 23).expect("a day");
        let moment = Timestamp::of_local(day, 9 * 60);
        assert_eq!(moment, Timestamp(1_795_406_400_000));
        assert_eq!((moment.local_date(), moment.local_minute()), (day, 9 * 60));
        let late = Timestamp::of_local(day, 23 * 60 + 59);
        assert_eq!(late.local_date(), day);
    }

    #[test]
    fn only_the_written_form_of_a_real_day_is_read() {
        for wrong in ["2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-01x", "2026-01", "+026-01-01", ""] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_day_survives_being_written(days in 0u64..40_000, minute in 0u16..1440) {
            let day = Date::new(1950, 1, 1).expect("a day").plus_days(days);
            prop_assert_eq!(Date::parse(&day.to_string()), Some(day));
            let moment = Timestamp::of_local(day, minute);
            prop_assert_eq!((moment.local_date(), moment.local_minute()), (day, minute));
        }
    }
}
