//! Who works in the story's centres. They can sign in by what was drawn for their data folder: everybody by one password,
//! administrators and coordinators with a code of one authenticator app.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use credentials::password;
use data_encoding::HEXLOWER;
use domain::date::Timestamp;
use domain::staff::access::Role;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::chance::Chance;
use super::names::Line;
use super::{DAY_MS, Plan};
use crate::random;
use crate::server::Server;
use crate::staff::demo_keys::{DemoKeys, Emails};

/// The administrator's e-mail.
pub const ADMINISTRATOR: &str = "administrator@tumo.example";

/// The e-mail of a coordinator in Astana.
pub const COORDINATOR: &str = "coordinator.astana@tumo.example";

/// Begins a session of this member, complete, straight in the database: its secret.
///
/// # Errors
/// When there is no such member.
pub fn signed_in(database: &Path, email: &str, now: Timestamp) -> Result<String> {
    let secret = HEXLOWER.encode(&random::bytes::<32>()?);
    let begun = Connection::open(database)?.execute(
        "INSERT INTO staff_sessions (digest, staff_id, way, second_factor, created_at, seen_at)
        SELECT ?1, id, 'password', totp_confirmed_at IS NOT NULL, ?3, ?3 FROM staff_members WHERE email = ?2",
        params![HEXLOWER.encode(&Sha256::digest(secret.as_bytes())), email, now.0],
    )?;
    ensure!(begun == 1, "{email} is nobody");
    Ok(secret)
}

/// Tells how to sign in.
///
/// # Errors
/// When the folder has lost the keys of its story.
pub fn invitation(server: &Server) -> Result<String> {
    let keys = DemoKeys::kept(&server.data)?;
    let keys = keys.context("nobody knows the password of this story any more: add --fresh to tell another one")?;
    let emails = Emails {
        administrator: ADMINISTRATOR,
        coordinator: COORDINATOR,
        trainer: "trainer.astana@tumo.example",
        viewer: "viewer@tumo.example",
    };
    Ok(keys.invitation(server, emails))
}

/// Somebody who works here.
pub struct Member {
    /// Identifier.
    pub id: String,
}

/// The staff of one centre.
pub struct Team {
    /// Who runs it.
    pub coordinators: Vec<Member>,
    /// Who teaches there.
    pub trainers: Vec<Member>,
}

/// Everybody.
pub struct Staff {
    /// Of every centre.
    pub administrators: Vec<Member>,
    /// In the order of the centres.
    pub centres: Vec<Team>,
}

impl Staff {
    /// Hires them before the intake opens.
    pub fn hire(
        database: &Connection,
        plan: &Plan,
        centres: &[String],
        opens_at: Timestamp,
        chance: &mut Chance,
    ) -> Result<Self> {
        let mut office = Office {
            database,
            hired_at: Timestamp(opens_at.0 - 14 * DAY_MS),
            seen_at: plan.now,
            hash: password::hash(&plan.keys.password, chance.bytes()).context("the password can't be hashed")?,
            plan,
            chance,
        };
        let administrators = vec![office.hire(Role::Administrator, None, "")?, office.hire(Role::Administrator, None, "2")?];
        office.hire(Role::Viewer, None, "")?;
        let mut teams = Vec::new();
        for centre in centres {
            let numbers = |count: usize| (1..=count).map(|number| if number == 1 { String::new() } else { number.to_string() });
            let mut of = |role, count| -> Result<Vec<Member>> {
                numbers(count).map(|number| office.hire(role, Some(centre), &number)).collect()
            };
            teams.push(Team { coordinators: of(Role::Coordinator, 2)?, trainers: of(Role::Trainer, 14)? });
            of(Role::Viewer, 1)?;
        }
        Ok(Self { administrators, centres: teams })
    }
}

struct Office<'a> {
    database: &'a Connection,
    chance: &'a mut Chance,
    hired_at: Timestamp,
    seen_at: Timestamp,
    hash: String,
    plan: &'a Plan,
}

impl Office<'_> {
    fn hire(&mut self, role: Role, centre: Option<&str>, number: &str) -> Result<Member> {
        let chance = &mut *self.chance;
        let line = Line::draw(chance);
        let woman = chance.percent(60.0);
        let name = format!("{} {}", line.given_name(woman, chance), line.surname(woman));
        let id = chance.ulid(self.hired_at);
        let sealed = match role.needs_second_factor() {
            true => Some(self.sealed(&id)?),
            false => None,
        };
        let email = match centre {
            Some(centre) => format!("{}{number}.{}@tumo.example", role.as_str(), centre),
            None => format!("{}{number}@tumo.example", role.as_str()),
        };
        self.database.execute(
            "INSERT INTO staff_members (id, email, name, role, centre_id, language, password_hash, must_change_password,
                totp_sealed, totp_confirmed_at, created_at, seen_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, iif(?8 IS NULL, NULL, ?9), ?9, ?10)",
            params![
                id,
                email,
                name,
                role.as_str(),
                centre,
                line.language(self.chance),
                self.hash,
                sealed,
                self.hired_at.0,
                self.seen_at.0 - self.chance.between(1, 90) * 3_600_000
            ],
        )?;
        Ok(Member { id })
    }

    fn sealed(&mut self, id: &str) -> Result<String> {
        let nonce = self.chance.bytes();
        self.plan.keys.sealed(&self.plan.master_key, id, nonce)
    }
}
