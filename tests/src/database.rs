//! The database behind the server, from outside.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, OpenFlags, Params, params_from_iter};
use serde_json::{Map, Value};

/// Rows by table.
pub type Counts = BTreeMap<String, i64>;

/// Tables whose rows the server forgets by itself.
const PASSING: [&str; 3] = ["sign_in_tries", "staff_addresses", "staff_sessions"];

/// How long to wait for the server's own work on the file.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// The file of one server.
pub struct Database {
    file: PathBuf,
}

impl Database {
    /// The database in this file.
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        &self.file
    }

    fn open(&self) -> Connection {
        let connection = Connection::open_with_flags(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the database");
        connection.busy_timeout(LOCK_WAIT).expect("a time to wait");
        connection
    }

    /// Changes rows of the native home, whose server waits for others; see [`crate::world::World::change`].
    pub(crate) fn execute(&self, sql: &str, parameters: &[Value]) -> u64 {
        let connection = Connection::open_with_flags(&self.file, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("the database");
        connection.busy_timeout(LOCK_WAIT).expect("a time to wait");
        connection.pragma_update(None, "foreign_keys", true).expect("foreign keys");
        let changed = connection.execute(sql, params_from_iter(parameters.iter().map(parameter)));
        changed.unwrap_or_else(|error| panic!("{sql}: {error}")) as u64
    }

    /// The rows a query finds, each an object of its columns.
    pub fn rows(&self, sql: &str, parameters: impl Params) -> Vec<Value> {
        let connection = self.open();
        let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let row = |row: &rusqlite::Row<'_>| {
            let cell = |(place, name): (usize, &String)| Ok((name.clone(), value(row.get_ref(place)?)));
            columns.iter().enumerate().map(cell).collect::<rusqlite::Result<Map<_, _>>>().map(Value::Object)
        };
        let found = statement.query_map(parameters, row).and_then(Iterator::collect);
        found.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The one row a query finds.
    pub fn row(&self, sql: &str, parameters: impl Params) -> Value {
        let mut rows = self.rows(sql, parameters);
        assert_eq!(rows.len(), 1, "{sql}: {rows:?}");
        rows.remove(0)
    }

    /// The first column of the rows a query finds.
    pub fn column(&self, sql: &str, parameters: impl Params) -> Vec<Value> {
        let first = |row: Value| row.as_object().and_then(|row| row.values().next().cloned()).unwrap_or_default();
        self.rows(sql, parameters).into_iter().map(first).collect()
    }

    /// How many rows every table has, but those whose rows come and go by themselves.
    pub fn counts(&self) -> Counts {
        let count = |table: String| {
            let rows = self.row(&format!("SELECT count(*) AS rows FROM \"{table}\""), [])["rows"].as_i64();
            (table, rows.expect("a number"))
        };
        self.tables().into_iter().filter(|table| !PASSING.contains(&table.as_str())).map(count).collect()
    }

    /// Where a text is found, as `table.column`, in whatever table of ours or in the bytes of the files.
    pub fn places_of(&self, text: &str) -> Vec<String> {
        let mut places = Vec::new();
        for table in self.tables() {
            for row in self.rows(&format!("SELECT * FROM \"{table}\""), []) {
                let cells = row.as_object().into_iter().flatten();
                let holding = cells.filter(|(_, value)| value.as_str().is_some_and(|cell| cell.contains(text)));
                places.extend(holding.map(|(column, _)| format!("{table}.{column}")));
            }
        }
        for ending in ["", "-wal"] {
            let mut file = self.file.clone().into_os_string();
            file.push(ending);
            let bytes = fs::read(&file).unwrap_or_default();
            if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
                places.push(format!("the file{ending}"));
            }
        }
        places.dedup();
        places
    }

    /// Tables of ours; SQLite, D1 and wrangler keep others beside them.
    fn tables(&self) -> Vec<String> {
        let names = self.column(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'
                AND name <> 'd1_migrations'",
            [],
        );
        names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn parameter(value: &Value) -> SqlValue {
    match value {
        Value::Null => SqlValue::Null,
        Value::Bool(truth) => i64::from(*truth).into(),
        Value::Number(number) => number.as_i64().expect("a whole number").into(),
        Value::String(text) => text.clone().into(),
        Value::Array(_) | Value::Object(_) => value.to_string().into(),
    }
}

fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned().into(),
    }
}
