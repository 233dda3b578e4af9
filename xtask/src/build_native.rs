//! The backend as a program of this host: `tumo-native`.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::progress::Step;
use crate::{cargo, layout};

/// Names a `tumo-native` to use instead of the built one.
pub const BINARY_VARIABLE: &str = "TUMO_NATIVE_BIN";

/// Builds `tumo-native`; cargo itself knows when there is nothing to do.
pub fn build_native(release: bool) -> Result<()> {
    let mut step = Step::begin("native backend");
    let mut arguments = vec!["build", "--package", "tumo-worker", "--bin", "tumo-native"];
    if release {
        arguments.push("--release");
    }
    cargo::run(&mut step, &arguments)?;
    step.done("ok");
    Ok(())
}

/// Builds `tumo-native` with the seat guard taken out, and gives back a copy of it: the proof that the race test can fail.
///
/// It shares the target folder so that its dependencies are not compiled again; the guarded one is put back at once.
pub fn build_unguarded() -> Result<PathBuf> {
    let mut step = Step::begin("native backend without its guard");
    cargo::run(&mut step, &["build", "--package", "tumo-worker", "--bin", "tumo-native", "--features", "unguarded"])?;
    let folder = layout::target().join("unguarded");
    let copy = folder.join("tumo-native");
    fs::create_dir_all(&folder)?;
    let copied = fs::copy(layout::target().join("debug/tumo-native"), &copy);
    step.done("ok");
    build_native(false)?;
    copied.context("tumo-native could not be copied")?;
    Ok(copy)
}

/// The `tumo-native` to run.
pub fn binary(release: bool) -> Result<PathBuf> {
    if let Some(named) = env::var_os(BINARY_VARIABLE) {
        return Ok(PathBuf::from(named));
    }
    let built = layout::target().join(if release { "release" } else { "debug" }).join("tumo-native");
    ensure!(built.is_file(), "tumo-native is not built yet: run `cargo xtask build --native` first");
    Ok(built)
}
