use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::fingerprint;
use crate::layout;
use crate::process::{apt_install, find, output};
use crate::progress::Step;

/// The oldest Node that the pinned wrangler runs on.
const NODE_MAJOR: u32 = 20;

/// Where wrangler starts, for [`Npm::tool`].
pub const WRANGLER: &str = "wrangler/bin/wrangler.js";

/// The npm packages of `xtask/npm`, installed.
pub struct Npm {
    folder: PathBuf,
}

impl Npm {
    /// A command that runs one of the installed tools under Node.
    pub fn tool(&self, package_path: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.path(package_path));
        command
    }

    /// A file inside an installed package, such as `axe-core/axe.min.js`.
    pub fn path(&self, package_path: &str) -> PathBuf {
        self.folder.join("node_modules").join(package_path)
    }
}

/// The npm packages when they are installed already.
pub fn installed_npm() -> Result<Npm> {
    let folder = folder()?;
    ensure!(folder.is_dir(), "the npm packages are not installed yet: run `cargo xtask setup` first");
    Ok(Npm { folder })
}

/// Where the packages of the present lock file belong.
fn folder() -> Result<PathBuf> {
    let lock = layout::root().join("xtask/npm/package-lock.json");
    let lock_text = fs::read(&lock).with_context(|| format!("{} could not be read", lock.display()))?;
    Ok(layout::user_cache().join(format!("npm-{}", fingerprint::short(&lock_text))))
}

/// Installs the npm packages exactly as locked, once a user and lock file: other clones find them there.
pub fn npm() -> Result<Npm> {
    let mut step = Step::begin("npm packages");
    let recipe = layout::root().join("xtask/npm");
    let cache = layout::user_cache();
    let folder = folder()?;
    require_node(&mut step)?;
    if folder.is_dir() {
        step.done("ok");
        return Ok(Npm { folder });
    }
    step.now("npm ci");
    fs::create_dir_all(&cache).with_context(|| format!("{} could not be created", cache.display()))?;
    // Installed beside its final place and renamed: an installation cut short is never taken for a whole one.
    let staging = tempfile::Builder::new().prefix("npm-").tempdir_in(&cache)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(recipe.join(file), staging.path().join(file)).with_context(|| format!("xtask/npm/{file}"))?;
    }
    output(Command::new("npm").args(["ci", "--loglevel=error"]).current_dir(staging.path()))
        .context("the npm packages could not be installed: check that npm reaches its registry, then try again")?;
    let staged = staging.keep();
    if let Err(error) = fs::rename(&staged, &folder) {
        // Somebody else on this machine was quicker with the same packages.
        fs::remove_dir_all(&staged).ok();
        if !folder.is_dir() {
            return Err(error).with_context(|| format!("{} could not be put in place", folder.display()));
        }
    }
    step.done("installed");
    Ok(Npm { folder })
}

fn require_node(step: &mut Step) -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        step.now("apt-get install nodejs npm");
        if !apt_install(&["nodejs", "npm"])? {
            bail!("Node is missing: install Node {NODE_MAJOR} or newer together with npm, then try again");
        }
    }
    let version = output(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|digits| digits.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR) {
        bail!("Node {} is too old: install Node {NODE_MAJOR} or newer, then try again", version.trim());
    }
    Ok(())
}
