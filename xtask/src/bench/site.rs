//! The two homes as a bench runs them: optimised, on fresh data, with nothing between the crowd and what is measured.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use tempfile::TempDir;
use toml::Table;

use crate::demo::{self, Plan};
use crate::server::group::{Group, Line};
use crate::server::{Home, Options, Server, master_key};
use crate::staff::demo_keys::DemoKeys;
use crate::{layout, setup};

/// A running home with a demo intake nobody has applied to.
pub struct Site {
    /// Where it answers, without a slash at the end.
    pub base_url: String,
    /// Its SQLite file.
    pub database: PathBuf,
    // Before the folder they write to: fields are dropped in this order.
    _processes: Processes,
    _data: TempDir,
}

enum Processes {
    Native(#[expect(dead_code, reason = "held until the site goes")] Server),
    Workerd(#[expect(dead_code, reason = "held until the site goes")] Group),
}

impl Site {
    /// The optimised backend of one host.
    pub fn native() -> Result<Self> {
        let data = folder("native")?;
        let server =
            Server::start(&Options { data: Some(data.path().into()), release: true, ..Options::temporary(Home::Native) })?;
        let database = server.database_file()?;
        Ok(Self { base_url: server.base_url.clone(), database, _processes: Processes::Native(server), _data: data })
    }

    /// The Worker of this repository in workerd.
    pub fn worker() -> Result<Self> {
        Self::workerd(&layout::worker(), "index.mjs", Map::new())
    }

    /// The same on half a year of data; before it starts, `prepare` is given the file and the plan it was filled by.
    pub fn worker_on_story(prepare: impl FnOnce(&Path, &Plan) -> Result<()>) -> Result<Self> {
        Self::filled(&layout::worker(), "index.mjs", Map::new(), |database, key| {
            let plan = Plan::whole(demo::now()?, key.to_owned(), DemoKeys::drawn()?);
            demo::fill(database, &plan)?;
            prepare(database, &plan)
        })
    }

    /// Where it answers, for who speaks to it over a connection of their own.
    pub fn server(&self) -> Result<SocketAddr> {
        Ok(self.base_url.trim_start_matches("http://").parse()?)
    }

    /// Any Worker in workerd, on the bindings ours has: the module `main` in `scripts`, with these variables beside our own.
    pub fn workerd(scripts: &Path, main: &str, more: Map<String, Value>) -> Result<Self> {
        Self::filled(scripts, main, more, |_, _| Ok(()))
    }

    fn filled(
        scripts: &Path,
        main: &str,
        more: Map<String, Value>,
        fill: impl FnOnce(&Path, &str) -> Result<()>,
    ) -> Result<Self> {
        let data = folder("workerd")?;
        // wrangler migrates and seeds; from then on the data folder is ours.
        let prepared = Server::start(&Options { data: Some(data.path().into()), ..Options::temporary(Home::Workerd) })?;
        let database = prepared.database_file()?;
        prepared.stop();
        fill(&database, &master_key(data.path())?)?;
        let npm = setup::installed_npm()?;
        let mut command = Command::new("node");
        command
            .arg(layout::root().join("xtask/src/bench/miniflare.mjs"))
            .arg(npm.path("miniflare/dist/src/index.js"))
            .arg(scripts)
            .args([Path::new(main), data.path()])
            .arg(Value::from(variables(data.path(), more)?).to_string());
        let processes = Group::start(&command, &data.path().join("bench.log"), false, judge)?;
        let base_url = processes.base_url().to_owned();
        Ok(Self { base_url, database, _processes: Processes::Workerd(processes), _data: data })
    }
}

fn folder(home: &str) -> Result<TempDir> {
    let parent = layout::target().join("data");
    fs::create_dir_all(&parent)?;
    Ok(tempfile::Builder::new().prefix(&format!("bench-{home}-")).tempdir_in(parent)?)
}

/// What `wrangler.toml` and the data folder's secrets give the Worker.
fn variables(data: &Path, mut more: Map<String, Value>) -> Result<Map<String, Value>> {
    let config: Table = fs::read_to_string(layout::root().join("wrangler.toml"))?.parse().context("in wrangler.toml")?;
    for (name, value) in config.get("vars").and_then(|vars| vars.as_table()).into_iter().flatten() {
        more.insert(name.clone(), value.as_str().unwrap_or_default().into());
    }
    let database = config.get("d1_databases").and_then(|all| all.get(0)).and_then(|first| first.get("database_id"));
    more.insert("DATABASE_ID".into(), database.and_then(|id| id.as_str()).context("wrangler.toml names no database")?.into());
    let secrets = fs::read_to_string(data.join("secrets.env"))?;
    for (name, value) in secrets.lines().filter_map(|line| line.split_once('=')) {
        more.insert(name.into(), value.into());
    }
    Ok(more)
}

fn judge(line: &str) -> Line {
    match line.strip_prefix("listening ") {
        Some(address) => Line::Ready(address.trim().trim_end_matches('/').to_owned()),
        None => Line::Show(line.to_owned()),
    }
}
