use super::*;

const DEMO: &str = include_str!("../../../../seed/demo.sql");

fn open() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::open(&folder.path().join("tumo.sqlite"), &[DEMO.to_owned()]).expect("a database");
    (folder, database)
}

async fn text(database: &Database, sql: &'static str) -> Option<String> {
    database.batch(vec![Statement::new(sql)]).await.expect("rows").into_iter().next().flatten()
}

async fn refusal(database: &Database, sql: &'static str) -> String {
    match database.batch(vec![Statement::new(sql)]).await {
        Err(DatabaseError::Constraint(message) | DatabaseError::Fault(message)) => message,
        other => panic!("the schema let it pass: {other:?}"),
    }
}

const STUDENT: &str = "
    INSERT INTO applications VALUES ('a', 'key-key-key-key-key', 'x', 'r', 'l', 'kk', 'guardian', 0, 1);
    INSERT INTO students (id, application_id, place, surname, given_name, born_on)
    VALUES ('s', 'a', 1, 'А', 'Б', '2011-01-01'), ('t', 'a', 2, 'А', 'В', '2011-01-01');
    INSERT INTO student_identities VALUES ('demo', 'ds', 's'), ('demo', 'dt', 't');
    INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
    VALUES ('r', 's', 'demo', 'astana-mon-wed-0900', 'enrolled', 1, 1, 1, 'family', 'applied'),
        ('w', 't', 'demo', 'astana-mon-wed-0900', 'waiting', 1, 2, 2, 'family', 'applied')";

async fn with_students() -> (tempfile::TempDir, Database) {
    let (folder, database) = open();
    for statement in STUDENT.split(';') {
        database.batch(vec![Statement { sql: statement.to_owned().into(), parameters: Vec::new() }]).await.expect("stored");
    }
    (folder, database)
}

#[tokio::test]
async fn a_batch_is_stored_whole_or_not_at_all() {
    let (_folder, database) = open();
    let good = "UPDATE cohorts SET seats = 7 WHERE id = 'astana-mon-wed-0900'";
    let bad = "UPDATE cohorts SET taken = seats + 1 WHERE id = 'astana-mon-wed-0900'";
    let refused = database.batch(vec![Statement::new(good), Statement::new(bad)]).await;
    assert!(matches!(refused, Err(DatabaseError::Constraint(_))));
    let seats = "SELECT CAST(seats AS TEXT) FROM cohorts WHERE id = 'astana-mon-wed-0900'";
    assert_eq!(text(&database, seats).await.as_deref(), Some("200"));
}

#[tokio::test]
async fn a_refused_batch_takes_nobody_with_it() {
    let (_folder, database) = open();
    let batches: Vec<_> = (0..100)
        .map(|n| {
            let table = if n % 2 == 0 { "cohorts SET taken = taken + 1" } else { "cohorts SET taken = seats + 1" };
            let sql = format!("UPDATE {table} WHERE id = 'astana-mon-wed-0900'");
            let database = database.clone();
            tokio::spawn(async move { database.batch(vec![Statement { sql: sql.into(), parameters: Vec::new() }]).await })
        })
        .collect();
    let mut stored = 0;
    for batch in batches {
        stored += usize::from(batch.await.expect("an answer").is_ok());
    }
    let taken = "SELECT CAST(taken AS TEXT) FROM cohorts WHERE id = 'astana-mon-wed-0900'";
    assert_eq!((stored, text(&database, taken).await.as_deref()), (50, Some("50")));
}

#[tokio::test]
async fn the_schema_forbids_more_taken_than_seats_by_any_way() {
    let (_folder, database) = with_students().await;
    let counts = "SELECT taken || '/' || waiting FROM cohorts WHERE id = 'astana-mon-wed-0900'";
    assert_eq!(text(&database, counts).await.as_deref(), Some("1/1"));
    database
        .batch(vec![Statement::new("UPDATE cohorts SET seats = 1 WHERE id = 'astana-mon-wed-0900'")])
        .await
        .expect("one seat");
    assert!(
        refusal(&database, "UPDATE registrations SET state = 'enrolled' WHERE id = 'w'").await.contains("taken_within_seats")
    );
    assert!(
        refusal(&database, "UPDATE cohorts SET seats = 0 WHERE id = 'astana-mon-wed-0900'")
            .await
            .contains("taken_within_seats")
    );
    database
        .batch(vec![Statement::new("UPDATE registrations SET state = 'withdrawn', act = 'withdrawn' WHERE id = 'r'")])
        .await
        .expect("freed");
    assert_eq!(text(&database, counts).await.as_deref(), Some("0/1"));
}

#[tokio::test]
async fn the_schema_forbids_two_live_seats_for_one_student() {
    let (_folder, database) = with_students().await;
    let second =
        "INSERT INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
        VALUES ('z', 's', 'demo', 'almaty-mon-wed-0900', 'enrolled', 1, 3, 3, 'family', 'joined')";
    assert!(refusal(&database, second).await.contains("UNIQUE"));
}

#[tokio::test]
async fn the_journal_is_neither_changed_nor_shortened() {
    let (_folder, database) = with_students().await;
    for change in ["UPDATE journal SET author = 'x'", "DELETE FROM journal"] {
        assert!(refusal(&database, change).await.contains("append-only"), "{change}");
    }
}

#[tokio::test]
async fn reopening_keeps_the_data_and_seeds_nothing() {
    let (folder, database) = with_students().await;
    drop(database);
    let again = Database::open(&folder.path().join("tumo.sqlite"), &["not even SQL".to_owned()]).expect("reopened");
    assert_eq!(text(&again, "SELECT CAST(count(*) AS TEXT) FROM registrations").await.as_deref(), Some("2"));
}

#[tokio::test]
async fn what_the_schema_forbids_no_other_wording_allows() {
    let (_folder, database) = with_students().await;
    database
        .batch(vec![Statement::new("UPDATE cohorts SET seats = 1 WHERE id = 'astana-mon-wed-0900'")])
        .await
        .expect("one seat");
    for forbidden in [
        "UPDATE OR IGNORE registrations SET state = 'enrolled' WHERE id = 'w'",
        "UPDATE OR FAIL registrations SET state = 'offered' WHERE id = 'w'",
        "INSERT OR IGNORE INTO registrations (id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
            VALUES ('z', 't', 'demo', 'astana-mon-wed-0900', 'enrolled', 1, 3, 3, 'family', 'joined')",
        "INSERT OR REPLACE INTO registrations (sequence, id, student_id, intake_id, cohort_id, state, rank, decided_at, changed_at, author, act)
            VALUES (1, 'r', 's', 'demo', 'astana-mon-wed-0900', 'waiting', 1, 3, 3, 'family', 'applied')",
        "DELETE FROM registrations WHERE id = 'r'",
        "UPDATE registrations SET state = 'lapsed' WHERE id = 'w'",
        "UPDATE registrations SET cohort_id = 'almaty-mon-wed-0900' WHERE id = 'w'",
        "INSERT OR REPLACE INTO cohorts (id, place, intake_id, centre_id, seats)
            VALUES ('astana-mon-wed-0900', 101, 'demo', 'astana', 200)",
        "INSERT OR REPLACE INTO journal (entry, at, author, act) VALUES (1, 9, 'x', 'removed')",
        "INSERT INTO journal (entry, at, author, act) VALUES (-5, 9, 'x', 'removed')",
        "INSERT OR REPLACE INTO journal (at, author, act, registration_id) VALUES (1, 'family', 'applied', 'r')",
        "UPDATE consent_texts SET body_kk = 'x'",
    ] {
        refusal(&database, forbidden).await;
    }
    let counts = "SELECT taken || '/' || waiting FROM cohorts WHERE id = 'astana-mon-wed-0900'";
    assert_eq!(text(&database, counts).await.as_deref(), Some("1/1"));
}

#[tokio::test]
async fn letters_outlast_the_table_they_were_queued_in() {
    const LETTERS: &str = "
        SELECT json_group_array(json_array(id, event, kind, message_id, application_id, guardian, unit, queued_at, due_at, attempts,
            sent_at, dropped_at)) FROM (SELECT * FROM outbox ORDER BY id)";
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tumo.sqlite");
    let old = Connection::open(&file).expect("a database");
    let guardian = "INSERT INTO guardians (application_id, place, surname, given_name, relation, phone, phone_typed, email)
        VALUES ('a', 1, 'A', 'B', 'mother', '+77010000000', 'x', 'a@mail.example')";
    let letters = "INSERT INTO outbox VALUES (7, 'one', 'withdrawn', NULL, 'a', 1, 'r', 3, 4, 5, 6, NULL), (9, 'two', 'lapsed', NULL, 'a', 1,
        'w', 8, 9, 0, NULL, 10), (11, 'three', 'offered', NULL, 'a', 1, 'w', 12, 13, 1, NULL, NULL)";
    for sql in MIGRATIONS[..13].iter().chain(&[DEMO, STUDENT, guardian, letters, "PRAGMA user_version = 13"]) {
        old.execute_batch(sql).expect("an older schema");
    }
    let before: String = old.query_row(LETTERS, [], |row| row.get(0)).expect("letters");
    drop(old);
    let database = Database::open(&file, &[]).expect("a database");
    assert!(before.contains("three"));
    assert_eq!(text(&database, LETTERS).await, Some(before));
}
