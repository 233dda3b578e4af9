//! The real texts and a small catalogue, for the tests of this crate.

use crate::text::{load, load_apart, speak as say};
use domain::catalogue::{Catalogue, Centre, Cohort, ConsentText, Intake, Track};
use domain::date::{Date, Timestamp};
use domain::language::{Language, Localized};
use domain::schedule::Slot;
use std::collections::BTreeMap;

/// Speaks `language`, with the texts of its file.
pub(crate) fn speak(language: Language) {
    let (first, apart) = match language {
        Language::Kazakh => (include_str!("../text/kk.toml"), include_str!("../text/apart/kk.toml")),
        Language::Russian => (include_str!("../text/ru.toml"), include_str!("../text/apart/ru.toml")),
        Language::English => (include_str!("../text/en.toml"), include_str!("../text/apart/en.toml")),
    };
    assert!(load(language, texts(first)) && load_apart(language, texts(apart)));
    say(language);
}

fn texts(source: &str) -> Vec<String> {
    let sections: toml::Table = source.parse().expect("the build script has read it");
    let texts: BTreeMap<String, String> = sections
        .iter()
        .flat_map(|(section, entries)| {
            entries
                .as_table()
                .into_iter()
                .flatten()
                .map(move |(key, text)| (format!("{section}.{key}"), text.as_str().unwrap_or_default().to_owned()))
        })
        .collect();
    texts.into_values().collect()
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
