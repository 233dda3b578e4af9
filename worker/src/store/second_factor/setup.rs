//! Setting an authenticator app up: a secret is offered, and counts from the first code on.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::acts::MemberAct;
use crate::store::read;
use crate::store::sign_in::{self, Reopening, StaffSession};
use domain::error::ErrorCode;
use domain::staff::journal::Act;
use serde::Deserialize;

const OFFER: &str = "UPDATE staff_members SET totp_next_sealed = ?2 WHERE id = ?1";

/// Offers a secret, sealed; one offered before is worth nothing any more.
///
/// # Errors
/// When the database can't be written.
pub async fn offer(platform: &impl Platform, member: &str, sealed: &str) -> Result<(), Refusal> {
    platform.batch(vec![Statement::new(OFFER).bind(member).bind(sealed)]).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Offered {
    sealed: String,
}

const OFFERED: &str = "
    SELECT json_object('sealed', totp_next_sealed) FROM staff_members WHERE id = ?1 AND totp_next_sealed IS NOT NULL";

/// The secret offered last, sealed.
///
/// # Errors
/// [`ErrorCode::WrongState`] when none is.
pub async fn offered(platform: &impl Platform, member: &str) -> Result<String, Refusal> {
    let offered: Option<Offered> = read(platform, Statement::new(OFFERED).bind(member)).await?;
    Ok(offered.ok_or(ErrorCode::WrongState)?.sealed)
}

/// An app that has shown a right code.
#[derive(Debug, Clone, Copy)]
pub struct Confirmation<'a> {
    /// The secret it was judged by, sealed.
    pub sealed: &'a str,
    /// The step of the code, which is used thereby.
    pub step: i64,
    /// Keyed hashes of the member's new recovery codes.
    pub recovery: &'a [String],
    /// The session that goes on; all others end.
    pub session: Reopening<'a>,
}

const CONFIRM: &str = "
    UPDATE staff_members
    SET totp_sealed = totp_next_sealed, totp_confirmed_at = ?3, totp_last_step = max(totp_last_step, ?4), totp_next_sealed = NULL
    WHERE id = ?1 AND totp_next_sealed = ?2";

/// Only if this very confirmation counted.
const DROP_CODES: &str = "
    DELETE FROM staff_recovery_codes WHERE staff_id IN (
        SELECT id FROM staff_members WHERE id = ?1 AND totp_sealed = ?2 AND totp_confirmed_at = ?3)";

const KEEP_CODES: &str = "
    INSERT INTO staff_recovery_codes (staff_id, digest)
    SELECT m.id, c.value FROM staff_members AS m JOIN json_each(?4) AS c
    WHERE m.id = ?1 AND m.totp_sealed = ?2 AND m.totp_confirmed_at = ?3";

/// From now on the app's codes are asked for.
///
/// # Errors
/// [`ErrorCode::WrongState`] when another secret was offered, or this one confirmed, meanwhile.
pub async fn confirm(platform: &impl Platform, confirmation: Confirmation<'_>) -> Result<StaffSession, Refusal> {
    let Confirmation { sealed, step, recovery, session } = confirmation;
    let Reopening { member, digest, now, .. } = session;
    let of = |sql| Statement::new(sql).bind(member).bind(sealed).bind(now);
    let batch = vec![
        of(CONFIRM).bind(step),
        of(DROP_CODES),
        of(KEEP_CODES).bind(serde_json::to_string(recovery)?),
        sign_in::reopen(session, sealed),
        MemberAct { act: Act::SecondFactorSet, author: member, member, now }.told_with_session(digest),
    ];
    sign_in::answer(platform, batch, digest).await?.ok_or_else(|| ErrorCode::WrongState.into())
}
