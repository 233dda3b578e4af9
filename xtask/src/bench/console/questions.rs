//! What the screens ask, about what the story holds.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

/// One request of a screen.
pub struct Question {
    /// Its name in the figures.
    pub name: &'static str,
    /// Its route, as the description of the API writes it.
    pub route: &'static str,
    /// Whether coordinators may not ask it.
    pub administrators_only: bool,
    path: String,
    body: Option<String>,
}

/// Routes that no screen shows an answer of: a file takes as long as it is.
pub const NOT_OF_A_SCREEN: [&str; 2] = ["/api/staff/export", "/api/staff/import/template"];

impl Question {
    fn get(name: &'static str, route: &'static str, path: impl Into<String>) -> Self {
        Self { name, route, administrators_only: false, path: path.into(), body: None }
    }

    /// The request of a member who is signed in.
    pub fn request(&self, secret: &str) -> Vec<u8> {
        let method = if self.body.is_some() { "POST" } else { "GET" };
        let body = self.body.as_deref().unwrap_or_default();
        format!(
            "{method} {} HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-staff={secret}\r\nContent-Type: application/json\r\n\
            Content-Length: {}\r\n\r\n{body}",
            self.path,
            body.len()
        )
        .into_bytes()
    }
}

/// Every question, about the cohort that gives the most to answer.
pub fn all(database: &Path) -> Result<Vec<Question>> {
    let database = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let text = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0));
    // Of the centre whose coordinator asks as well.
    let cohort = text("SELECT id FROM cohorts WHERE centre_id = 'astana' ORDER BY waiting + taken DESC LIMIT 1")?;
    let trainer = text("SELECT author FROM journal WHERE act = 'marked' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")?;
    let student = text(
        "SELECT registration_id FROM journal WHERE cohort_id LIKE 'astana%' AND registration_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    )?;
    let marked = text(
        "SELECT cohort_id || '/' || day || '/' || starts FROM session_counts WHERE cohort_id LIKE 'astana%'
        ORDER BY present + late + excused + absent DESC LIMIT 1",
    )?;
    let day = text("SELECT max(day) FROM session_counts")?;
    let middle = text("SELECT CAST(max(entry) / 2 AS TEXT) FROM journal")?;
    let month = text("SELECT date(min(at) / 1000, 'unixepoch', '+60 days') FROM journal")?;
    let journal = |name, query: String| Question::get(name, "/api/staff/journal", format!("/api/staff/journal{query}"));
    Ok(vec![
        Question::get("me", "/api/staff/me", "/api/staff/me"),
        Question::get("ways_in", "/api/staff/sign-in", "/api/staff/sign-in"),
        Question::get("overview", "/api/staff/overview", "/api/staff/overview"),
        Question { administrators_only: true, ..Question::get("members", "/api/staff/members", "/api/staff/members") },
        Question::get("cohorts", "/api/staff/cohorts", "/api/staff/cohorts"),
        Question::get("saved_exports", "/api/staff/exports/saved", "/api/staff/exports/saved"),
        Question::get("closed_days", "/api/staff/closed-days", "/api/staff/closed-days"),
        Question::get("sessions_of_a_day", "/api/staff/sessions", format!("/api/staff/sessions?from={day}&to={day}")),
        Question::get(
            "sessions_of_a_cohort",
            "/api/staff/sessions",
            format!("/api/staff/sessions?from={month}&to={day}&cohort={cohort}"),
        ),
        Question::get("roll_call", "/api/staff/sessions/{cohort}/{date}/{start}", format!("/api/staff/sessions/{marked}")),
        Question::get("roster", "/api/staff/cohorts/{cohort}/roster", format!("/api/staff/cohorts/{cohort}/roster")),
        Question {
            body: Some(json!({ "search": "мира" }).to_string()),
            ..Question::get("student_search", "/api/staff/students/search", "/api/staff/students/search")
        },
        journal("journal", String::new()),
        journal("journal_middle", format!("?before={middle}")),
        journal("journal_families", "?group=families".into()),
        journal("journal_rare_acts", "?group=cohorts".into()),
        journal("journal_no_acts", "?act=imported".into()),
        journal("journal_author", format!("?author={trainer}")),
        journal("journal_system", "?author=system".into()),
        journal("journal_cohort", format!("?cohort={cohort}")),
        journal("journal_registration", format!("?registration={student}")),
        journal("journal_days", format!("?from={month}&to={month}")),
    ])
}
