//! Numbers, days and hours as people write them in each language.

use crate::text::{Text, fill, language, t};
use domain::date::{Date, Timestamp};
use domain::language::Language;
use domain::schedule::{Session, Slot};

/// A number with its thousands set apart.
pub fn number(number: u32) -> String {
    let digits = number.to_string();
    let separator = if language() == Language::English { ',' } else { '\u{a0}' };
    let mut written = String::with_capacity(digits.len() + 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

/// “1 September 2026”, in Kazakh “2026 ж. 1 қыркүйек”. No line ends between a number and what it belongs to.
pub fn date(date: Date) -> String {
    fill(t(Text::DateFull), &[("day", &date.day().to_string()), ("month", month(date)), ("year", &date.year().to_string())])
}

/// “1 September”, where the year goes without saying.
pub fn short_date(date: Date) -> String {
    fill(t(Text::DateShort), &[("day", &date.day().to_string()), ("month", month(date))])
}

/// “1 September 2026 at 10:00”.
pub fn moment(moment: Timestamp) -> String {
    fill(t(Text::DateMoment), &[("date", &date(moment.local_date())), ("time", &time(moment.local_minute()))])
}

/// “09:05”, from the minute of the day.
pub fn time(minute: u16) -> String {
    let mut written = String::with_capacity(5);
    for (part, before) in [(minute / 60, ""), (minute % 60, ":")] {
        written.push_str(before);
        if part < 10 {
            written.push('0');
        }
        written.push_str(&part.to_string());
    }
    written
}

/// “09:00–11:00”, on one line: behind a dash browsers break lines, unless a word joiner (U+2060) follows it.
pub fn hours(start: u16, end: u16) -> String {
    fill(t(Text::DateHours), &[("start", &time(start)), ("end", &time(end))])
}

/// “TM-4F7K-92QX” on one line, within a sentence: behind a hyphen browsers break lines, as behind a dash.
pub fn unbroken(reference: &str) -> String {
    reference.replace('-', "-\u{2060}")
}

/// “Tue, Thu · 09:00–11:00”; with the hours repeated where they differ. A line ends between them, and nowhere else.
pub fn slots(slots: &[Slot]) -> String {
    let mut written = String::new();
    let mut rest = slots;
    while let Some(first) = rest.first() {
        let alike = rest.iter().take_while(|slot| (slot.start, slot.end) == (first.start, first.end)).count();
        if !written.is_empty() {
            written.push_str("; ");
        }
        for (place, slot) in rest.iter().take(alike).enumerate() {
            if place > 0 {
                written.push_str(",\u{a0}");
            }
            written.push_str(weekday(Text::DateWeekdaysShort, slot.weekday));
        }
        written.push_str("\u{a0}·\u{a0}");
        written.push_str(&hours(first.start, first.end));
        rest = rest.get(alike..).unwrap_or_default();
    }
    written
}

/// “Tuesday, 1 September 2026, 09:00–11:00”.
pub fn session(session: Session) -> String {
    let mut written = String::from(weekday(Text::DateWeekdays, session.date.weekday()));
    written.push_str(", ");
    written.push_str(&date(session.date));
    written.push_str(", ");
    written.push_str(&hours(session.start, session.end));
    written
}

fn month(date: Date) -> &'static str {
    item(Text::DateMonths, date.month() as usize)
}

fn weekday(list: Text, weekday: u8) -> &'static str {
    item(list, usize::from(weekday))
}

/// The entry of a list of texts, counted from 1.
fn item(list: Text, place: usize) -> &'static str {
    t(list).split('|').nth(place.wrapping_sub(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;

    fn slot(weekday: u8, start: u16) -> Slot {
        Slot { weekday, start, end: start + 120 }
    }

    #[test]
    fn days_are_written_as_each_language_writes_them() {
        let day = Date::parse("2026-09-01").expect("a day");
        speak(Language::Kazakh);
        assert_eq!(date(day), "2026\u{a0}ж. 1\u{a0}қыркүйек");
        speak(Language::Russian);
        assert_eq!(date(day), "1\u{a0}сентября 2026\u{a0}г.");
        assert_eq!(moment(Timestamp::of_local(day, 605)), "1\u{a0}сентября 2026\u{a0}г. в\u{a0}10:05");
        speak(Language::English);
        assert_eq!(date(day), "1\u{a0}September 2026");
    }

    #[test]
    fn equal_hours_are_written_once() {
        speak(Language::Kazakh);
        assert_eq!(slots(&[slot(1, 540), slot(3, 540)]), "Дс,\u{a0}Ср\u{a0}·\u{a0}09:00–\u{2060}11:00");
        assert_eq!(
            slots(&[slot(2, 540), slot(6, 600)]),
            "Сс\u{a0}·\u{a0}09:00–\u{2060}11:00; Сб\u{a0}·\u{a0}10:00–\u{2060}12:00"
        );
        assert_eq!(slots(&[]), "");
    }

    #[test]
    fn a_session_is_written_with_its_day_of_the_week() {
        speak(Language::Russian);
        let first = Session { date: Date::parse("2026-09-01").expect("a day"), start: 540, end: 660 };
        assert_eq!(session(first), "Вторник, 1\u{a0}сентября 2026\u{a0}г., 09:00–\u{2060}11:00");
    }

    #[test]
    fn thousands_are_set_apart() {
        speak(Language::Russian);
        assert_eq!(
            [0, 999, 1000, 10_000, 1_234_567].map(number),
            ["0", "999", "1\u{a0}000", "10\u{a0}000", "1\u{a0}234\u{a0}567"]
        );
        speak(Language::English);
        assert_eq!(number(1000), "1,000");
    }

    #[test]
    fn plural_forms_are_chosen_by_the_number() {
        use crate::text::plural;
        speak(Language::Russian);
        assert_eq!(
            [1, 3, 11].map(|n| plural(Text::SeatsFree, n)),
            ["свободно 1 место", "свободно 3 места", "свободно 11 мест"]
        );
        speak(Language::Kazakh);
        assert_eq!(plural(Text::SeatsFree, 1200), "1\u{a0}200 бос орын");
    }
}
