//! How full each column of a database is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags};

/// How long to wait for the server's own work on the file.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// For each column, as `table.column`: how many values there are, and how many characters they have in all.
#[derive(Debug, PartialEq, Eq)]
pub struct Filled(BTreeMap<String, (i64, i64)>);

impl Filled {
    /// Looks at every table of the database's own, leaving out what SQLite and D1 keep for themselves.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn read(database: &Path) -> Result<Self> {
        let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .with_context(|| format!("{} can't be read", database.display()))?;
        connection.busy_timeout(LOCK_WAIT)?;
        let columns = connection
            .prepare(
                "SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_xinfo(t.name) AS c
                WHERE t.type = 'table' AND t.name NOT GLOB 'sqlite_*' AND t.name NOT GLOB '_cf_*' AND t.name NOT GLOB 'd1_*'",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(String, String)>>>()?;
        let mut filled = BTreeMap::new();
        for (table, column) in columns {
            let sql = format!(r#"SELECT count("{column}"), coalesce(sum(length("{column}")), 0) FROM "{table}""#);
            let found = connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            filled.insert(format!("{table}.{column}"), found);
        }
        Ok(Self(filled))
    }

    /// The columns that are filled otherwise there than here, a line each.
    pub fn differences(&self, there: &Self) -> Vec<String> {
        let told = |side: &Self, name: &str| match side.0.get(name) {
            Some((values, characters)) => format!("{values} values of {characters} characters"),
            None => "no such column".to_owned(),
        };
        let names: BTreeSet<&String> = self.0.keys().chain(there.0.keys()).collect();
        let differing = names.into_iter().filter(|name| self.0.get(*name) != there.0.get(*name));
        differing.map(|name| format!("{name}: {}, {}", told(self, name), told(there, name))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_left_empty_or_filled_with_less_is_a_difference() {
        let folder = tempfile::tempdir().unwrap();
        let filled = |name: &str, rows: &str| {
            let file = folder.path().join(name);
            let all = format!("CREATE TABLE students (id, school); CREATE TABLE d1_migrations (id); INSERT INTO {rows}");
            Connection::open(&file).unwrap().execute_batch(&all).unwrap();
            Filled::read(&file).unwrap()
        };
        let ours = filled("ours", "students VALUES ('a', 'one'), ('b', NULL)");
        assert!(
            ours.differences(&filled(
                "alike",
                "students VALUES ('c', NULL), ('d', 'two'); INSERT INTO d1_migrations VALUES (1)"
            ))
            .is_empty()
        );
        assert_eq!(
            ours.differences(&filled("empty", "students VALUES ('a', NULL), ('b', NULL)")),
            ["students.school: 1 values of 3 characters, 0 values of 0 characters"]
        );
        assert_eq!(ours.differences(&filled("shorter", "students VALUES ('a', 'on'), ('b', NULL)")).len(), 1);
        assert_eq!(ours.differences(&filled("more", "students VALUES ('a', 'one')")).len(), 1);
    }
}
