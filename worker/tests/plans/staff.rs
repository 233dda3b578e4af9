//! The ways of staff through the store.

use crate::host::{Host, Recording};
use crate::open;
use domain::date::Timestamp;
use domain::language::Language;
use domain::registration::RegistrationState;
use domain::schedule::Slot;
use domain::staff::access::Role;
use domain::staff::attendance::{Mark, MarkStatus, SessionKey};
use domain::staff::cohort::CohortForm;
use domain::staff::exchange::{ExportFormat, ExportKind, ExportQuery, ImportKind, Period, SavedExportForm};
use domain::staff::journal::Act as What;
use domain::staff::roster::{MessageForm, Search};
use std::collections::BTreeSet;
use tumo_worker::platform::Platform;
use tumo_worker::store::capacity::{closing, cohorts, seats, sessions};
use tumo_worker::store::catalogue;
use tumo_worker::store::console::tracks::{self, OtherTracks};
use tumo_worker::store::console::transfer::{self, Transfer};
use tumo_worker::store::console::{attendance, contacts, entries, messages, order, overview, removal, roster, undo};
use tumo_worker::store::scope::Scope;
use tumo_worker::store::sign_in;
use tumo_worker::store::staff::Act;
use tumo_worker::store::{exports, imports};

/// Goes every way of staff at whatever the families have left, and answers the texts of all statements that were sent.
pub async fn every_way(host: &Host) -> BTreeSet<String> {
    host.run(
        "INSERT INTO staff_members (id, email, name, role, language, password_hash, must_change_password, created_at)
        VALUES ('staff', 'staff@tumo.example', 's', 'administrator', 'kk', '$argon2id$', 0, 1)",
    )
    .await;
    let platform: &Recording = &host.backend.platform;
    let now = platform.now();
    host.run(
        "INSERT INTO staff_sessions
        SELECT 'session', 'staff', 'password', 1, 1000 * unixepoch() - 90000, 1000 * unixepoch() - 90000",
    )
    .await;
    let scope = sign_in::used(platform, "session", now).await.expect("a session").scope();
    let act = Act { author: "staff", reason: "a test", now };
    // Whether there is something to be done or not, the statements are the same.
    for search in ["куан әйг", "TM-0000-0000", "8 701 123 45 67"] {
        let search = Search::parse(search).expect("something to search for");
        roster::search(platform, "demo", &search, &scope, now).await.expect("rows");
    }
    drop(roster::of_cohort(platform, "astana-mon-wed-0900", &scope, now).await);
    drop(contacts::look(platform, "one", &scope, "staff", now).await);
    drop(removal::remove(platform, "one", &scope, act).await);
    drop(removal::restore(platform, 1, &scope, act).await);
    drop(order::place(platform, "one", 1, &scope, act).await);
    drop(order::undo_place(platform, 1, &scope, act).await);
    let wish = Transfer { registration: "one", new: "new", cohort: "astana-mon-thu-0900", tracks: &[] };
    drop(transfer::transfer(platform, wish, &scope, act).await);
    drop(transfer::move_back(platform, 1, &scope, act).await);
    let other = OtherTracks { registration: "one", tracks: &["music".into()], instead_of: &[] };
    drop(tracks::change(platform, other, &scope, act).await);
    drop(tracks::change_back(platform, 1, &scope, act).await);
    let form = MessageForm {
        id: "0123456789ABCDEFGHJKMNPQRS".into(),
        subject: "a".into(),
        body: "b".into(),
        states: vec![RegistrationState::Enrolled],
        news: true,
        preview: false,
    };
    messages::count(platform, "astana-mon-wed-0900", &form, &scope).await.expect("counts");
    messages::send(platform, "astana-mon-wed-0900", &form, &scope, "staff", now).await.expect("sent");
    mark(host, &scope, act).await;
    export(platform, &scope, now).await;
    import(platform, &scope, act).await;
    run_a_centre(host, &scope, act).await;
    read_the_journal(platform, &scope, now).await;
    platform.batches().into_iter().flatten().map(|statement| statement.sql.into_owned()).collect()
}

/// Reads whatever an export is made of.
async fn export(platform: &Recording, scope: &Scope, now: Timestamp) {
    let today = now.local_date();
    let query = ExportQuery {
        kind: ExportKind::Attendance,
        format: ExportFormat::Xlsx,
        centre: None,
        cohorts: Vec::new(),
        from: today,
        to: today,
        language: Language::Kazakh,
    };
    exports::begin(platform, &query, scope, "staff", now).await.expect("a frame");
    let cohort = "astana-mon-wed-0900";
    exports::attendance::students(platform, cohort).await.expect("students");
    exports::attendance::marks(platform, cohort, &[(today, 540)]).await.expect("marks");
    exports::roster::registrations(platform, cohort, today, today).await.expect("registrations");
    let form = SavedExportForm { name: "a".into(), period: Period::LastMonth, query };
    exports::saved::save(platform, "saved", "staff", &form, now).await.expect("saved");
    exports::saved::of_member(platform, "staff").await.expect("saved exports");
    exports::saved::change(platform, "saved", "staff", &form).await.expect("changed");
    exports::saved::remove(platform, "saved", "staff").await.expect("removed");
}

/// Asks and writes what an import of students and one of cohorts does besides the statements of an application.
async fn import(platform: &Recording, scope: &Scope, act: Act<'_>) {
    imports::stored(platform, &["key"], "body").await.expect("rows");
    imports::registered(platform, "demo", &[(2, "identity".into())]).await.expect("rows");
    platform.batch(vec![imports::told(ImportKind::Students, 1, scope, act)]).await.expect("told");
    let form = CohortForm {
        centre: "astana".into(),
        label: "a".into(),
        slots: vec![Slot { weekday: 6, start: 900, end: 1020 }],
        tracks: vec!["music".into()],
        seats: 1,
        trainers: vec![],
    };
    assert_eq!(imports::made(platform, &["0123456789abcdef"]).await.expect("ids"), [""; 0]);
    let made = imports::make(platform, "demo", vec![("0123456789abcdef01".into(), form)], scope, act).await;
    assert!(made.expect("made"), "nothing stands in the way");
}

/// Looks at figures, cohorts, sessions and closed days, and changes what a coordinator may.
async fn run_a_centre(host: &Host, scope: &Scope, act: Act<'_>) {
    let platform: &Recording = &host.backend.platform;
    let (now, today) = (act.now, act.now.local_date());
    let catalogue = catalogue::current(platform, now).await.expect("a catalogue");
    overview::overview(platform, &catalogue, scope, now).await.expect("figures");
    cohorts::all(platform, scope, now).await.expect("cohorts");
    sessions::within(platform, today..=today.plus_days(30), None, scope).await.expect("sessions");
    seats::set(platform, "astana-tue-fri-1630", 150, scope, act).await.expect("seats");
    closing::close(platform, "astana-tue-fri-1630", scope, act).await.expect("closed");
    undo::undo(platform, last_entry(host), scope, Role::Administrator, act).await.expect("undone");
}

/// Searches the journal by whatever can narrow a search.
async fn read_the_journal(platform: &Recording, scope: &Scope, now: Timestamp) {
    let whole = entries::Search::default;
    for search in [
        whole(),
        entries::Search { acts: vec![What::Removed, What::Marked], ..whole() },
        entries::Search { author: Some("family".into()), ..whole() },
        entries::Search { author: Some("staff".into()), ..whole() },
        entries::Search { cohort: Some("astana-mon-wed-0900".into()), ..whole() },
        entries::Search { registration: Some("one".into()), from: Some(now), to: Some(now), ..whole() },
    ] {
        entries::page(platform, &search, scope, now).await.expect("a page");
    }
}

fn last_entry(host: &Host) -> u64 {
    let last = open(host.folder.path()).query_row("SELECT max(entry) FROM journal", [], |row| row.get::<_, i64>(0));
    last.expect("an entry").unsigned_abs()
}

/// Marks somebody in a session that lasts the whole day, and takes that back.
async fn mark(host: &Host, scope: &Scope, act: Act<'_>) {
    host.run(
        "INSERT INTO session_changes (cohort_id, day, starts, state, held_on, held_starts, held_ends, author, changed_at)
        SELECT id, day, 0, 'kept', day, 0, 1440, 'test', 1
        FROM cohorts CROSS JOIN (SELECT date('now', '+5 hours') AS day) WHERE taken > 0",
    )
    .await;
    let platform: &Recording = &host.backend.platform;
    let database = open(host.folder.path());
    let seat = "SELECT cohort_id, id FROM registrations WHERE state = 'enrolled' LIMIT 1";
    let seat: (String, String) = database.query_row(seat, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("a seat");
    let session = SessionKey { cohort: seat.0, date: act.now.local_date(), start: 0 };
    let mark = Mark {
        id: "01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned(),
        session: session.clone(),
        registration: seat.1,
        status: MarkStatus::Present,
        minutes: None,
        reason: String::new(),
        marked_at: act.now,
        instead_of: None,
    };
    let kept = attendance::keep(platform, &[mark], act.author, scope, act.now).await.expect("an answer");
    assert_eq!(kept.kept.len(), 1, "{kept:?}");
    let called = attendance::roll_call(platform, session, scope, act.now).await.expect("a roll call");
    assert_eq!(called.session.marks.present, 1, "{called:?}");
    let entry = "SELECT max(entry) FROM journal WHERE act = 'marked'";
    let entry: i64 = database.query_row(entry, [], |row| row.get(0)).expect("an entry");
    let later = Act { now: Timestamp(act.now.0 + 1), ..act };
    attendance::undo(platform, entry.unsigned_abs(), scope, later).await.expect("undone");
}
