//! The real Worker in workerd, under `wrangler dev`: the configuration that is deployed, with local D1 and KV.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use toml::Table;

use super::group::{Group, Line};
use super::{Options, data, http};
use crate::assets::copy_tree;
use crate::fingerprint::{self, Stamp};
use crate::process::{output, text};
use crate::setup::Npm;
use crate::{layout, setup};

/// What decides how an empty database looks once it is migrated.
const SCHEMA: [&str; 3] = ["worker/migrations", "wrangler.toml", "xtask/npm/package-lock.json"];

/// Starts the Worker on `folder`.
pub fn start(options: &Options, folder: &Path) -> Result<Group> {
    ensure!(layout::worker().is_dir() && layout::site().is_dir(), "the Worker is not built yet: run `cargo xtask build` first");
    let npm = setup::installed_npm()?;
    let config = write_config(folder, options.port, &options.variables)?;
    bring_up_to_date(&npm, options, folder, &config)?;
    let mut command = wrangler(&npm, folder, &config);
    command
        .args(["dev", "--ip", "127.0.0.1", "--port", &options.port.to_string(), "--inspector-port", "0"])
        .args(["--show-interactive-dev-session=false", "--log-level", "log"])
        .arg("--persist-to")
        .arg(folder)
        .arg("--env-file")
        .arg(data::secrets(folder)?);
    Group::start(&command, &folder.join("server.log"), options.verbose, judge)
}

/// Runs the Worker's scheduled handler once, as Cloudflare does every minute and `wrangler dev` never does by itself.
pub fn run_scheduled(base_url: &str) -> Result<()> {
    match http::get(base_url, "/api/__scheduled") {
        Some(200) => Ok(()),
        Some(status) => bail!("the scheduled handler answered {status}"),
        None => bail!("the scheduled handler did not answer"),
    }
}

/// The SQLite file of the local D1; workerd names it by a hash.
pub fn database_file(folder: &Path) -> Result<PathBuf> {
    let databases = folder.join("v3/d1/miniflare-D1DatabaseObject");
    let files = fs::read_dir(&databases).with_context(|| format!("{} could not be listed", databases.display()))?;
    for entry in files {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".sqlite") && name != "metadata.sqlite" {
            return Ok(path);
        }
    }
    bail!("there is no database in {}", databases.display())
}

/// The repository's `wrangler.toml` with absolute paths, in the data folder: wrangler keeps its working files beside its
/// configuration, and servers that run at once must not share any. `port` is where this one will answer.
fn write_config(folder: &Path, port: u16, others: &[(String, String)]) -> Result<PathBuf> {
    let root = layout::root();
    let mut config: Table = fs::read_to_string(root.join("wrangler.toml"))?.parse().context("in wrangler.toml")?;
    config.insert("main".into(), text(&layout::worker().join("local.mjs"))?.into());
    // Nothing fires a schedule locally; without it, wrangler does not tell us so at each start.
    config.remove("triggers");
    // Links in letters lead to this server; of one on any free port only the path is of use.
    if let Some(variables) = config.get_mut("vars").and_then(|variables| variables.as_table_mut()) {
        variables.insert("SITE_ORIGIN".into(), format!("http://127.0.0.1:{port}").into());
        variables.extend(others.iter().map(|(name, value)| (name.clone(), value.as_str().into())));
    }
    if let Some(assets) = config.get_mut("assets").and_then(|assets| assets.as_table_mut()) {
        make_absolute(assets, "directory", &root);
    }
    for database in config.get_mut("d1_databases").and_then(|databases| databases.as_array_mut()).into_iter().flatten() {
        if let Some(database) = database.as_table_mut() {
            make_absolute(database, "migrations_dir", &root);
        }
    }
    let file = folder.join("wrangler.toml");
    fs::write(&file, config.to_string())?;
    Ok(file)
}

fn make_absolute(table: &mut Table, key: &str, root: &Path) {
    if let Some(value) = table.get_mut(key) {
        let path = value.as_str().map(|relative| root.join(relative).to_string_lossy().into_owned());
        if let Some(path) = path {
            *value = path.into();
        }
    }
}

/// Migrates the database in `folder`; an empty one is a copy of a migrated and seeded one, made once for each schema and seed.
fn bring_up_to_date(npm: &Npm, options: &Options, folder: &Path, config: &Path) -> Result<()> {
    let root = layout::root();
    let schema = fingerprint::of(&root, &SCHEMA, &[])?;
    let stamp = Stamp::new(folder.join("migrations.stamp"), schema.clone());
    if folder.join("v3/d1").is_dir() {
        if !stamp.matches() {
            migrate(npm, folder, config)?;
            stamp.write()?;
        }
        return Ok(());
    }
    let seeds = data::seeds(&options.seeds)?;
    let template = template(npm, &schema, &seeds)?;
    copy_tree(&template.join("v3"), &folder.join("v3"), &[])?;
    stamp.write()
}

/// A data folder with nothing but a migrated and seeded database.
fn template(npm: &Npm, schema: &str, seeds: &[PathBuf]) -> Result<PathBuf> {
    // A seed counts its dates from the day it runs, in the cities' zone.
    let mut identity = format!("{schema} {}", local_day());
    for seed in seeds {
        identity.push_str(&fs::read_to_string(seed).with_context(|| format!("{} could not be read", seed.display()))?);
    }
    // The servers of one suite start together; the first makes the template, the others find it.
    let _alone = layout::exclusive("template")?;
    let parent = layout::target().join("data");
    let template = parent.join(format!("template-{}", fingerprint::short(identity.as_bytes())));
    if template.is_dir() {
        return Ok(template);
    }
    fs::create_dir_all(&parent)?;
    let staging = tempfile::Builder::new().prefix("template-").tempdir_in(&parent)?;
    let config = write_config(staging.path(), 0, &[])?;
    migrate(npm, staging.path(), &config)?;
    for seed in seeds {
        output(
            wrangler(npm, staging.path(), &config)
                .args(["d1", "execute", "DB", "--local", "--yes", "--persist-to"])
                .arg(staging.path())
                .arg("--file")
                .arg(seed),
        )
        .with_context(|| format!("the seed {} was refused", seed.display()))?;
    }
    fs::rename(staging.keep(), &template)?;
    Ok(template)
}

/// Days since 1970 by the calendar of the cities, five hours ahead of UTC.
fn local_day() -> u64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (since_epoch.as_secs() + 5 * 60 * 60) / (24 * 60 * 60)
}

fn migrate(npm: &Npm, folder: &Path, config: &Path) -> Result<()> {
    output(wrangler(npm, folder, config).args(["d1", "migrations", "apply", "DB", "--local", "--persist-to"]).arg(folder))
        .context("the migrations were refused")?;
    Ok(())
}

/// wrangler, alone on this machine: nothing sent, nothing asked, nothing written outside `folder`.
fn wrangler(npm: &Npm, folder: &Path, config: &Path) -> Command {
    let mut command = npm.tool("wrangler/wrangler-dist/cli.js");
    command
        .arg("--config")
        .arg(config)
        .current_dir(folder)
        .env("CI", "1")
        .env("NO_COLOR", "1")
        .env("FORCE_COLOR", "0")
        .env("WRANGLER_SEND_METRICS", "false")
        .env("WRANGLER_SEND_ERROR_REPORTS", "false")
        .env("WRANGLER_HIDE_BANNER", "true")
        .env("WRANGLER_CI_DISABLE_CONFIG_WATCHING", "true")
        .env("WRANGLER_LOG_PATH", folder.join("wrangler.log"))
        .env("WRANGLER_REGISTRY_PATH", folder.join("registry"))
        .env("WRANGLER_CACHE_DIR", folder.join("cache"))
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
        .env("X_LOCAL_EXPLORER", "false");
    command
}

/// Beginnings of lines in which wrangler talks about itself, and workerd about clients that hung up.
const NOISE: [&str; 20] = [
    "[wrangler:info]",
    "Using secrets defined",
    "Your Worker has access",
    "Your Worker and resources are simulated",
    "Binding ",
    "env.",
    "Attaching additional modules",
    "Add missing modules",
    "┌",
    "│",
    "├",
    "└",
    "─",
    "╭",
    "╰",
    "⎔",
    "🪵",
    "▲ [WARNING] Processing wrangler configuration",
    "✘ [ERROR] kj::getCaughtExceptionAsKj()",
    "stack: ",
];

fn judge(line: &str) -> Line {
    if let Some((_, address)) = line.split_once("Ready on ") {
        return Line::Ready(address.trim().trim_end_matches('/').to_owned());
    }
    let plain = without_colours(line);
    let words = plain.trim_start();
    if words.is_empty() || NOISE.iter().any(|beginning| words.starts_with(beginning)) { Line::Drop } else { Line::Show(plain) }
}

/// The line without terminal escape sequences; wrangler writes some whatever it is told.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').get(1..).unwrap_or_default();
    }
    plain + rest
}
