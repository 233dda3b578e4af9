use super::*;

fn member(id: &str, name: &str, role: Role, centre: Option<&str>) -> Member {
    Member {
        id: id.to_owned(),
        email: format!("{id}@tumo.example"),
        name: name.to_owned(),
        role,
        centre: centre.map(str::to_owned),
        language: Language::Kazakh,
        password_hash: password::hash("a long enough password", [1; 16]).expect("a hash"),
        must_change_password: true,
        app_sealed: None,
        created_at: Timestamp(1_795_500_000_000),
        seen_at: None,
    }
}

/// A database with the schema and the demo intake.
fn seeded() -> Connection {
    let database = Connection::open_in_memory().expect("a database");
    let migrations = std::fs::read_dir(crate::layout::root().join("worker/migrations")).expect("migrations");
    let mut files: Vec<PathBuf> = migrations.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.push(server::default_seed());
    for file in files {
        let sql = std::fs::read_to_string(&file).expect("a text");
        database.execute_batch(&sql).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    database.pragma_update(None, "foreign_keys", true).expect("foreign keys");
    database
}

#[test]
fn the_printed_statements_store_a_member_and_tell_it() {
    let database = seeded();
    let member = member("one", "Дина O'Hara'); DROP TABLE staff_members; --", Role::Trainer, Some("astana"));
    database.execute_batch(&format!("{}\n{}", member.sql(), member.journal("member_added", "{}"))).expect("stored");
    let row = database
        .query_row("SELECT name, password_hash, must_change_password FROM staff_members", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
        })
        .expect("a row");
    assert_eq!((row.0, row.2), (member.name, true));
    assert!(password::fits("a long enough password", &row.1));
    let told: String =
        database.query_row("SELECT author || ' ' || act || ' ' || subject FROM journal", [], |row| row.get(0)).expect("told");
    assert_eq!(told, "system member_added member:one");
}

#[test]
fn the_schema_refuses_whom_the_rules_refuse() {
    let database = seeded();
    for (role, centre) in [(Role::Trainer, None), (Role::Administrator, Some("astana")), (Role::Coordinator, Some("paris"))] {
        assert!(database.execute_batch(&member("two", "X", role, centre).sql()).is_err(), "{role:?} {centre:?}");
    }
}
