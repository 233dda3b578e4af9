//! Has anything changed since the last build? Asked of contents, not of dates, so a fresh checkout or a touched file costs nothing.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The hash of some bytes, shortened to what a file name or a stamp needs (48 bits).
pub fn short(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes)[..6])
}

/// One hash over all files at or under `inputs` (relative to `root`; missing ones count as absent) and the words of `context`.
pub fn of(root: &Path, inputs: &[&str], context: &[&str]) -> Result<String> {
    let mut files = Vec::new();
    for input in inputs {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for word in context {
        digest.update((word.len() as u64).to_le_bytes());
        digest.update(word);
    }
    for file in files {
        let contents = fs::read(&file).with_context(|| format!("{} could not be read", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(&name);
        digest.update((contents.len() as u64).to_le_bytes());
        digest.update(&contents);
    }
    Ok(HEXLOWER.encode(&digest.finalize()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("{} could not be listed", path.display()))? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

/// What a finished build remembers about its inputs, in a file beside its product.
pub struct Stamp {
    file: PathBuf,
    fingerprint: String,
}

impl Stamp {
    /// The stamp kept in `file` for inputs with this `fingerprint`.
    pub fn new(file: PathBuf, fingerprint: String) -> Self {
        Self { file, fingerprint }
    }

    /// Was the product built from exactly these inputs?
    pub fn matches(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.fingerprint)
    }

    /// Forgets the last build; called before a product is touched, so that a build cut short is never taken for a whole one.
    pub fn clear(&self) -> Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Remembers that the product is whole.
    pub fn write(&self) -> Result<()> {
        fs::write(&self.file, &self.fingerprint).with_context(|| format!("{} could not be written", self.file.display()))
    }
}
