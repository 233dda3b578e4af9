//! The folder in which a server keeps everything.

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use tempfile::TempDir;

use super::{Home, absolute};
use crate::{layout, random};

/// The file that every data folder has.
const SECRETS: &str = "secrets.env";

/// The demo intake, which fills an empty database when no other seed is asked for.
pub fn default_seed() -> PathBuf {
    layout::root().join("worker/seed/demo.sql")
}

/// The seed files to use, as absolute paths.
pub fn seeds(asked: &[PathBuf]) -> Result<Vec<PathBuf>> {
    if asked.is_empty() { Ok(vec![default_seed()]) } else { asked.iter().map(|file| absolute(file)).collect() }
}

/// A folder under `target/data` that is removed when the server goes.
pub fn temporary_folder(home: Home) -> Result<TempDir> {
    let parent = layout::target().join("data");
    fs::create_dir_all(&parent)?;
    Ok(tempfile::Builder::new().prefix(&format!("{}-", home.name())).tempdir_in(parent)?)
}

/// Makes sure that the folder exists, empty when `fresh`, and gives back its absolute path.
pub fn prepare_folder(folder: &Path, fresh: bool) -> Result<PathBuf> {
    let folder = absolute(folder)?;
    if fresh && folder.exists() {
        let ours = folder.join(SECRETS).is_file() || fs::read_dir(&folder)?.next().is_none();
        ensure!(ours, "{} is not a data folder of this program; it is left as it is", folder.display());
        fs::remove_dir_all(&folder).with_context(|| format!("{} could not be emptied", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("{} could not be created", folder.display()))?;
    // Names, telephones and letters are for nobody else on this machine.
    fs::set_permissions(&folder, Permissions::from_mode(0o700))?;
    Ok(folder)
}

/// The file `secrets.env` of a data folder, made once: what it seals can only be opened with the same key.
pub fn secrets(folder: &Path) -> Result<PathBuf> {
    let file = folder.join(SECRETS);
    if !file.exists() {
        let key: [u8; 32] = random::bytes()?;
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&file)
            .and_then(|mut file| writeln!(file, "MASTER_KEY={}", BASE64.encode(&key)))
            .with_context(|| format!("{} could not be written", file.display()))?;
    }
    Ok(file)
}

/// The variables in `secrets.env`.
pub fn secret_variables(folder: &Path) -> Result<Vec<(String, String)>> {
    let text = fs::read_to_string(secrets(folder)?)?;
    Ok(text.lines().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect())
}

/// The master key of a data folder.
pub fn master_key(folder: &Path) -> Result<String> {
    let secrets = secret_variables(folder)?;
    let key = secrets.into_iter().find(|(name, _)| name == "MASTER_KEY");
    Ok(key.with_context(|| format!("{} has no key", folder.display()))?.1)
}
