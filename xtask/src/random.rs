//! Unpredictable bytes of this machine.

use std::fs::File;
use std::io::Read;

use anyhow::{Context, Result};

/// So many of them.
pub fn bytes<const COUNT: usize>() -> Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes)).context("no randomness")?;
    Ok(bytes)
}
