//! A member's own password.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::acts::MemberAct;
use crate::store::sign_in::{self, Reopening, StaffSession};
use crate::store::tries::{self, Counted};
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::journal::Act;

const HASH: &str = "SELECT password_hash FROM staff_members WHERE id = ?1";

/// Counts a try to show the password anew and finds what it has to fit.
///
/// # Errors
/// [`ErrorCode::TooManyRequests`] when it is one too many.
pub async fn tried(platform: &impl Platform, member: &str, counted: &Counted, now: Timestamp) -> Result<String, Refusal> {
    let mut rows = platform.batch(vec![tries::count(counted, None, now), Statement::new(HASH).bind(member)]).await?;
    let hash = rows.pop().flatten().ok_or(ErrorCode::NotSignedIn)?;
    tries::within(std::slice::from_ref(counted), &rows, now)?;
    Ok(hash)
}

const CHANGE: &str = "
    UPDATE staff_members SET password_hash = ?3, must_change_password = 0 WHERE id = ?1 AND password_hash = ?2";

/// Another password instead of the one that was judged. All sessions end but one.
///
/// # Errors
/// [`ErrorCode::WrongCredentials`] when it was changed meanwhile.
pub async fn change(
    platform: &impl Platform,
    judged: &str,
    hash: &str,
    counted: &Counted,
    session: Reopening<'_>,
) -> Result<StaffSession, Refusal> {
    let Reopening { member, digest, now, .. } = session;
    let batch = vec![
        Statement::new(CHANGE).bind(member).bind(judged).bind(hash),
        sign_in::reopen(session, hash),
        MemberAct { act: Act::PasswordChanged, author: member, member, now }.told_with_session(digest),
        tries::forget(&counted.key),
    ];
    sign_in::answer(platform, batch, digest).await?.ok_or_else(|| ErrorCode::WrongCredentials.into())
}
