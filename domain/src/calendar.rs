//! The calendar file of a registration (iCalendar, RFC 5545).

use crate::date::{Date, Timestamp};
use crate::plan::Plan;
use crate::schedule::Session;
use crate::staff::attendance::SessionState;
use serde::Deserialize;
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

/// One event of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When the session was first planned to start: what its UID is made of, so that a calendar knows a moved session again.
    pub planned: Timestamp,
    /// When it takes place, or would have.
    pub held: Session,
    /// How often it was changed: a calendar that has an earlier one puts this in its place.
    pub sequence: u32,
    /// Whether it is called off.
    pub cancelled: bool,
}

/// A day about which something was decided: whether the centre is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct DecidedDay {
    /// The day.
    pub date: Date,
    /// Whether the centre is closed.
    pub closed: bool,
    /// How often staff have changed that; 0 for a day that was closed from the beginning.
    pub changes: u32,
}

/// The events of a cohort. A session that was called off, or that other slots dropped, is an event too: whoever has it in a calendar
/// has to learn it. Days that were closed from the beginning never were in any.
pub fn events(plan: &Plan, days: &[DecidedDay]) -> Vec<Event> {
    let day = |date: Date| days.iter().find(|day| day.date == date);
    let changes = |date: Date| day(date).map_or(0, |day| day.changes);
    let sessions = plan.sessions(|date| day(date).is_some_and(|day| day.closed));
    let shown = sessions.into_iter().filter(|session| session.state != SessionState::Closed || changes(session.held.date) > 0);
    let shown = shown.map(|session| Event {
        planned: Timestamp::of_local(session.date, session.start),
        held: session.held,
        sequence: session.sequence + changes(session.held.date),
        cancelled: !session.takes_place(),
    });
    let dropped = plan.dropped().map(|change| Event {
        planned: Timestamp::of_local(change.date, change.start),
        held: change.held,
        sequence: change.sequence + changes(change.held.date),
        cancelled: true,
    });
    shown.chain(dropped).collect()
}

/// Writes the file. Times are in UTC, so a phone with old zone data shows the right hour.
pub fn calendar(text: CalendarText<'_>, events: &[Event], stamped: Timestamp) -> String {
    let mut file = String::new();
    let mut line = |content: &str| fold(&mut file, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//TUMO Kazakhstan//Registration//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    for event in events {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}-{}@tumo", text.uid, utc(event.planned)));
        line(&format!("DTSTAMP:{}", utc(stamped)));
        line(&format!("DTSTART:{}", utc(event.held.starts_at())));
        line(&format!("DTEND:{}", utc(event.held.ends_at())));
        line(&format!("SEQUENCE:{}", event.sequence));
        line(if event.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
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
    use crate::plan::{ChangeState, SessionChange};
    use crate::schedule::Slot;
    use crate::testing::day;
    use proptest::prelude::*;

    fn event() -> Event {
        let held = Session { date: day("2026-09-01"), start: 9 * 60, end: 11 * 60 };
        Event { planned: held.starts_at(), held, sequence: 0, cancelled: false }
    }

    #[test]
    fn nine_in_astana_is_four_in_utc() {
        let text = CalendarText { uid: "abc", summary: "TUMO; Астана", location: "Қабанбай батыр, 1" };
        let file = calendar(text, &[event()], Timestamp::of_local(event().held.date, 0));
        assert!(file.contains("DTSTART:20260901T040000Z\r\nDTEND:20260901T060000Z\r\n"));
        assert!(file.contains("DTSTAMP:20260831T190000Z\r\n"));
        assert!(file.contains("SUMMARY:TUMO\\; Астана\r\nLOCATION:Қабанбай батыр\\, 1\r\n"));
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_moved_session_keeps_its_uid_and_raises_its_sequence() {
        let text = CalendarText { uid: "abc", summary: "", location: "" };
        let held = Session { start: 15 * 60, end: 17 * 60, ..event().held };
        let file = calendar(text, &[Event { held, sequence: 2, ..event() }], Timestamp(0));
        assert!(file.contains("UID:abc-20260901T040000Z@tumo\r\n") && file.contains("DTSTART:20260901T100000Z\r\n"));
        assert!(file.contains("SEQUENCE:2\r\nSTATUS:CONFIRMED\r\n"));
        let file = calendar(text, &[Event { cancelled: true, sequence: 3, ..event() }], Timestamp(0));
        assert!(file.contains("SEQUENCE:3\r\nSTATUS:CANCELLED\r\n"));
    }

    /// Tuesdays at nine from 1 September; other slots once planned the 10th, the 15th was closed from the beginning, the 22nd
    /// is closed by now, the 29th is open again.
    #[test]
    fn whatever_a_calendar_may_already_have_is_told_and_nothing_else() {
        let slots = vec![Slot { weekday: 2, start: 9 * 60, end: 11 * 60 }];
        let dropped = SessionChange {
            date: day("2026-09-10"),
            start: 9 * 60,
            state: ChangeState::Kept,
            held: Session { date: day("2026-09-10"), start: 9 * 60, end: 11 * 60 },
            sequence: 1,
            dropped: true,
            reason: None,
        };
        let plan = Plan { slots, from: day("2026-09-01"), until: day("2026-09-30"), changes: vec![dropped] };
        let days = [("2026-09-15", true, 0), ("2026-09-22", true, 1), ("2026-09-29", false, 2)];
        let days = days.map(|(date, closed, changes)| DecidedDay { date: day(date), closed, changes });
        let told: Vec<_> =
            events(&plan, &days).iter().map(|event| (event.held.date.day(), event.sequence, event.cancelled)).collect();
        assert_eq!(told, [(1, 0, false), (8, 0, false), (22, 1, true), (29, 2, false), (10, 1, true)]);
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_75_octets_and_unfolding_gives_the_text_back(summary in "[a-zА-Яәғқ ,;]{0,200}") {
            let file = calendar(CalendarText { uid: "u", summary: &summary, location: "" }, &[event()], Timestamp(0));
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            let unfolded = file.replace("\r\n ", "");
            let line = format!("SUMMARY:{}\r\n", escaped(&summary));
            prop_assert!(unfolded.contains(&line));
        }
    }
}
