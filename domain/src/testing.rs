//! A small catalogue and a complete form for the tests of this crate.

use crate::application::{ApplicationForm, ConsentForm, DateForm, GuardianForm, StudentForm};
use crate::catalogue::{Catalogue, Centre, Cohort, ConsentText, Intake, Purpose, Track};
use crate::date::{Date, Timestamp};
use crate::language::Localized;
use crate::schedule::Slot;
use crate::staff::cohort::StaffCohort;

/// The moment at which the tests happen: noon of a day in the open time.
pub(crate) fn now() -> Timestamp {
    Timestamp::of_local(day("2026-08-20"), 12 * 60)
}

pub(crate) fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn text(text: &str) -> Localized {
    Localized { kk: text.into(), ru: text.into(), en: text.into() }
}

/// Two centres, two tracks, one cohort each, first session day 1 September 2026, ages 12 to 18.
pub(crate) fn catalogue() -> Catalogue {
    let centre = |id: &str| Centre { id: id.into(), name: text(id), city: text(id), address: text(id), provisional: true };
    let track = |id: &str| Track { id: id.into(), name: text(id), summary: text(id) };
    let cohort = |id: &str, centre: &str, tracks: &[&str]| Cohort {
        id: id.into(),
        centre: centre.into(),
        slots: [2, 4].map(|weekday| Slot { weekday, start: 540, end: 660 }).to_vec(),
        tracks: tracks.iter().map(|track| (*track).into()).collect(),
        closed: false,
        first_session: None,
    };
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
        tracks: ["music", "robotics"].map(track).to_vec(),
        cohorts: vec![cohort("astana-1", "astana", &["music", "robotics"]), cohort("almaty-lab", "almaty", &["robotics"])],
        consent: ConsentText {
            version: "1".into(),
            body: text("consent"),
            purposes: [("enrolment", true), ("photos", false)]
                .map(|(id, required)| Purpose { id: id.into(), required, text: text(id) })
                .to_vec(),
        },
    }
}

/// A cohort of the console: at Astana, without a label, nobody in it.
pub(crate) fn staff_cohort(id: &str) -> StaffCohort {
    StaffCohort {
        id: id.into(),
        centre: "astana".into(),
        slots: [2, 4].map(|weekday| Slot { weekday, start: 540, end: 660 }).to_vec(),
        tracks: vec!["music".into()],
        seats: 20,
        version: 1,
        ..StaffCohort::default()
    }
}

/// Complete and acceptable answers.
pub(crate) fn form() -> ApplicationForm {
    ApplicationForm {
        language: "kk".into(),
        filled_by: "guardian".into(),
        centre: "astana".into(),
        tracks: vec!["music".into()],
        cohort: "astana-1".into(),
        student: StudentForm {
            born_on: DateForm { day: "1".into(), month: "9".into(), year: "2011".into() },
            surname: "Қуанышева".into(),
            given_name: "Әйгерім".into(),
            ..StudentForm::default()
        },
        guardian: GuardianForm {
            surname: "Қуанышев".into(),
            given_name: "Нұрлан".into(),
            relation: "father".into(),
            phone: "8 701 123 45 67".into(),
            ..GuardianForm::default()
        },
        second_guardian: None,
        siblings: Vec::new(),
        together: false,
        take_at_once: false,
        consent: ConsentForm { version: "1".into(), purposes: vec!["enrolment".into()], student_accepts: true },
    }
}
