//! Sessions that take place while a test runs, and the marks of phones.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::date::{Date, Timestamp};
use domain::registration::Confirmation;
use domain::staff::attendance::{Mark, MarkStatus, MarksAnswer, MarksForm, RollCall, SessionKey};
use serde_json::json;

use crate::api::OneStudent;
use crate::staff::Staff;
use crate::world::World;

impl World {
    /// A session of this cohort that has just begun, straight in the database: the demo's first session is weeks away.
    pub async fn begins(&self, cohort: &str) -> SessionKey {
        let now = Timestamp(self.now());
        let start = now.local_minute().saturating_sub(10);
        self.session_at(cohort, now.local_date(), start).await
    }

    /// A session of this cohort at this time, two hours long at most.
    pub async fn session_at(&self, cohort: &str, date: Date, start: u16) -> SessionKey {
        let sql = "
            INSERT INTO session_changes (cohort_id, day, starts, state, held_on, held_starts, held_ends, author, changed_at)
            VALUES (?1, ?2, ?3, 'kept', ?2, ?3, min(?3 + 120, 1440), 'test', 1)";
        self.change(sql, &[json!(cohort), json!(date), json!(start)]).await;
        SessionKey { cohort: cohort.to_owned(), date, start }
    }

    /// A family with a seat in this cohort.
    pub async fn seated(&self, cohort: &str) -> Confirmation {
        let told = self.applied(&self.form_for(cohort)).await;
        assert_eq!(told.one().position, None, "{cohort} has no seat left");
        told
    }
}

/// Where the roll call of a session is.
pub fn path(session: &SessionKey) -> String {
    format!("/api/staff/sessions/{}/{}/{}", session.cohort, session.date, session.start)
}

/// A mark of this moment, made by somebody who saw no other one.
pub fn mark(session: &SessionKey, registration: &str, status: MarkStatus) -> Mark {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    Mark {
        id: format!("{:0>16}{:0>10}", now.as_micros(), COUNT.fetch_add(1, Ordering::Relaxed)),
        session: session.clone(),
        registration: registration.to_owned(),
        status,
        minutes: (status == MarkStatus::Late).then_some(5),
        reason: if status == MarkStatus::Excused { "олимпиада".to_owned() } else { String::new() },
        marked_at: Timestamp(i64::try_from(now.as_millis()).unwrap_or(i64::MAX)),
        instead_of: None,
    }
}

impl Staff {
    /// The roll call of a session.
    pub async fn calls(&self, session: &SessionKey) -> RollCall {
        self.get(&path(session)).send().await.json()
    }

    /// Sends marks.
    pub async fn sends(&self, marks: &[Mark]) -> MarksAnswer {
        let form = MarksForm { member: self.id.clone(), marks: marks.to_vec() };
        self.post("/api/staff/marks").json(&form).send().await.json()
    }
}
