//! The real texts and a small catalogue, for the tests of this crate.

use crate::text::{load, load_apart, speak as say};
use domain::catalogue::{Catalogue, Centre, Cohort, ConsentText, Intake, Odds, Track};
use domain::date::{Date, Timestamp};
use domain::language::{Language, Localized};
use domain::registration::{MyApplication, MyRegistration, MyStudent, RegistrationState};
use domain::schedule::Slot;
use std::path::Path;

/// Speaks `language`, with the texts of its files.
pub(crate) fn speak(language: Language) {
    let of = |folder: &str| {
        let all = texts::load(Path::new(folder)).expect("the build script has read it");
        let own = all.into_iter().find(|(name, _)| *name == language.as_str());
        own.map(|(_, texts)| texts.into_values().collect()).unwrap_or_default()
    };
    assert!(load(language, of("text")) && load_apart(language, of("text/apart")));
    say(language);
}

/// Two centres, two tracks, one cohort with music in Astana, ages 12 to 18.
pub(crate) fn catalogue() -> Catalogue {
    let text = |text: &str| Localized { kk: text.into(), ru: text.into(), en: text.into() };
    let day = |text: &str| Date::parse(text).expect("a day");
    let centre = |id: &str| Centre { id: id.into(), name: text(id), city: text(id), address: text(id), provisional: true };
    Catalogue {
        intake: Intake {
            id: "2026".into(),
            name: text("2026"),
            opens_at: Timestamp::of_local(day("2026-08-01"), 600),
            closes_at: Timestamp::of_local(day("2026-09-30"), 600),
            min_age: 12,
            max_age: 18,
            first_session_on: day("2026-09-01"),
            last_session_on: day("2027-05-25"),
            seat_target: 10_000,
            offer_hours: 48,
            return_place: 10,
            overtakes_max: 5,
        },
        centres: ["astana", "almaty"].map(centre).to_vec(),
        tracks: ["music", "robotics"].map(|id| Track { id: id.into(), name: text(id), summary: text(id) }).to_vec(),
        cohorts: vec![Cohort {
            id: "astana-1".into(),
            centre: "astana".into(),
            slots: [2, 4].map(|weekday| Slot { weekday, start: 540, end: 660 }).to_vec(),
            tracks: vec!["music".into()],
            closed: false,
            first_session: None,
        }],
        consent: ConsentText { version: "1".into(), body: text("consent"), purposes: Vec::new() },
    }
}

/// A registration in that cohort, for which nobody else has waited.
pub(crate) fn registration(id: &str, state: RegistrationState) -> MyRegistration {
    let catalogue = catalogue();
    MyRegistration {
        id: id.into(),
        state,
        position: None,
        waiting: 40,
        odds: Odds { waited: 0, seated: 0 },
        held_until: None,
        returned: false,
        moved: false,
        declined: false,
        decided_at: Timestamp(0),
        changed_at: Timestamp(0),
        centre: catalogue.centres[0].clone(),
        cohort: catalogue.cohorts[0].clone(),
        tracks: Vec::new(),
        receipt: String::new(),
    }
}

/// An application with these students, each with one registration: `r1`, `r2` and so on.
pub(crate) fn mine(students: &[(&str, RegistrationState)]) -> MyApplication {
    let students = students.iter().enumerate().map(|(place, (name, state))| MyStudent {
        id: format!("s{}", place + 1),
        given_name: (*name).into(),
        registrations: vec![registration(&format!("r{}", place + 1), *state)],
    });
    MyApplication {
        reference: "TM-4F7K-92QX".into(),
        decided_at: Timestamp(0),
        at: Timestamp(0),
        intake: catalogue().intake,
        together: false,
        take_at_once: false,
        letters: false,
        students: students.collect(),
    }
}
