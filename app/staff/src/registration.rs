//! A student's registration in words: its state, its cohort, its attendance.

use crate::components::chip::{Tone, chip};
use crate::percent::percent;
use crate::session::Session;
use crate::text::{Text, fill, t};
use crate::when;
use app::el::{El, el};
use domain::registration::RegistrationState;
use domain::staff::cohort::MarkCounts;
use domain::staff::roster::RosterRow;

/// What a state is called.
pub fn state_name(state: RegistrationState) -> &'static str {
    t(match state {
        RegistrationState::Enrolled => Text::StateEnrolled,
        RegistrationState::Offered => Text::StateOffered,
        RegistrationState::Waiting => Text::StateWaiting,
        RegistrationState::Withdrawn => Text::StateWithdrawn,
        RegistrationState::Lapsed => Text::StateLapsed,
        RegistrationState::Removed => Text::StateRemoved,
    })
}

/// The state in a word on its colour.
pub fn state_chip(state: RegistrationState) -> El {
    let tone = match state {
        RegistrationState::Enrolled => Tone::Good,
        RegistrationState::Offered => Tone::Warn,
        RegistrationState::Waiting => Tone::Calm,
        RegistrationState::Withdrawn | RegistrationState::Lapsed | RegistrationState::Removed => Tone::Bad,
    };
    chip(tone, state_name(state))
}

/// The state of a row: beside it until when a seat is held, or the place on the list.
pub fn state(row: &RosterRow) -> El {
    let place = row.position.map(|place| fill(t(Text::RosterPlaceIs), &[("n", &place.to_string())]));
    state_saying(row, place)
}

/// The same where the place is said already.
pub fn state_beside_place(row: &RosterRow) -> El {
    state_saying(row, None)
}

fn state_saying(row: &RosterRow, place: Option<String>) -> El {
    let until = row.held_until.map(|until| fill(t(Text::RosterUntil), &[("moment", &when::moment(until))]));
    let party = row.party && matches!(row.state, RegistrationState::Waiting | RegistrationState::Offered);
    let party = party.then(|| chip(Tone::Calm, t(Text::RosterParty)));
    let note = until.or(place).map(|note| el("span").class("hint").text(&note));
    el("span").class("marks").child(state_chip(row.state)).maybe(note).maybe(party)
}

/// “92% (23/25)”: how many of the marks say that somebody was there.
pub fn attendance(marks: MarkCounts) -> String {
    match marks.rate() {
        None => "–".to_owned(),
        Some(rate) => {
            let (there, all) = ((marks.present + marks.late).to_string(), marks.marked().to_string());
            fill(t(Text::RosterRate), &[("rate", &percent(rate)), ("there", &there), ("all", &all)])
        }
    }
}

impl Session {
    /// What families call a cohort, by its centre and hours: they never see its label.
    pub fn cohort_of_families(self, id: &str) -> String {
        let found = self.in_catalogue(|catalogue| {
            let cohort = catalogue.cohort(id)?;
            Some((cohort.centre.clone(), app::format::slots(&cohort.slots)))
        });
        found.map_or_else(|| id.to_owned(), |(centre, hours)| [&self.centre_name(&centre), " · ", &hours].concat())
    }

    /// Tracks by their names, in the order of choice.
    pub fn track_names(self, tracks: &[String]) -> String {
        tracks.iter().map(|track| self.track_name(track)).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::speak;
    use domain::language::Language;

    #[test]
    fn every_state_has_a_name_of_its_own() {
        for language in Language::ALL {
            speak(*language);
            let mut names: Vec<_> = RegistrationState::ALL.iter().map(|state| state_name(*state)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), RegistrationState::ALL.len(), "{names:?}");
        }
    }

    #[test]
    fn attendance_is_a_share_of_what_was_marked() {
        speak(Language::Kazakh);
        assert_eq!(attendance(MarkCounts { present: 20, late: 3, excused: 1, absent: 1 }), "92% (23/25)");
        assert_eq!(attendance(MarkCounts::default()), "–");
    }
}
