use std::fs;
use std::path::PathBuf;

use super::*;
use crate::layout;

/// A day in the middle of a school year, at noon.
fn plan() -> Plan {
    let keys = DemoKeys::drawn().expect("keys");
    Plan::small(Timestamp(1_795_500_000_000), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned(), keys)
}

/// An empty database with the schema and the seed.
fn seeded(folder: &Path) -> PathBuf {
    let file = folder.join("story.sqlite");
    let database = Connection::open(&file).expect("a database");
    let migrations = fs::read_dir(layout::root().join("worker/migrations")).expect("migrations");
    let mut texts: Vec<PathBuf> = migrations.map(|entry| entry.expect("an entry").path()).collect();
    texts.sort();
    texts.push(server::default_seed());
    for file in texts {
        let sql = fs::read_to_string(&file).expect("a text");
        database.execute_batch(&sql).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    file
}

fn told(plan: &Plan) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = seeded(folder.path());
    assert!(is_untouched(&file).expect("an answer"));
    fill(&file, plan).expect("a story");
    assert!(holds_the_story(&file).expect("an answer"));
    assert!(!is_untouched(&file).expect("an answer"));
    (folder, Connection::open(&file).expect("a database"))
}

fn number(database: &Connection, sql: &str) -> i64 {
    database.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

#[test]
fn a_story_has_the_size_of_its_plan_and_something_of_everything() {
    let plan = plan();
    let (_folder, database) = told(&plan);
    let count = |sql: &str| number(&database, sql);
    assert_eq!(count("SELECT count(*) FROM students"), plan.students as i64);
    assert_eq!(count("SELECT count(*) FROM cohorts"), 2 * plan.cohorts_a_centre as i64);
    for state in ["enrolled", "waiting", "withdrawn", "removed"] {
        assert!(count(&format!("SELECT count(*) FROM registrations WHERE state = '{state}'")) > 0, "{state}");
    }
    for status in ["present", "late", "excused", "absent"] {
        assert!(count(&format!("SELECT count(*) FROM attendance WHERE status = '{status}'")) > 0, "{status}");
    }
    let rate = count("SELECT sum(present + late) * 100 / sum(present + late + excused + absent) FROM session_counts");
    assert!((70..90).contains(&rate), "{rate}");
}

#[test]
fn a_story_is_told_in_order_and_ends_now() {
    let plan = plan();
    let (_folder, database) = told(&plan);
    let count = |sql: &str| number(&database, sql);
    assert_eq!(
        count("SELECT count(*) FROM journal AS j JOIN journal AS next ON next.entry = j.entry + 1 WHERE next.at < j.at"),
        0
    );
    assert!(count("SELECT max(at) FROM journal") <= plan.now.0);
    assert!(count("SELECT max(received_at) FROM marks") <= plan.now.0);
    assert_eq!(count("SELECT count(*) FROM marks WHERE marked_at > received_at"), 0);
    let due = format!("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND dropped_at IS NULL AND due_at <= {}", plan.now.0);
    assert_eq!(count(&due), 0, "letters of a story are not sent");
}

#[test]
fn marks_are_made_at_the_session_and_corrected_while_somebody_is_at_work() {
    let (_folder, database) = told(&plan());
    let count = |condition: &str| {
        let sql = format!(
            "WITH timed AS (
                SELECT m.*, strftime('%s', coalesce(c.held_on, m.day), '-5 hours') * 1000
                    + coalesce(c.held_starts, m.starts) * {MINUTE_MS} AS begins,
                    (m.received_at / {MINUTE_MS} + 300) % 1440 AS minute
                FROM marks AS m
                LEFT JOIN session_changes AS c ON c.cohort_id = m.cohort_id AND c.day = m.day AND c.starts = m.starts)
            SELECT count(*) FROM timed WHERE {condition}"
        );
        number(&database, &sql)
    };
    assert!(count("instead_of IS NULL") > 0 && count("instead_of IS NOT NULL") > 0);
    assert_eq!(count("marked_at < begins"), 0, "before the session");
    // Two hours of lessons, and the way home.
    let late = format!("received_at > begins + {}", 4 * HOUR_MS);
    assert_eq!(count(&format!("instead_of IS NULL AND {late}")), 0, "long after the session");
    assert_eq!(count(&format!("{late} AND minute NOT BETWEEN 540 AND 1140")), 0, "at night");
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let names = |plan: &Plan| {
        let (_folder, database) = told(plan);
        let text = "SELECT json_group_array(surname || given_name || born_on) || (SELECT json_group_array(id) FROM marks) FROM students";
        database.query_row(text, [], |row| row.get::<_, String>(0)).expect("a text")
    };
    let plan = Plan { students: 60, ..plan() };
    assert_eq!(names(&plan), names(&plan));
    assert_ne!(names(&plan), names(&Plan { seed: plan.seed + 1, ..plan.clone() }));
}

#[test]
fn nobody_of_a_story_has_a_name_or_number_that_a_form_would_refuse() {
    let (_folder, database) = told(&plan());
    let mut names = database.prepare("SELECT surname, given_name, coalesce(patronymic, 'А') FROM students").expect("names");
    let mut rows = names.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        for column in 0..3 {
            let name: String = row.get(column).expect("a name");
            assert!(domain::name::Name::parse(&name).is_ok(), "{name}");
        }
    }
    let mut phones = database.prepare("SELECT phone, phone_typed FROM guardians").expect("numbers");
    let mut rows = phones.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let (phone, typed): (String, String) = (row.get(0).expect("a number"), row.get(1).expect("a number"));
        assert_eq!(domain::contact::Phone::parse(&typed).map(|read| read.e164().to_owned()), Ok(phone));
    }
    let given_out = "SELECT count(*) FROM guardians WHERE email NOT LIKE '%.example' AND email NOT LIKE '%example.com'
        AND email NOT LIKE '%example.org' OR phone NOT GLOB '+7???000*'";
    assert_eq!(number(&database, given_out), 0);
}

#[test]
fn a_familys_page_has_a_link_that_opens_it() {
    let plan = plan();
    let (folder, _database) = told(&plan);
    let file = folder.path().join("story.sqlite");
    let said = family::invitation(&file, &plan.master_key, "http://127.0.0.1").expect("an answer").expect("a link");
    assert!(said.contains("/my#"), "{said}");
    // Under another key the links are others.
    let other = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    assert_eq!(family::invitation(&file, other, "http://127.0.0.1").expect("an answer"), None);
}

#[test]
fn no_two_stories_have_one_password() {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let [one, other] = folders.each_ref().map(|folder| DemoKeys::of(folder.path()).expect("keys"));
    assert!(one.password != other.password && one.app.base32() != other.app.base32());
    let kept = DemoKeys::kept(folders[0].path()).expect("a file").expect("keys");
    assert_eq!(kept.password, one.password, "kept in the folder");

    let (_folder, database) = told(&Plan { students: 60, keys: one.clone(), ..plan() });
    let hash: String =
        database.query_row("SELECT DISTINCT password_hash FROM staff_members", [], |row| row.get(0)).expect("one");
    assert!(credentials::password::fits(&one.password, &hash));
    assert!(!credentials::password::fits(&other.password, &hash));
}
