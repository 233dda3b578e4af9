//! Staff members, as administrators see and change them. Every change is in the journal; that an administrator remains, and that
//! sessions end with what they were begun on, the schema sees to.

use crate::platform::{DatabaseError, Platform, Statement};
use crate::refusal::Refusal;
use crate::store::acts::MemberAct;
use crate::store::read;
use crate::store::scope::Scope;
use domain::date::Timestamp;
use domain::error::{ErrorCode, FaultCode};
use domain::language::Language;
use domain::staff::Acted;
use domain::staff::access::{Role, StaffForm, StaffMember, account_name};
use domain::staff::journal::{Act, undo_until};
use serde_json::json;

const MEMBERS: &str = "
    SELECT json_group_array(json_object('id', id, 'name', name, 'email', email, 'role', role, 'centre', centre_id,
        'language', language, 'second_factor', json(iif(totp_confirmed_at IS NULL, 'false', 'true')),
        'seen_at', seen_at, 'disabled_at', disabled_at) ORDER BY disabled_at IS NOT NULL, email)
    FROM staff_members WHERE ?1 IS NULL OR centre_id = ?1";

/// All members within the scope: those who may sign in first, each by e-mail.
///
/// # Errors
/// When the database can't be read.
pub async fn all(platform: &impl Platform, scope: &Scope) -> Result<Vec<StaffMember>, Refusal> {
    Ok(read(platform, Statement::new(MEMBERS).bind(scope)).await?.unwrap_or_default())
}

/// Somebody new.
#[derive(Debug, Clone, Copy)]
pub struct NewMember<'a> {
    /// Their id.
    pub id: &'a str,
    /// E-mail, as accounts are found by it.
    pub email: &'a str,
    /// Name.
    pub name: &'a str,
    /// Role.
    pub role: Role,
    /// Centre.
    pub centre: Option<&'a str>,
    /// Language of letters to them.
    pub language: Language,
    /// What their first password has to fit.
    pub password_hash: &'a str,
}

const ADD: &str = "
    INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8)";

/// Adds a member, whose first password has to be changed.
///
/// # Errors
/// [`ErrorCode::InvalidForm`] when the e-mail has an account or the centre doesn't exist.
pub async fn add(platform: &impl Platform, new: NewMember<'_>, author: &str, now: Timestamp) -> Result<(), Refusal> {
    let add = Statement::new(ADD)
        .bind(new.id)
        .bind(new.email)
        .bind(new.name)
        .bind(new.role.as_str())
        .bind(new.centre)
        .bind(new.language.as_str())
        .bind(new.password_hash)
        .bind(now);
    let details = json!({ "after": { "role": new.role, "centre": new.centre } }).to_string();
    let told = MemberAct { act: Act::MemberAdded, author, member: new.id, now }.told(Some(&details));
    platform.batch(vec![add, told]).await.map_err(refused)?;
    Ok(())
}

/// What the schema says against a member's row.
fn refused(error: DatabaseError) -> Refusal {
    let DatabaseError::Constraint(refused) = &error else { return error.into() };
    let field = |field: &str, code| Refusal::field(ErrorCode::InvalidForm, field.to_owned(), code);
    if refused.contains("staff_members.email") {
        field("email", FaultCode::Taken)
    } else if refused.contains("FOREIGN KEY") {
        field("centre", FaultCode::UnknownChoice)
    } else if refused.contains("the last administrator") {
        ErrorCode::WrongState.into()
    } else {
        error.into()
    }
}

/// Roles and centres as they are and become; of name, address and language only whether they change.
const CHANGE_TOLD: &str = "
    INSERT INTO journal (at, author, act, subject, details)
    SELECT ?1, ?2, ?3, 'member:' || id, json_object(
        'before', json_object('role', role, 'centre', centre_id), 'after', json_object('role', ?6, 'centre', ?7),
        'person', json(iif((name, email, language) IS (?8, ?9, ?10), 'false', 'true')))
    FROM staff_members WHERE id = ?4 AND (?5 IS NULL OR centre_id = ?5)
    RETURNING cast(entry AS TEXT)";

const CHANGE: &str = "
    UPDATE staff_members SET role = ?3, centre_id = ?4, name = ?5, email = ?6, language = ?7
    WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2)";

/// Changes what is known of a member. Another role or centre ends their sessions.
///
/// # Errors
/// [`ErrorCode::Unknown`]; [`ErrorCode::InvalidForm`] when the centre doesn't exist or the e-mail is somebody else's;
/// [`ErrorCode::WrongState`] when no administrator would remain.
pub async fn change(platform: &impl Platform, act: MemberAct<'_>, scope: &Scope, form: &StaffForm) -> Result<Acted, Refusal> {
    let email = account_name(&form.email);
    let with_values = |statement: Statement| {
        let statement = statement.bind(form.role.as_str()).bind(form.centre.as_deref());
        statement.bind(form.name.trim()).bind(email.as_str()).bind(form.language.as_str())
    };
    let told = with_values(act.statement(CHANGE_TOLD).bind(scope));
    let change = with_values(Statement::new(CHANGE).bind(act.member).bind(scope));
    let rows = platform.batch(vec![told, change]).await.map_err(refused)?;
    acted(act, rows.into_iter().next().flatten().ok_or(ErrorCode::Unknown)?)
}

fn acted(act: MemberAct<'_>, entry: String) -> Result<Acted, Refusal> {
    Ok(Acted { entry: serde_json::from_str(&entry)?, undo_until: undo_until(act.act, act.now) })
}

const KNOWN: &str = "SELECT id FROM staff_members WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2)";

const DISABLE_TOLD: &str = "
    INSERT INTO journal (at, author, act, subject)
    SELECT ?1, ?2, ?3, 'member:' || id FROM staff_members
    WHERE id = ?4 AND (?5 IS NULL OR centre_id = ?5) AND (disabled_at IS NOT NULL) = ?6
    RETURNING cast(entry AS TEXT)";

const DISABLE: &str = "
    UPDATE staff_members SET disabled_at = ?3 WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2) AND (disabled_at IS NOT NULL) = ?4";

/// Closes an account, which ends its sessions, or opens it again.
///
/// # Errors
/// [`ErrorCode::Unknown`]; [`ErrorCode::WrongState`] when it is so already, or no administrator would remain.
pub async fn disable(platform: &impl Platform, act: MemberAct<'_>, scope: &Scope, disabled: bool) -> Result<Acted, Refusal> {
    let was_disabled = i64::from(!disabled);
    let known = Statement::new(KNOWN).bind(act.member).bind(scope);
    let told = act.statement(DISABLE_TOLD).bind(scope).bind(was_disabled);
    let change = Statement::new(DISABLE).bind(act.member).bind(scope).bind(disabled.then_some(act.now)).bind(was_disabled);
    let mut rows = platform.batch(vec![known, told, change]).await.map_err(refused)?.into_iter();
    rows.next().flatten().ok_or(ErrorCode::Unknown)?;
    acted(act, rows.next().flatten().ok_or(ErrorCode::WrongState)?)
}

const RESET_TOLD: &str = "
    INSERT INTO journal (at, author, act, subject, details)
    SELECT ?1, ?2, ?3, 'member:' || id, json_object('second_factor', json(iif(?6, 'true', 'false'))) FROM staff_members
    WHERE id = ?4 AND (?5 IS NULL OR centre_id = ?5)
    RETURNING cast(entry AS TEXT)";

const RESET_PASSWORD: &str = "
    UPDATE staff_members SET password_hash = ?3, must_change_password = 1 WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2)";

const RESET_SECOND_FACTOR: &str = "
    UPDATE staff_members SET totp_sealed = NULL, totp_confirmed_at = NULL, totp_next_sealed = NULL
    WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2)";

const DROP_RECOVERY_CODES: &str = "
    DELETE FROM staff_recovery_codes
    WHERE staff_id IN (SELECT id FROM staff_members WHERE id = ?1 AND (?2 IS NULL OR centre_id = ?2))";

/// Gives a member another first password, which ends their sessions; on demand also forgets their authenticator app. An app alone is
/// never forgotten: then the old password would do.
///
/// # Errors
/// [`ErrorCode::Unknown`].
pub async fn reset(
    platform: &impl Platform,
    act: MemberAct<'_>,
    scope: &Scope,
    password_hash: &str,
    second_factor: bool,
) -> Result<(), Refusal> {
    let of = |sql| Statement::new(sql).bind(act.member).bind(scope);
    let mut batch =
        vec![act.statement(RESET_TOLD).bind(scope).bind(i64::from(second_factor)), of(RESET_PASSWORD).bind(password_hash)];
    if second_factor {
        batch.extend([of(RESET_SECOND_FACTOR), of(DROP_RECOVERY_CODES)]);
    }
    platform.batch(batch).await?.into_iter().next().flatten().ok_or(ErrorCode::Unknown)?;
    Ok(())
}
