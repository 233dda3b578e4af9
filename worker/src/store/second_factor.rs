//! The authenticator app of a member: codes given, each once.

pub mod setup;

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::acts::MemberAct;
use crate::store::sign_in::{self, StaffSession};
use crate::store::tries::{self, Counted};
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::journal::Act;
use serde::Deserialize;

/// What codes of a member are judged by.
#[derive(Debug, Clone, Deserialize)]
pub struct App {
    /// The secret, sealed.
    pub sealed: String,
    /// The last step of which a code was used.
    pub last_step: i64,
}

const APP: &str = "
    SELECT json_object('sealed', totp_sealed, 'last_step', totp_last_step) FROM staff_members WHERE id = ?1 AND totp_sealed IS NOT NULL";

/// Counts a try of a code and finds what it is judged by.
///
/// # Errors
/// [`ErrorCode::TooManyRequests`] when it is one too many, [`ErrorCode::WrongState`] when no app is set up.
pub async fn tried(platform: &impl Platform, member: &str, counted: &Counted, now: Timestamp) -> Result<App, Refusal> {
    let batch = vec![tries::count(counted, None, now), Statement::new(APP).bind(member)];
    let mut rows = platform.batch(batch).await?;
    let app = rows.pop().flatten().ok_or(ErrorCode::WrongState)?;
    tries::within(std::slice::from_ref(counted), &rows, now)?;
    Ok(serde_json::from_str(&app)?)
}

/// What was given.
#[derive(Debug, Clone, Copy)]
pub enum Given<'a> {
    /// A code of this step.
    Step(i64),
    /// A recovery code, as its keyed hash.
    Recovery(&'a str),
}

/// A session that is to be made whole.
#[derive(Debug, Clone, Copy)]
pub struct Completion<'a> {
    /// The member.
    pub member: &'a str,
    /// Digest of the session's secret until now.
    pub before: &'a str,
    /// Digest of its secret from now on: who saw the unfinished one has nothing.
    pub digest: &'a str,
    /// Where the tries were counted.
    pub counted: &'a Counted,
    /// The moment.
    pub now: Timestamp,
}

const BY_STEP: &str = "
    INSERT INTO staff_sessions (digest, staff_id, way, second_factor, created_at, seen_at)
    SELECT ?1, s.staff_id, s.way, 1, s.created_at, ?3 FROM staff_sessions AS s JOIN staff_members AS m ON m.id = s.staff_id
    WHERE s.digest = ?2 AND m.totp_last_step < ?4";

const STEP_USED: &str = "UPDATE staff_members SET totp_last_step = max(totp_last_step, ?2) WHERE id = ?1";

const BY_RECOVERY: &str = "
    INSERT INTO staff_sessions (digest, staff_id, way, second_factor, created_at, seen_at)
    SELECT ?1, s.staff_id, s.way, 1, s.created_at, ?3 FROM staff_sessions AS s
    JOIN staff_recovery_codes AS c ON c.staff_id = s.staff_id
    WHERE s.digest = ?2 AND c.digest = ?4 AND c.used_at IS NULL";

const RECOVERY_USED: &str = "
    UPDATE staff_recovery_codes SET used_at = ?3 WHERE staff_id = ?1 AND digest = ?2 AND used_at IS NULL";

const END_BEFORE: &str = "
    DELETE FROM staff_sessions WHERE digest = ?2 AND EXISTS (SELECT 1 FROM staff_sessions WHERE digest = ?1)";

/// Makes a session whole.
///
/// # Errors
/// [`ErrorCode::WrongCode`] when what was given was used before.
pub async fn complete(platform: &impl Platform, given: Given<'_>, completion: Completion<'_>) -> Result<StaffSession, Refusal> {
    let Completion { member, before, digest, counted, now } = completion;
    let session = |sql| Statement::new(sql).bind(digest).bind(before).bind(now);
    let mut batch = match given {
        Given::Step(step) => vec![session(BY_STEP).bind(step), Statement::new(STEP_USED).bind(member).bind(step)],
        Given::Recovery(code) => vec![
            session(BY_RECOVERY).bind(code),
            MemberAct { act: Act::RecoveryCodeUsed, author: member, member, now }.told_with_session(digest),
            Statement::new(RECOVERY_USED).bind(member).bind(code).bind(now),
        ],
    };
    batch.push(Statement::new(END_BEFORE).bind(digest).bind(before));
    let session = sign_in::answer(platform, batch, digest).await?.ok_or(ErrorCode::WrongCode)?;
    platform.batch(vec![tries::forget(&counted.key)]).await?;
    Ok(session)
}
