//! Sessions of staff: begun by a password or by an identity provider's word, made whole by a code, ended by their member. Each step
//! is one batch, which asks itself whether it still may be taken.

use crate::platform::{Platform, Statement};
use crate::refusal::Refusal;
use crate::store::acts::MemberAct;
use crate::store::read;
use crate::store::scope::Scope;
use crate::store::tries::{self, Counted};
use domain::date::Timestamp;
use domain::error::ErrorCode;
use domain::staff::access::Me;
use domain::staff::journal::Act;
use domain::staff::sign_in::{Standing, Way};
use serde::Deserialize;

/// A session with its member, as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StaffSession {
    /// The member's id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: String,
    centre: Option<String>,
    /// What it still lacks, how long it lives.
    #[serde(flatten)]
    pub standing: Standing,
}

impl StaffSession {
    /// Where the member's rights hold.
    pub fn scope(&self) -> Scope {
        Scope::of(self.centre.as_deref())
    }

    /// What its member is told.
    pub fn me(&self, at: Timestamp) -> Me {
        Me {
            id: self.id.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.standing.role,
            centre: self.centre.clone(),
            pending: self.standing.pending(),
            second_factor: self.standing.second_factor_set,
            at,
        }
    }
}

const SESSION: &str = "
    SELECT json_object('id', m.id, 'name', m.name, 'email', m.email, 'role', m.role, 'centre', m.centre_id, 'way', s.way,
        'second_factor_set', json(iif(m.totp_confirmed_at IS NULL, 'false', 'true')),
        'second_factor_given', json(iif(s.second_factor, 'true', 'false')),
        'must_change_password', json(iif(m.must_change_password, 'true', 'false')),
        'created_at', s.created_at, 'seen_at', s.seen_at)
    FROM staff_sessions AS s JOIN staff_members AS m ON m.id = s.staff_id
    WHERE s.digest = ?1 AND m.disabled_at IS NULL";

const SEEN: &str = "UPDATE staff_sessions SET seen_at = max(seen_at, ?2) WHERE digest = ?1";

/// How exact the time of the last use is, in milliseconds: one write a minute is enough.
const SEEN_EVERY_MS: i64 = 60_000;

/// The session of this secret's digest, if it lives; using it keeps it alive.
///
/// # Errors
/// [`ErrorCode::NotSignedIn`] when there is none, or none any more.
pub async fn used(platform: &impl Platform, digest: &str, now: Timestamp) -> Result<StaffSession, Refusal> {
    let session: Option<StaffSession> = read(platform, Statement::new(SESSION).bind(digest)).await?;
    let session = session.filter(|session| session.standing.lives(now)).ok_or(ErrorCode::NotSignedIn)?;
    if now.0 - session.standing.seen_at.0 >= SEEN_EVERY_MS {
        platform.batch(vec![Statement::new(SEEN).bind(digest).bind(now)]).await?;
    }
    Ok(session)
}

/// What is counted when an account is tried from an address.
#[derive(Debug, Clone)]
pub struct Door {
    /// This account from this address; also what is remembered when it succeeds.
    pub here: Counted,
    /// This address.
    pub address: Counted,
    /// This account from all addresses its member hasn't used.
    pub elsewhere: Counted,
}

/// A member about to sign in.
#[derive(Debug, Clone, Deserialize)]
pub struct Candidate {
    /// Their id.
    pub id: String,
    /// What their password has to fit.
    pub password_hash: String,
}

const CANDIDATE: &str = "
    SELECT json_object('id', id, 'password_hash', password_hash) FROM staff_members WHERE email = ?1 AND disabled_at IS NULL";

/// Counts a try and finds whom it is about.
///
/// # Errors
/// [`ErrorCode::TooManyRequests`] when it is one too many.
pub async fn knock(platform: &impl Platform, door: &Door, email: &str, now: Timestamp) -> Result<Option<Candidate>, Refusal> {
    let mut rows = platform
        .batch(vec![
            tries::count(&door.here, None, now),
            tries::count(&door.address, None, now),
            tries::count(&door.elsewhere, Some(&door.here.key), now),
            Statement::new(CANDIDATE).bind(email),
        ])
        .await?;
    let candidate = rows.pop().flatten();
    tries::within(&[door.here.clone(), door.address.clone(), door.elsewhere.clone()], &rows, now)?;
    Ok(candidate.map(|row| serde_json::from_str(&row)).transpose()?)
}

/// A session to be begun.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// Digest of its secret.
    pub digest: &'a str,
    /// By what.
    pub way: Way,
    /// Digest of the secret of a session that it takes the place of.
    pub instead_of: Option<&'a str>,
    /// The moment.
    pub now: Timestamp,
}

/// `?5`: the password hash that was judged; if it was changed meanwhile, the judgement is worth nothing.
const OPEN: &str = "
    INSERT INTO staff_sessions (digest, staff_id, way, second_factor, created_at, seen_at)
    SELECT ?1, id, ?3, 0, ?4, ?4 FROM staff_members WHERE id = ?2 AND disabled_at IS NULL AND (?5 IS NULL OR password_hash = ?5)";

const SIGNED_IN: &str = "UPDATE staff_members SET seen_at = ?2 WHERE id = ?1";

const KNOWN: &str = "
    INSERT INTO staff_addresses (key, seen_at) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET seen_at = max(seen_at, ?2)";

const END: &str = "DELETE FROM staff_sessions WHERE digest = ?1";

/// Begins a session after the password fitted; takes the tries back and remembers the address.
///
/// # Errors
/// [`ErrorCode::WrongCredentials`] when the account was closed or its password changed meanwhile.
pub async fn open(
    platform: &impl Platform,
    candidate: &Candidate,
    door: &Door,
    opening: Opening<'_>,
) -> Result<StaffSession, Refusal> {
    let mut batch = begin(&candidate.id, Some(&candidate.password_hash), opening);
    batch.extend([
        tries::forget(&door.here.key),
        tries::give_back(&door.address.key),
        tries::give_back(&door.elsewhere.key),
        Statement::new(KNOWN).bind(door.here.key.as_str()).bind(opening.now),
    ]);
    answer(platform, batch, opening.digest).await?.ok_or_else(|| ErrorCode::WrongCredentials.into())
}

#[derive(Deserialize)]
struct Vouched {
    id: String,
}

const VOUCHED: &str = "SELECT json_object('id', id) FROM staff_members WHERE email = ?1 AND disabled_at IS NULL";

/// Begins a session for whom an identity provider vouches.
///
/// # Errors
/// [`ErrorCode::NotAMember`] when there is no such account, or it is closed.
pub async fn open_vouched(platform: &impl Platform, email: &str, opening: Opening<'_>) -> Result<StaffSession, Refusal> {
    let known: Option<Vouched> = read(platform, Statement::new(VOUCHED).bind(email)).await?;
    let member = known.ok_or(ErrorCode::NotAMember)?.id;
    let session = answer(platform, begin(&member, None, opening), opening.digest).await?;
    session.ok_or_else(|| ErrorCode::NotAMember.into())
}

fn begin(member: &str, password_hash: Option<&str>, opening: Opening<'_>) -> Vec<Statement> {
    let Opening { digest, way, instead_of, now } = opening;
    let open = Statement::new(OPEN).bind(digest).bind(member).bind(way.as_str()).bind(now).bind(password_hash);
    let seen = Statement::new(SIGNED_IN).bind(member).bind(now);
    let end = instead_of.map(|before| Statement::new(END).bind(before));
    [open, seen].into_iter().chain(end).collect()
}

/// A session that goes on under another secret while all others of its member end.
#[derive(Debug, Clone, Copy)]
pub struct Reopening<'a> {
    /// The member.
    pub member: &'a str,
    /// Digest of the secret from now on.
    pub digest: &'a str,
    /// By what the member signed in.
    pub way: Way,
    /// Whether the second factor was given.
    pub second_factor: bool,
    /// When the member signed in.
    pub created_at: Timestamp,
    /// The moment.
    pub now: Timestamp,
}

const REOPEN: &str = "
    INSERT INTO staff_sessions (digest, staff_id, way, second_factor, created_at, seen_at)
    SELECT ?1, id, ?3, ?4, ?5, ?6 FROM staff_members
    WHERE id = ?2 AND disabled_at IS NULL AND (password_hash = ?7 OR totp_sealed = ?7 AND totp_confirmed_at = ?6)";

/// Lets a session go on if the change before it in the batch was made, which has ended all: the member's password hash or app is the
/// new one.
pub(super) fn reopen(session: Reopening<'_>, new: &str) -> Statement {
    let Reopening { member, digest, way, second_factor, created_at, now } = session;
    let statement = Statement::new(REOPEN).bind(digest).bind(member).bind(way.as_str());
    statement.bind(i64::from(second_factor)).bind(created_at).bind(now).bind(new)
}

/// Runs the batch and reads the session of this digest after it.
pub(super) async fn answer(
    platform: &impl Platform,
    mut batch: Vec<Statement>,
    digest: &str,
) -> Result<Option<StaffSession>, Refusal> {
    batch.push(Statement::new(SESSION).bind(digest));
    let session = platform.batch(batch).await?.pop().flatten();
    Ok(session.map(|row| serde_json::from_str(&row)).transpose()?)
}

const END_ALL: &str = "DELETE FROM staff_sessions WHERE staff_id = ?1";

/// Ends every session of a member.
///
/// # Errors
/// When the database can't be written.
pub async fn end_all(platform: &impl Platform, member: &str, now: Timestamp) -> Result<(), Refusal> {
    let told = MemberAct { act: Act::SignedOutEverywhere, author: member, member, now }.told(None);
    platform.batch(vec![Statement::new(END_ALL).bind(member), told]).await?;
    Ok(())
}

/// Ends a session; one that has ended already is fine.
///
/// # Errors
/// When the database can't be written.
pub async fn end(platform: &impl Platform, digest: &str) -> Result<(), Refusal> {
    platform.batch(vec![Statement::new(END).bind(digest)]).await?;
    Ok(())
}
