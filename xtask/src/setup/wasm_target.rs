use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::layout;
use crate::process::{find, output};
use crate::progress::Step;

/// The compiler's target for both the app and the Worker.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc has the standard library for wasm.
///
/// Where rustup is missing or may not download, the library is built from Debian's copy of its source.
pub fn wasm_target() -> Result<()> {
    let mut step = Step::begin("wasm target");
    if present()? {
        step.done("ok");
        return Ok(());
    }
    if find("rustup").is_some() {
        step.now("rustup target add");
        output(Command::new("rustup").args(["target", "add", TARGET])).ok();
    }
    if !present()? {
        step.now("building the standard library");
        output(Command::new("sh").arg(layout::root().join("xtask/wasm-std.sh"))).with_context(|| {
            format!("the wasm target is missing: run `rustup target add {TARGET}` for the toolchain in use, then try again")
        })?;
    }
    step.done("installed");
    Ok(())
}

fn present() -> Result<bool> {
    let printed = output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    let entries = fs::read_dir(PathBuf::from(printed.trim()));
    Ok(entries.is_ok_and(|mut entries| {
        entries.any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
    }))
}
