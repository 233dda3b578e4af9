//! What every language says in a letter, and in which order.

use crate::store::outbox::{Due, Kind, Line};
use domain::date::{Date, Timestamp};
use domain::language::Language;
use domain::schedule::Slot;

/// What stands around every letter.
pub struct Frame {
    pub greeting: &'static str,
    /// Before the reference number.
    pub number: &'static str,
    /// Before the link.
    pub page: &'static str,
    /// After the link.
    pub secret: &'static str,
}

/// A held seat, as its letters tell of it.
pub struct Offer {
    /// Day and hour at which it ends.
    pub until: String,
    /// For how many hours it is held.
    pub hours: u32,
    /// Whether the family returns to the list if it doesn't answer, and to which place; none: it leaves.
    pub returns_to: Option<u32>,
    /// Whether there are several seats, taken or left together.
    pub together: bool,
    /// Whether accepting ends a seat elsewhere.
    pub seat_elsewhere: bool,
}

/// One language. Texts are whole sentences: nothing is put together from pieces that would have to agree in case or number.
pub trait Voice {
    fn language(&self) -> Language;
    fn frame(&self) -> Frame;
    fn subject(&self, kind: Kind) -> &'static str;
    /// Day and month.
    fn day(&self, date: Date) -> String;
    /// Day of the week from 1, in short.
    fn weekday(&self, weekday: u8) -> &'static str;
    /// One student's decision; `place` on the waiting list, none when enrolled.
    fn decided(&self, place: Option<u32>) -> String;
    /// When sessions start; none when they have started.
    fn sessions_start(&self, on: Option<Date>) -> String;
    /// Somebody applied for the same student again.
    fn link_again(&self) -> &'static str;
    /// Before the list of held seats.
    fn offered(&self, offer: &Offer, again: bool) -> String;
    /// After it: how to answer, and what happens otherwise, one paragraph each.
    fn answer(&self, offer: &Offer) -> Vec<String>;
    fn seated(&self) -> &'static str;
    /// `place` on the list now.
    fn returned(&self, place: Option<u32>) -> String;
    fn lapsed(&self) -> &'static str;
    fn removed(&self) -> &'static str;
    fn withdrawn(&self) -> &'static str;
    fn restored(&self) -> &'static str;
    /// Whether to a seat; to the list otherwise.
    fn transferred(&self, seat: bool) -> &'static str;
    fn tracks_changed(&self) -> &'static str;
    /// Before the tracks there are now.
    fn tracks_now(&self) -> &'static str;
    /// Before the cohort's families that staff wrote to.
    fn written_to(&self) -> &'static str;
    /// After a registration was given up by who has the link.
    fn not_you(&self) -> &'static str;
    /// Before the centre's reason.
    fn reason(&self) -> &'static str;
}

/// What a letter says between greeting and reference number.
pub fn said(voice: &dyn Voice, due: &Due, now: Timestamp) -> String {
    let list = || due.lines.iter().map(|line| entry(voice, due, line)).collect::<Vec<_>>().join("\n");
    let first = due.lines.first();
    let start = || {
        let on = first.map(|line| line.first_session_on).filter(|on| *on >= now.local_date());
        voice.sessions_start(on)
    };
    let decided = || {
        let decided = |line: &Line| format!("{}\n  {}", entry(voice, due, line), voice.decided(line.position));
        due.lines.iter().map(decided).collect::<Vec<_>>().join("\n")
    };
    let reason = || {
        let reason = first.and_then(|line| line.reason.as_deref());
        reason.map(|reason| format!("{}: {reason}", voice.reason()))
    };
    let paragraphs = match due.kind {
        Kind::Registered => {
            let seat = due.lines.iter().any(|line| line.position.is_none());
            std::iter::once(decided()).chain(seat.then(start)).collect()
        }
        Kind::LinkAgain => vec![voice.link_again().to_owned()],
        Kind::Offered | Kind::OfferReminder => {
            let offer = offer(voice, due);
            let mut told = vec![voice.offered(&offer, due.kind == Kind::OfferReminder), list()];
            told.extend(voice.answer(&offer));
            told
        }
        Kind::Seated => vec![voice.seated().to_owned(), list(), start()],
        // Of a party each has a place of its own.
        Kind::Returned if due.lines.len() > 1 => vec![decided(), voice.returned(None)],
        Kind::Returned => vec![list(), voice.returned(first.and_then(|line| line.position))],
        Kind::Lapsed => vec![list(), voice.lapsed().to_owned()],
        Kind::Removed => [voice.removed().to_owned(), list()].into_iter().chain(reason()).collect(),
        Kind::Restored => vec![voice.restored().to_owned(), decided()],
        Kind::Transferred => {
            let told = match first.and_then(|line| line.position) {
                None => vec![voice.transferred(true).to_owned(), list(), start()],
                Some(_) => vec![voice.transferred(false).to_owned(), decided()],
            };
            told.into_iter().chain(reason()).collect()
        }
        Kind::TracksChanged => {
            let tracks = |line: &Line| {
                let names: Vec<_> = line.tracks.iter().map(|track| track.get(voice.language())).collect();
                format!("{}\n  {}: {}", entry(voice, due, line), voice.tracks_now(), names.join(", "))
            };
            let told = due.lines.iter().map(tracks).collect::<Vec<_>>().join("\n");
            [voice.tracks_changed().to_owned(), told].into_iter().chain(reason()).collect()
        }
        Kind::Message => match &due.message {
            None => vec![],
            Some(message) => {
                let centre = message.centre.get(voice.language());
                let group = format!("{}\n– {centre}, {}", voice.written_to(), schedule(voice, &message.slots));
                vec![group, message.body.clone()]
            }
        },
        Kind::Withdrawn => vec![voice.withdrawn().to_owned(), list(), voice.not_you().to_owned()],
    };
    paragraphs.join("\n\n")
}

fn offer(voice: &dyn Voice, due: &Due) -> Offer {
    let first = due.lines.first();
    Offer {
        until: due.lines.iter().filter_map(|line| line.held_until).min().map(|end| moment(voice, end)).unwrap_or_default(),
        hours: first.map_or(0, |line| line.offer_hours),
        returns_to: first.filter(|line| line.returned == 0).map(|line| line.return_place),
        together: due.lines.len() > 1,
        seat_elsewhere: due.lines.iter().any(|line| line.seat_elsewhere == 1),
    }
}

/// Day and hour as the clocks of the cities show them. A deadline inside a minute is told as the minute's beginning: never too late.
fn moment(voice: &dyn Voice, moment: Timestamp) -> String {
    format!("{}, {}", voice.day(moment.local_date()), clock(moment.local_minute()))
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// One registration: whose, if there are several students; centre and meetings.
fn entry(voice: &dyn Voice, due: &Due, line: &Line) -> String {
    let name = if due.students > 1 { format!("{}: ", line.given_name) } else { String::new() };
    format!("– {name}{}, {}", line.centre.get(voice.language()), schedule(voice, &line.slots))
}

/// Meetings, those at the same hours together: `Дс, Ср 10:00–12:00; Сб 9:00–11:00`.
fn schedule(voice: &dyn Voice, slots: &[Slot]) -> String {
    let mut hours: Vec<(u16, u16)> = Vec::new();
    for slot in slots {
        if !hours.contains(&(slot.start, slot.end)) {
            hours.push((slot.start, slot.end));
        }
    }
    let at = |(start, end): (u16, u16)| {
        let days = slots.iter().filter(|slot| (slot.start, slot.end) == (start, end)).map(|slot| voice.weekday(slot.weekday));
        format!("{} {}–{}", days.collect::<Vec<_>>().join(", "), clock(start), clock(end))
    };
    hours.into_iter().map(at).collect::<Vec<_>>().join("; ")
}

/// The word of a list that begins with 1.
pub fn numbered(words: &'static [&'static str], number: usize) -> &'static str {
    number.checked_sub(1).and_then(|place| words.get(place)).copied().unwrap_or_default()
}
