//! `GET /api/catalogue`: everything a family chooses from, in three languages, as the tables say it.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::catalogue::{Catalogue, Cohort};
use domain::language::{Language, Localized};
use domain::schedule::DayPart;
use serde_json::{Value, json};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    no_text_is_missing_in_any_language,
    both_centres_offer_all_eleven_tracks,
    each_centre_has_twenty_five_cohorts_of_two_hundred,
    labs_are_small_and_offer_one_track,
    no_two_cohorts_of_a_centre_meet_alike,
    the_intake_reaches_ten_thousand_from_twelve_to_eighteen,
    everything_is_what_the_tables_say,
    the_published_copy_is_the_catalogue,
    the_consent_text_names_its_purposes,
];

/// The first slot from the first day on that isn't on a closed day.
const FIRST_SESSION: &str = "
    WITH RECURSIVE days (day) AS (
        SELECT first_session_on FROM intakes WHERE id = 'demo' UNION ALL SELECT date(day, '+1 day') FROM days LIMIT 60)
    SELECT day AS date, starts AS start, ends AS end
    FROM cohorts AS c CROSS JOIN days
    JOIN slots ON cohort_id = c.id AND weekday = CAST(strftime('%w', day, '-1 day') AS INTEGER) + 1
    WHERE c.id = ?1 AND NOT EXISTS (
        SELECT 1 FROM closed_days AS d WHERE d.day = days.day AND (d.centre_id IS NULL OR d.centre_id = c.centre_id))
    ORDER BY day, starts LIMIT 1";

/// The cohorts of the demo intake, without those the tests add.
fn seeded(catalogue: &Catalogue) -> impl Iterator<Item = &Cohort> {
    catalogue.cohorts.iter().filter(|cohort| !cohort.id.starts_with("test-"))
}

fn is_lab(cohort: &Cohort) -> bool {
    cohort.tracks.len() == 1
}

async fn no_text_is_missing_in_any_language(world: Arc<World>) {
    let Catalogue { intake, centres, tracks, consent, .. } = &world.catalogue;
    let mut texts: Vec<&Localized> = vec![&intake.name, &consent.body];
    texts.extend(centres.iter().flat_map(|centre| [&centre.name, &centre.city, &centre.address]));
    texts.extend(tracks.iter().flat_map(|track| [&track.name, &track.summary]));
    texts.extend(consent.purposes.iter().map(|purpose| &purpose.text));
    for text in texts {
        for language in Language::ALL {
            assert!(!text.get(*language).trim().is_empty(), "{language:?} of {text:?}");
        }
    }
}

async fn both_centres_offer_all_eleven_tracks(world: Arc<World>) {
    let Catalogue { centres, tracks, .. } = &world.catalogue;
    let ids: Vec<&str> = centres.iter().map(|centre| centre.id.as_str()).collect();
    assert_eq!(ids, ["astana", "almaty"]);
    assert!(centres.iter().all(|centre| centre.provisional), "no address is public yet, and the rows say so");
    let ids: Vec<&str> = tracks.iter().map(|track| track.id.as_str()).collect();
    let known = [
        "programming",
        "robotics",
        "generative-ai",
        "graphic-design",
        "web-design",
        "animation",
        "3d-modeling",
        "music",
        "game-development",
        "filmmaking",
        "photography",
    ];
    assert_eq!(ids, known);
    let names: BTreeSet<&str> = tracks.iter().map(|track| track.name.kk.as_str()).collect();
    assert_eq!(names.len(), 11, "no two tracks are called the same");
}

async fn each_centre_has_twenty_five_cohorts_of_two_hundred(world: Arc<World>) {
    for centre in ["astana", "almaty"] {
        let large: Vec<&Cohort> =
            seeded(&world.catalogue).filter(|cohort| cohort.centre == centre && !is_lab(cohort)).collect();
        assert_eq!(large.len(), 25, "{centre}");
        for cohort in &large {
            assert_eq!(cohort.tracks.len(), 11, "{}", cohort.id);
            assert_eq!(world.seats_of(&cohort.id).await.seats, 200, "{}", cohort.id);
        }
        for part in DayPart::ALL {
            assert!(large.iter().any(|cohort| cohort.day_part() == *part), "{centre} has a cohort in every part of the week");
        }
    }
    for cohort in seeded(&world.catalogue) {
        assert_eq!(cohort.slots.len(), 2, "{} meets twice a week", cohort.id);
        assert!(cohort.slots.iter().all(|slot| slot.end - slot.start == 120), "{} meets for two hours", cohort.id);
        assert!(cohort.slots.iter().all(|slot| (8 * 60..=21 * 60).contains(&slot.start)), "{} meets by day", cohort.id);
    }
}

async fn labs_are_small_and_offer_one_track(world: Arc<World>) {
    let labs: Vec<&Cohort> = seeded(&world.catalogue).filter(|cohort| is_lab(cohort)).collect();
    assert!(labs.len() >= 4, "{} labs", labs.len());
    for lab in labs {
        assert_eq!(world.seats_of(&lab.id).await.seats, 20, "{}", lab.id);
    }
}

async fn no_two_cohorts_of_a_centre_meet_alike(world: Arc<World>) {
    let mut schedules = BTreeSet::new();
    for cohort in seeded(&world.catalogue) {
        assert!(schedules.insert((&cohort.centre, &cohort.slots)), "{} meets as another cohort does", cohort.id);
    }
}

async fn the_intake_reaches_ten_thousand_from_twelve_to_eighteen(world: Arc<World>) {
    let intake = &world.catalogue.intake;
    assert_eq!((intake.id.as_str(), intake.min_age, intake.max_age, intake.seat_target), ("demo", 12, 18, 10_000));
    assert!(intake.opens_at < intake.closes_at && intake.first_session_on < intake.last_session_on);
    assert!(intake.closes_at.local_date() > intake.opens_at.local_date());
    let seats: i64 = seeded(&world.catalogue).map(|cohort| if is_lab(cohort) { 20 } else { 200 }).sum();
    assert!(seats >= 10_000, "{seats} seats");
}

/// Both homes are seeded alike, so what each reads from its tables is what the other reads too.
async fn everything_is_what_the_tables_say(world: Arc<World>) {
    let published = serde_json::to_value(&world.catalogue).expect("JSON");
    let tables = &world.database;
    let localized = |row: &Value, name: &str| json!({ "kk": row[format!("{name}_kk")], "ru": row[format!("{name}_ru")], "en": row[format!("{name}_en")] });

    let intake = tables.row("SELECT * FROM intakes WHERE id = 'demo'", []);
    let mut expected = json!({ "id": "demo", "name": localized(&intake, "name") });
    let columns = [
        "opens_at",
        "closes_at",
        "min_age",
        "max_age",
        "first_session_on",
        "last_session_on",
        "seat_target",
        "offer_hours",
        "return_place",
        "overtakes_max",
    ];
    for column in columns {
        expected[column] = intake[column].clone();
    }
    assert_eq!(published["intake"], expected);

    let centres = tables.rows("SELECT * FROM centres ORDER BY place", []);
    let centres = centres.iter().map(|row| {
        json!({
            "id": row["id"], "name": localized(row, "name"), "city": localized(row, "city"),
            "address": localized(row, "address"), "provisional": row["provisional"] == 1,
        })
    });
    assert_eq!(published["centres"], Value::from_iter(centres));

    let tracks = tables.rows("SELECT * FROM tracks ORDER BY place", []);
    let tracks = tracks
        .iter()
        .map(|row| json!({ "id": row["id"], "name": localized(row, "name"), "summary": localized(row, "summary") }));
    assert_eq!(published["tracks"], Value::from_iter(tracks));

    let cohorts = tables.rows("SELECT id, centre_id FROM cohorts WHERE intake_id = 'demo' ORDER BY place", []);
    let cohorts = cohorts.iter().map(|row| {
        let id = row["id"].as_str().expect("an identifier");
        let slots = "SELECT weekday, starts AS start, ends AS end FROM slots WHERE cohort_id = ?1 ORDER BY weekday, starts";
        let tracks =
            "SELECT track_id FROM cohort_tracks JOIN tracks ON tracks.id = track_id WHERE cohort_id = ?1 ORDER BY place";
        json!({
            "id": id, "centre": row["centre_id"],
            "slots": tables.rows(slots, [id]), "tracks": tables.column(tracks, [id]),
            "closed": false, "first_session": tables.row(FIRST_SESSION, [id]),
        })
    });
    assert_eq!(published["cohorts"], Value::from_iter(cohorts));
}

async fn the_published_copy_is_the_catalogue(world: Arc<World>) {
    let first = world.api.get("/api/catalogue").send().await;
    let second = world.api.get("/api/catalogue").send().await;
    assert_eq!(first.body, second.body);
    assert_eq!(first.json::<Catalogue>(), world.catalogue);
    assert_eq!(first.header("cache-control"), "public, max-age=60");
}

async fn the_consent_text_names_its_purposes(world: Arc<World>) {
    let consent = &world.catalogue.consent;
    let row = world.database.row("SELECT version, body_ru FROM consent_texts ORDER BY published_at DESC LIMIT 1", []);
    assert_eq!(row, json!({ "version": consent.version, "body_ru": consent.body.ru }));
    let purposes: Vec<_> = consent.purposes.iter().map(|purpose| (purpose.id.as_str(), purpose.required)).collect();
    assert_eq!(purposes, [("enrolment", true), ("news", false), ("photos", false)]);
}
