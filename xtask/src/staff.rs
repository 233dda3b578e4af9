//! `cargo xtask staff`: the first members of the staff console, made from outside, and codes for the demo's accounts.

pub mod demo_keys;
pub mod member;

use std::io::{IsTerminal, Write, stdin};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use credentials::{password, words};
use domain::date::Timestamp;
use domain::error::FieldFault;
use domain::language::Language;
use domain::staff::access::{PasswordForm, Role, StaffForm, account_name};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;
use ulid::Ulid;

use crate::random;
use crate::server::{self, Home};
use demo_keys::DemoKeys;
use member::Member;

/// How long to wait for the server's own work on the file.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// Letters of a first password: a hundred bits.
const PASSWORD_LETTERS: usize = 20;

/// Members of the staff console.
#[derive(Args)]
pub struct Staff {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(Add),
    Code(Code),
}

/// Add a member, in the store of this machine or as SQL for the deployed one
#[derive(Args)]
struct Add {
    /// E-mail, by which they sign in
    #[arg(long)]
    email: String,
    /// Name, which colleagues see
    #[arg(long)]
    name: String,
    /// administrator, coordinator, trainer or viewer
    #[arg(long, value_parser = role)]
    role: Role,
    /// Centre, such as `astana`: needed for coordinators and trainers
    #[arg(long)]
    centre: Option<String>,
    /// Language of letters to them: kk, ru or en
    #[arg(long, default_value = "kk", value_parser = language)]
    language: Language,
    /// Read the password from the standard input instead of drawing one that has to be changed
    #[arg(long)]
    password_stdin: bool,
    /// Print SQL for `wrangler d1 execute` and store nothing
    #[arg(long, conflicts_with_all = ["data", "native"])]
    sql: bool,
    #[command(flatten)]
    place: Place,
}

/// Print the code that the demo's accounts are asked for now
#[derive(Args)]
struct Code {
    #[command(flatten)]
    place: Place,
}

/// Which store is meant
#[derive(Args)]
struct Place {
    /// The data folder [default: that of `cargo xtask serve`]
    #[arg(long)]
    data: Option<PathBuf>,
    /// That of the native home
    #[arg(long)]
    native: bool,
}

impl Place {
    fn home(&self) -> Home {
        if self.native { Home::Native } else { Home::Workerd }
    }

    fn folder(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| server::default_data(self.home()))
    }
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| "not a role".to_owned())
}

fn language(word: &str) -> Result<Language, String> {
    Language::parse(word).ok_or_else(|| "not a language".to_owned())
}

/// Runs the command.
pub fn staff(asked: Staff) -> Result<()> {
    match asked.command {
        Command::Add(add) => add.run(),
        Command::Code(code) => code.run(),
    }
}

impl Add {
    fn run(self) -> Result<()> {
        let form =
            StaffForm { name: self.name, email: self.email, role: self.role, centre: self.centre, language: self.language };
        accept(&form.faults())?;
        let (chosen, password) = if self.password_stdin { (true, typed()?) } else { (false, drawn()?) };
        let now = now();
        let member = Member {
            id: Ulid::from_parts(u64::try_from(now.0)?, u128::from_be_bytes(random::bytes()?)).to_string(),
            email: account_name(&form.email),
            name: form.name.trim().to_owned(),
            role: form.role,
            centre: form.centre.clone(),
            language: form.language,
            password_hash: password::hash(&password, random::bytes()?).context("the password can't be hashed")?,
            must_change_password: !chosen,
            app_sealed: None,
            created_at: now,
            seen_at: None,
        };
        let details = json!({ "after": { "role": member.role, "centre": member.centre } });
        let sql = format!("{}\n{}\n", member.sql(), member.journal("member_added", &details.to_string()));
        if self.sql {
            std::io::stdout().write_all(sql.as_bytes())?;
        } else {
            let database = open(self.place.home(), &self.place.folder())?;
            let known = format!("{} could not be added: is the e-mail known already, or the centre unknown?", member.email);
            database.execute_batch(&format!("BEGIN IMMEDIATE; {sql} COMMIT;")).context(known)?;
            eprintln!("{} can sign in at /staff.", member.email);
        }
        if !chosen {
            eprintln!("First password, to be changed at the first sign-in: {password}");
        }
        Ok(())
    }
}

fn accept(faults: &[FieldFault]) -> Result<()> {
    let told: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.field, fault.code.as_str())).collect();
    ensure!(told.is_empty(), "{}", told.join(", "));
    Ok(())
}

fn typed() -> Result<String> {
    if stdin().is_terminal() {
        eprintln!("The password, then Enter:");
    }
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    let new = line.trim_end_matches(['\r', '\n']).to_owned();
    accept(&PasswordForm { current: String::new(), new: new.clone() }.faults())?;
    Ok(new)
}

/// A password that nobody knows yet.
pub fn drawn() -> Result<String> {
    Ok(words::drawn(&random::bytes::<PASSWORD_LETTERS>()?))
}

impl Code {
    fn run(self) -> Result<()> {
        let keys = DemoKeys::kept(&self.place.folder())?;
        let Some(keys) = keys else { bail!("{} has no demo accounts", self.place.folder().display()) };
        println!("{}", keys.app.code_at(now().0));
        eprintln!("It serves each account once, and changes every 30 seconds.");
        Ok(())
    }
}

/// The time.
pub fn now() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// The database of a data folder.
fn open(home: Home, folder: &Path) -> Result<Connection> {
    let known = server::database_file(home, folder)
        .and_then(|file| Ok(Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?));
    let missing = || format!("there is no store in {} yet: run `cargo xtask serve` first", folder.display());
    let database = known.with_context(missing)?;
    database.busy_timeout(LOCK_WAIT)?;
    database.pragma_update(None, "foreign_keys", true)?;
    Ok(database)
}

#[cfg(test)]
mod tests;
