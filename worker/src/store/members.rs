//! Staff members, as administrators see and change them.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::read;
use crate::store::scope::Scope;
use domain::staff::access::StaffMember;

const MEMBERS: &str = "
    SELECT json_group_array(json_object('id', id, 'name', name, 'email', email, 'role', role, 'centre', centre_id,
        'second_factor', json(iif(totp_confirmed_at IS NULL, 'false', 'true')),
        'seen_at', seen_at, 'disabled_at', disabled_at) ORDER BY disabled_at IS NOT NULL, email)
    FROM staff_members WHERE ?1 IS NULL OR centre_id = ?1";

/// All members within the scope: those who may sign in first, each by e-mail.
///
/// # Errors
/// When the database can't be read.
pub async fn all(platform: &impl Platform, scope: &Scope) -> Result<Vec<StaffMember>, Refusal> {
    Ok(read(platform, Statement::new(MEMBERS).bind(scope)).await?.unwrap_or_default())
}
