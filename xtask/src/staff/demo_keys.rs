//! By what the demo's staff sign in: drawn once for a data folder and kept there. Nobody has a password that is written in this
//! repository.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use credentials::seal::{Master, SECOND_FACTOR};
use credentials::totp::Secret;
use credentials::{password, words};
use domain::date::Timestamp;
use domain::language::Language;
use domain::staff::access::Role;
use ulid::Ulid;

use super::member::Member;
use super::{PASSWORD_LETTERS, now, open};
use crate::random;
use crate::server::{self, Home, Server};

/// The file of a data folder.
const FILE: &str = "demo-staff.env";

/// What all demo accounts of a data folder have in common.
#[derive(Clone)]
pub struct DemoKeys {
    /// Their password.
    pub password: String,
    /// What their authenticator app holds.
    pub app: Secret,
}

impl DemoKeys {
    /// Those of this folder, if it has any.
    pub fn kept(folder: &Path) -> Result<Option<Self>> {
        let Ok(text) = fs::read_to_string(folder.join(FILE)) else { return Ok(None) };
        let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        let keys = value("PASSWORD").zip(value("AUTHENTICATOR").and_then(Secret::from_base32));
        let (password, app) = keys.with_context(|| format!("{} can't be read", folder.join(FILE).display()))?;
        Ok(Some(Self { password: password.to_owned(), app }))
    }

    /// New ones, kept nowhere.
    pub fn drawn() -> Result<Self> {
        let password = words::drawn(&random::bytes::<PASSWORD_LETTERS>()?);
        Ok(Self { password, app: Secret::new(random::bytes()?) })
    }

    /// Those of this folder, drawn if it has none.
    pub fn of(folder: &Path) -> Result<Self> {
        if let Some(kept) = Self::kept(folder)? {
            return Ok(kept);
        }
        let keys = Self::drawn()?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(FILE))?;
        writeln!(file, "PASSWORD={}\nAUTHENTICATOR={}", keys.password, keys.app.base32())?;
        Ok(keys)
    }

    /// The secret of the app, sealed for a member.
    pub fn sealed(&self, master_key: &str, member: &str, nonce: [u8; 24]) -> Result<String> {
        let seal = Master::from_base64(master_key).and_then(|master| master.seal(SECOND_FACTOR));
        Ok(seal.and_then(|seal| seal.seal(self.app.as_bytes(), member, nonce))?)
    }

    /// Tells how to sign in.
    pub fn invitation(&self, server: &Server, emails: Emails<'_>) -> String {
        let native = if server.home == Home::Native { " --native" } else { "" };
        let data = if server.data == server::default_data(server.home) {
            String::new()
        } else {
            format!(" --data {}", server.data.display())
        };
        let Emails { administrator, coordinator, trainer, viewer } = emails;
        format!(
            "Staff sign in at {}/staff with the password {} as
  {administrator}, {coordinator} (or almaty): then a code, from `cargo xtask staff code{native}{data}`
    or from an authenticator app that holds {}
  {trainer} (or almaty), {viewer}: no code",
            server.base_url,
            self.password,
            self.app.base32(),
        )
    }
}

/// One e-mail for each role. Coordinators and trainers have that of their centre.
#[derive(Debug, Clone, Copy)]
pub struct Emails<'a> {
    /// Of an administrator.
    pub administrator: &'a str,
    /// Of a coordinator in Astana.
    pub coordinator: &'a str,
    /// Of a trainer in Astana.
    pub trainer: &'a str,
    /// Of a viewer of every centre.
    pub viewer: &'a str,
}

/// Tells how to sign in as one of the accounts beside the demo intake.
pub fn invitation(server: &Server, keys: &DemoKeys) -> String {
    let astana = Some("astana");
    keys.invitation(
        server,
        Emails {
            administrator: &email(Role::Administrator, None),
            coordinator: &email(Role::Coordinator, astana),
            trainer: &email(Role::Trainer, astana),
            viewer: &email(Role::Viewer, None),
        },
    )
}

/// The e-mail of a demo account.
pub fn email(role: Role, centre: Option<&str>) -> String {
    let place = centre.map(|centre| format!(".{centre}")).unwrap_or_default();
    format!("{}{place}@demo.example", role.as_str())
}

/// Makes one account for each role, and for each centre where the role has one, beside the demo intake when there is no member yet.
/// The keys, if the folder has demo accounts.
pub fn accounts(server: &Server) -> Result<Option<DemoKeys>> {
    let database = open(server.home, &server.data)?;
    let nobody = "SELECT NOT EXISTS (SELECT 1 FROM staff_members) AND EXISTS (SELECT 1 FROM intakes WHERE id = 'demo')";
    if !database.query_row(nobody, [], |row| row.get(0))? {
        return DemoKeys::kept(&server.data);
    }
    let keys = DemoKeys::of(&server.data)?;
    let hash = password::hash(&keys.password, random::bytes()?).context("the password can't be hashed")?;
    let master_key = server::master_key(&server.data)?;
    let mut centres = database.prepare("SELECT id, name_ru FROM centres ORDER BY place")?;
    let centres = centres.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut posts = vec![(Role::Administrator, None, "Әкімші".to_owned()), (Role::Viewer, None, "Бақылаушы".to_owned())];
    for centre in centres {
        let (id, name) = centre?;
        posts.push((Role::Coordinator, Some(id.clone()), format!("Үйлестіруші, {name}")));
        posts.push((Role::Trainer, Some(id), format!("Жаттықтырушы, {name}")));
    }
    let mut sql = String::from("BEGIN IMMEDIATE;");
    for (role, centre, name) in posts {
        sql += &account(&keys, &master_key, &hash, role, centre, name, now())?.sql();
    }
    database.execute_batch(&(sql + "COMMIT;"))?;
    Ok(Some(keys))
}

fn account(
    keys: &DemoKeys,
    master_key: &str,
    hash: &str,
    role: Role,
    centre: Option<String>,
    name: String,
    now: Timestamp,
) -> Result<Member> {
    let id = Ulid::from_parts(u64::try_from(now.0)?, u128::from_be_bytes(random::bytes()?)).to_string();
    let sealed = || keys.sealed(master_key, &id, random::bytes()?);
    Ok(Member {
        app_sealed: role.needs_second_factor().then(sealed).transpose()?,
        email: email(role, centre.as_deref()),
        name,
        role,
        centre,
        language: Language::Kazakh,
        password_hash: hash.to_owned(),
        must_change_password: false,
        created_at: now,
        seen_at: None,
        id,
    })
}
