//! How SQLite finds what the backend asks for: every statement of a family's way, of staff's, of the minute's work, of views and
//! triggers uses an index wherever a table grows with the families. And an application is one way to the database.

mod host;
mod staff;

use host::{Host, every_way};
use rusqlite::Connection;
use std::path::Path;

/// Tables that grow with the families: none of them may be read from end to end.
const GROWING: [&str; 13] = [
    "students",
    "registrations",
    "applications",
    "guardians",
    "journal",
    "outbox",
    "student_identities",
    "parties",
    "registration_tracks",
    "consents",
    "marks",
    "attendance",
    "session_counts",
];

/// Indexes that hold only what is open now: few rows, so going through them is meant.
const OPEN_NOW: [&str; 6] =
    ["offers", "offered_units", "outbox_due", "outbox_reminders", "preferred_parties", "students_not_searchable"];

/// Planned and not run: before a parent's row is inserted SQLite would look for children that miss it, if it had counted any.
const NEVER_RUN: [(&str, &str); 4] = [
    ("INSERT INTO cohorts", "SCAN registrations"),
    ("INSERT INTO guardians", "SCAN outbox"),
    ("INSERT INTO messages", "SCAN outbox"),
    ("INSERT INTO registrations", "SCAN marks USING COVERING INDEX marks_of_a_session"),
];

/// Of staff, and meant: no index finds what stands inside a name, and ten thousand names are gone through in some milliseconds; a
/// telephone is searched for too rarely for an index that every application would have to write.
const GONE_THROUGH: [(&str, &str); 2] = [("instr(' ' || s.search", "SCAN s"), ("g.phone = ?4", "SCAN g")];

/// Indexes that find a large part of their table. They are partial, by a condition that always holds: a statement that means one of
/// them says the condition. Without counts SQLite takes any index for a narrow one, and would go through all applications of an
/// intake to find one.
const BROAD: [(&str, &str); 2] = [("journal_by_act", "at > 0"), ("registrations_of_a_cohort", "decided_at > 0")];

fn open(folder: &Path) -> Connection {
    Connection::open(folder.join("tumo.sqlite")).expect("the database")
}

/// The steps of the plan that go through a growing table from end to end.
fn full_scans(database: &Connection, sql: &str) -> Vec<String> {
    let mut explained = database.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap_or_else(|error| panic!("{error}: {sql}"));
    let count = explained.parameter_count();
    let steps = explained.query_map(rusqlite::params_from_iter(vec!["x"; count]), |row| row.get::<_, String>("detail"));
    let steps: Vec<String> = steps.expect("a plan").map(|step| step.expect("a step")).collect();
    // What a subquery in brackets found is gone through as well; its own steps tell how it was found.
    let mut subqueries: Vec<String> = steps
        .iter()
        .filter_map(|step| step.strip_prefix("CO-ROUTINE ").or_else(|| step.strip_prefix("MATERIALIZE ")))
        .map(|name| format!("SCAN {name}"))
        .collect();
    let mut scans = vec![];
    for step in steps.into_iter().filter(|step| is_full_scan(database, sql, step)) {
        match subqueries.iter().position(|subquery| *subquery == step) {
            Some(known) => drop(subqueries.swap_remove(known)),
            None => scans.push(step),
        }
    }
    scans
}

fn is_full_scan(database: &Connection, sql: &str, step: &str) -> bool {
    if BROAD.iter().any(|(index, words)| step.contains(&format!("INDEX {index} ")) && !sql.contains(words)) {
        return true;
    }
    let Some(scanned) = step.strip_prefix("SCAN ") else { return false };
    let open_now = OPEN_NOW.iter().any(|index| scanned.ends_with(&format!("INDEX {index}")));
    let never_run = NEVER_RUN.iter().any(|(words, scan)| sql.trim_start().starts_with(words) && step == *scan);
    let gone_through = GONE_THROUGH.iter().any(|(words, scan)| sql.contains(words) && step == *scan);
    if open_now || never_run || gone_through || scanned.contains("VIRTUAL TABLE") {
        return false;
    }
    let name = scanned.split(' ').next().unwrap_or_default();
    table_of(database, sql, name).is_some()
}

/// The growing table that bears this name in the statement or in a view it reads: a plan tells aliases.
fn table_of(database: &Connection, sql: &str, name: &str) -> Option<&'static str> {
    let mut views = database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'view'").expect("views");
    let views = views.query_map([], |row| row.get::<_, String>(0)).expect("texts").map(|text| text.expect("a text"));
    let texts: Vec<String> = std::iter::once(sql.to_owned()).chain(views).collect();
    let bears = |table: &&str| *table == name || texts.iter().any(|text| text.contains(&format!("{table} AS {name}")));
    GROWING.into_iter().find(bears)
}

/// The statements inside the triggers, with what the trigger gives them as parameters.
fn of_triggers(database: &Connection) -> Vec<(String, String)> {
    let mut triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").expect("triggers");
    let texts = triggers.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).expect("texts");
    let mut statements = vec![];
    for (name, text) in texts.map(|text| text.expect("a text")) {
        let plain: String = text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
        let body = plain.split_once("BEGIN").expect("a body").1.trim().trim_end_matches("END");
        for statement in body.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            // RAISE is allowed inside a trigger only; it reads nothing.
            let outside = raise_apart(statement);
            statements.push((name.clone(), given(&outside)));
        }
    }
    statements
}

fn raise_apart(statement: &str) -> String {
    match statement.split_once("RAISE(") {
        None => statement.to_owned(),
        Some((before, rest)) => {
            let after = rest.split_once(')').expect("a closed bracket").1;
            format!("{before}1{after}")
        }
    }
}

/// `NEW.x` and `OLD.x` are values when the statement runs: parameters outside.
fn given(statement: &str) -> String {
    let mut text = String::new();
    let mut rest = statement;
    while let Some(at) = ["NEW.", "OLD."].iter().filter_map(|row| rest.find(row)).min() {
        text.push_str(&rest[..at]);
        text.push('?');
        let after = &rest[at + 4..];
        rest = after.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    }
    text + rest
}

#[tokio::test]
async fn no_statement_goes_through_a_growing_table() {
    let host = Host::open();
    let mut sent = every_way(&host).await;
    sent.extend(staff::every_way(&host).await);
    let database = open(host.folder.path());
    let mut asked: Vec<(String, String)> = sent.into_iter().map(|sql| ("sent".to_owned(), sql)).collect();
    assert!(asked.len() >= 25, "only {} statements were sent", asked.len());
    let of_triggers = of_triggers(&database);
    assert!(of_triggers.len() >= 25, "only {} statements in triggers", of_triggers.len());
    asked.extend(of_triggers);
    asked.push(("first".into(), "SELECT unit FROM eligible WHERE cohort_id = ? ORDER BY rank, sequence LIMIT 1".into()));
    asked.push(("one".into(), "SELECT 1 FROM capable WHERE unit = ?".into()));
    asked.push(("wish".into(), "SELECT 1 FROM at_once WHERE unit = ?".into()));
    let mut faults = vec![];
    for (whose, sql) in asked {
        faults.extend(full_scans(&database, &sql).into_iter().map(|step| format!("{whose}: {step}\n    {sql}")));
    }
    assert!(faults.is_empty(), "{} steps go through whole tables:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_full_scan_is_noticed() {
    let host = Host::open();
    let database = open(host.folder.path());
    for (sql, scans) in [
        ("SELECT 1 FROM registrations AS r WHERE r.intake_id = ?", 1),
        ("SELECT 1 FROM journal WHERE reason = ?", 1),
        ("SELECT 1 FROM registrations AS r WHERE r.student_id = ?", 0),
        ("SELECT 1 FROM cohorts", 0),
    ] {
        assert_eq!(full_scans(&database, sql).len(), scans, "{sql}");
    }
}
