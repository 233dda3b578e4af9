//! What is done to accounts of staff, for the journal. Names and addresses of members stay out of it.

use crate::platform::Statement;
use domain::date::Timestamp;
use domain::staff::journal::Act;

/// An act on an account.
#[derive(Debug, Clone, Copy)]
pub struct MemberAct<'a> {
    /// What is done.
    pub act: Act,
    /// Who does it: a staff member's id.
    pub author: &'a str,
    /// To whom: a staff member's id.
    pub member: &'a str,
    /// The moment.
    pub now: Timestamp,
}

const TOLD: &str = "
    INSERT INTO journal (at, author, act, subject, details)
    SELECT ?1, ?2, ?3, 'member:' || id, ?5 FROM staff_members WHERE id = ?4
    RETURNING cast(entry AS TEXT)";

const TOLD_WITH_SESSION: &str = "
    INSERT INTO journal (at, author, act, subject)
    SELECT ?1, ?2, ?3, 'member:' || ?4 WHERE EXISTS (SELECT 1 FROM staff_sessions WHERE digest = ?5)";

impl MemberAct<'_> {
    pub(super) fn statement(&self, sql: &'static str) -> Statement {
        Statement::new(sql).bind(self.now).bind(self.author).bind(self.act.as_str()).bind(self.member)
    }

    /// The entry, with what changed as JSON; answers its number.
    pub(super) fn told(&self, details: Option<&str>) -> Statement {
        self.statement(TOLD).bind(details)
    }

    /// The entry, if the batch has begun a session of this digest: what came before it may have been refused.
    pub(super) fn told_with_session(&self, digest: &str) -> Statement {
        self.statement(TOLD_WITH_SESSION).bind(digest)
    }
}
