//! Where things are.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root.
///
/// Cargo names the running crate's folder, and every crate that calls this lies directly under the root. Asking at run
/// time keeps a moved or copied tree working with a binary that was compiled elsewhere.
pub fn root() -> PathBuf {
    let crate_folder =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    crate_folder.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// What goes to Cloudflare: `dist/site` (static assets) and `dist/worker` (the script).
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Static assets, served as they are.
pub fn site() -> PathBuf {
    dist().join("site")
}

/// The Worker's script and wasm.
pub fn worker() -> PathBuf {
    dist().join("worker")
}

/// Cargo's target folder; also the home of local data and of bench results.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// A folder of this user that outlives clones: built and downloaded tools are kept here, by version.
pub fn user_cache() -> PathBuf {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|dir| dir.is_absolute())
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(env::temp_dir);
    base.join("tumo")
}

/// Waits until nobody else on this machine is doing `what` in this repository. Others wait until the file is dropped.
pub fn exclusive(what: &str) -> Result<File> {
    let folder = target();
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{what}.lock"));
    let file = File::create(&path).with_context(|| format!("{} could not be created", path.display()))?;
    file.lock().with_context(|| format!("{} could not be locked", path.display()))?;
    Ok(file)
}
