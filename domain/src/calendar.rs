//! The calendar file of a registration (iCalendar, RFC 5545).

use crate::date::Timestamp;
use crate::schedule::Session;
use std::fmt::Write;

/// What every event of the file says.
#[derive(Debug, Clone, Copy)]
pub struct CalendarText<'a> {
    /// A stable identifier without personal data; each event's UID starts with it.
    pub uid: &'a str,
    /// Title of the events.
    pub summary: &'a str,
    /// Where they take place.
    pub location: &'a str,
}

/// Writes the sessions as events. Times are in UTC, so a phone with old zone data shows the right hour.
pub fn calendar(text: CalendarText<'_>, sessions: &[Session], stamped: Timestamp) -> String {
    let mut file = String::new();
    let mut line = |content: &str| fold(&mut file, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//TUMO Kazakhstan//Registration//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    for session in sessions {
        let start = utc(session.starts_at());
        line("BEGIN:VEVENT");
        line(&format!("UID:{}-{start}@tumo", text.uid));
        line(&format!("DTSTAMP:{}", utc(stamped)));
        line(&format!("DTSTART:{start}"));
        line(&format!("DTEND:{}", utc(session.ends_at())));
        line("SEQUENCE:0");
        line("STATUS:CONFIRMED");
        line(&format!("SUMMARY:{}", escaped(text.summary)));
        line(&format!("LOCATION:{}", escaped(text.location)));
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    file
}

/// `20261123T040000Z`.
fn utc(moment: Timestamp) -> String {
    // The local calendar of UTC is the cities' calendar, their offset earlier.
    let shifted = Timestamp(moment.0 - crate::date::ZONE_OFFSET_MINUTES * 60_000);
    let (date, minute) = (shifted.local_date(), shifted.local_minute());
    format!("{:04}{:02}{:02}T{:02}{:02}00Z", date.year(), date.month(), date.day(), minute / 60, minute % 60)
}

/// TEXT values: backslash, semicolon, comma and line ends are escaped (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' => safe.push_str("\\n"),
            '\r' => {}
            other => safe.push(other),
        }
    }
    safe
}

/// Lines end in CRLF and are folded at 75 octets (section 3.1), never inside a letter.
fn fold(file: &mut String, content: &str) {
    let mut width = 0;
    for c in content.chars() {
        if width + c.len_utf8() > 75 {
            file.push_str("\r\n ");
            width = 1;
        }
        // Writing to a string can't fail.
        let _ = file.write_char(c);
        width += c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use proptest::prelude::*;

    fn session() -> Session {
        Session { date: Date::new(2026, 9, 1).expect("a day"), start: 9 * 60, end: 11 * 60 }
    }

    #[test]
    fn nine_in_astana_is_four_in_utc() {
        let text = CalendarText { uid: "abc", summary: "TUMO; Астана", location: "Қабанбай батыр, 1" };
        let file = calendar(text, &[session()], Timestamp::of_local(session().date, 0));
        assert!(file.contains("DTSTART:20260901T040000Z\r\nDTEND:20260901T060000Z\r\n"));
        assert!(file.contains("DTSTAMP:20260831T190000Z\r\n"));
        assert!(file.contains("SUMMARY:TUMO\\; Астана\r\nLOCATION:Қабанбай батыр\\, 1\r\n"));
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_75_octets_and_unfolding_gives_the_text_back(summary in "[a-zА-Яәғқ ,;]{0,200}") {
            let file = calendar(CalendarText { uid: "u", summary: &summary, location: "" }, &[session()], Timestamp(0));
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            let unfolded = file.replace("\r\n ", "");
            let line = format!("SUMMARY:{}\r\n", escaped(&summary));
            prop_assert!(unfolded.contains(&line));
        }
    }
}
