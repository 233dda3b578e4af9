use super::*;
use crate::platform::Platform;
use crate::platform::native::Native;
use crate::store::staff::Act;
use domain::date::Timestamp;
use domain::error::{ErrorCode, FaultCode};
use domain::schedule::Slot;
use domain::staff::attendance::{Mark, MarkStatus, MarksAnswer, RollCall, SessionState, in_conflict, standing};
use domain::staff::cohort::MarkCounts;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// Tuesdays at nine for five years, at the centre `a`; five students, of whom the last left in October 2026. And a cohort of the
/// centre `b`.
const SEED: &str = "
    INSERT INTO centres (id, place, name_kk, name_ru, name_en, city_kk, city_ru, city_en, address_kk, address_ru, address_en, provisional)
    SELECT value, key, 'c', 'c', 'c', 'c', 'c', 'c', 'c', 'c', 'c', 1 FROM json_each('[\"a\", \"b\"]');
    INSERT INTO tracks VALUES ('t', 1, 't', 't', 't', 't', 't', 't');
    INSERT INTO intakes VALUES ('i', 'i', 'i', 'i', 1, 4000000000000, 12, 18, '2026-09-01', '2031-09-01', 1, 48, 12, 10, 5);
    INSERT INTO cohorts (id, place, intake_id, centre_id, seats, label) VALUES ('c', 0, 'i', 'a', 9, 'L'), ('d', 1, 'i', 'b', 9, NULL);
    INSERT INTO cohort_tracks VALUES ('c', 't'), ('d', 't');
    INSERT INTO slots VALUES ('c', 2, 540, 660), ('d', 2, 540, 660);
    INSERT INTO closed_days (day, centre_id, reason_kk, reason_ru, reason_en) VALUES ('2026-12-01', NULL, 'r', 'r', 'r');
    INSERT INTO session_changes (cohort_id, day, starts, state, held_on, held_starts, held_ends, author, changed_at)
    VALUES ('c', '2026-11-10', 540, 'moved', '2026-11-12', 600, 720, 't', 1);
    INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password, created_at)
    VALUES ('t', 't@a.kz', 'Ағай', 'trainer', 'a', 'kk', '$argon2id$', 0, 1), ('u', 'u@a.kz', 'Апай', 'trainer', 'a', 'kk', '$argon2id$', 0, 1);
    INSERT INTO applications SELECT value, value, value, value, value, 'kk', 'guardian', 0, 1
    FROM json_each('[\"r0\", \"r1\", \"r2\", \"r3\", \"r4\", \"x\"]');
    INSERT INTO students (id, application_id, place, surname, given_name, born_on) SELECT id, id, 1, 'Ә', id, '2012-01-01' FROM applications;
    INSERT INTO student_identities SELECT 'i', id, id FROM applications;
    INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
    SELECT id, id, 'i', iif(id = 'x', 'd', 'c'), 'enrolled', 1, 1, 1, 'family', 'applied' FROM applications;
    INSERT INTO registration_tracks SELECT id, 1, cohort_id, 't' FROM registrations;
    UPDATE registrations SET state = 'withdrawn', act = 'withdrawn', changed_at = 1792000000000 WHERE id = 'r4';";

struct Stage {
    platform: Native,
    _folder: tempfile::TempDir,
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn key(date: &str) -> SessionKey {
    SessionKey { cohort: "c".into(), date: day(date), start: 540 }
}

fn noon(date: &str) -> Timestamp {
    Timestamp::of_local(day(date), 12 * 60)
}

fn own() -> Scope {
    Scope::of(Some("a"))
}

/// A name of the right form that sorts like its number.
fn name(number: usize) -> String {
    format!("{number:0>26}")
}

fn mark(number: usize, date: &str, registration: &str, status: MarkStatus, instead_of: Option<usize>) -> Mark {
    Mark {
        id: name(number),
        session: key(date),
        registration: registration.into(),
        status,
        minutes: (status == MarkStatus::Late).then_some(5),
        reason: if status == MarkStatus::Excused { "олимпиада".into() } else { String::new() },
        marked_at: Timestamp(noon(date).0 - 60_000 + number as i64),
        instead_of: instead_of.map(name),
    }
}

impl Stage {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { platform: Native::open(folder.path(), &[SEED.to_owned()]).expect("a database"), _folder: folder }
    }

    async fn keeps(&self, marks: &[Mark], now: Timestamp) -> MarksAnswer {
        keep(&self.platform, marks, "t", &own(), now).await.expect("an answer")
    }

    /// The marks are kept, all of them.
    async fn kept(&self, marks: &[Mark], now: Timestamp) {
        let answer = self.keeps(marks, now).await;
        assert_eq!((answer.kept.len(), answer.refused), (marks.len(), vec![]));
    }

    async fn sees(&self, date: &str) -> RollCall {
        roll_call(&self.platform, key(date), &own(), noon(date)).await.expect("a roll call")
    }

    async fn asks(&self, sql: &'static str) -> serde_json::Value {
        let row = self.platform.batch(vec![Statement::new(sql)]).await.expect("rows").pop().flatten();
        serde_json::from_str(&row.expect("a row")).expect("JSON")
    }

    async fn journal(&self) -> serde_json::Value {
        self.asks(
            "SELECT json_group_array(json_array(subject, json(details), author, undoes)) FROM journal WHERE act = 'marked'",
        )
        .await
    }

    /// What stands for each student of the session, in the order of their names.
    async fn standing(&self, date: &str) -> Vec<Option<MarkStatus>> {
        let mut students = self.sees(date).await.students;
        students.sort_by(|one, other| one.registration.cmp(&other.registration));
        students.iter().map(|student| standing(&student.marks).map(|mark| mark.status)).collect()
    }
}

const TUESDAY: &str = "2026-11-24";

#[tokio::test]
async fn a_roll_call_shows_who_has_a_seat_and_who_was_marked() {
    let stage = Stage::open();
    let roll_call = stage.sees(TUESDAY).await;
    assert_eq!((roll_call.cohort.label.as_deref(), roll_call.at, roll_call.session.students), (Some("L"), noon(TUESDAY), 4));
    let SessionCohort { id, centre, slots, tracks, .. } = &roll_call.cohort;
    let tuesday = Slot { weekday: 2, start: 540, end: 660 };
    assert_eq!((&**id, &**centre, &**slots, &**tracks), ("c", "a", &[tuesday][..], &["t".to_owned()][..]));
    let names: Vec<&str> = roll_call.students.iter().map(|student| student.registration.as_str()).collect();
    assert_eq!(names, ["r0", "r1", "r2", "r3"]);
    assert_eq!((roll_call.students[0].entry, roll_call.students[0].tracks.as_slice()), (1, &["t".to_owned()][..]));
    stage
        .kept(
            &[mark(1, TUESDAY, "r0", MarkStatus::Late, None), mark(2, TUESDAY, "r1", MarkStatus::Excused, None)],
            noon(TUESDAY),
        )
        .await;
    let seen = stage.sees(TUESDAY).await;
    assert_eq!(seen.session.marks, MarkCounts { late: 1, excused: 1, ..MarkCounts::default() });
    let kept = &seen.students[1].marks[0];
    assert_eq!((kept.marked_by.as_str(), kept.reason.as_deref()), ("Ағай", Some("олимпиада")));
}

#[tokio::test]
async fn who_left_is_in_the_roll_calls_of_their_time() {
    let stage = Stage::open();
    assert_eq!(stage.sees("2026-09-08").await.students.len(), 5);
    assert_eq!(stage.sees("2026-11-03").await.students.len(), 4);
    // A mark that comes late is kept, and shows its student.
    stage.kept(&[mark(1, "2026-10-13", "r4", MarkStatus::Present, None)], noon("2026-10-14")).await;
    let refused = stage.keeps(&[mark(2, TUESDAY, "r4", MarkStatus::Present, None)], noon(TUESDAY)).await.refused;
    assert_eq!(refused[0].code, FaultCode::UnknownChoice);
}

#[tokio::test]
async fn a_moved_session_keeps_its_name_and_a_closed_one_its_roll_call() {
    let stage = Stage::open();
    let moved = stage.sees("2026-11-10").await.session;
    assert_eq!(
        (moved.key.date, moved.date, moved.start, moved.state),
        (day("2026-11-10"), day("2026-11-12"), 600, SessionState::Moved)
    );
    assert_eq!(stage.sees("2026-12-01").await.session.state, SessionState::Closed);
    let none = roll_call(&stage.platform, key("2026-11-25"), &own(), noon(TUESDAY)).await;
    assert_eq!(none.expect_err("no session on a Wednesday").code, ErrorCode::Unknown);
    let elsewhere = roll_call(&stage.platform, key(TUESDAY), &Scope::of(Some("b")), noon(TUESDAY)).await;
    assert_eq!(elsewhere.expect_err("another centre").code, ErrorCode::Unknown);
}

#[tokio::test]
async fn what_cannot_be_a_mark_is_refused_by_itself() {
    let stage = Stage::open();
    let right = mark(1, TUESDAY, "r0", MarkStatus::Present, None);
    let wrong = |number: usize, change: fn(&mut Mark)| {
        let mut mark = mark(number, TUESDAY, "r0", MarkStatus::Present, None);
        change(&mut mark);
        mark
    };
    let marks = [
        right,
        wrong(2, |mark| mark.minutes = Some(5)),
        wrong(3, |mark| mark.session.cohort = "d".into()),
        wrong(4, |mark| mark.session.cohort = "nothing".into()),
        wrong(5, |mark| mark.session.start = 541),
        wrong(6, |mark| mark.session.date = day("2026-12-08")),
        wrong(7, |mark| mark.registration = "x".into()),
        wrong(8, |mark| mark.registration = "nobody".into()),
        // The name of the first one, with something else to say.
        wrong(1, |mark| mark.status = MarkStatus::Absent),
    ];
    let answer = stage.keeps(&marks, noon(TUESDAY)).await;
    assert_eq!(answer.kept, [name(1)]);
    let codes: Vec<FaultCode> = answer.refused.iter().map(|refused| refused.code).collect();
    use FaultCode::{InTheFuture, NotADate, OutOfRange, Taken, UnknownChoice, UnknownCohort};
    let expected = [OutOfRange, UnknownCohort, UnknownCohort, NotADate, InTheFuture, UnknownChoice, UnknownChoice, Taken];
    assert_eq!(codes, expected);
    assert_eq!(stage.standing(TUESDAY).await, [Some(MarkStatus::Present), None, None, None]);
}

#[tokio::test]
async fn a_session_can_be_marked_from_a_little_before_it_begins() {
    let stage = Stage::open();
    let at = |minute| Timestamp::of_local(day(TUESDAY), minute);
    let one = [mark(1, TUESDAY, "r0", MarkStatus::Present, None)];
    assert_eq!(stage.keeps(&one, at(524)).await.refused[0].code, FaultCode::InTheFuture);
    stage.kept(&one, at(525)).await;
    assert_eq!(stage.sees(TUESDAY).await.students[0].marks[0].marked_at, at(525), "not later than it came");
}

#[tokio::test]
async fn a_mark_sent_again_is_one_mark_and_one_entry() {
    let stage = Stage::open();
    let marks = [mark(1, TUESDAY, "r0", MarkStatus::Present, None), mark(2, TUESDAY, "r1", MarkStatus::Absent, None)];
    stage.kept(&marks[..1], noon(TUESDAY)).await;
    for later in [1, 2] {
        stage.kept(&marks, Timestamp(noon(TUESDAY).0 + later)).await;
    }
    let counts =
        |present, absent| serde_json::json!({ "present": present, "late": 0, "excused": 0, "absent": absent, "cleared": 0 });
    let subject = "session:c/2026-11-24/540";
    assert_eq!(
        stage.journal().await,
        serde_json::json!([[subject, counts(1, 0), "t", null], [subject, counts(0, 1), "t", null]])
    );
    // Under the same name nobody says anything else, and nobody else says the same.
    let changed = Mark { status: MarkStatus::Absent, ..marks[0].clone() };
    assert_eq!(stage.keeps(&[changed], noon(TUESDAY)).await.refused[0].code, FaultCode::Taken);
    let other = keep(&stage.platform, &marks[..1], "u", &own(), noon(TUESDAY)).await.expect("an answer");
    assert_eq!(other.refused[0].code, FaultCode::Taken);
}

#[tokio::test]
async fn one_request_can_bring_the_marks_of_several_sessions() {
    let stage = Stage::open();
    let marks = [mark(1, "2026-11-17", "r0", MarkStatus::Present, None), mark(2, TUESDAY, "r0", MarkStatus::Late, None)];
    stage.kept(&marks, noon(TUESDAY)).await;
    assert_eq!(stage.journal().await.as_array().map(Vec::len), Some(2));
    assert_eq!(stage.sees("2026-11-17").await.session.marks.present, 1);
    assert_eq!(stage.sees(TUESDAY).await.session.marks.late, 1);
}

async fn last_entry(stage: &Stage) -> u64 {
    stage.asks("SELECT json(max(entry)) FROM journal WHERE act = 'marked'").await.as_u64().expect("an entry")
}

#[tokio::test]
async fn undoing_says_what_stood_before_and_can_be_undone_itself() {
    let stage = Stage::open();
    let now = noon(TUESDAY);
    stage.kept(&[mark(1, TUESDAY, "r0", MarkStatus::Late, None), mark(2, TUESDAY, "r1", MarkStatus::Absent, None)], now).await;
    let second = [
        mark(3, TUESDAY, "r0", MarkStatus::Absent, Some(1)),
        mark(4, TUESDAY, "r1", MarkStatus::Present, Some(2)),
        mark(5, TUESDAY, "r2", MarkStatus::Present, None),
    ];
    stage.kept(&second, Timestamp(now.0 + 1)).await;
    let entry = last_entry(&stage).await;
    // Somebody has corrected one of them since: that stays.
    stage.kept(&[mark(6, TUESDAY, "r1", MarkStatus::Late, Some(4))], Timestamp(now.0 + 2)).await;
    let scope = own();
    let undo = |entry, author, later| {
        undo(&stage.platform, entry, &scope, Act { author, reason: "why", now: Timestamp(now.0 + later) })
    };
    let undoing = undo(entry, "u", 3).await.expect("undone");
    assert!(undoing.undo_until.is_some());
    use MarkStatus::{Absent, Cleared, Late, Present};
    assert_eq!(stage.standing(TUESDAY).await, [Some(Late), Some(Late), Some(Cleared), None]);
    assert_eq!(stage.sees(TUESDAY).await.session.conflicts, 0);
    assert_eq!(undo(entry, "t", 4).await.expect_err("twice").code, ErrorCode::NotUndoable);
    let redone = undo(undoing.entry, "t", 5).await.expect("undone");
    assert_eq!(stage.standing(TUESDAY).await, [Some(Absent), Some(Late), Some(Present), None]);
    assert_eq!(last_entry(&stage).await, redone.entry);
    let told = stage.journal().await;
    assert_eq!((&told[3][2], &told[3][3]), (&serde_json::json!("u"), &serde_json::json!(entry)));
}

#[tokio::test]
async fn what_everybody_corrected_since_or_nobody_may_know_of_is_not_undone() {
    let stage = Stage::open();
    let now = noon(TUESDAY);
    stage.kept(&[mark(1, TUESDAY, "r0", MarkStatus::Late, None)], now).await;
    let entry = last_entry(&stage).await;
    let act = Act { author: "t", reason: "", now };
    let elsewhere = undo(&stage.platform, entry, &Scope::of(Some("b")), act).await;
    assert_eq!(elsewhere.expect_err("another centre").code, ErrorCode::NotUndoable);
    stage.kept(&[mark(2, TUESDAY, "r0", MarkStatus::Absent, Some(1))], Timestamp(now.0 + 1)).await;
    let corrected = undo(&stage.platform, entry, &own(), act).await;
    assert_eq!(corrected.expect_err("corrected since").code, ErrorCode::NotUndoable);
    let another = undo(&stage.platform, 1, &own(), act).await;
    assert_eq!(another.expect_err("another act").code, ErrorCode::NotUndoable);
}

/// Marks of three students, in the order in which they come: what each says, which other one it replaces (one that comes later
/// included), when it was made.
fn any_marks() -> impl Strategy<Value = Vec<(usize, usize, Option<usize>, i64)>> {
    prop::collection::vec((0..3usize, 0..MarkStatus::ALL.len(), prop::option::of(0..9usize), 0..4i64), 1..9)
}

/// What the triggers keep is what the domain says of all marks, after each of them.
#[test]
fn the_tables_say_what_the_rule_says() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let stage = Stage::open();
    let mut story = 0;
    let run = |drawn: Vec<(usize, usize, Option<usize>, i64)>| {
        story += 1;
        // A session of its own for each story.
        let date = day("2026-12-08").plus_days(7 * (story % 200)).to_string();
        let first = usize::try_from(story).expect("a number") * 10;
        let number = drawn.len();
        let played = drawn.into_iter().enumerate().map(|(place, (student, status, instead_of, at))| {
            let instead_of = instead_of.filter(|other| *other < number && *other != place).map(|other| first + other);
            let mark = mark(first + place, &date, &format!("r{student}"), MarkStatus::ALL[status], instead_of);
            Mark { marked_at: Timestamp(noon(&date).0 - 1000 * at), ..mark }
        });
        for mark in played {
            let kept = runtime.block_on(stage.keeps(std::slice::from_ref(&mark), noon(&date)));
            prop_assert_eq!(kept.kept, [mark.id.clone()]);
            let seen = runtime.block_on(stage.sees(&date));
            let count = |status| {
                let says = |marks: &[_]| standing(marks).is_some_and(|mark| mark.status == status);
                u32::try_from(seen.students.iter().filter(|student| says(&student.marks)).count()).expect("a number")
            };
            let [present, late, excused, absent] =
                [MarkStatus::Present, MarkStatus::Late, MarkStatus::Excused, MarkStatus::Absent].map(count);
            prop_assert_eq!(seen.session.marks, MarkCounts { present, late, excused, absent });
            let conflicts = seen.students.iter().filter(|student| in_conflict(&student.marks)).count();
            prop_assert_eq!(usize::try_from(seen.session.conflicts).expect("a number"), conflicts);
        }
        let rows = "SELECT json_group_array(json_array(registration_id, day, mark_id, conflict)) FROM attendance";
        let rows = runtime.block_on(stage.asks(rows));
        let seen = runtime.block_on(stage.sees(&date));
        for student in seen.students.iter().filter(|student| !student.marks.is_empty()) {
            let stands = standing(&student.marks).map(|mark| mark.id.as_str());
            let conflict = i32::from(in_conflict(&student.marks));
            let row = serde_json::json!([student.registration, date, stands, conflict]);
            prop_assert!(rows.as_array().is_some_and(|rows| rows.contains(&row)), "{} is not in {}", row, rows);
        }
        Ok::<(), TestCaseError>(())
    };
    let run = std::cell::RefCell::new(run);
    let config = Config { cases: 120, failure_persistence: None, ..Config::default() };
    if let Err(error) = TestRunner::new(config).run(&any_marks(), |drawn| (run.borrow_mut())(drawn)) {
        panic!("{error}");
    }
}
