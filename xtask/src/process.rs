//! Running other programs to their end.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// How many of a failed program's last lines are shown: enough to see why, too few to bury it.
const SHOWN_LINES: usize = 60;

/// Runs `command` and gives back what it wrote to stdout; a failure carries the end of all it wrote.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("`{name}` could not be started"))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let told = stdout + &String::from_utf8_lossy(&output.stderr);
        let lines: Vec<&str> = told.lines().collect();
        let end = lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n");
        bail!("`{name}` failed ({})\n{end}", output.status);
    }
    Ok(stdout)
}

/// The full path of a program on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(program)).find(|path| path.is_file())
}

/// Installs Debian packages when this machine lets us: it has apt, and we are root. `Ok(false)` when it does not.
pub fn apt_install(packages: &[&str]) -> Result<bool> {
    if find("apt-get").is_none() || !rustix::process::geteuid().is_root() {
        return Ok(false);
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    output(apt().args(["update", "--quiet"]))?;
    output(apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages))?;
    Ok(true)
}

/// A path as the text an argument needs.
pub fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("the path {} is not valid UTF-8", path.display()))
}
