//! What staff do to accounts, for the journal.

use crate::platform::Statement;
use domain::date::Timestamp;

/// An act of a staff member.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// What was done.
    pub act: &'static str,
    /// The staff member's id.
    pub author: &'a str,
    /// The member it was done to.
    pub member: &'a str,
    /// The moment.
    pub now: Timestamp,
}

/// Tells an act if a session of the digest `?5` exists by then: the statement before may have been refused.
const TOLD_WITH_SESSION: &str = "
    INSERT INTO journal (at, author, act, subject)
    SELECT ?1, ?2, ?3, 'member:' || ?4 WHERE EXISTS (SELECT 1 FROM staff_sessions WHERE digest = ?5)";

const TOLD: &str = "
    INSERT INTO journal (at, author, act, subject) VALUES (?1, ?2, ?3, 'member:' || ?4) RETURNING cast(entry AS TEXT)";

impl Act<'_> {
    fn statement(&self, sql: &'static str) -> Statement {
        Statement::new(sql).bind(self.now).bind(self.author).bind(self.act).bind(self.member)
    }

    /// The entry, if a session of this digest was begun before it in the batch.
    pub fn told_with_session(&self, digest: &str) -> Statement {
        self.statement(TOLD_WITH_SESSION).bind(digest)
    }

    /// The entry; answers its number.
    pub fn told(&self) -> Statement {
        self.statement(TOLD)
    }
}
