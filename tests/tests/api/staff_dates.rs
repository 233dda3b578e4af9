//! Sessions and closed days: what coordinators change, and what the family's calendar file says of it.

use std::sync::Arc;

use domain::catalogue::Cohort;
use domain::date::Date;
use domain::error::{ErrorCode, FaultCode};
use domain::language::Localized;
use domain::schedule::Slot;
use domain::staff::access::Role;
use domain::staff::attendance::{
    MarkStatus, SessionCohort, SessionForm, SessionKey, SessionState, StaffSession, StaffSessions,
};
use domain::staff::cohort::{ClosedDayForm, CohortForm, CohortMade, StaffClosedDay};
use domain::staff::{Acted, ReasonForm};
use tumo_tests::api::{Answer, OneStudent};
use tumo_tests::roll_call::mark;
use tumo_tests::staff::Staff;
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    sessions_are_listed_by_span_and_within_reach,
    a_session_brings_along_what_its_cohort_is_called,
    a_moved_and_a_cancelled_session_are_told_to_the_familys_calendar,
    a_session_moves_only_where_the_cohort_can_meet,
    a_session_with_marks_is_not_called_off,
    sessions_are_changed_with_the_right_and_a_reason,
    a_closed_day_calls_off_sessions_and_gives_them_back,
    closed_days_are_for_who_reaches_their_centres,
];

/// The sessions of a cohort of the tests that take place, in order of time. They meet on Sundays from eight to ten and from ten to
/// twelve. Sundays of the first half of the intake are for tests of single sessions, those of the second half for closed days.
async fn sundays(world: &World, cohort: &str) -> Vec<SessionKey> {
    let intake = &world.catalogue.intake;
    let staff = world.staff(Role::Viewer, None).await;
    let path = format!("/api/staff/sessions?from={}&to={}&cohort={cohort}", intake.first_session_on, intake.last_session_on);
    let all: StaffSessions = staff.get(&path).send().await.json();
    all.sessions.into_iter().filter(|session| session.state == SessionState::Planned).map(|session| session.key).collect()
}

/// The first session of the Sunday of this number, counted from 0.
async fn sunday(world: &World, cohort: &str, number: usize) -> SessionKey {
    sundays(world, cohort).await.swap_remove(2 * number)
}

/// The first session of the Sunday of this number from the end, counted from 0.
async fn sunday_from_the_end(world: &World, cohort: &str, number: usize) -> SessionKey {
    sundays(world, cohort).await.into_iter().rev().nth(2 * number + 1).expect("as many Sundays")
}

/// The first day after this one on which no centre is closed.
async fn open_day_after(staff: &Staff, date: Date) -> Date {
    let closed: Vec<StaffClosedDay> = staff.get("/api/staff/closed-days").send().await.json();
    let open = |day: &Date| closed.iter().all(|closed| closed.date != *day);
    (1..).map(|days| date.plus_days(days)).find(open).expect("an open day")
}

fn at(date: Date, start: u16) -> SessionForm {
    SessionForm { date, start, end: start + 120, cancelled: false, reason: "a power cut".into() }
}

fn off(key: &SessionKey) -> SessionForm {
    SessionForm { cancelled: true, ..at(key.date, key.start) }
}

async fn change(staff: &Staff, key: &SessionKey, form: &SessionForm) -> Answer {
    let path = format!("/api/staff/sessions/{}/{}/{}", key.cohort, key.date, key.start);
    staff.put(&path).json(form).send().await
}

async fn of_day(staff: &Staff, key: &SessionKey, date: Date) -> Vec<StaffSession> {
    let path = format!("/api/staff/sessions?from={date}&to={date}&cohort={}", key.cohort);
    staff.get(&path).send().await.json::<StaffSessions>().sessions
}

async fn undo(staff: &Staff, acted: Acted) -> Answer {
    let form = ReasonForm { reason: "a slip".into() };
    staff.post(&format!("/api/staff/journal/{}/undo", acted.entry)).json(&form).send().await
}

async fn sessions_are_listed_by_span_and_within_reach(world: Arc<World>) {
    let staff = world.staff(Role::Viewer, Some("astana")).await;
    let first = world.catalogue.intake.first_session_on;
    let get = async |query: String| staff.get(&format!("/api/staff/sessions?{query}")).send().await;
    let week: StaffSessions = get(format!("from={first}&to={}", first.plus_days(6))).await.json();
    // Cohorts of the demo: what meets besides is made and changed by other tests.
    let of_demo = |id: &str| id.starts_with("astana-");
    let cohorts = world.catalogue.cohorts.iter().filter(|cohort| of_demo(&cohort.id));
    let expected: usize = cohorts.clone().map(|cohort| cohort.slots.len()).sum();
    assert_eq!(week.sessions.iter().filter(|session| of_demo(&session.key.cohort)).count(), expected);
    assert!(week.sessions.is_sorted_by_key(|session| (session.date, session.start)));
    assert!(week.sessions.iter().all(|session| !session.key.cohort.starts_with("almaty-")));
    let one: &Cohort = cohorts.clone().next().expect("a cohort");
    let own: StaffSessions = get(format!("from={first}&to={}&cohort={}", first.plus_days(6), one.id)).await.json();
    assert_eq!(own.sessions.len(), one.slots.len());
    assert!(own.sessions.iter().all(|session| session.key.cohort == one.id));

    get(format!("from={first}&to={first}&centre=almaty")).await.assert_refused(404, ErrorCode::Unknown);
    let fault = |field, code| [(field, code)];
    get(format!("from=x&to={first}")).await.assert_faults(400, ErrorCode::BadQuery, &fault("from", FaultCode::NotADate));
    for (from, to) in [(first.plus_days(1), first), (first, first.plus_days(45))] {
        let answer = get(format!("from={from}&to={to}")).await;
        answer.assert_faults(400, ErrorCode::BadQuery, &fault("to", FaultCode::OutOfRange));
    }
    let elsewhere: StaffSessions = get(format!("from={first}&to={first}&cohort=almaty-sat-mon")).await.json();
    assert_eq!(elsewhere.sessions, []);
}

async fn a_session_brings_along_what_its_cohort_is_called(world: Arc<World>) {
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let form = CohortForm {
        centre: "astana".into(),
        label: "Жетісу".into(),
        slots: vec![Slot { weekday: 6, start: 900, end: 1020 }],
        tracks: vec!["music".into()],
        seats: 3,
        trainers: vec![],
    };
    let made: CohortMade = staff.post("/api/staff/cohorts").json(&form).send().await.json();
    let CohortForm { centre, label, slots, tracks, .. } = form;
    let cohort = SessionCohort { id: made.id.clone(), centre, label: Some(label), slots, tracks };
    let called = staff.calls(&world.begins(&made.id).await).await;
    assert_eq!((&called.cohort, called.students.len()), (&cohort, 0));

    let (from, to) = (world.catalogue.intake.first_session_on, world.catalogue.intake.last_session_on);
    let listed = async |from: Date, to: Date| {
        let path = format!("/api/staff/sessions?from={from}&to={to}&cohort={}", made.id);
        staff.get(&path).send().await.json::<StaffSessions>()
    };
    assert_eq!(listed(from, to).await.cohorts, [cohort]);
    let monday = (0..7).map(|days| from.plus_days(days)).find(|day| day.weekday() == 1).expect("a Monday");
    let none = listed(monday, monday).await;
    assert_eq!((none.sessions, none.cohorts), (vec![], vec![]), "a cohort without a session on these days isn't named");
}

/// DTSTART, SEQUENCE and STATUS of the event whose UID ends with the planned start.
async fn event(world: &World, token: &str, key: &SessionKey) -> (String, String, String) {
    let file = world.api.get("/api/my/calendar.ics").token(token).send().await.body.replace("\r\n ", "");
    let uid = format!("-{}@tumo", utc(key.date, key.start));
    let event = file.split("BEGIN:VEVENT").find(|event| event.contains(&uid)).unwrap_or_else(|| panic!("no {uid} in {file}"));
    let value = |name: &str| {
        let line = event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.unwrap_or_else(|| panic!("no {name} in {event}")).to_owned()
    };
    (value("DTSTART"), value("SEQUENCE"), value("STATUS"))
}

/// The hours of the cities are five ahead.
fn utc(date: Date, minute: u16) -> String {
    let earlier = minute - 300;
    format!("{}T{:02}{:02}00Z", date.to_string().replace('-', ""), earlier / 60, earlier % 60)
}

async fn a_moved_and_a_cancelled_session_are_told_to_the_familys_calendar(world: Arc<World>) {
    let cohort = world.own_cohort();
    let token = world.applied(&world.form_for(&cohort)).await.token;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let (moved, cancelled) = (sunday(&world, &cohort, 2).await, sunday(&world, &cohort, 3).await);
    let told = |date, start, sequence: &str, status: &str| (utc(date, start), sequence.to_owned(), status.to_owned());
    assert_eq!(event(&world, &token, &moved).await, told(moved.date, moved.start, "0", "CONFIRMED"));

    let another = open_day_after(&staff, moved.date).await;
    let acted: Acted = change(&staff, &moved, &at(another, 900)).await.json();
    assert_eq!(event(&world, &token, &moved).await, told(another, 900, "1", "CONFIRMED"));
    let there = of_day(&staff, &moved, another).await;
    assert_eq!((&there[0].key, there[0].state, there[0].reason.as_deref()), (&moved, SessionState::Moved, Some("a power cut")));
    change(&staff, &cancelled, &off(&cancelled)).await.json::<Acted>();
    assert_eq!(event(&world, &token, &cancelled).await, told(cancelled.date, cancelled.start, "1", "CANCELLED"));

    change(&staff, &cancelled, &at(cancelled.date, cancelled.start)).await.json::<Acted>();
    assert_eq!(event(&world, &token, &cancelled).await, told(cancelled.date, cancelled.start, "2", "CONFIRMED"));
    undo(&staff, acted).await.json::<Acted>();
    assert_eq!(event(&world, &token, &moved).await, told(moved.date, moved.start, "2", "CONFIRMED"));
    assert_eq!(of_day(&staff, &moved, another).await, []);
}

async fn a_session_moves_only_where_the_cohort_can_meet(world: Arc<World>) {
    let cohort = world.own_cohort();
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let key = sunday(&world, &cohort, 4).await;
    let refused = async |form: SessionForm, field, code| {
        change(&staff, &key, &form).await.assert_faults(400, ErrorCode::InvalidForm, &[(field, code)]);
    };
    refused(at(key.date, 540), "start", FaultCode::Clash).await;
    refused(at(key.date, 1300), "start", FaultCode::OutOfRange).await;
    refused(at(world.catalogue.intake.last_session_on.plus_days(1), 600), "date", FaultCode::OutOfRange).await;
    let closed = world.catalogue.intake.first_session_on.plus_days(7);
    refused(at(closed, 600), "date", FaultCode::ClosedDay).await;
    change(&staff, &key, &at(key.date, key.start)).await.assert_refused(409, ErrorCode::WrongState);
    let none = SessionKey { date: key.date.plus_days(1), ..key.clone() };
    change(&staff, &none, &at(key.date.plus_days(2), 600)).await.assert_refused(404, ErrorCode::Unknown);
}

async fn a_session_with_marks_is_not_called_off(world: Arc<World>) {
    let cohort = world.own_cohort();
    let family = world.seated(&cohort).await;
    let key = world.begins(&cohort).await;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    let marks = [mark(&key, &family.one().registration, MarkStatus::Present)];
    assert_eq!(trainer.sends(&marks).await.kept.len(), 1);
    change(&staff, &key, &off(&key)).await.assert_refused(409, ErrorCode::WrongState);
}

async fn sessions_are_changed_with_the_right_and_a_reason(world: Arc<World>) {
    let key = sunday(&world, &world.own_cohort(), 5).await;
    let trainer = world.staff(Role::Trainer, Some("astana")).await;
    change(&trainer, &key, &off(&key)).await.assert_refused(403, ErrorCode::NotAllowed);
    let elsewhere = world.staff(Role::Coordinator, Some("almaty")).await;
    change(&elsewhere, &key, &off(&key)).await.assert_refused(404, ErrorCode::Unknown);
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let no_reason = SessionForm { reason: " ".into(), ..off(&key) };
    let answer = change(&staff, &key, &no_reason).await;
    answer.assert_faults(400, ErrorCode::InvalidForm, &[("reason", FaultCode::Required)]);
    assert_eq!(of_day(&staff, &key, key.date).await[0].state, SessionState::Planned);
}

fn reason() -> Localized {
    Localized { kk: "Жөндеу".into(), ru: "Ремонт".into(), en: "Repairs".into() }
}

async fn a_closed_day_calls_off_sessions_and_gives_them_back(world: Arc<World>) {
    let cohort = world.own_cohort();
    let token = world.applied(&world.form_for(&cohort)).await.token;
    let staff = world.staff(Role::Coordinator, Some("astana")).await;
    let key = sunday_from_the_end(&world, &cohort, 1).await;
    let form = ClosedDayForm { date: key.date, centre: Some("astana".into()), reason: reason() };
    let add = async |form: &ClosedDayForm| staff.post("/api/staff/closed-days").json(form).send().await;
    let untold = ClosedDayForm { reason: Localized { ru: String::new(), ..reason() }, ..form.clone() };
    add(&untold).await.assert_faults(400, ErrorCode::InvalidForm, &[("reason.ru", FaultCode::Required)]);
    add(&form).await.json::<Acted>();
    add(&form).await.assert_faults(400, ErrorCode::InvalidForm, &[("date", FaultCode::Taken)]);
    assert!(of_day(&staff, &key, key.date).await.iter().all(|session| session.state == SessionState::Closed));
    let told = event(&world, &token, &key).await;
    assert_eq!((told.1.as_str(), told.2.as_str()), ("1", "CANCELLED"));
    let days: Vec<StaffClosedDay> = staff.get("/api/staff/closed-days").send().await.json();
    let day = days.iter().find(|day| day.date == key.date).expect("the day");
    assert!(day.sessions >= 2, "its own two sessions: {}", day.sessions);
    assert!(days.iter().all(|day| day.centre.as_deref() != Some("almaty")));

    let removed: Acted =
        staff.request(reqwest::Method::DELETE, &format!("/api/staff/closed-days/{}", day.id)).send().await.json();
    let told = event(&world, &token, &key).await;
    assert_eq!((told.1.as_str(), told.2.as_str()), ("2", "CONFIRMED"));
    undo(&staff, removed).await.json::<Acted>();
    assert_eq!(event(&world, &token, &key).await.2, "CANCELLED");
}

async fn closed_days_are_for_who_reaches_their_centres(world: Arc<World>) {
    let date = sunday_from_the_end(&world, &world.own_cohort(), 0).await.date;
    let (coordinator, administrator) =
        (world.staff(Role::Coordinator, Some("astana")).await, world.staff(Role::Administrator, None).await);
    let form = |centre: Option<&str>| ClosedDayForm { date, centre: centre.map(str::to_owned), reason: reason() };
    let add = async |staff: &Staff, centre: Option<&str>| staff.post("/api/staff/closed-days").json(&form(centre)).send().await;
    add(&coordinator, None).await.assert_refused(403, ErrorCode::NotAllowed);
    add(&coordinator, Some("almaty")).await.assert_refused(404, ErrorCode::Unknown);
    let acted: Acted = add(&administrator, None).await.json();
    let days: Vec<StaffClosedDay> = coordinator.get("/api/staff/closed-days").send().await.json();
    let day = days.iter().find(|day| day.date == date).expect("a day of every centre");
    let remove = coordinator.request(reqwest::Method::DELETE, &format!("/api/staff/closed-days/{}", day.id));
    remove.send().await.assert_refused(403, ErrorCode::NotAllowed);
    undo(&coordinator, acted).await.assert_refused(409, ErrorCode::NotUndoable);
    undo(&administrator, acted).await.json::<Acted>();
}
