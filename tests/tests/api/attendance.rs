//! Roll calls: who is called, what becomes of marks, and of those that phones send late, twice or against each other.

use std::sync::Arc;

use domain::error::{ErrorCode, FaultCode};
use domain::staff::access::Role;
use domain::staff::attendance::{MARKS_MAX, Mark, MarkStatus, MarksForm, RollCall, RollCallStudent, in_conflict, standing};
use domain::staff::cohort::MarkCounts;
use domain::staff::{Acted, ReasonForm};
use serde_json::json;
use tumo_tests::api::OneStudent;
use tumo_tests::roll_call::{mark, path};
use tumo_tests::tests;
use tumo_tests::world::World;

tests![
    a_roll_call_names_the_students_and_their_marks,
    a_trainer_reaches_the_cohorts_of_their_own_centre,
    a_session_that_is_none_has_no_roll_call,
    marks_sent_twice_are_one_and_leave_one_entry,
    each_mark_is_refused_by_itself,
    two_phones_that_disagree_are_a_conflict_until_somebody_decides,
    a_mark_is_not_dated_into_the_future,
    nobody_sends_the_marks_of_somebody_else,
    no_more_marks_at_once_than_a_request_takes,
    a_coordinator_takes_marks_back_once,
];

/// Of the demo, with seats for everybody; each test has sessions of its own.
const COHORT: &str = "almaty-wed-fri-1630";

fn of<'a>(roll_call: &'a RollCall, registration: &str) -> &'a RollCallStudent {
    roll_call.students.iter().find(|student| student.registration == registration).expect("a student")
}

async fn a_roll_call_names_the_students_and_their_marks(world: Arc<World>) {
    let form = world.form_for("almaty-mon-thu-1630");
    let told = world.applied(&form).await;
    let session = world.begins("almaty-mon-thu-1630").await;
    let trainer = world.staff(Role::Trainer, Some("almaty")).await;
    let called = trainer.calls(&session).await;
    let student = of(&called, &told.one().registration);
    assert_eq!((&student.surname, &student.given_name), (&form.student.surname, &form.student.given_name));
    assert_eq!((&student.reference, &student.tracks, student.marks.len()), (&told.reference, &form.tracks, 0));
    let entry = "SELECT entry FROM journal WHERE registration_id = ?1";
    let entry = world.database.row(entry, [&student.registration])["entry"].as_u64();
    assert_eq!(Some(student.entry), entry, "the entry that the receipt names");
    assert_eq!((called.session.students, called.session.marks), (1, MarkCounts::default()));

    let marks = [mark(&session, &student.registration, MarkStatus::Late)];
    assert_eq!(trainer.sends(&marks).await.kept, [marks[0].id.clone()]);
    let called = trainer.calls(&session).await;
    let kept = &of(&called, &told.one().registration).marks[0];
    assert_eq!((&kept.id, kept.status, kept.minutes), (&marks[0].id, MarkStatus::Late, Some(5)));
    let name = "SELECT name FROM staff_members WHERE id = ?1";
    assert_eq!(json!(kept.marked_by), world.database.row(name, [&trainer.id])["name"]);
    assert_eq!(called.session.marks, MarkCounts { late: 1, ..MarkCounts::default() });
}

async fn a_trainer_reaches_the_cohorts_of_their_own_centre(world: Arc<World>) {
    let told = world.seated(COHORT).await;
    let session = world.begins("astana-wed-fri-1630").await;
    let (own, other) = (world.staff(Role::Trainer, Some("astana")).await, world.staff(Role::Trainer, Some("almaty")).await);
    own.get(&path(&session)).send().await.json::<RollCall>();
    other.get(&path(&session)).send().await.assert_refused(404, ErrorCode::Unknown);
    let answer = other.sends(&[mark(&session, &told.one().registration, MarkStatus::Present)]).await;
    assert_eq!((answer.kept.len(), answer.refused[0].code), (0, FaultCode::UnknownCohort));
    let everywhere = world.staff(Role::Administrator, None).await;
    everywhere.get(&path(&session)).send().await.json::<RollCall>();
}

async fn a_session_that_is_none_has_no_roll_call(world: Arc<World>) {
    let administrator = world.staff(Role::Administrator, None).await;
    for session in [
        format!("{COHORT}/2020-01-01/540"),
        format!("{COHORT}/2020-13-01/540"),
        format!("{COHORT}/today/540"),
        format!("{COHORT}/2026-11-24/nine"),
        format!("{COHORT}/2026-11-24/99999"),
        "nothing/2026-11-24/540".to_owned(),
    ] {
        let answer = administrator.get(&format!("/api/staff/sessions/{session}")).send().await;
        answer.assert_refused(404, ErrorCode::Unknown);
    }
}

async fn marks_sent_twice_are_one_and_leave_one_entry(world: Arc<World>) {
    let (one, other) = (world.seated(COHORT).await, world.seated(COHORT).await);
    let session = world.begins("almaty-wed-fri-1630").await;
    let trainer = world.staff(Role::Trainer, Some("almaty")).await;
    let marks = [
        mark(&session, &one.one().registration, MarkStatus::Present),
        mark(&session, &other.one().registration, MarkStatus::Excused),
    ];
    for _ in 0..2 {
        let answer = trainer.sends(&marks).await;
        assert_eq!((answer.kept.len(), answer.refused.len()), (2, 0));
    }
    let entries = world
        .database
        .rows("SELECT act, cohort_id, subject, details, reason, registration_id FROM journal WHERE author = ?1", [&trainer.id]);
    let details = json!({ "present": 1, "late": 0, "excused": 1, "absent": 0, "cleared": 0 }).to_string();
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(
        (&entries[0]["act"], &entries[0]["subject"], &entries[0]["cohort_id"]),
        (&json!("marked"), &json!(session.subject()), &json!(COHORT))
    );
    let told: serde_json::Value = serde_json::from_str(entries[0]["details"].as_str().expect("details")).expect("JSON");
    assert_eq!(told, serde_json::from_str::<serde_json::Value>(&details).expect("JSON"), "numbers, and nobody's name");
    // The same name for something else.
    let changed = Mark { status: MarkStatus::Absent, ..marks[0].clone() };
    let answer = trainer.sends(&[changed]).await;
    assert_eq!((answer.kept.len(), answer.refused[0].code), (0, FaultCode::Taken));
    assert_eq!(trainer.calls(&session).await.session.marks, MarkCounts { present: 1, excused: 1, ..MarkCounts::default() });
}

async fn each_mark_is_refused_by_itself(world: Arc<World>) {
    let cohort = "almaty-tue-fri-1630";
    let told = world.seated(cohort).await;
    let stranger = world.seated(COHORT).await;
    let session = world.begins(cohort).await;
    let later = world.session_at(cohort, session.date.plus_days(2), 600).await;
    let trainer = world.staff(Role::Trainer, Some("almaty")).await;
    let (student, present) = (&told.one().registration, MarkStatus::Present);
    let none = domain::staff::attendance::SessionKey { start: session.start + 1, ..session.clone() };
    let marks = [
        mark(&session, student, present),
        Mark { minutes: Some(5), ..mark(&session, student, present) },
        Mark { reason: " ".into(), ..mark(&session, student, MarkStatus::Excused) },
        Mark { id: "short".into(), ..mark(&session, student, present) },
        mark(&later, student, present),
        mark(&none, student, present),
        mark(&session, &stranger.one().registration, present),
    ];
    let answer = trainer.sends(&marks).await;
    assert_eq!(answer.kept, [marks[0].id.clone()]);
    let refused: Vec<(&str, FaultCode)> = answer.refused.iter().map(|one| (one.id.as_str(), one.code)).collect();
    use FaultCode::{InTheFuture, NotADate, OutOfRange, Required, UnknownChoice, WrongType};
    let codes = [OutOfRange, Required, WrongType, InTheFuture, NotADate, UnknownChoice];
    let expected: Vec<(&str, FaultCode)> = marks[1..].iter().map(|mark| mark.id.as_str()).zip(codes).collect();
    assert_eq!(refused, expected);
}

async fn two_phones_that_disagree_are_a_conflict_until_somebody_decides(world: Arc<World>) {
    let cohort = "almaty-tue-thu-1430";
    let told = world.seated(cohort).await;
    let (session, student) = (world.begins(cohort).await, &told.one().registration);
    let (one, other) = (world.staff(Role::Trainer, Some("almaty")).await, world.staff(Role::Trainer, Some("almaty")).await);
    let present = mark(&session, student, MarkStatus::Present);
    let absent = mark(&session, student, MarkStatus::Absent);
    // The later one comes first.
    other.sends(std::slice::from_ref(&absent)).await;
    one.sends(std::slice::from_ref(&present)).await;
    let called = one.calls(&session).await;
    let marks = &of(&called, student).marks;
    assert_eq!((marks.len(), called.session.conflicts, in_conflict(marks)), (2, 1, true));
    assert_eq!(standing(marks).map(|mark| &mark.id), Some(&absent.id), "the later one counts");
    assert_eq!(called.session.marks, MarkCounts { absent: 1, ..MarkCounts::default() });

    let decides =
        |instead_of: &Mark| Mark { instead_of: Some(instead_of.id.clone()), ..mark(&session, student, MarkStatus::Late) };
    one.sends(&[decides(&present), decides(&absent)]).await;
    let called = one.calls(&session).await;
    assert_eq!((of(&called, student).marks.len(), called.session.conflicts), (4, 0), "every mark is kept");
    assert_eq!(called.session.marks, MarkCounts { late: 1, ..MarkCounts::default() });
}

async fn a_mark_is_not_dated_into_the_future(world: Arc<World>) {
    let cohort = "almaty-mon-wed-1630";
    let told = world.seated(cohort).await;
    let (session, student) = (world.begins(cohort).await, &told.one().registration);
    let trainer = world.staff(Role::Trainer, Some("almaty")).await;
    let mut tomorrow = mark(&session, student, MarkStatus::Present);
    tomorrow.marked_at.0 += 24 * 3_600_000;
    trainer.sends(&[tomorrow]).await;
    let called = trainer.calls(&session).await;
    assert!(of(&called, student).marks[0].marked_at <= called.at, "{called:?}");
}

async fn nobody_sends_the_marks_of_somebody_else(world: Arc<World>) {
    let cohort = "almaty-mon-wed-0900";
    let told = world.seated(cohort).await;
    let (session, student) = (world.begins(cohort).await, &told.one().registration);
    let (maker, signed_in) =
        (world.staff(Role::Trainer, Some("almaty")).await, world.staff(Role::Trainer, Some("almaty")).await);
    let form = MarksForm { member: maker.id.clone(), marks: vec![mark(&session, student, MarkStatus::Present)] };
    let request = signed_in.post("/api/staff/marks").json(&form);
    world.refused(request).await.assert_refused(401, ErrorCode::NotSignedIn);
    assert_eq!(maker.sends(&form.marks).await.kept.len(), 1);
}

async fn no_more_marks_at_once_than_a_request_takes(world: Arc<World>) {
    let (session, trainer) = (world.begins("almaty-mon-wed-1100").await, world.staff(Role::Trainer, Some("almaty")).await);
    let marks: Vec<Mark> = (0..=MARKS_MAX).map(|_| mark(&session, "nobody", MarkStatus::Excused)).collect();
    let request = trainer.post("/api/staff/marks").json(&MarksForm { member: trainer.id.clone(), marks: marks.clone() });
    request.send().await.assert_faults(400, ErrorCode::InvalidForm, &[("marks", FaultCode::OutOfRange)]);
    assert_eq!(trainer.sends(&marks[1..]).await.refused.len(), MARKS_MAX);
    trainer.post("/api/staff/marks").json(&vec!["x".repeat(600_000)]).send().await.assert_refused(413, ErrorCode::BodyTooLarge);
}

async fn a_coordinator_takes_marks_back_once(world: Arc<World>) {
    let cohort = "almaty-tue-fri-1100";
    let told = world.seated(cohort).await;
    let (session, student) = (world.begins(cohort).await, &told.one().registration);
    let trainer = world.staff(Role::Trainer, Some("almaty")).await;
    let coordinator = world.staff(Role::Coordinator, Some("almaty")).await;
    trainer.sends(&[mark(&session, student, MarkStatus::Absent)]).await;
    let entry = "SELECT max(entry) AS entry FROM journal WHERE subject = ?1";
    let entry = world.database.row(entry, [session.subject()])["entry"].as_u64().expect("an entry");
    let reason = ReasonForm { reason: "another group".into() };
    let undo = || coordinator.post(&format!("/api/staff/journal/{entry}/undo")).json(&reason);
    undo().send().await.json::<Acted>();
    let called = trainer.calls(&session).await;
    let marks = &of(&called, student).marks;
    assert_eq!((marks.len(), called.session.marks), (2, MarkCounts::default()), "not marked again, and nothing is forgotten");
    assert_eq!(marks[1].instead_of.as_ref(), Some(&marks[0].id));
    undo().send().await.assert_refused(409, ErrorCode::NotUndoable);
}
