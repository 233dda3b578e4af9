//! `GET /api/my/calendar.ics`: the sessions as a calendar file (RFC 5545).

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::catalogue::Cohort;
use domain::date::{Date, Timestamp};
use domain::error::ErrorCode;
use tumo_tests::api::Answer;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    every_session_is_an_event_and_closed_days_have_none,
    lines_end_and_fold_as_the_standard_says,
    events_say_where_in_the_language_asked_for,
    an_unknown_language_is_refused,
];

const ASTANA: &str = "astana-mon-wed-1430";
const ALMATY: &str = "almaty-mon-wed-1430";

async fn calendar(world: &World, cohort: &str, query: &str) -> Answer {
    let mut form = world.form_for(cohort);
    form.language = "ru".into();
    let token = world.applied(&form).await.token;
    let answer = world.api.get(&format!("/api/my/calendar.ics{query}")).token(&token).send().await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer
}

/// The events: for each, its lines as name and value.
fn events(file: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = file.replace("\r\n ", "");
    let mut events = Vec::new();
    for line in unfolded.split("\r\n") {
        match line.split_once(':') {
            Some(("BEGIN", "VEVENT")) => events.push(Vec::new()),
            Some((name, value)) => {
                events.last_mut().into_iter().for_each(|event| event.push((name.to_owned(), value.to_owned())))
            }
            None => assert_eq!(line, ""),
        }
    }
    events
}

fn value<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    &event.iter().find(|(other, _)| other == name).unwrap_or_else(|| panic!("no {name} in {event:?}")).1
}

/// Day by day over the intake, without the closed days: start and end as the file should have them.
fn expected(world: &World, cohort: &Cohort) -> Vec<(String, String)> {
    let closed = "SELECT day FROM closed_days WHERE centre_id IS NULL OR centre_id = ?1";
    let closed = world.database.column(closed, [&cohort.centre]);
    let intake = &world.catalogue.intake;
    let mut found = Vec::new();
    let mut date = intake.first_session_on;
    while date <= intake.last_session_on {
        let is_closed = closed.iter().any(|day| *day == date.to_string());
        for slot in cohort.slots.iter().filter(|slot| slot.weekday == date.weekday() && !is_closed) {
            found.push((utc(date, slot.start), utc(date, slot.end)));
        }
        date = date.plus_days(1);
    }
    found
}

/// The hours of the cities are five ahead, and no session starts before five in the morning.
fn utc(date: Date, minute: u16) -> String {
    let earlier = minute - 5 * 60;
    let day = date.to_string().replace('-', "");
    format!("{day}T{:02}{:02}00Z", earlier / 60, earlier % 60)
}

async fn every_session_is_an_event_and_closed_days_have_none(world: Arc<World>) {
    let first = world.catalogue.intake.first_session_on;
    let (everywhere, in_almaty) = (first.plus_days(7), first.plus_days(9));
    for (id, meets_on_the_wednesday) in [(ASTANA, true), (ALMATY, false)] {
        let before = Timestamp(world.api.get("/api/cohorts").send().await.json::<domain::catalogue::LiveSeats>().at.0);
        let answer = calendar(&world, id, "").await;
        let events = events(&answer.body);
        let cohort = world.catalogue.cohort(id).expect("a cohort");
        let times: Vec<_> =
            events.iter().map(|event| (value(event, "DTSTART").to_owned(), value(event, "DTEND").to_owned())).collect();
        assert_eq!(times, expected(&world, cohort));
        let told = cohort.first_session.map(|session| utc(session.date, session.start));
        assert_eq!(times.first().map(|(start, _)| start.clone()), told);
        let meets_on = |date: Date| times.iter().any(|(start, _)| start.starts_with(&date.to_string().replace('-', "")));
        assert!(meets_on(first) && !meets_on(everywhere));
        assert_eq!(meets_on(in_almaty), meets_on_the_wednesday);

        let names: BTreeSet<&str> = events.iter().map(|event| value(event, "UID")).collect();
        assert_eq!(names.len(), events.len(), "every event has a name of its own");
        let stamped = utc(before.local_date(), 5 * 60);
        for event in &events {
            assert_eq!((value(event, "STATUS"), value(event, "SEQUENCE")), ("CONFIRMED", "0"));
            assert!(value(event, "DTSTAMP")[..8] >= stamped[..8] || before.local_minute() < 5 * 60);
        }
    }
}

async fn lines_end_and_fold_as_the_standard_says(world: Arc<World>) {
    for language in ["kk", "ru", "en"] {
        let answer = calendar(&world, ASTANA, &format!("?lang={language}")).await;
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"tumo.ics\"");
        let file = &answer.body;
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && file.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count(), "no line ends otherwise");
        let longest = file.split("\r\n").map(str::len).max();
        assert!(longest.is_some_and(|octets| octets <= 75), "{longest:?} octets");
        assert_eq!(file.matches("BEGIN:VEVENT").count(), file.matches("END:VEVENT").count());
    }
}

async fn events_say_where_in_the_language_asked_for(world: Arc<World>) {
    let centre = world.catalogue.centre("astana").expect("a centre");
    let escaped = |text: &str| text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
    for (query, name, address) in [
        ("?lang=kk", &centre.name.kk, &centre.address.kk),
        ("?lang=en", &centre.name.en, &centre.address.en),
        // The family's own.
        ("", &centre.name.ru, &centre.address.ru),
    ] {
        let answer = calendar(&world, ASTANA, query).await;
        for event in events(&answer.body) {
            assert_eq!(
                (value(&event, "SUMMARY"), value(&event, "LOCATION")),
                (escaped(name).as_str(), escaped(address).as_str())
            );
        }
    }
}

async fn an_unknown_language_is_refused(world: Arc<World>) {
    let token = world.applied(&world.form()).await.token;
    for query in ["?lang=de", "?lang=", "?language=kk", "?lang=kk&lang=ru"] {
        let answer = world.api.get(&format!("/api/my/calendar.ics{query}")).token(&token).send().await;
        answer.assert_refused(400, ErrorCode::BadQuery);
    }
}
