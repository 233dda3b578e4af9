//! What an entry tells, as a sentence.

use crate::text::{Text, fill, t};
use crate::when;
use app::format::{number, time};
use domain::date::Date;
use domain::registration::RegistrationState;
use domain::staff::cohort::MarkCounts;
use domain::staff::journal::{Act, JournalEntry};

/// What was done; `names` says what tracks are called.
pub fn of(entry: &JournalEntry, names: impl Fn(&[String]) -> String) -> String {
    let position = entry.position.map(number).unwrap_or_default();
    let seats = entry.seats.map(number).unwrap_or_default();
    let before = entry.seats_before.map_or_else(|| "…".to_owned(), number);
    let tracks = |tracks: &Option<Vec<String>>| tracks.as_deref().map(&names).unwrap_or_default();
    let thing = entry.subject.as_deref().map(subject).unwrap_or_default();
    let told = fill(
        t(text(entry)),
        &[
            ("position", &position),
            ("before", &before),
            ("seats", &seats),
            ("thing", &thing),
            ("tracks", &tracks(&entry.tracks)),
            ("tracks_before", &tracks(&entry.tracks_before)),
            ("member", entry.member.as_deref().unwrap_or_default()),
        ],
    );
    match entry.marks.map(counts).filter(|counts| !counts.is_empty()) {
        Some(counts) => [&told, ": ", &counts].concat(),
        None => told,
    }
}

/// How many marks of each kind, without those of which there are none.
fn counts(marks: MarkCounts) -> String {
    let kinds = [
        (marks.present, Text::JournalPresent),
        (marks.late, Text::JournalLate),
        (marks.excused, Text::JournalExcused),
        (marks.absent, Text::JournalAbsent),
    ];
    let told = kinds.iter().filter(|(count, _)| *count > 0).map(|(count, text)| fill(t(*text), &[("n", &number(*count))]));
    told.collect::<Vec<_>>().join(", ")
}

/// The day, session or file an act is about.
fn subject(subject: &str) -> String {
    let (kind, name) = subject.split_once(':').unwrap_or(("", subject));
    match kind {
        "closed_day" => Date::parse(name).map(when::day).unwrap_or_default(),
        "session" => {
            let mut parts = name.rsplit('/');
            let minute = parts.next().and_then(|minute| minute.parse().ok());
            match (parts.next().and_then(Date::parse), minute) {
                (Some(day), Some(minute)) => [when::day(day), time(minute)].join(" "),
                _ => String::new(),
            }
        }
        "export" => match name {
            "attendance" => t(Text::JournalFileAttendance).to_owned(),
            "roster" => t(Text::JournalFileRoster).to_owned(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn text(entry: &JournalEntry) -> Text {
    let waits = entry.state == Some(RegistrationState::Waiting);
    match entry.act {
        Act::Applied if waits => Text::ActAppliedWaiting,
        Act::Applied => Text::ActApplied,
        // Staff who move a student leave this entry in the new cohort.
        Act::Joined if entry.author != "family" => Text::ActEntered,
        Act::Joined if waits => Text::ActJoinedWaiting,
        Act::Joined => Text::ActJoined,
        Act::Offered => Text::ActOffered,
        Act::Seated => Text::ActSeated,
        Act::Accepted => Text::ActAccepted,
        Act::Declined => Text::ActDeclined,
        Act::Moved => Text::ActMoved,
        Act::Withdrawn => Text::ActWithdrawn,
        Act::Returned => Text::ActReturned,
        Act::Lapsed => Text::ActLapsed,
        Act::ClockJumped => Text::ActClockJumped,
        Act::Added => Text::ActAdded,
        Act::Removed => Text::ActRemoved,
        Act::Restored => Text::ActRestored,
        Act::Transferred => Text::ActTransferred,
        Act::Reordered => Text::ActReordered,
        Act::TracksChanged => Text::ActTracksChanged,
        Act::SeatsChanged => Text::ActSeatsChanged,
        Act::CohortAdded => Text::ActCohortAdded,
        Act::CohortChanged => Text::ActCohortChanged,
        Act::CohortDropped => Text::ActCohortDropped,
        Act::CohortClosed => Text::ActCohortClosed,
        Act::CohortReopened => Text::ActCohortReopened,
        Act::SessionChanged => Text::ActSessionChanged,
        Act::ClosedDayAdded => Text::ActClosedDayAdded,
        Act::ClosedDayRemoved => Text::ActClosedDayRemoved,
        Act::Marked => Text::ActMarked,
        Act::ContactsSeen => Text::ActContactsSeen,
        Act::MessageSent => Text::ActMessageSent,
        Act::Exported => Text::ActExported,
        Act::Imported => Text::ActImported,
        Act::ExportSaved => Text::ActExportSaved,
        Act::MemberAdded => Text::ActMemberAdded,
        Act::MemberChanged => Text::ActMemberChanged,
        Act::MemberDisabled => Text::ActMemberDisabled,
        Act::MemberEnabled => Text::ActMemberEnabled,
        Act::MemberReset => Text::ActMemberReset,
        Act::PasswordChanged => Text::ActPasswordChanged,
        Act::SecondFactorSet => Text::ActSecondFactorSet,
        Act::RecoveryCodeUsed => Text::ActRecoveryCodeUsed,
        Act::SignedOutEverywhere => Text::ActSignedOutEverywhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::date::Timestamp;
    use domain::language::Language;

    fn entry(act: Act) -> JournalEntry {
        JournalEntry {
            entry: 1,
            at: Timestamp(0),
            author: "family".into(),
            act,
            subject: None,
            reference: None,
            registration: None,
            cohort: None,
            state: None,
            position: None,
            seats: None,
            seats_before: None,
            tracks: None,
            tracks_before: None,
            centre: None,
            member: None,
            marks: None,
            reason: None,
            undo_until: None,
            undone_by: None,
            undoes: None,
        }
    }

    /// The sentence, with tracks called by their identifiers.
    fn of(entry: &JournalEntry) -> String {
        super::of(entry, |tracks| tracks.join(", "))
    }

    #[test]
    fn every_act_is_a_sentence_in_every_language() {
        for language in Language::ALL {
            speak(*language);
            for act in Act::ALL {
                let told = of(&entry(*act));
                assert!(!told.is_empty() && !told.contains('{'), "{act:?}: {told}");
            }
        }
    }

    #[test]
    fn numbers_and_days_stand_in_the_sentence() {
        speak(Language::Russian);
        let seats = JournalEntry { seats: Some(210), seats_before: Some(200), ..entry(Act::SeatsChanged) };
        assert_eq!(of(&seats), "Изменено число мест: 200 → 210");
        let (before, after) = (vec!["music".into()], vec!["music".into(), "robotics".into()]);
        let other = JournalEntry { tracks: Some(after), tracks_before: Some(before), ..entry(Act::TracksChanged) };
        assert_eq!(of(&other), "Изменены направления ученика: music → music, robotics");
        let waits = JournalEntry { state: Some(RegistrationState::Waiting), position: Some(7), ..entry(Act::Applied) };
        assert_eq!(of(&waits), "Семья подала заявку и встала в очередь на 7-\u{2060}е\u{a0}место");
        let marked = JournalEntry {
            subject: Some("session:astana-mon-wed-0900/2026-11-23/540".into()),
            marks: Some(MarkCounts { present: 20, late: 2, excused: 0, absent: 3 }),
            ..entry(Act::Marked)
        };
        let told = "Отмечено посещение занятия 23.11.2026 09:00: пришли – 20, опоздали – 2, не пришли – 3";
        assert_eq!(of(&marked), told);
    }
}
